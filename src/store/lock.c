#include "store/lock.h"

#include "store/house.h"

DB_STATEMENT(LOCKS_AT,
        "SELECT " DAV_LOCK_COLUMNS(DB_NAME,
                DB_COMMA) " FROM dav_lock"
                          " WHERE collection = ?1 AND name = ?2 AND until > ?3 ORDER BY token");
DB_STATEMENT(LOCK_ANY, "SELECT 1 FROM dav_lock WHERE until > ?1 LIMIT 1");
DB_STATEMENT(LOCKS_EXPIRED, "DELETE FROM dav_lock WHERE until <= ?1");
/* RFC 4918 6.2: an exclusive lock suffers no other, a shared one no exclusive one. */
DB_STATEMENT(LOCK_INSERT,
        "INSERT INTO dav_lock (token, collection, name, holder, is_shared, is_deep, owner, until)"
        " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE NOT EXISTS (SELECT 1 FROM dav_lock o"
        " WHERE o.collection = ?2 AND o.name = ?3 AND (o.is_shared = 0 OR o.is_shared <> ?5))");
DB_STATEMENT(LOCK_REFRESH, "UPDATE dav_lock SET until = ?2 WHERE token = ?1 AND until > ?3");
DB_STATEMENT(LOCK_DELETE, "DELETE FROM dav_lock WHERE token = ?1");

bool dav_lock_at(struct work *work, int64_t collection, struct text name, struct dav_locks *locks)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*locks = (struct dav_locks)VEC_EMPTY;
	if (!db)
		return false;
	rows = db_query(db, &work->err, &LOCKS_AT,
	        DB_ARGS(DB_INT(collection), DB_TEXT(name), DB_INT(work->now)));
	while (rows && db_next(rows))
		dav_lock_read(rows, work->arena, vec_push(work->arena, locks));
	return db_done(rows);
}

bool dav_lock_any(struct work *work, bool *any)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*any = false;
	if (!db)
		return false;
	rows = db_query(db, &work->err, &LOCK_ANY, DB_ARGS(DB_INT(work->now)));
	*any = rows && db_next(rows);
	return db_done(rows);
}

/* ---- operations ---- */

static bool make_run(struct writing *w, void *data)
{
	const struct dav_lock *l = data;
	int64_t made;

	if (!db_run(w->db, w->err, &LOCKS_EXPIRED, DB_ARGS(DB_INT(w->now)), NULL) ||
	        !db_run(w->db, w->err, &LOCK_INSERT,
	                DB_ARGS(DB_TEXT(l->token), DB_INT(l->collection), DB_TEXT(l->name),
	                        DB_INT(l->holder), DB_INT(l->is_shared), DB_INT(l->is_deep),
	                        DB_TEXT(l->owner), DB_INT(l->until)),
	                &made))
		return false;
	return made ? true : plan_stale(w);
}

void plan_lock_make(struct plan *plan, const struct dav_lock *lock)
{
	struct dav_lock *made = arena_make(plan_arena(plan), struct dav_lock);

	*made = *lock;
	if (!made->owner.ptr)
		made->owner = TEXT("");
	plan_add(plan, make_run, made);
}

struct lock_change {
	struct text token;
	int64_t until;
};

static bool refresh_run(struct writing *w, void *data)
{
	const struct lock_change *change = data;
	int64_t changed;

	if (!db_run(w->db, w->err, &LOCK_REFRESH,
	            DB_ARGS(DB_TEXT(change->token), DB_INT(change->until), DB_INT(w->now)),
	            &changed))
		return false;
	return changed ? true : plan_stale(w);
}

static bool remove_run(struct writing *w, void *data)
{
	const struct lock_change *change = data;
	int64_t changed;

	if (!db_run(w->db, w->err, &LOCK_DELETE, DB_ARGS(DB_TEXT(change->token)), &changed))
		return false;
	return changed ? true : plan_stale(w);
}

static void add(struct plan *plan, plan_op_fn *run, struct text token, int64_t until)
{
	struct lock_change *change = arena_make(plan_arena(plan), struct lock_change);

	*change = (struct lock_change){ token, until };
	plan_add(plan, run, change);
}

void plan_lock_refresh(struct plan *plan, struct text token, int64_t until)
{
	add(plan, refresh_run, token, until);
}

void plan_lock_remove(struct plan *plan, struct text token)
{
	add(plan, remove_run, token, 0);
}
