/* crm.c - lists of records: a page, its cursor, how many there are. */
#include "base/base.h"
#include "base/codec.h"
#include "base/str.h"
#include "store/house.h"
#include "view/crm_impl.h"

enum { LIMIT_MAX = 500, READ_MAX = 20000, COUNT_MAX = 10000, COUNT_READ_MAX = 30000 };

DB_STATEMENT(REVISIONS, "/* sqlite only */ SELECT r.id, r.revision FROM json_each(?1) j"
                        " CROSS JOIN record r ON r.id = j.value");
DB_STATEMENT(REVISIONS_PG, "/* postgres only */ SELECT id, revision FROM record"
                           " WHERE id = ANY (CAST(CAST(?1 AS TEXT) AS BIGINT[]))");

/* ---- order ---- */

#define FOR(noun)  (1U << CRM_##noun)
#define FOR_ALL    (~0U)
#define FOR_MONEY  (FOR(LEAD) | FOR(DEAL))
#define FOR_URGENT (FOR(CASE) | FOR(TASK))

static const struct order {
	const char *key;
	enum crm_sort sort;
	unsigned nouns; /* that an index serves (schemas/index.sql) */
} ORDERS[] = {
	{ "title", SORT_TITLE, FOR_ALL },
	{ "name", SORT_TITLE, FOR_ALL },
	{ "subject", SORT_TITLE, FOR_ALL },
	{ "created", SORT_CREATED, FOR_ALL },
	{ "modified", SORT_MODIFIED, FOR_ALL },
	{ "due", SORT_DUE, FOR_ALL },
	{ "expected_close", SORT_DUE, FOR(DEAL) },
	{ "start", SORT_START, FOR_ALL },
	{ "at", SORT_START, FOR(NOTE) },
	{ "closed", SORT_CLOSED, FOR_ALL },
	{ "closed_at", SORT_CLOSED, FOR(CASE) },
	{ "amount", SORT_AMOUNT, FOR_MONEY },
	{ "value", SORT_AMOUNT, FOR(LEAD) },
	{ "probability", SORT_PROBABILITY, FOR(DEAL) },
	{ "priority", SORT_PRIORITY, FOR_URGENT },
	{ "number", SORT_NUMBER, FOR(CASE) },
	{ "score", SORT_SCORE, FOR(LEAD) },
};

static bool order_of(struct work *work, const struct crm_ask *ask, enum crm_sort *sort)
{
	struct text key = ask->sort.len ? ask->sort : TEXT("modified");

	for (size_t i = 0; i < COUNT_OF(ORDERS); i++)
		if (text_eq(key, text_of(ORDERS[i].key)) && (ORDERS[i].nouns >> ask->noun & 1)) {
			*sort = ORDERS[i].sort;
			return true;
		}
	return err_set(&work->err, ERR_BAD_REQUEST, "%s cannot be sorted by %.*s",
	        crm_noun_row(ask->noun)->name, TEXT_ARG(text_sub(key, 0, 40)));
}

/* Where a list begins: before everything. */
static struct crm_place beginning(bool descending)
{
	/* U+10FFFF: no text lies behind it. */
	return descending ? (struct crm_place){ INT64_MAX, TEXT("\xF4\x8F\xBF\xBF"), INT64_MAX }
	                  : (struct crm_place){ INT64_MIN, TEXT(""), 0 };
}

static bool cursor_read(struct work *work, const struct crm_ask *ask, struct crm_place *place)
{
	struct text rest = ask->cursor, number, record;

	*place = beginning(ask->descending);
	if (!rest.len)
		return true;
	if (!text_split(&rest, '.', &number) || !text_split(&rest, '.', &record) ||
	        !text_to_int(number, &place->number) || !text_to_int(record, &place->record) ||
	        !hex_decode(work->arena, rest.ptr ? rest : TEXT(""), &place->key) ||
	        !text_is_utf8(place->key))
		return err_set(&work->err, ERR_BAD_REQUEST, "the cursor is not one of ours");
	return true;
}

static struct text cursor_write(struct arena *arena, const struct crm_place *place)
{
	return arena_printf(arena, "%lld.%lld.%.*s", (long long)place->number,
	        (long long)place->record, TEXT_ARG(hex_encode(arena, place->key)));
}

/* ---- a page ---- */

static void revised(struct crm_entries *entries, int64_t id, int64_t revision)
{
	for (size_t i = 0; i < entries->len; i++)
		if (entries->at[i].id == id)
			entries->at[i].revision = revision;
}

/* Of a page all at once. */
static bool read_revisions(struct work *work, struct crm_entries *entries)
{
	struct db *db = work_reader(work);
	struct ids ids = VEC_EMPTY;
	struct db_rows *rows;

	for (size_t i = 0; i < entries->len; i++)
		*vec_push(work->arena, &ids) = entries->at[i].id;
	if (!db || !ids.len)
		return db;
	rows = db_query(db, &work->err, db_is_postgres(db) ? &REVISIONS_PG : &REVISIONS,
	        DB_ARGS(DB_TEXT(db_ids(work->arena, db, ids.at, ids.len))));
	while (rows && db_next(rows))
		revised(entries, db_int(rows, 0), db_int(rows, 1));
	return db_done(rows);
}

