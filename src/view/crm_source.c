/* crm_source.c - where the lines of a list come from.
 *
 * Two ways. A filter that an index serves (an owner, an account, a state ...) may name few lines:
 * all of them are read and sorted here. Else the index of the order asked for is walked, a chunk at
 * a time, and whoever asks drops what does not fit. Both give the same order, by (key, record), so
 * that a cursor holds whichever way the next page is read. */
#include "base/base.h"
#include "base/str.h"
#include "people/who.h"
#include "store/house.h"
#include "view/crm_impl.h"

enum { GATHER_MAX = 2000, CHUNK = 250 };

/* ---- walking ---- */

#define WALK_UP(column) \
	LINE_SELECT "crm_item i WHERE i.noun = ?1 AND (i." column ", i.record) > (?2, ?3)" \
	            " ORDER BY i." column ", i.record LIMIT ?4"
#define WALK_DOWN(column) \
	LINE_SELECT "crm_item i WHERE i.noun = ?1 AND (i." column ", i.record) < (?2, ?3)" \
	            " ORDER BY i." column " DESC, i.record DESC LIMIT ?4"
#define WALKS(SORT) \
	SORT(TITLE, title_key) \
	SORT(CREATED, created) \
	SORT(MODIFIED, modified) \
	SORT(DUE, due) \
	SORT(START, start) \
	SORT(CLOSED, closed) \
	SORT(AMOUNT, amount) \
	SORT(PROBABILITY, probability) \
	SORT(PRIORITY, priority) \
	SORT(NUMBER, number) \
	SORT(SCORE, score)
#define STATEMENTS(id, column) \
	DB_STATEMENT(UP_##id, WALK_UP(#column)); \
	DB_STATEMENT(DOWN_##id, WALK_DOWN(#column));
WALKS(STATEMENTS)

#define PAIR(id, column) [SORT_##id] = { &UP_##id, &DOWN_##id },
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

static bool read_lines(struct crm_source *s, const struct db_stmt *stmt, struct db_args args)
{
	struct db *db = work_reader(s->work);
	struct db_rows *rows = db ? db_query(db, &s->work->err, stmt, args) : NULL;

	while (rows && db_next(rows)) {
		crm_line_read(rows, s->work->arena, vec_push(s->work->arena, &s->lines));
		s->read++;
	}
	return db_done(rows);
}

static bool read_chunk(struct crm_source *s)
{
	const struct crm_place *after = &s->after;
	struct db_value key = s->sort == SORT_TITLE ? DB_TEXT(after->key) : DB_INT(after->number);

	s->lines = (struct crm_lines)VEC_EMPTY;
	s->next = 0;
	if (!read_lines(s, WALK[s->sort][s->ask->descending],
	            DB_ARGS(DB_INT(s->ask->noun), key, DB_INT(after->record), DB_INT(CHUNK))))
		return false;
	s->ended = s->lines.len < CHUNK;
	if (s->lines.len)
		s->after = crm_place_of(s->sort, &s->lines.at[s->lines.len - 1]);
	return true;
}

/* ---- gathering ---- */

DB_STATEMENT(BY_PARENT, LINE_SELECT "crm_item i WHERE i.parent = ?2 AND i.parent <> 0"
                                    " AND i.noun = ?1 LIMIT ?3");
DB_STATEMENT(BY_ACCOUNT, LINE_SELECT "crm_item i WHERE i.account = ?2 AND i.account <> 0"
                                     " AND i.noun = ?1 LIMIT ?3");
DB_STATEMENT(BY_CONTACT, LINE_SELECT "crm_item i WHERE i.contact = ?2 AND i.contact <> 0"
                                     " AND i.noun = ?1 LIMIT ?3");
DB_STATEMENT(BY_CAMPAIGN, LINE_SELECT "crm_item i WHERE i.campaign = ?2 AND i.campaign <> 0"
                                      " AND i.noun = ?1 LIMIT ?3");
DB_STATEMENT(BY_OWNER, LINE_SELECT "crm_item i WHERE i.noun = ?1 AND i.owner = ?2 LIMIT ?3");
DB_STATEMENT(BY_HOLDER, LINE_SELECT "crm_item i WHERE i.noun = ?1 AND i.holder = ?2 LIMIT ?3");
DB_STATEMENT(BY_STATE, LINE_SELECT "crm_item i WHERE i.noun = ?1 AND i.state = ?2 LIMIT ?3");

static const struct gather {
	const char *key;
	const struct db_stmt *lines;
} GATHERS[] = {
	{ "parent", &BY_PARENT },
	{ "account", &BY_ACCOUNT },
	{ "contact", &BY_CONTACT },
	{ "campaign", &BY_CAMPAIGN },
	{ "owner", &BY_OWNER },
	{ "holder", &BY_HOLDER },
	{ "state", &BY_STATE },
};

DB_STATEMENT(BY_REACH, LINE_SELECT "reach r JOIN crm_item i ON i.noun = ?1 AND i.holder = r.holder"
                                   " WHERE r.viewer = ?2 AND r.reach = ?3 LIMIT ?4");
DB_STATEMENT(BY_APPEARING, LINE_SELECT "collection c JOIN member m ON m.collection = c.id"
                                       " JOIN crm_item i ON i.record = m.record AND i.noun = ?1"
                                       " WHERE c.owner = ?2 AND c.crm <> 0 LIMIT ?3");

/* False with *few false: they are too many to be sorted here. */
static bool gather_one(
        struct crm_source *s, const struct db_stmt *stmt, struct db_args args, bool *few)
{
	size_t before = s->lines.len;

	*few = read_lines(s, stmt, args);
	if (!*few)
		return false;
	*few = s->lines.len - before <= GATHER_MAX;
	if (!*few)
		s->lines.len = 0;
	return true;
}

static bool gather_by_filter(struct crm_source *s, bool *done)
{
	int64_t number;

	*done = false;
	for (size_t i = 0; i < COUNT_OF(GATHERS) && !*done; i++)
		if (crm_filter_number(s->ask, GATHERS[i].key, &number) && number &&
		        !gather_one(s, GATHERS[i].lines,
		                DB_ARGS(DB_INT(s->ask->noun), DB_INT(number),
		                        DB_INT(GATHER_MAX + 1)),
		                done))
			return false;
	return true;
}

/* What belongs to records that are seen is found through these only: not listed by reach. */
static bool gather_by_reach(struct crm_source *s, bool *done)
{
	enum crm_noun noun = s->ask->noun;

	*done = false;
	if (s->scope->sight.reach == REACH_ALL || noun == CRM_NOTE || noun == CRM_TASK ||
	        noun == CRM_MEETING)
		return true;
	if (!gather_one(s, &BY_REACH,
	            DB_ARGS(DB_INT(noun), DB_INT(s->scope->sight.viewer),
	                    DB_INT(s->scope->sight.reach), DB_INT(GATHER_MAX + 1)),
	            done))
		return false;
	return !*done ||
	       gather_one(s, &BY_APPEARING,
	               DB_ARGS(DB_INT(noun), DB_INT(s->work->who->id), DB_INT(GATHER_MAX + 1)),
	               done);
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

	if (!gather_by_filter(s, &done) || (!done && !gather_by_reach(s, &done)))
		return false;
	s->gathered = s->ended = done;
	if (done)
		arrange(s);
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
