/* crm_source.c - where the lines of a list come from.
 *
 * Two ways. A filter that an index serves (an owner, an account, a state ...) may name few lines:
 * all of them are read and sorted here. Else the index of the order asked for is walked, a chunk at
 * a time, and whoever asks drops what does not fit. Both give the same order, by (key, record), so
 * that a cursor holds whichever way the next page is read. */
#include "base/base.h"
#include "base/str.h"
#include "crm/find.h"
#include "people/who.h"
#include "store/house.h"
#include "view/crm_impl.h"

enum { GATHER_MAX = 2000, CHUNK = 250, TRIGRAM = 3 };

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

static bool read_chunk(struct crm_source *s)
{
	const struct crm_place *after = &s->after;
	struct db_value key = DB_INT(after->number);

	if (s->sort == SORT_TITLE)
		key = DB_TEXT(arena_text(s->work->arena, after->key));
	fresh_scrap(s);
	if (!read_lines(s, WALK[s->sort][s->ask->descending],
	            DB_ARGS(DB_INT(s->ask->noun), key, DB_INT(after->record), DB_INT(CHUNK))))
		return false;
	s->ended = s->lines.len < CHUNK;
	if (s->lines.len)
		s->after = crm_place_of(s->sort, &s->lines.at[s->lines.len - 1]);
	return true;
}

/* ---- gathering ---- */

