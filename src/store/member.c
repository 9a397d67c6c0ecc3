#include "store/record.h"

#include "store/house.h"
#include "store/items.h"

DB_STATEMENT(ITEM_BY_NAME,
        "SELECT " ITEM_LIGHT " FROM member m WHERE m.collection = ?1 AND m.name = ?2");
DB_STATEMENT(ITEM_BY_NAME_BODY, "SELECT " ITEM_HEAVY " FROM member m JOIN record r"
                                " ON r.id = m.record WHERE m.collection = ?1 AND m.name = ?2");
DB_STATEMENT(
        ITEM_BY_UID, "SELECT " ITEM_LIGHT " FROM member m WHERE m.collection = ?1 AND m.uid = ?2");
DB_STATEMENT(ITEM_BY_RECORD,
        "SELECT " ITEM_LIGHT " FROM member m WHERE m.record = ?2 AND m.collection = ?1");
DB_STATEMENT(ITEM_LIST, "SELECT " ITEM_LIGHT " FROM member m WHERE m.collection = ?1"
                        " AND m.name > ?2 ORDER BY m.name LIMIT ?3");
DB_STATEMENT(ITEM_LIST_BODY, "SELECT " ITEM_HEAVY " FROM member m JOIN record r ON r.id = m.record"
                             " WHERE m.collection = ?1 AND m.name > ?2 ORDER BY m.name LIMIT ?3");
DB_STATEMENT(MEMBER_COUNT, "SELECT count(*) FROM member WHERE collection = ?1");

void item_read(struct db_rows *rows, struct arena *arena, bool heavy, struct item *item)
{
	member_read(rows, arena, &item->member);
	item->kind = db_int(rows, 8);
	item->size = db_int(rows, 9);
	item->created = db_int(rows, 10);
	item->modified = db_int(rows, 11);
	item->media = arena_text(arena, db_text(rows, 12));
	if (heavy) {
		item->blob = db_int(rows, 13);
		item->body = item->blob ? TEXT_NONE : arena_text(arena, db_text(rows, 14));
	}
}

static bool item_find(struct work *work, const struct db_stmt *stmt, const struct scope *scope,
        struct db_value key, bool heavy, struct item **item)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*item = NULL;
	if (!db)
		return false;
	rows = db_query(db, &work->err, stmt, DB_ARGS(DB_INT(scope->collection), key));
	if (rows && db_next(rows)) {
		*item = arena_make(work->arena, struct item);
		item_read(rows, work->arena, heavy, *item);
	}
	return db_done(rows);
}

bool member_get(struct work *work, const struct scope *scope, struct text name, bool body,
        struct item **item)
{
	return item_find(
	        work, body ? &ITEM_BY_NAME_BODY : &ITEM_BY_NAME, scope, DB_TEXT(name), body, item);
}

bool member_by_uid(
        struct work *work, const struct scope *scope, struct text uid, struct item **item)
{
	return item_find(work, &ITEM_BY_UID, scope, DB_TEXT(uid), false, item);
}

bool member_of_record(
        struct work *work, const struct scope *scope, int64_t record, struct item **item)
{
	return item_find(work, &ITEM_BY_RECORD, scope, DB_INT(record), false, item);
}

bool member_list(struct work *work, const struct scope *scope, struct text after, bool body,
        size_t max, struct items *items)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*items = (struct items)VEC_EMPTY;
	if (!db)
		return false;
	rows = db_query(db, &work->err, body ? &ITEM_LIST_BODY : &ITEM_LIST,
	        DB_ARGS(DB_INT(scope->collection), DB_TEXT(after.ptr ? after : TEXT("")),
	                DB_INT((int64_t)(max < INT64_MAX ? max : INT64_MAX))));
	while (rows && db_next(rows))
		item_read(rows, work->arena, body, vec_push(work->arena, items));
	return db_done(rows);
}

bool member_count(struct work *work, const struct scope *scope, int64_t *count)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*count = 0;
	if (!db)
		return false;
	rows = db_query(db, &work->err, &MEMBER_COUNT, DB_ARGS(DB_INT(scope->collection)));
	if (rows && db_next(rows))
		*count = db_int(rows, 0);
	return db_done(rows);
}
