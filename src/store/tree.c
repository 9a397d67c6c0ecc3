/* Operations on collections: making, moving, removing whole trees of them. */
#include "store/kind.h"
#include "store/principal.h"
#include "store/trail.h"
#include "store/trash.h"
#include "store/tree.h"

DB_STATEMENT(COLLECTION_INSERT,
        "INSERT INTO collection (id, parent, owner, type, name, components, token, changed, born,"
        " bytes, created, modified, crm) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, 0, ?9, ?9,"
        " ?10)"
        " ON CONFLICT DO NOTHING");
DB_STATEMENT(COLLECTION_TOKEN, "SELECT token FROM collection WHERE id = ?1");
DB_STATEMENT(MEMBER_NAMED, "SELECT 1 FROM member WHERE collection = ?1 AND name = ?2");
DB_STATEMENT(
        COLLECTION_PLACE, "SELECT parent, name, born, owner, type FROM collection WHERE id = ?1");
DB_STATEMENT(COLLECTION_CHANGED, "UPDATE collection SET changed = ?2, modified = ?3 WHERE id = ?1");
/* What a collection and all below it are, the deepest last. */
#define BELOW \
	"WITH RECURSIVE below(id, depth) AS (SELECT id, 0 FROM collection WHERE id = ?1" \
	" UNION ALL SELECT c.id, below.depth + 1 FROM below JOIN collection c ON c.parent = " \
	"below.id" \
	" WHERE c.parent <> 0) "
DB_STATEMENT(BELOW_IDS, BELOW "SELECT id FROM below ORDER BY depth, id");
DB_STATEMENT(MEMBER_NAMES, "SELECT name FROM member WHERE collection = ?1");
DB_STATEMENT(LOCKS_DELETE, "DELETE FROM dav_lock WHERE collection = ?1");
DB_STATEMENT(COLLECTION_MOVE, "UPDATE collection SET parent = ?2, name = ?3, born = ?4, modified = "
                              "?5 WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM collection o"
                              " WHERE o.parent = ?2 AND o.name = ?3 AND o.parent <> 0)");
DB_STATEMENT(COLLECTION_RENUMBER, "UPDATE collection SET owner = ?2, changed = ?3 WHERE id = ?1");
DB_STATEMENT(MEMBER_RENUMBER, "UPDATE member SET changed = ?3 WHERE collection = ?1 AND name = ?2");

struct spot {
	int64_t parent, born, owner;
	struct text name;
};

static bool spot_get(struct writing *w, int64_t id, struct spot *spot)
{
	struct db_rows *rows = db_query(w->db, w->err, &COLLECTION_PLACE, DB_ARGS(DB_INT(id)));
	bool found = rows && db_next(rows);

	if (found) {
		spot->parent = db_int(rows, 0);
		spot->name = arena_text(w->arena, db_text(rows, 1));
		spot->born = db_int(rows, 2);
		spot->owner = db_int(rows, 3);
	}
	if (!db_done(rows))
		return false;
	return found ? true : plan_stale(w);
}

static bool below_ids(struct writing *w, int64_t id, struct ids *ids)
{
	struct db_rows *rows = db_query(w->db, w->err, &BELOW_IDS, DB_ARGS(DB_INT(id)));

	while (rows && db_next(rows))
		*vec_push(w->arena, ids) = db_int(rows, 0);
	return db_done(rows);
}

static bool name_is_free(struct writing *w, int64_t parent, struct text name)
{
	struct db_rows *rows =
	        db_query(w->db, w->err, &MEMBER_NAMED, DB_ARGS(DB_INT(parent), DB_TEXT(name)));
	bool taken = rows && db_next(rows);

	if (!db_done(rows))
		return false;
	return taken ? plan_stale(w) : true;
}

/* ---- make ---- */

bool collection_make(struct writing *w, struct collection *c)
{
	int64_t number, inserted;

	if (!writing_id(w, &c->id) || !writing_change(w, &number))
		return false;
	c->token = c->changed = c->born = number;
	c->bytes = 0;
	c->created = c->modified = w->now;
	if (c->parent &&
	        (!name_is_free(w, c->parent, c->name) || !trail_token(w, c->parent, number, 0) ||
	                !trail_birth(w, c->parent, c->name, true, number, &c->born)))
		return false;
	if (!db_run(w->db, w->err, &COLLECTION_INSERT,
	            DB_ARGS(DB_INT(c->id), DB_INT(c->parent), DB_INT(c->owner), DB_INT(c->type),
	                    DB_TEXT(c->name), DB_INT(c->components), DB_INT(number),
	                    DB_INT(c->born), DB_INT(w->now), DB_INT(c->crm)),
	            &inserted))
		return false;
	return inserted ? true : plan_stale(w);
}

static bool make_run(struct writing *w, void *data)
{
	return collection_make(w, data);
}

void plan_collection_make(struct plan *plan, struct collection *collection)
{
	plan_add(plan, make_run, collection);
}

/* ---- remove ---- */

bool collection_remove(struct writing *w, int64_t id)
{
	struct ids tree = VEC_EMPTY;
	struct spot spot;
	int64_t number;

	if (!spot_get(w, id, &spot) || !writing_change(w, &number) || !below_ids(w, id, &tree))
		return false;
	for (size_t i = 0; i < tree.len; i++)
		if (!trash_put(w, tree.at[i]))
			return false;
	return !spot.parent || (trail_death(w, spot.parent, spot.name, true, number, spot.born) &&
	                               trail_token(w, spot.parent, number, 0));
}

