#include "base/base.h"
#include "db/db.h"
#include "edit/gate.h"
#include "edit/lock_walk.h"
#include "edit/locks.h"
#include "people/who.h"

DB_STATEMENT(LOCKS_IN,
        "SELECT " DAV_LOCK_COLUMNS(DB_NAME, DB_COMMA) " FROM dav_lock WHERE collection = ?1 AND "
                                                      "until > ?2 ORDER BY name, token");

static bool is_stored(const struct target *at)
{
	return at->collection &&
	       (at->is == TARGET_COLLECTION || at->is == TARGET_MEMBER || at->is == TARGET_NOTHING);
}

/* Locks whose root is (collection, name); `root` absent: the collection's own href. */
static bool add_at(struct work *work, const struct collection *c, struct text name,
        struct text root, struct lock_infos *infos)
{
	struct dav_locks locks = VEC_EMPTY;

	if (!dav_lock_at(work, c->id, name, &locks))
		return false;
	if (locks.len && !root.ptr)
		root = target_collection_href(work, c);
	if (locks.len && !root.ptr)
		return false;
	for (size_t i = 0; i < locks.len; i++)
		*vec_push(work->arena, infos) = (struct lock_info){ locks.at[i], root };
	return true;
}

/* Deep locks of `c` and of what it is in. */
static bool add_above(struct work *work, const struct collection *c, struct lock_infos *infos)
{
	struct lock_infos found = VEC_EMPTY;
	struct collection *above;

	while (c) {
		if (!add_at(work, c, TEXT(""), TEXT_NONE, &found))
			return false;
		above = NULL;
		if (c->parent && !collection_get(work, c->parent, &above))
			return false;
		c = above;
	}
	for (size_t i = 0; i < found.len; i++)
		if (found.at[i].lock.is_deep)
			*vec_push(work->arena, infos) = found.at[i];
	return true;
}

static bool parent_of(struct work *work, const struct target *at, struct collection **parent)
{
	*parent = at->collection;
	if (at->is != TARGET_COLLECTION)
		return true;
	*parent = NULL;
	return !at->collection->parent || collection_get(work, at->collection->parent, parent);
}

static bool covering(struct work *work, const struct target *at, struct lock_infos *infos)
{
	struct text name = at->is == TARGET_COLLECTION ? TEXT("") : at->name;
	struct collection *parent;

	return add_at(work, at->collection, name, at->href, infos) &&
	       parent_of(work, at, &parent) && add_above(work, parent, infos);
}

bool locks_covering(struct work *work, const struct target *at, struct lock_infos *locks)
{
	bool any;

	if (!is_stored(at))
		return true;
	return dav_lock_any(work, &any) && (!any || covering(work, at, locks));
}

/* ---- below ---- */

static bool add_in(struct work *work, const struct collection *c, struct text href, bool self,
        struct lock_infos *infos)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	if (!db)
		return false;
	rows = db_query(db, &work->err, &LOCKS_IN, DB_ARGS(DB_INT(c->id), DB_INT(work->now)));
	while (rows && db_next(rows)) {
		struct lock_info info;

		dav_lock_read(rows, work->arena, &info.lock);
		info.root = href;
		if (info.lock.name.len)
			info.root = href_child(work->arena, href, info.lock.name, false);
		if (self || info.lock.name.len)
			*vec_push(work->arena, infos) = info;
	}
	return db_done(rows);
}

static bool add_below(struct work *work, const struct collection *c, struct text href, bool self,
        struct lock_infos *infos)
{
	struct collections children = VEC_EMPTY;

	if (!add_in(work, c, href, self, infos) || !collection_children(work, c->id, &children))
		return false;
	for (size_t i = 0; i < children.len; i++) {
		struct collection *child = &children.at[i];
		struct text below = href_child(work->arena, href, child->name, true);

		if (!add_below(work, child, below, true, infos))
			return false;
	}
	return true;
}

bool locks_below(struct work *work, const struct target *at, struct lock_infos *locks)
{
	bool any;

	if (at->is != TARGET_COLLECTION)
		return true;
	return dav_lock_any(work, &any) &&
	       (!any || add_below(work, at->collection, at->href, false, locks));
}

/* ---- tokens ---- */

/* RFC 4918 6.4: a token is of use to the one who made the lock only. */
static bool is_submitted(
        struct work *work, const struct dav_lock *lock, const struct edit_locks *submitted)
{
	if (!work->who || lock->holder != work->who->id)
		return false;
	for (size_t i = 0; i < submitted->len; i++)
		if (text_eq(submitted->tokens[i], lock->token))
			return true;
	return false;
}

/* Of several (shared) locks on one root, one token is enough. */
static bool is_satisfied(struct work *work, const struct lock_infos *infos, size_t which,
        const struct edit_locks *submitted)
{
	const struct dav_lock *wanted = &infos->at[which].lock;

	for (size_t i = 0; i < infos->len; i++) {
		const struct dav_lock *lock = &infos->at[i].lock;

		if (lock->collection == wanted->collection && text_eq(lock->name, wanted->name) &&
		        is_submitted(work, lock, submitted))
			return true;
	}
	return false;
}

bool locks_allow(struct work *work, const struct target *at, const struct edit_locks *tokens,
        bool deep, bool parent)
{
	static const struct edit_locks none;
	struct lock_infos infos = VEC_EMPTY;
	struct collection *above = NULL;
	bool any;

	if (!is_stored(at))
		return true;
	if (!dav_lock_any(work, &any))
		return false;
	if (!any)
		return true;
	if (!covering(work, at, &infos) || (deep && !locks_below(work, at, &infos)))
		return false;
	if (parent && !parent_of(work, at, &above))
		return false;
	/* Its deep ones are among the covering ones already; twice does no harm. */
	if (above && !add_at(work, above, TEXT(""), TEXT_NONE, &infos))
		return false;
	for (size_t i = 0; i < infos.len; i++)
		if (!is_satisfied(work, &infos, i, tokens ? tokens : &none))
			return err_href(&work->err, ERR_LOCK_TOKEN_SUBMITTED, infos.at[i].root,
			        "It is locked, and the lock token was not sent");
	return true;
}

/* ---- on the writer's thread ---- */

struct watching {
	struct house *house;
	const struct who *who;
	struct target at;
	struct edit_locks tokens;
	bool deep, parent;
};

static bool watch_run(struct writing *w, void *data)
{
	const struct watching *watching = data;
	struct work work = { .arena = w->arena,
		.house = watching->house,
		.db = w->db,
		.who = watching->who,
		.now = w->now };

	if (locks_allow(&work, &watching->at, &watching->tokens, watching->deep, watching->parent))
		return true;
	if (work.err.id == ERR_LOCK_TOKEN_SUBMITTED)
		return plan_stale(w);
	*w->err = work.err;
	return false;
}

void locks_watch(struct work *work, struct plan *plan, const struct lock_watch *watch)
{
	struct watching *watching = arena_make(plan_arena(plan), struct watching);

	*watching = (struct watching){ .house = work->house,
		.who = work->who,
		.at = *watch->at,
		.deep = watch->deep,
		.parent = watch->parent };
	if (watch->tokens)
		watching->tokens = *watch->tokens;
	plan_add_look(plan, watch_run, watching);
}
