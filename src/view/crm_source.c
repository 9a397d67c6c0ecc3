/* crm_source.c - where the lines of a list come from.
 *
 * Two ways. A filter that an index serves (an owner, an account, a state ...) may name few lines:
 * their places in the order are read and sorted (crm_gather.c). Else the index of the order asked
 * for is walked. Either way lines themselves are read a chunk at a time, and whoever asks drops
 * what does not fit. Both give the same order, by (key, record), so that a cursor holds whichever
 * way the next page is read. */
#include "base/base.h"
#include "base/str.h"
#include "store/house.h"
#include "view/crm_impl.h"

#include <stdlib.h>

enum { CHUNK = 250 };

DB_STATEMENT(LINES_OF, "/* sqlite only */ " LINE_SELECT "json_each(?1) j CROSS JOIN crm_item i"
                       " ON i.record = j.value");
DB_STATEMENT(LINES_OF_PG, "/* postgres only */ " LINE_SELECT "crm_item i"
                          " WHERE i.record = ANY (CAST(CAST(?1 AS TEXT) AS BIGINT[]))");

struct crm_scrap {
	struct arena *arena;
};

/* ---- walking ---- */

#define WALK_UP(column, nouns) \
	LINE_SELECT "crm_item i WHERE i.noun = ?1" nouns " AND (i." column \
	            ", i.record) > (?2, ?3) ORDER BY i." column ", i.record LIMIT ?4"
#define WALK_DOWN(column, nouns) \
	LINE_SELECT "crm_item i WHERE i.noun = ?1" nouns " AND (i." column \
	            ", i.record) < (?2, ?3) ORDER BY i." column " DESC, i.record DESC LIMIT ?4"
/* Some have an index for the nouns alone that have such a value: it must be said again. */
#define WALKS(SORT) \
	SORT(TITLE, title_key, "") \
	SORT(CREATED, created, "") \
	SORT(MODIFIED, modified, "") \
	SORT(DUE, due, "") \
	SORT(START, start, "") \
	SORT(CLOSED, closed, "") \
	SORT(AMOUNT, amount, " AND i.noun IN (3, 4)") \
	SORT(PROBABILITY, probability, " AND i.noun = 4") \
	SORT(PRIORITY, priority, " AND i.noun IN (5, 6)") \
	SORT(NUMBER, number, " AND i.noun = 5") \
	SORT(SCORE, score, " AND i.noun = 3")
