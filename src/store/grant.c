#include "store/grant.h"

#include "store/house.h"
#include "store/tree.h"

DB_STATEMENT(ACE_LIST, "SELECT who, principal, is_deny, is_invert, rights FROM ace"
                       " WHERE holder = ?1 AND id = ?2 ORDER BY position");
DB_STATEMENT(ACES_DELETE, "DELETE FROM ace WHERE holder = ?1 AND id = ?2");
DB_STATEMENT(ACE_INSERT,
        "INSERT INTO ace (holder, id, position, who, principal, is_deny, is_invert, rights)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
/* Principal 0 stands for everybody (who 2 and 3). */
DB_STATEMENT(
        ACE_HOLDERS, "SELECT id FROM ace WHERE principal = ?1 AND who IN (1, 2, 3) AND holder = 1");

bool ace_list(struct work *work, enum holder holder, int64_t id, struct aces *aces)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*aces = (struct aces)VEC_EMPTY;
	if (!db)
		return false;
	rows = db_query(db, &work->err, &ACE_LIST, DB_ARGS(DB_INT(holder), DB_INT(id)));
	while (rows && db_next(rows)) {
		struct ace *ace = vec_push(work->arena, aces);

		ace->who = (enum ace_who)db_int(rows, 0);
		ace->principal = db_int(rows, 1);
		ace->is_deny = db_int(rows, 2);
		ace->is_invert = db_int(rows, 3);
		ace->rights = (uint64_t)db_int(rows, 4);
	}
	return db_done(rows);
}

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static bool holders_of(struct work *work, struct db *db, int64_t principal, struct ids *found)
{
	struct db_rows *rows = db_query(db, &work->err, &ACE_HOLDERS, DB_ARGS(DB_INT(principal)));

	while (rows && db_next(rows))
		*vec_push(work->arena, found) = db_int(rows, 0);
	return db_done(rows);
}

bool ace_holders(
        struct work *work, const int64_t *ids, size_t len, int64_t **collections, size_t *count)
{
	struct db *db = work_reader(work);
	struct ids found = VEC_EMPTY;

	*count = 0;
	*collections = NULL;
	if (!db || !holders_of(work, db, 0, &found))
		return false;
	for (size_t i = 0; i < len; i++)
		if (!holders_of(work, db, ids[i], &found))
			return false;
	if (!found.len)
		return true;
	qsort(found.at, found.len, sizeof(*found.at), by_id);
	for (size_t i = 0; i < found.len; i++)
		if (!i || found.at[i] != found.at[i - 1])
			found.at[(*count)++] = found.at[i];
	*collections = found.at;
	return true;
}

/* ---- operations ---- */

struct aces_set {
	enum holder holder;
	int64_t id;
	struct aces aces; /* the array is borrowed, the head is not */
};

static bool set_run(struct writing *w, void *data)
{
	struct aces_set *set = data;
	struct db_value holder = DB_INT(set->holder), id = DB_INT(set->id);

	if (!db_run(w->db, w->err, &ACES_DELETE, DB_ARGS(holder, id), NULL))
		return false;
	for (size_t i = 0; i < set->aces.len; i++) {
		const struct ace *ace = &set->aces.at[i];

		if (!db_run(w->db, w->err, &ACE_INSERT,
		            DB_ARGS(holder, id, DB_INT((int64_t)i), DB_INT(ace->who),
		                    DB_INT(ace->principal), DB_INT(ace->is_deny),
		                    DB_INT(ace->is_invert), DB_INT((int64_t)ace->rights)),
		            NULL))
			return false;
	}
	return set->holder != HOLDER_COLLECTION || collection_touch(w, set->id);
}

void plan_aces_set(struct plan *plan, enum holder holder, int64_t id, const struct aces *aces)
{
	struct aces_set *set = arena_make(plan_arena(plan), struct aces_set);

	*set = (struct aces_set){ holder, id, *aces };
	plan_add(plan, set_run, set);
}
