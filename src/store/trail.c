#include "store/trail.h"

#include "store/kind.h"

DB_STATEMENT(TOKEN, "UPDATE collection SET token = ?2, bytes = bytes + ?3"
                    " WHERE id = ?1 AND parent >= 0");
DB_STATEMENT(BORN, "SELECT t.born FROM collection c LEFT JOIN tombstone t ON t.collection = c.id"
                   " AND t.name = ?2 AND t.is_collection = ?3 WHERE c.id = ?1 AND c.parent >= 0");
DB_STATEMENT(TOMBSTONE_DELETE, "DELETE FROM tombstone WHERE collection = ?1 AND name = ?2");
DB_STATEMENT(TOMBSTONE_PUT,
        "INSERT INTO tombstone (collection, name, gone, born, is_collection)"
        " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (collection, name) DO UPDATE"
        " SET gone = excluded.gone, born = excluded.born, is_collection = excluded.is_collection");
DB_STATEMENT(UNLOCK, "DELETE FROM dav_lock WHERE collection = ?1 AND name = ?2");
DB_STATEMENT(RECORD_DELETE, "DELETE FROM record WHERE id = ?1");
DB_STATEMENT(RECORD_PROPS_DELETE, "DELETE FROM prop WHERE holder = 2 AND id = ?1");
DB_STATEMENT(RECORD_ACES_DELETE, "DELETE FROM ace WHERE holder = 2 AND id = ?1");
DB_STATEMENT(BLOB_CLAIM, "UPDATE blob_head SET state = 2, since = ?2 WHERE id = ?1 AND state = 1");
DB_STATEMENT(BLOB_LEAVE, "UPDATE blob_head SET state = 3, since = ?2 WHERE id = ?1");

bool trail_token(struct writing *w, int64_t collection, int64_t number, int64_t bytes)
{
	int64_t changed;

	if (!db_run(w->db, w->err, &TOKEN,
	            DB_ARGS(DB_INT(collection), DB_INT(number), DB_INT(bytes)), &changed))
		return false;
	return changed ? true : plan_stale(w);
}

bool trail_born(struct writing *w, int64_t collection, struct text name, bool is_collection,
        int64_t number, int64_t *born)
{
	struct db_rows *rows = db_query(w->db, w->err, &BORN,
	        DB_ARGS(DB_INT(collection), DB_TEXT(name), DB_INT(is_collection)));
	bool there = rows && db_next(rows);

	*born = there && !db_is_null(rows, 0) ? db_int(rows, 0) : number;
	if (!db_done(rows))
		return false;
	return there ? true : plan_stale(w);
}

bool trail_raise(struct writing *w, int64_t collection, struct text name)
{
	return db_run(
	        w->db, w->err, &TOMBSTONE_DELETE, DB_ARGS(DB_INT(collection), DB_TEXT(name)), NULL);
}

bool trail_birth(struct writing *w, int64_t collection, struct text name, bool is_collection,
        int64_t number, int64_t *born)
{
	return trail_born(w, collection, name, is_collection, number, born) &&
	       (*born == number || trail_raise(w, collection, name));
}

bool trail_death(struct writing *w, int64_t collection, struct text name, bool is_collection,
        int64_t number, int64_t born)
{
	return db_run(w->db, w->err, &TOMBSTONE_PUT,
	               DB_ARGS(DB_INT(collection), DB_TEXT(name), DB_INT(number), DB_INT(born),
	                       DB_INT(is_collection)),
	               NULL) &&
	       db_run(w->db, w->err, &UNLOCK, DB_ARGS(DB_INT(collection), DB_TEXT(name)), NULL);
}

/* *last: rows that the last of them deleted. */
static bool forget(
        struct writing *w, const struct db_stmt *const *stmt, int64_t record, int64_t *last)
{
	for (; stmt && *stmt; stmt++)
		if (!db_run(w->db, w->err, *stmt, DB_ARGS(DB_INT(record)), last))
			return false;
	return true;
}

bool trail_forget(struct writing *w, const struct kind *kind, int64_t record)
{
	int64_t last = 0;

	return !kind || (forget(w, kind->forget, record, &last) &&
	                        (!last || forget(w, kind->forget_more, record, NULL)));
}

bool trail_forget_all(struct writing *w, const struct kind *kind, int64_t record)
{
	return !kind || (forget(w, kind->forget, record, NULL) &&
	                        forget(w, kind->forget_more, record, NULL));
}

bool trail_drop(struct writing *w, const struct house *house, struct trail_record record)
{
	struct db_value id = DB_INT(record.id);

	return trail_forget(w, kind_of(house, (enum kind_id)record.kind), record.id) &&
	       db_run(w->db, w->err, &RECORD_DELETE, DB_ARGS(id), NULL) &&
	       db_run(w->db, w->err, &RECORD_PROPS_DELETE, DB_ARGS(id), NULL) &&
	       db_run(w->db, w->err, &RECORD_ACES_DELETE, DB_ARGS(id), NULL) &&
	       trail_leave_blob(w, record.blob);
}

bool trail_claim_blob(struct writing *w, int64_t blob)
{
	int64_t changed = 1;

	if (blob && !db_run(w->db, w->err, &BLOB_CLAIM, DB_ARGS(DB_INT(blob), DB_INT(w->now)),
	                    &changed))
		return false;
	return changed ? true : plan_stale(w);
}

bool trail_leave_blob(struct writing *w, int64_t blob)
{
	return !blob ||
	       db_run(w->db, w->err, &BLOB_LEAVE, DB_ARGS(DB_INT(blob), DB_INT(w->now)), NULL);
}