static bool remove_run(struct writing *w, void *data)
{
	return collection_remove(w, *(int64_t *)data);
}

void plan_collection_remove(struct plan *plan, int64_t id)
{
	int64_t *gone = arena_make(plan_arena(plan), int64_t);

	*gone = id;
	plan_add(plan, remove_run, gone);
}

/* ---- move ---- */

struct collection_moving {
	int64_t id, parent;
	struct text name;
};

static bool member_names(struct writing *w, int64_t id, struct texts *names)
{
	struct db_rows *rows = db_query(w->db, w->err, &MEMBER_NAMES, DB_ARGS(DB_INT(id)));

	while (rows && db_next(rows))
		*vec_push(w->arena, names) = arena_text(w->arena, db_text(rows, 0));
	return db_done(rows);
}

/* Everything in the tree has a new address: for a sync of infinite depth all of it is new, each
 * with a number of its own, so that an answer can be cut anywhere. */
static bool renumber(struct writing *w, int64_t id, int64_t owner)
{
	struct texts names = VEC_EMPTY;
	int64_t number;

	if (!member_names(w, id, &names) || !writing_change(w, &number) ||
	        !db_run(w->db, w->err, &COLLECTION_RENUMBER,
	                DB_ARGS(DB_INT(id), DB_INT(owner), DB_INT(number)), NULL))
		return false;
	for (size_t i = 0; i < names.len; i++)
		if (!writing_change(w, &number) ||
		        !db_run(w->db, w->err, &MEMBER_RENUMBER,
		                DB_ARGS(DB_INT(id), DB_TEXT(names.at[i]), DB_INT(number)), NULL))
			return false;
	/* RFC 4918 7.6: locks do not move along. */
	return db_run(w->db, w->err, &LOCKS_DELETE, DB_ARGS(DB_INT(id)), NULL);
}

static bool renumber_all(struct writing *w, const struct ids *tree, int64_t owner)
{
	int64_t number;

	for (size_t i = 0; i < tree->len; i++)
		if (!renumber(w, tree->at[i], owner))
			return false;
	if (!writing_change(w, &number))
		return false;
	for (size_t i = 0; i < tree->len; i++)
		if (!trail_token(w, tree->at[i], number, 0))
			return false;
	return true;
}

static bool leave_parent(struct writing *w, const struct spot *spot)
{
	int64_t number;

	return writing_change(w, &number) &&
	       trail_death(w, spot->parent, spot->name, true, number, spot->born) &&
	       trail_token(w, spot->parent, number, 0);
}

static bool enter_parent(struct writing *w, const struct collection_moving *move)
{
	int64_t number, born, moved;

	if (!writing_change(w, &number) || !name_is_free(w, move->parent, move->name) ||
	        !trail_birth(w, move->parent, move->name, true, number, &born) ||
	        !db_run(w->db, w->err, &COLLECTION_MOVE,
	                DB_ARGS(DB_INT(move->id), DB_INT(move->parent), DB_TEXT(move->name),
	                        DB_INT(born), DB_INT(w->now)),
	                &moved))
		return false;
	return moved ? true : plan_stale(w);
}

static bool move_run(struct writing *w, void *data)
{
	struct collection_moving *move = data;
	struct ids tree = VEC_EMPTY;
	struct spot from, to;
	int64_t number;

	if (!spot_get(w, move->id, &from) || !spot_get(w, move->parent, &to) ||
	        !below_ids(w, move->id, &tree))
		return false;
	for (size_t i = 0; i < tree.len; i++)
		if (tree.at[i] == move->parent)
			return plan_stale(w);
	return leave_parent(w, &from) && enter_parent(w, move) &&
	       renumber_all(w, &tree, to.owner) && writing_change(w, &number) &&
	       trail_token(w, move->parent, number, 0);
}

void plan_collection_move(struct plan *plan, int64_t id, int64_t parent, struct text name)
{
	struct collection_moving *move = arena_make(plan_arena(plan), struct collection_moving);

	*move = (struct collection_moving){ id, parent, name };
	plan_add(plan, move_run, move);
}

/* ---- touch ---- */

bool collection_touch(struct writing *w, int64_t id)
{
	struct spot spot;
	int64_t number;

	return spot_get(w, id, &spot) && writing_change(w, &number) &&
	       db_run(w->db, w->err, &COLLECTION_CHANGED,
	               DB_ARGS(DB_INT(id), DB_INT(number), DB_INT(w->now)), NULL) &&
	       (!spot.parent || trail_token(w, spot.parent, number, 0));
}

static bool touch_run(struct writing *w, void *data)
{
	return collection_touch(w, *(int64_t *)data);
}

void plan_collection_touch(struct plan *plan, int64_t id)
{
	int64_t *touched = arena_make(plan_arena(plan), int64_t);

	*touched = id;
	plan_add(plan, touch_run, touched);
}

struct unchanged {
	int64_t id, token;
};

static bool unchanged_run(struct writing *w, void *data)
{
	const struct unchanged *expected = data;
	struct db_rows *rows =
	        db_query(w->db, w->err, &COLLECTION_TOKEN, DB_ARGS(DB_INT(expected->id)));
	bool same = rows && db_next(rows) && db_int(rows, 0) == expected->token;

	return db_done(rows) && (same || plan_stale(w));
}

void plan_collection_unchanged(struct plan *plan, int64_t id, int64_t token)
{
	struct unchanged *expected = arena_make(plan_arena(plan), struct unchanged);

	*expected = (struct unchanged){ id, token };
	plan_add_look(plan, unchanged_run, expected);
}
