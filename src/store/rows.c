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