static void take(struct arena *arena, const struct crm_line *line, struct crm_entry *entry)
{
	*entry = (struct crm_entry){ .id = line->record,
		.created = line->created,
		.modified = line->modified,
		.noun = (enum crm_noun)line->noun,
		.parent = line->parent,
		.holder = line->holder,
		.owner = line->owner,
		.state = line->state,
		.uid = arena_text(arena, line->uid),
		.title = arena_text(arena, line->title),
		.fields = arena_text(arena, line->fields) };
}

struct paging {
	struct work *work;
	const struct crm_ask *ask;
	struct crm_scope scope;
	struct crm_source source;
	struct crm_place seen; /* the last place looked at; its key is borrowed from the line */
};

static bool page_open(struct paging *p, struct work *work, const struct crm_ask *ask)
{
	*p = (struct paging){ .work = work, .ask = ask };
	p->source = (struct crm_source){ .work = work, .ask = ask };
	return order_of(work, ask, &p->source.sort) && cursor_read(work, ask, &p->source.after) &&
	       crm_scope_open(work, ask, &p->scope) &&
	       (p->source.scope = &p->scope, crm_source_open(&p->source));
}

/* Does it fit? What that takes is given back at once. */
static bool fits(struct paging *p, const struct crm_line *line, bool *fit)
{
	struct work scratch = *p->work;
	struct crm_tested tested = { .work = &scratch, .line = line };
	bool ok;

	scratch.arena = arena_new();
	ok = crm_filters_pass(&tested, &p->ask->filters, fit);
	arena_free(&scratch.arena);
	if (!ok)
		p->work->err = scratch.err;
	return ok && (!*fit || crm_scope_sees(&p->scope, line, fit));
}

/* The next line that fits, NULL at the end or when `most` lines have been read. */
static bool next_fitting(struct paging *p, int64_t most, const struct crm_line **line)
{
	bool fit = false;

	while (!fit) {
		if (p->source.next == p->source.lines.len && p->source.read >= most) {
			*line = NULL;
			return true;
		}
		if (!crm_source_next(&p->source, line))
			return false;
		if (!*line)
			return true;
		p->seen = crm_place_of(p->source.sort, *line);
		if (!fits(p, *line, &fit))
			return false;
	}
	return true;
}

static bool has_more(const struct paging *p)
{
	return p->source.next < p->source.lines.len || !p->source.ended;
}

static bool fill(struct paging *p, struct crm_page *page)
{
	size_t limit = p->ask->limit && p->ask->limit < LIMIT_MAX ? p->ask->limit : LIMIT_MAX;
	const struct crm_line *line;

	while (page->entries.len < limit) {
		if (!next_fitting(p, READ_MAX, &line))
			return false;
		if (!line)
			break;
		take(p->work->arena, line, vec_push(p->work->arena, &page->entries));
	}
	if (has_more(p))
		page->cursor = cursor_write(p->work->arena, &p->seen);
	return read_revisions(p->work, &page->entries);
}

static bool count(struct work *work, const struct crm_ask *ask, int64_t *total)
{
	struct crm_ask all = *ask;
	const struct crm_line *line;
	struct paging p;

	all.cursor = TEXT_NONE;
	*total = 0;
	if (!page_open(&p, work, &all))
		return false;
	if (p.source.exact && p.scope.sight.reach == REACH_ALL) {
		*total = (int64_t)p.source.places.len;
		return true;
	}
	while (*total < COUNT_MAX) {
		if (!next_fitting(&p, COUNT_READ_MAX, &line))
			return false;
		if (!line)
			break;
		++*total;
	}
	if (*total == COUNT_MAX)
		*total = -COUNT_MAX;
	else if (has_more(&p))
		*total = -1;
	return true;
}

bool crm_list(struct work *work, const struct crm_ask *ask, struct crm_page *page)
{
	struct crm_ask with_parent = *ask;
	struct paging p;

	*page = (struct crm_page){ .cursor = TEXT_NONE, .total = -1 };
	if (crm_noun_is_row(ask->noun))
		return crm_list_rows(work, ask, page);
	if (ask->parent) {
		struct crm_filters filters = VEC_EMPTY;

		for (size_t i = 0; i < ask->filters.len; i++)
			*vec_push(work->arena, &filters) = ask->filters.at[i];
		*vec_push(work->arena, &filters) = (struct crm_filter){ .column = TEXT("parent"),
			.test = CRM_EQ,
			.value = arena_printf(work->arena, "%lld", (long long)ask->parent) };
		with_parent.filters = filters;
	}
	return page_open(&p, work, &with_parent) && fill(&p, page) &&
	       (!ask->count || count(work, &with_parent, &page->total));
}
