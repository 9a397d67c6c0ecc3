/* csv.c - a list as a table for other programs (RFC 4180), in pieces, however long it is. */
#include "base/base.h"
#include "api/record.h"
#include "view/crm_names.h"

enum { PIECE = 200, COLUMNS_MAX = 100 };

struct table {
	struct crm_ask ask;
	const struct crm_field *columns[COLUMNS_MAX];
	size_t len;
	bool begun;
};

/* ---- cells ---- */

/* A spreadsheet would run what begins like a formula: a mark in front makes it text again. */
static bool is_formula(struct text cell)
{
	int64_t number;

	return cell.len && strchr("=+-@\t\r", cell.ptr[0]) && !text_to_int(cell, &number);
}

static void add_cell(struct buf *out, struct text cell, bool first)
{
	if (!first)
		buf_char(out, ',');
	buf_char(out, '"');
	if (is_formula(cell))
		buf_char(out, '\'');
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.ptr[i] == '"')
			buf_char(out, '"');
		buf_char(out, cell.ptr[i]);
	}
	buf_char(out, '"');
}

static bool is_id(enum crm_type type)
{
	return type == CRM_TYPE_REF || type == CRM_TYPE_USER || type == CRM_TYPE_TEAM ||
	       type == CRM_TYPE_PRINCIPAL;
}

static struct text cell_of(struct arena *arena, const struct crm_field *field, const json_t *value,
        const struct crm_names *names)
{
	struct text name;

	if (!value)
		return TEXT("");
	if (!is_id(field->type))
		return crm_value_text(arena, field, value);
	name = crm_name(names, json_integer_value(value));
	return name.ptr ? name : TEXT("");
}

/* ---- rows ---- */

static bool names_of(struct call *c, const struct table *table, json_t **values, size_t len,
        struct crm_names *names)
{
	struct ids ids = VEC_EMPTY;

	for (size_t i = 0; i < len; i++)
		for (size_t k = 0; k < table->len; k++)
			if (is_id(table->columns[k]->type))
				*vec_push(c->work.arena, &ids) =
				        crm_get_int(values[i], table->columns[k]->key);
	return crm_names(&c->work, &ids, names);
}

static bool add_rows(
        struct call *c, struct table *table, const struct crm_entries *entries, struct buf *out)
{
	json_t **values = arena_array(c->work.arena, entries->len + 1, sizeof(*values));
	struct crm_names names;

	for (size_t i = 0; i < entries->len; i++)
		if (!crm_json_read(&c->work, entries->at[i].fields, &values[i]))
			return false;
	if (!names_of(c, table, values, entries->len, &names))
		return false;
	for (size_t i = 0; i < entries->len; i++) {
		add_cell(out, arena_printf(c->work.arena, "%lld", (long long)entries->at[i].id),
		        true);
		for (size_t k = 0; k < table->len; k++)
			add_cell(out,
			        cell_of(c->work.arena, table->columns[k],
			                json_object_get(values[i], table->columns[k]->key), &names),
			        false);
		buf_add(out, TEXT("\r\n"));
	}
	return true;
}

static void add_header(struct table *table, struct buf *out)
{
	add_cell(out, TEXT("id"), true);
	for (size_t k = 0; k < table->len; k++)
		add_cell(out, text_of(table->columns[k]->key), false);
	buf_add(out, TEXT("\r\n"));
	table->begun = true;
}

/* ---- pieces ---- */

static bool next_page(struct call *c, struct table *table, struct buf *out, struct text *cursor)
{
	struct crm_page page;

	if (!crm_list(&c->work, &table->ask, &page) || !add_rows(c, table, &page.entries, out))
		return false;
	*cursor = page.cursor;
	return true;
}

/* Each piece has memory of its own: the table may be longer than fits. */
static bool fill(struct call *c, struct buf *out, bool *more)
{
	struct table *table = api_of(c)->own;
	struct arena *before = c->work.arena, *piece = arena_new();
	struct text cursor = TEXT_NONE;
	bool ok;

	if (!table->begun)
		add_header(table, out);
	c->work.arena = piece;
	ok = next_page(c, table, out, &cursor);
	c->work.arena = before;
	c->work.rights = NULL;
	table->ask.cursor = arena_text(before, cursor);
	*more = cursor.ptr;
	arena_free(&piece);
	return ok;
}

/* ---- asked ---- */

static bool add_column(struct call *c, struct table *table, const struct crm_field *field)
{
	if (table->len == COLUMNS_MAX)
		return err_set(&c->work.err, ERR_BAD_REQUEST, "too many columns");
	table->columns[table->len++] = field;
	return true;
}

static bool choose_columns(struct call *c, enum crm_noun noun, struct table *table)
{
	struct text only = call_query(c, "fields"), one;
	const struct crm_field *field;

	if (!only.ptr) {
		for (size_t i = 0; (field = crm_field_at(noun, i)); i++)
			if (field->type != CRM_TYPE_PHOTO && !add_column(c, table, field))
				return false;
		return true;
	}
	while (text_split(&only, ',', &one)) {
		field = crm_field(noun, text_trim(one));
		if (!field)
			return err_set(&c->work.err, ERR_BAD_REQUEST,
			        "fields: there is no field \"%.*s\"",
			        TEXT_ARG(text_sub(one, 0, 60)));
		if (!add_column(c, table, field))
			return false;
	}
	return true;
}

bool api_csv(struct call *c)
{
	struct table *table = arena_make(c->work.arena, struct table);
	enum crm_noun noun = api_of(c)->noun->noun;
	struct crm_ask first;
	struct crm_page page;

	api_of(c)->own = table;
	if (!api_ask(c, noun, &table->ask) || !choose_columns(c, noun, table))
		return false;
	table->ask.limit = PIECE;
	table->ask.count = false;
	/* What is wrong with the question must be said before the first piece. */
	first = table->ask;
	first.limit = 1;
	if (!crm_list(&c->work, &first, &page))
		return false;
	call_set(c, "Content-Disposition",
	        arena_printf(
	                c->work.arena, "attachment; filename=\"%s.csv\"", api_of(c)->noun->name));
	return call_reply_stream(c, 200, "text/csv; charset=utf-8", fill, -1);
}
