/* crm.c - lists of records: a page, its cursor, how many there are. */
#include "base/base.h"
#include "base/codec.h"
#include "base/str.h"
#include "store/house.h"
#include "view/crm_impl.h"

enum { LIMIT_MAX = 500, READ_MAX = 20000, COUNT_MAX = 10000, COUNT_READ_MAX = 60000 };

DB_STATEMENT(REVISION_OF, "SELECT revision FROM record WHERE id = ?1");

/* ---- order ---- */

static const struct order {
	const char *key;
	enum crm_sort sort;
} ORDERS[] = {
	{ "title", SORT_TITLE },
	{ "created", SORT_CREATED },
	{ "modified", SORT_MODIFIED },
	{ "due", SORT_DUE },
	{ "expected_close", SORT_DUE },
	{ "start", SORT_START },
	{ "at", SORT_START },
	{ "closed", SORT_CLOSED },
	{ "closed_at", SORT_CLOSED },
	{ "amount", SORT_AMOUNT },
	{ "value", SORT_AMOUNT },
	{ "probability", SORT_PROBABILITY },
	{ "priority", SORT_PRIORITY },
	{ "number", SORT_NUMBER },
	{ "score", SORT_SCORE },
};

/* A lead's title is its job; its name is what it is sorted by. */
static bool order_of(struct work *work, const struct crm_ask *ask, enum crm_sort *sort)
{
	struct text key = ask->sort;

	*sort = SORT_MODIFIED;
	if (!key.len)
		return true;
	if (text_eq(key, TEXT("name")) || text_eq(key, TEXT("subject")))
		key = TEXT("title");
	for (size_t i = 0; i < COUNT_OF(ORDERS); i++)
		if (text_eq(key, text_of(ORDERS[i].key))) {
			*sort = ORDERS[i].sort;
			return true;
		}
	return err_set(&work->err, ERR_BAD_REQUEST, "lists cannot be sorted by %.*s",
	        TEXT_ARG(text_sub(key, 0, 40)));
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

static bool revision_of(struct work *work, int64_t id, int64_t *revision)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &REVISION_OF, DB_ARGS(DB_INT(id))) : NULL;

	*revision = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows);
}

static bool take(struct work *work, const struct crm_line *line, struct crm_entry *entry)
{
	*entry = (struct crm_entry){ .id = line->record,
		.created = line->created,
		.modified = line->modified,
		.noun = (enum crm_noun)line->noun,
		.parent = line->parent,
		.holder = line->holder,
		.owner = line->owner,
		.state = line->state,
		.uid = line->uid,
		.title = line->title,
		.fields = line->fields };
	return revision_of(work, line->record, &entry->revision);
}

struct paging {
	struct work *work;
	const struct crm_ask *ask;
	struct crm_scope scope;
	struct crm_source source;
};

static bool page_open(struct paging *p, struct work *work, const struct crm_ask *ask)
{
	*p = (struct paging){ .work = work, .ask = ask };
	p->source = (struct crm_source){ .work = work, .ask = ask };
	return order_of(work, ask, &p->source.sort) && cursor_read(work, ask, &p->source.after) &&
	       crm_scope_open(work, ask, &p->scope) &&
	       (p->source.scope = &p->scope, crm_source_open(&p->source));
}

/* The next line that fits, NULL at the end or when `most` lines have been read; *seen is the last
 * place looked at. */
static bool next_fitting(
        struct paging *p, int64_t most, const struct crm_line **line, struct crm_place *seen)
{
	bool fits = false;

	while (!fits) {
		struct crm_tested tested = { .work = p->work };

		if (p->source.next == p->source.lines.len && p->source.read >= most) {
			*line = NULL;
			return true;
		}
		if (!crm_source_next(&p->source, line))
			return false;
		if (!*line)
			return true;
		tested.line = *line;
		*seen = crm_place_of(p->source.sort, *line);
		if (!crm_filters_pass(&tested, &p->ask->filters, &fits) ||
		        (fits && !crm_scope_sees(&p->scope, *line, &fits)))
			return false;
	}
	return true;
}

static bool fill(struct paging *p, struct crm_page *page)
{
	size_t limit = p->ask->limit && p->ask->limit < LIMIT_MAX ? p->ask->limit : LIMIT_MAX;
	struct crm_place seen = { 0 };
	const struct crm_line *line;

	while (page->entries.len < limit) {
		if (!next_fitting(p, READ_MAX, &line, &seen))
			return false;
		if (!line)
			break;
		if (!take(p->work, line, vec_push(p->work->arena, &page->entries)))
			return false;
	}
	if (p->source.next < p->source.lines.len || !p->source.ended)
		page->cursor = cursor_write(p->work->arena, &seen);
	return true;
}

static bool count(struct work *work, const struct crm_ask *ask, int64_t *total)
{
	struct crm_ask all = *ask;
	const struct crm_line *line;
	struct crm_place seen;
	struct paging p;

	all.cursor = TEXT_NONE;
	*total = 0;
	if (!page_open(&p, work, &all))
		return false;
	while (*total < COUNT_MAX) {
		if (!next_fitting(&p, COUNT_READ_MAX, &line, &seen))
			return false;
		if (!line)
			break;
		++*total;
	}
	if (*total == COUNT_MAX)
		*total = -COUNT_MAX;
	else if (p.source.next < p.source.lines.len || !p.source.ended)
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