/* The lines, and how many there are: a count ends early and reads an index alone. */
#define GATHER(id, from) \
	DB_STATEMENT(BY_##id, LINE_SELECT from); \
	DB_STATEMENT(COUNT_##id, "SELECT count(*) FROM (SELECT 1 FROM " from ") AS few"); \
	static const struct gather GATHER_##id = { &BY_##id, &COUNT_##id }

struct gather {
	const struct db_stmt *lines, *count;
};

GATHER(PARENT, "crm_item i WHERE i.parent = ?2 AND i.parent <> 0 AND i.noun = ?1 LIMIT ?3");
GATHER(ACCOUNT, "crm_item i WHERE i.account = ?2 AND i.account <> 0 AND i.noun = ?1 LIMIT ?3");
GATHER(CONTACT, "crm_item i WHERE i.contact = ?2 AND i.contact <> 0 AND i.noun = ?1 LIMIT ?3");
GATHER(CAMPAIGN, "crm_item i WHERE i.campaign = ?2 AND i.campaign <> 0 AND i.noun = ?1 LIMIT ?3");
GATHER(OWNER, "crm_item i WHERE i.noun = ?1 AND i.owner = ?2 LIMIT ?3");
GATHER(HOLDER, "crm_item i WHERE i.noun = ?1 AND i.holder = ?2 LIMIT ?3");
GATHER(STATE, "crm_item i WHERE i.noun = ?1 AND i.state = ?2 LIMIT ?3");
GATHER(STATUS, "crm_item i WHERE i.noun = ?1 AND i.state IN (0, 1, 2) AND i.status = ?2 LIMIT ?3");
/* CROSS JOIN: SQLite reads in this order. */
GATHER(TEXT, "crm_text t CROSS JOIN crm_item i WHERE t.fold LIKE ?2 AND i.record = t.rowid"
             " AND i.noun = ?1 LIMIT ?3 " DB_PLAN_ANEW);
GATHER(REACH, "reach r CROSS JOIN crm_item i WHERE i.noun = ?1 AND i.holder = r.holder"
              " AND r.viewer = ?2 AND r.reach = ?4 LIMIT ?3");
GATHER(APPEARING, "collection c CROSS JOIN member m CROSS JOIN crm_item i WHERE c.owner = ?2"
                  " AND c.crm <> 0 AND m.collection = c.id AND i.record = m.record"
                  " AND i.noun = ?1 LIMIT ?3");

GATHER(FOLLOWED, "crm_follow f CROSS JOIN crm_item i WHERE f.principal = ?2"
                 " AND i.record = f.record AND i.noun = ?1 LIMIT ?3");

static const struct {
	const char *key;
	const struct gather *gather;
} NUMBERS[] = {
	{ "parent", &GATHER_PARENT },
	{ "account", &GATHER_ACCOUNT },
	{ "contact", &GATHER_CONTACT },
	{ "campaign", &GATHER_CAMPAIGN },
	{ "owner", &GATHER_OWNER },
	{ "holder", &GATHER_HOLDER },
	{ "state", &GATHER_STATE },
};

static bool count_of(
        struct crm_source *s, const struct db_stmt *stmt, struct db_args args, int64_t *count)
{
	struct db *db = work_reader(s->work);
	struct db_rows *rows = db ? db_query(db, &s->work->err, stmt, args) : NULL;

	*count = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows);
}

/* *done: they are few, and they are read. */
static bool gather(struct crm_source *s, const struct gather *way, struct db_value key, bool *done)
{
	const struct db_value values[] = { DB_INT(s->ask->noun), key, DB_INT(GATHER_MAX + 1),
		DB_INT(s->scope->sight.reach) };
	struct db_args args = { values, COUNT_OF(values) - (way != &GATHER_REACH) };
	int64_t count;

	if (!count_of(s, way->count, args, &count))
		return false;
	*done = count <= GATHER_MAX;
	return !*done || read_lines(s, way->lines, args);
}

/* The name of a status or stage, as lines have it; absent: there is no such one. */
static bool status_name(struct crm_source *s, const struct crm_filter *f, struct text *name)
{
	struct crm_row *row;
	int64_t id;

	*name = f->value;
	if (f->field && f->field->type == CRM_TYPE_CHOICE)
		return true;
	*name = TEXT_NONE;
	if (!text_to_int(f->value, &id) || !crm_row_get(s->work, id, &row))
		return !err_is_set(&s->work->err);
	if (row)
		*name = crm_get_text(row->values, "name");
	return true;
}

static bool gather_status(struct crm_source *s, const struct crm_filter *f, bool *done)
{
	struct text name;

	if (!status_name(s, f, &name))
		return false;
	return !name.ptr || gather(s, &GATHER_STATUS, DB_TEXT(name), done);
}

/* By trigrams: shorter terms have none. % and _ stand for anything here; the filter decides. */
static bool gather_text(struct crm_source *s, const struct crm_filter *f, bool *done)
{
	struct text longest = TEXT("");
	struct find_terms terms;

	find_terms(s->work->arena, f->value, &terms);
	for (size_t i = 0; i < terms.len; i++)
		if (terms.at[i].len > longest.len)
			longest = terms.at[i];
	if (longest.len < TRIGRAM)
		return true;
	return gather(s, &GATHER_TEXT,
	        DB_TEXT(arena_printf(s->work->arena, "%%%.*s%%", TEXT_ARG(longest))), done);
}

static bool gather_by_filter(struct crm_source *s, bool *done)
{
	int64_t number;

	*done = false;
	for (size_t i = 0; i < COUNT_OF(NUMBERS) && !*done; i++)
		if (crm_filter_number(s->ask, NUMBERS[i].key, &number) && number &&
		        !gather(s, NUMBERS[i].gather, DB_INT(number), done))
			return false;
	for (size_t i = 0; i < s->ask->filters.len && !*done; i++) {
		const struct crm_filter *f = &s->ask->filters.at[i];
		struct text key = crm_filter_key(f);
		bool named = text_eq(key, TEXT("status")) || text_eq(key, TEXT("stage"));

		if (f->test == CRM_EQ && named && !gather_status(s, f, done))
			return false;
		if (!f->field && text_eq(key, TEXT("text")) && !gather_text(s, f, done))
			return false;
	}
	return true;
}

static bool gather_by_reach(struct crm_source *s, bool *done)
{
	*done = false;
	if (s->scope->sight.reach == REACH_ALL || s->scope->parent)
		return true;
	if (!gather(s, &GATHER_REACH, DB_INT(s->scope->sight.viewer), done) || !*done)
		return !err_is_set(&s->work->err);
	if (!gather(s, &GATHER_APPEARING, DB_INT(s->work->who->id), done) ||
	        (*done && s->ask->noun == CRM_CASE &&
	                !gather(s, &GATHER_FOLLOWED, DB_INT(s->work->who->id), done)))
		return false;
	if (!*done)
		fresh_scrap(s);
	return true;
}

static int by_place(const void *a, const void *b, void *data)
{
	const struct crm_source *s = data;
	struct crm_place left = crm_place_of(s->sort, a), right = crm_place_of(s->sort, b);
	int order = crm_place_cmp(s->sort, &left, &right);

	return s->ask->descending ? -order : order;
}

/* Sorted, each once, and those before the page dropped. */
static void arrange(struct crm_source *s)
{
	size_t kept = 0;

	if (s->lines.len)
		qsort_r(s->lines.at, s->lines.len, sizeof(*s->lines.at), by_place, s);
	for (size_t i = 0; i < s->lines.len; i++) {
		struct crm_place place = crm_place_of(s->sort, &s->lines.at[i]);
		int order = crm_place_cmp(s->sort, &place, &s->after);

		if (s->ask->descending ? order >= 0 : order <= 0)
			continue;
		if (!kept || s->lines.at[kept - 1].record != s->lines.at[i].record)
			s->lines.at[kept++] = s->lines.at[i];
	}
	s->lines.len = kept;
}

bool crm_source_open(struct crm_source *s)
{
	bool done;

	fresh_scrap(s);
	if (!gather_by_filter(s, &done) || (!done && !gather_by_reach(s, &done)))
		return false;
	s->ended = done;
	if (done)
		arrange(s);
	else
		s->lines.len = 0;
	return true;
}

bool crm_source_next(struct crm_source *s, const struct crm_line **line)
{
	*line = NULL;
	if (s->next == s->lines.len && !s->ended && !read_chunk(s))
		return false;
	if (s->next < s->lines.len)
		*line = &s->lines.at[s->next++];
	return true;
}
