/* crm_list_rows.c - lists of rows: few enough to be read whole. */
#include "base/base.h"
#include "base/str.h"
#include "view/crm_impl.h"

enum { LIMIT_MAX = 500 };

struct sorting {
	const struct crm_field *field; /* NULL: by `key` */
	struct text key;
	bool descending;
};

static int64_t number_by(const struct sorting *s, const struct crm_row *row)
{
	if (s->field)
		return crm_get_int(row->values, s->field->key);
	if (text_eq(s->key, TEXT("created")))
		return row->created;
	return text_eq(s->key, TEXT("modified")) ? row->modified : row->position;
}

static int by_order(const void *a, const void *b, void *data)
{
	const struct crm_row *left = a, *right = b;
	const struct sorting *s = data;
	int64_t l = number_by(s, left), r = number_by(s, right);
	int order = (l > r) - (l < r);

	if (s->field && !order)
		order = text_cmp(crm_get_text(left->values, s->field->key),
		        crm_get_text(right->values, s->field->key));
	if (!order && !s->field && left->parent != right->parent)
		order = left->parent > right->parent ? 1 : -1;
	if (!order)
		order = (left->id > right->id) - (left->id < right->id);
	return s->descending ? -order : order;
}

static void sort(const struct crm_ask *ask, struct crm_rows *rows)
{
	struct sorting s = { .field = crm_field(ask->noun, ask->sort),
		.key = ask->sort,
		.descending = ask->descending };

	if (text_eq(ask->sort, TEXT("title")))
		s.field = crm_field_at(ask->noun, 0);
	if (rows->len)
		qsort_r(rows->at, rows->len, sizeof(*rows->at), by_order, &s);
}

static bool fits(struct work *work, const struct crm_ask *ask, const struct crm_row *row, bool *fit)
{
	struct crm_tested tested = { .work = work, .row = row };

	return crm_filters_pass(&tested, &ask->filters, fit) &&
	       (!*fit || crm_row_seen(work, row, fit));
}

bool crm_list_rows(struct work *work, const struct crm_ask *ask, struct crm_page *page)
{
	size_t limit = ask->limit && ask->limit < LIMIT_MAX ? ask->limit : LIMIT_MAX;
	int64_t skip = 0, total = 0;
	struct crm_rows rows;

	if (ask->cursor.len && (!text_to_int(ask->cursor, &skip) || skip < 0))
		return err_set(&work->err, ERR_BAD_REQUEST, "the cursor is not one of ours");
	if (!crm_rows_of(work, ask->noun, ask->parent ? ask->parent : -1, &rows))
		return false;
	sort(ask, &rows);
	for (size_t i = 0; i < rows.len; i++) {
		bool fit;

		if (!fits(work, ask, &rows.at[i], &fit))
			return false;
		if (!fit || total++ < skip)
			continue;
		if (page->entries.len < limit)
			crm_row_entry(&rows.at[i], vec_push(work->arena, &page->entries));
		else if (!page->cursor.ptr)
			page->cursor = arena_printf(
			        work->arena, "%lld", (long long)(skip + (int64_t)limit));
	}
	page->total = ask->count ? total : -1;
	return true;
}
