#include "store/prop.h"

#include "store/house.h"
#include "store/tree.h"

DB_STATEMENT(
        PROP_GET, "SELECT value FROM prop WHERE holder = ?1 AND id = ?2 AND ns = ?3 AND name = ?4");
DB_STATEMENT(PROP_LIST, "SELECT ns, name, value FROM prop WHERE holder = ?1 AND id = ?2"
                        " ORDER BY ns, name");
DB_STATEMENT(PROP_SET, "INSERT INTO prop (holder, id, ns, name, value) VALUES (?1, ?2, ?3, ?4, ?5)"
                       " ON CONFLICT (holder, id, ns, name) DO UPDATE SET value = excluded.value");
DB_STATEMENT(
        PROP_DELETE, "DELETE FROM prop WHERE holder = ?1 AND id = ?2 AND ns = ?3 AND name = ?4");
DB_STATEMENT(PROP_COPY, "INSERT INTO prop (holder, id, ns, name, value)"
                        " SELECT holder, ?3, ns, name, value FROM prop"
                        " WHERE holder = ?1 AND id = ?2");

bool prop_get(struct work *work, enum holder holder, int64_t id, struct text ns, struct text name,
        struct text *value)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*value = TEXT_NONE;
	if (!db)
		return false;
	rows = db_query(db, &work->err, &PROP_GET,
	        DB_ARGS(DB_INT(holder), DB_INT(id), DB_TEXT(ns), DB_TEXT(name)));
	if (rows && db_next(rows))
		*value = arena_text(work->arena, db_text(rows, 0));
	return db_done(rows);
}

bool prop_list(struct work *work, enum holder holder, int64_t id, struct props *props)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*props = (struct props)VEC_EMPTY;
	if (!db)
		return false;
	rows = db_query(db, &work->err, &PROP_LIST, DB_ARGS(DB_INT(holder), DB_INT(id)));
	while (rows && db_next(rows)) {
		struct prop *prop = vec_push(work->arena, props);

		prop->ns = arena_text(work->arena, db_text(rows, 0));
		prop->name = arena_text(work->arena, db_text(rows, 1));
		prop->value = arena_text(work->arena, db_text(rows, 2));
	}
	return db_done(rows);
}

/* ---- operations ---- */

struct prop_set {
	enum holder holder;
	int64_t own_id;
	const int64_t *id; /* of the holder: &own_id, or somebody's who is made by the same plan */
	struct prop prop;
};

static bool set_run(struct writing *w, void *data)
{
	struct prop_set *set = data;
	struct db_value holder = DB_INT(set->holder), id = DB_INT(*set->id);
	struct db_value ns = DB_TEXT(set->prop.ns), name = DB_TEXT(set->prop.name);
	bool ok;

	if (set->prop.value.ptr)
		ok = db_run(w->db, w->err, &PROP_SET,
		        DB_ARGS(holder, id, ns, name, DB_TEXT(set->prop.value)), NULL);
	else
		ok = db_run(w->db, w->err, &PROP_DELETE, DB_ARGS(holder, id, ns, name), NULL);
	return ok && (set->holder != HOLDER_COLLECTION || collection_touch(w, *set->id));
}

void plan_prop_set_later(struct plan *plan, enum holder holder, const int64_t *id, struct text ns,
        struct text name, struct text value)
{
	struct prop_set *set = arena_make(plan_arena(plan), struct prop_set);

	*set = (struct prop_set){ .holder = holder, .id = id, .prop = { ns, name, value } };
	plan_add(plan, set_run, set);
}

void plan_prop_set(struct plan *plan, enum holder holder, int64_t id, struct text ns,
        struct text name, struct text value)
{
	struct prop_set *set = arena_make(plan_arena(plan), struct prop_set);

	*set = (struct prop_set){
		.holder = holder, .own_id = id, .id = &set->own_id, .prop = { ns, name, value }
	};
	plan_add(plan, set_run, set);
}

struct prop_copy {
	enum holder holder;
	int64_t from;
	const int64_t *to;
};

static bool copy_run(struct writing *w, void *data)
{
	struct prop_copy *copy = data;

	return db_run(w->db, w->err, &PROP_COPY,
	        DB_ARGS(DB_INT(copy->holder), DB_INT(copy->from), DB_INT(*copy->to)), NULL);
}

void plan_prop_copy(struct plan *plan, enum holder holder, int64_t from, const int64_t *to)
{
	struct prop_copy *copy = arena_make(plan_arena(plan), struct prop_copy);

	*copy = (struct prop_copy){ holder, from, to };
	plan_add(plan, copy_run, copy);
}
