#include "store/trash.h"

#include "base/vec.h"
#include "store/trail.h"

enum { MEMBERS_AT_ONCE = 100, TOMBSTONES_AT_ONCE = 1000 };

DB_STATEMENT(TRASH_PUT,
        "UPDATE collection SET parent = -1, name = CAST(id AS TEXT), owner = (SELECT p.id FROM"
        " principal p WHERE p.name_key = 'company') WHERE id = ?1");
DB_STATEMENT(PROPS_DELETE, "DELETE FROM prop WHERE holder = 1 AND id = ?1");
DB_STATEMENT(ACES_DELETE, "DELETE FROM ace WHERE holder = 1 AND id = ?1");
DB_STATEMENT(LOCKS_DELETE, "DELETE FROM dav_lock WHERE collection = ?1");
DB_STATEMENT(TRASHED, "SELECT id FROM collection WHERE parent = -1 AND parent <> 0 LIMIT 1");
DB_STATEMENT(MEMBERS, "SELECT m.name, m.record, r.kind, r.blob FROM member m"
                      " LEFT JOIN record r ON r.id = m.record WHERE m.collection = ?1 LIMIT ?2");
DB_STATEMENT(MEMBER_DELETE, "DELETE FROM member WHERE collection = ?1 AND name = ?2");
DB_STATEMENT(STILL_MEMBER, "SELECT collection FROM member WHERE record = ?1 LIMIT 1");
DB_STATEMENT(TOMBSTONES_DELETE,
        "DELETE FROM tombstone WHERE collection = ?1 AND name IN"
        " (SELECT t.name FROM tombstone t WHERE t.collection = ?1 LIMIT ?2)");
DB_STATEMENT(COLLECTION_DELETE, "DELETE FROM collection WHERE id = ?1");

bool trash_put(struct writing *w, int64_t collection)
{
	static const struct db_stmt *const steps[] = { &TRASH_PUT, &PROPS_DELETE, &ACES_DELETE,
		&LOCKS_DELETE };

	writing_untidy(w);
	for (size_t i = 0; i < COUNT_OF(steps); i++)
		if (!db_run(w->db, w->err, steps[i], DB_ARGS(DB_INT(collection)), NULL))
			return false;
	return true;
}

struct trashed {
	struct text name;
	struct trail_record record;
};
VEC_OF(trasheds, struct trashed);

static bool list_members(struct writing *w, int64_t collection, struct trasheds *list)
{
	struct db_rows *rows = db_query(
	        w->db, w->err, &MEMBERS, DB_ARGS(DB_INT(collection), DB_INT(MEMBERS_AT_ONCE)));

	while (rows && db_next(rows))
		*vec_push(w->arena, list) =
		        (struct trashed){ arena_text(w->arena, db_text(rows, 0)),
			        { db_int(rows, 1), db_int(rows, 2), db_int(rows, 3) } };
	return db_done(rows);
}

static bool ask(struct writing *w, const struct db_stmt *stmt, struct db_args args, int64_t *id)
{
	struct db_rows *rows = db_query(w->db, w->err, stmt, args);

	*id = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows);
}

static bool drop_member(struct writing *w, const struct house *house, int64_t collection,
        const struct trashed *member)
{
	int64_t still;

	if (!db_run(w->db, w->err, &MEMBER_DELETE,
	            DB_ARGS(DB_INT(collection), DB_TEXT(member->name)), NULL) ||
	        !ask(w, &STILL_MEMBER, DB_ARGS(DB_INT(member->record.id)), &still))
		return false;
	return still || trail_drop(w, house, member->record);
}

bool trash_empty(struct writing *w, void *data)
{
	const struct house *house = data;
	struct trasheds list = VEC_EMPTY;
	int64_t collection, tombstones;

	if (!ask(w, &TRASHED, DB_NO_ARGS, &collection) ||
	        (collection && !list_members(w, collection, &list)))
		return false;
	if (!collection)
		return true;
	writing_untidy(w);
	for (size_t i = 0; i < list.len; i++)
		if (!drop_member(w, house, collection, &list.at[i]))
			return false;
	if (list.len == MEMBERS_AT_ONCE)
		return true;
	if (!db_run(w->db, w->err, &TOMBSTONES_DELETE,
	            DB_ARGS(DB_INT(collection), DB_INT(TOMBSTONES_AT_ONCE)), &tombstones))
		return false;
	return tombstones == TOMBSTONES_AT_ONCE ||
	       db_run(w->db, w->err, &COLLECTION_DELETE, DB_ARGS(DB_INT(collection)), NULL);
}
