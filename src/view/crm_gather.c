/* crm_gather.c - the places of the lines that an index names, if they are few: of each its record
 * and what it is sorted by, nothing else. */
#include "base/base.h"
#include "base/str.h"
#include "crm/find.h"
#include "people/who.h"
#include "store/house.h"
#include "view/crm_impl.h"

#include <stdlib.h>

enum { GATHER_MAX = 2000 };

/* ?4: enum crm_sort. */
_Static_assert(SORT_TITLE == 0 && SORT_CREATED == 1 && SORT_MODIFIED == 2 && SORT_DUE == 3 &&
                       SORT_START == 4 && SORT_CLOSED == 5 && SORT_AMOUNT == 6 &&
                       SORT_PROBABILITY == 7 && SORT_PRIORITY == 8 && SORT_NUMBER == 9 &&
                       SORT_SCORE == 10 && SORT_COUNT == 11,
        "the numbers in PLACE_SELECT");
#define PLACE_SELECT \
	"SELECT i.record, CASE CAST(?4 AS INTEGER) WHEN 1 THEN i.created WHEN 2 THEN i.modified " \
	"WHEN 3 THEN i.due" \
	" WHEN 4 THEN i.start WHEN 5 THEN i.closed WHEN 6 THEN i.amount WHEN 7 THEN i.probability" \
	" WHEN 8 THEN i.priority WHEN 9 THEN i.number WHEN 10 THEN i.score ELSE 0 END," \
	" CASE WHEN CAST(?4 AS INTEGER) = 0 THEN i.title_key ELSE '' END FROM "

/* The places, and how many there are: a count ends early and reads an index alone. */
#define GATHER_AS(id, from, counted) \
	DB_STATEMENT(BY_##id, PLACE_SELECT from); \
	DB_STATEMENT(COUNT_##id, "SELECT count(*) FROM (SELECT 1 FROM " counted ") AS few"); \
	static const struct gather GATHER_##id = { &BY_##id, &COUNT_##id }
#define GATHER(id, from) GATHER_AS(id, from, from)

struct gather {
	const struct db_stmt *places, *count;
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
#define OF_REACH(reached) \
	"reach r CROSS JOIN crm_item i WHERE i.noun = ?1 AND i.holder = r.holder" \
	" AND r.viewer = ?2 AND r.reach = " reached " LIMIT ?3"
GATHER_AS(REACH, OF_REACH("?5"), OF_REACH("?4"));
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

static bool read_places(struct crm_source *s, const struct db_stmt *stmt, struct db_args args)
{
	struct arena *arena = s->work->arena;
	struct db *db = work_reader(s->work);
	struct db_rows *rows = db ? db_query(db, &s->work->err, stmt, args) : NULL;

	while (rows && db_next(rows))
		*vec_push(arena, &s->places) = (struct crm_place){ .record = db_int(rows, 0),
			.number = db_int(rows, 1),
			.key = arena_text(arena, db_text(rows, 2)) };
	return db_done(rows);
}

/* *done: they are few, and their places are read. */
static bool gather(struct crm_source *s, const struct gather *way, struct db_value key, bool *done)
{
	const struct db_value noun = DB_INT(s->ask->noun), most = DB_INT(GATHER_MAX + 1),
	                      sort = DB_INT(s->sort), reach = DB_INT(s->scope->sight.reach);
	const struct db_value counted[] = { noun, key, most, reach };
	const struct db_value placed[] = { noun, key, most, sort, reach };
	size_t without = way != &GATHER_REACH;
	int64_t count;

	if (!count_of(s, way->count, (struct db_args){ counted, COUNT_OF(counted) - without },
	            &count))
		return false;
	*done = count <= GATHER_MAX;
	return !*done ||
	       read_places(s, way->places, (struct db_args){ placed, COUNT_OF(placed) - without });
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

/* By trigrams, where a term has one. % and _ stand for anything here; the filter decides. */
static bool gather_text(struct crm_source *s, const struct crm_filter *f, bool *done)
{
	struct text longest = TEXT("");
	struct find_terms terms;

	find_terms(s->work->arena, f->value, &terms);
	for (size_t i = 0; i < terms.len; i++)
		if (terms.at[i].len > longest.len && find_by_trigram(terms.at[i]))
			longest = terms.at[i];
	if (!longest.len)
		return true;
	return gather(s, &GATHER_TEXT,
	        DB_TEXT(arena_printf(s->work->arena, "%%%.*s%%", TEXT_ARG(longest))), done);
}

/* The only filter is the one that an index was asked with: a number in a column. */
static bool is_exact(const struct crm_source *s)
{
	return s->ask->filters.len == 1 && crm_column(&s->ask->filters.at[0]);
}

static bool gather_by_filter(struct crm_source *s, bool *done)
{
	int64_t number;

	*done = false;
	for (size_t i = 0; i < COUNT_OF(NUMBERS) && !*done; i++)
		if (crm_filter_number(s->ask, NUMBERS[i].key, &number) && number &&
		        !gather(s, NUMBERS[i].gather, DB_INT(number), done))
			return false;
	s->exact = *done && is_exact(s);
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
	return true;
}

static int by_place(const void *a, const void *b, void *data)
{
	const struct crm_source *s = data;
	int order = crm_place_cmp(s->sort, a, b);

	return s->ask->descending ? -order : order;
}

/* Sorted, each once, and those before the page dropped. */
static void arrange(struct crm_source *s)
{
	struct crm_places *places = &s->places;
	size_t kept = 0;

	if (places->len)
		qsort_r(places->at, places->len, sizeof(*places->at), by_place, s);
	for (size_t i = 0; i < places->len; i++) {
		int order = crm_place_cmp(s->sort, &places->at[i], &s->after);

		if (s->ask->descending ? order >= 0 : order <= 0)
			continue;
		if (!kept || places->at[kept - 1].record != places->at[i].record)
			places->at[kept++] = places->at[i];
	}
	places->len = kept;
}

bool crm_gather(struct crm_source *s, bool *done)
{
	if (!gather_by_filter(s, done) || (!*done && !gather_by_reach(s, done)))
		return false;
	if (*done)
		arrange(s);
	return true;
}