#define STATEMENTS(id, column, nouns) \
	DB_STATEMENT(UP_##id, WALK_UP(#column, nouns)); \
	DB_STATEMENT(DOWN_##id, WALK_DOWN(#column, nouns));
WALKS(STATEMENTS)

#define PAIR(id, column, nouns) [SORT_##id] = { &UP_##id, &DOWN_##id },
static const struct db_stmt *const WALK[SORT_COUNT][2] = { WALKS(PAIR) };

static int64_t number_of(enum crm_sort sort, const struct crm_line *line)
{
	switch (sort) {
	case SORT_CREATED: return line->created;
	case SORT_MODIFIED: return line->modified;
	case SORT_DUE: return line->due;
	case SORT_START: return line->start;
	case SORT_CLOSED: return line->closed;
	case SORT_AMOUNT: return line->amount;
	case SORT_PROBABILITY: return line->probability;
	case SORT_PRIORITY: return line->priority;
	case SORT_NUMBER: return line->number;
	case SORT_SCORE: return line->score;
	case SORT_TITLE:
	case SORT_COUNT: break;
	}
	return 0;
}

struct crm_place crm_place_of(enum crm_sort sort, const struct crm_line *line)
{
	return (struct crm_place){ number_of(sort, line), line->title_key, line->record };
}

int crm_place_cmp(enum crm_sort sort, const struct crm_place *a, const struct crm_place *b)
{
	int order = sort == SORT_TITLE ? text_cmp(a->key, b->key)
	                               : (a->number > b->number) - (a->number < b->number);

	return order ? order : (a->record > b->record) - (a->record < b->record);
}

static void scrap_free(void *scrap)
{
	arena_free(&((struct crm_scrap *)scrap)->arena);
}

/* A list may look at many lines to tell few: what was looked at goes with its chunk. */
static struct arena *fresh_scrap(struct crm_source *s)
{
	if (!s->scrap) {
		s->scrap = arena_make(s->work->arena, struct crm_scrap);
		arena_own(s->work->arena, s->scrap, scrap_free);
	}
	arena_free(&s->scrap->arena);
	s->scrap->arena = arena_new();
	s->lines = (struct crm_lines)VEC_EMPTY;
	s->next = 0;
	return s->scrap->arena;
}

static bool read_lines(struct crm_source *s, const struct db_stmt *stmt, struct db_args args)
{
	struct arena *arena = s->scrap->arena;
	struct db *db = work_reader(s->work);
	struct db_rows *rows = db ? db_query(db, &s->work->err, stmt, args) : NULL;

	while (rows && db_next(rows)) {
		crm_line_read(rows, arena, vec_push(arena, &s->lines));
		s->read++;
	}
	return db_done(rows);
}

/* At first what a page takes if all of it fits, and one more to know whether that is the end. */
static size_t chunk_of(const struct crm_source *s)
{
	size_t limit = s->ask->limit;

	return !s->read && limit && limit < CHUNK ? limit + 1 : CHUNK;
}

static bool walk_on(struct crm_source *s)
{
	const struct crm_place *after = &s->after;
	struct db_value key = DB_INT(after->number);
	size_t chunk = chunk_of(s);

	if (s->sort == SORT_TITLE)
		key = DB_TEXT(arena_text(s->work->arena, after->key));
	fresh_scrap(s);
	if (!read_lines(s, WALK[s->sort][s->ask->descending],
	            DB_ARGS(DB_INT(s->ask->noun), key, DB_INT(after->record),
	                    DB_INT((int64_t)chunk))))
		return false;
	s->ended = s->lines.len < chunk;
	if (s->lines.len)
		s->after = crm_place_of(s->sort, &s->lines.at[s->lines.len - 1]);
	return true;
}

/* ---- those that were gathered ---- */

static int by_place(const void *a, const void *b, void *data)
{
	const struct crm_source *s = data;
	struct crm_place left = crm_place_of(s->sort, a), right = crm_place_of(s->sort, b);
	int order = crm_place_cmp(s->sort, &left, &right);

	return s->ask->descending ? -order : order;
}

static bool read_places(struct crm_source *s)
{
	struct db *db = work_reader(s->work);
	size_t len = s->places.len - s->place, chunk = chunk_of(s);
	struct arena *arena = fresh_scrap(s);
	struct ids ids = VEC_EMPTY;

	len = len < chunk ? len : chunk;
	for (size_t i = 0; i < len; i++)
		*vec_push(arena, &ids) = s->places.at[s->place + i].record;
	s->place += len;
	s->ended = s->place == s->places.len;
	if (!db || !len)
		return db;
	if (!read_lines(s, db_is_postgres(db) ? &LINES_OF_PG : &LINES_OF,
	            DB_ARGS(DB_TEXT(db_ids(arena, db, ids.at, ids.len)))))
		return false;
	if (s->lines.len)
		qsort_r(s->lines.at, s->lines.len, sizeof(*s->lines.at), by_place, s);
	return true;
}

bool crm_source_open(struct crm_source *s)
{
	return crm_gather(s, &s->gathered);
}

bool crm_source_next(struct crm_source *s, const struct crm_line **line)
{
	*line = NULL;
	if (s->next == s->lines.len && !s->ended && !(s->gathered ? read_places(s) : walk_on(s)))
		return false;
	if (s->next < s->lines.len)
		*line = &s->lines.at[s->next++];
	return true;
}
