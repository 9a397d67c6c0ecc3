#include "store/rows.h"

#include "base/vec.h"

enum { ROW_VALUES_MAX = 32 };

struct row {
	const struct db_stmt *insert;
	struct db_value *values;
	size_t len;
};

struct rows {
	struct arena *arena;
	VEC(struct row) list;
};

struct rows *rows_new(struct arena *arena)
{
	struct rows *rows = arena_make(arena, struct rows);

	rows->arena = arena;
	return rows;
}

void rows_add(struct rows *rows, const struct db_stmt *insert, struct db_args args)
{
	struct row *row = vec_push(rows->arena, &rows->list);

	assert(args.len <= ROW_VALUES_MAX);
	row->insert = insert;
	row->len = args.len;
	row->values = arena_array(rows->arena, args.len, sizeof(*row->values));
	if (args.len)
		memcpy(row->values, args.at, args.len * sizeof(*row->values));
}

static bool same_values(const struct row *row, struct db_args args)
{
	for (size_t i = 0; i < args.len; i++) {
		const struct db_value *a = &row->values[i], *b = &args.at[i];

		if (a->type != b->type || a->num != b->num || !text_eq(a->text, b->text))
			return false;
	}
	return row->len == args.len;
}

void rows_add_once(struct rows *rows, const struct db_stmt *insert, struct db_args args)
{
	for (size_t i = 0; i < rows->list.len; i++)
		if (rows->list.at[i].insert == insert && same_values(&rows->list.at[i], args))
			return;
	rows_add(rows, insert, args);
}

struct rows *rows_copy(struct arena *arena, const struct rows *rows)
{
	struct rows *copy = rows_new(arena);

	for (size_t i = 0; i < rows->list.len; i++) {
		const struct row *row = &rows->list.at[i];

		rows_add(copy, row->insert, (struct db_args){ row->values, row->len });
		for (size_t j = 0; j < row->len; j++) {
			struct db_value *value = &copy->list.at[i].values[j];

			value->text = arena_text(arena, value->text);
		}
	}
	return copy;
}

struct text text_renumber(
        struct arena *arena, struct text text, int64_t placeholder, int64_t number)
{
	struct text mark = arena_printf(arena, "%lld", (long long)placeholder);
	ptrdiff_t at = text_find(text, mark);
	struct buf buf;

	if (at < 0)
		return text;
	buf_init(&buf, arena);
	for (; at >= 0; at = text_find(text, mark)) {
		buf_add(&buf, text_sub(text, 0, (size_t)at));
		buf_printf(&buf, "%lld", (long long)number);
		text = text_from(text, (size_t)at + mark.len);
	}
	buf_add(&buf, text);
	return buf_text(&buf);
}

void rows_renumber(struct rows *rows, int64_t placeholder, int64_t number)
{
	for (size_t i = 0; i < rows->list.len; i++) {
		const struct row *row = &rows->list.at[i];

		for (size_t j = 0; j < row->len; j++) {
			struct db_value *value = &row->values[j];

			if (value->type == DB_TYPE_INT && value->num == placeholder)
				value->num = number;
			else if (value->type == DB_TYPE_TEXT)
				value->text = text_renumber(
				        rows->arena, value->text, placeholder, number);
		}
	}
}

size_t rows_len(const struct rows *rows)
{
	return rows->list.len;
}

bool rows_apply(
        struct rows *rows, struct db *db, struct err *err, int64_t record, int64_t collection)
{
	struct db_value values[ROW_VALUES_MAX];

	for (size_t i = 0; i < rows->list.len; i++) {
		const struct row *row = &rows->list.at[i];

		for (size_t j = 0; j < row->len; j++) {
			int type = (int)row->values[j].type;

			values[j] = row->values[j];
			if (type == ROWS_TYPE_RECORD)
				values[j] = DB_INT(record);
			else if (type == ROWS_TYPE_COLLECTION)
				values[j] = DB_INT(collection);
		}
		if (!db_run(db, err, row->insert, (struct db_args){ values, row->len }, NULL))
			return false;
	}
	return true;
}
