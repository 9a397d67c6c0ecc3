#include "base/base.h"
#include "edit/leave.h"
#include "edit/locks.h"
#include "edit/transfer.h"

static bool is_end(const struct target *at)
{
	return at->is == TARGET_MEMBER ||
	       (at->is == TARGET_COLLECTION && !collection_is_home(at->collection));
}

/* Collections of the CRM stay; of what appears in them, see edit/leave.h. */
static bool check_shelves(struct transfer *t)
{
	const struct target *from = t->from, *to = t->to;

	return from->is != TARGET_COLLECTION ||
	       (!from->collection->crm && (to->is != TARGET_COLLECTION || !to->collection->crm) &&
	               gate_name(t->work, t->into, to->name)) ||
	       err_set(&t->work->err, ERR_FORBIDDEN, "Collections of the CRM stay where they are");
}

static bool check_ends(struct transfer *t)
{
	struct work *work = t->work;
	const struct target *to = t->to;

	if (t->from->is == TARGET_NOTHING)
		return err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
	if (!is_end(t->from))
		return err_set(&work->err, ERR_FORBIDDEN, "This stays where it is");
	if (to->is == TARGET_NOTHING && !to->collection)
		return err_set(&work->err, ERR_CONFLICT,
		        "The collection of the destination does not exist");
	if (to->is != TARGET_NOTHING && !is_end(to))
		return err_set(&work->err, ERR_FORBIDDEN, "The destination cannot be replaced");
	t->into = to->collection;
	return (to->is != TARGET_COLLECTION ||
	               collection_get(work, to->collection->parent, &t->into)) &&
	       check_shelves(t);
}

/* Is `c` collection `id`, or below it? */
static bool is_within(struct work *work, const struct collection *c, int64_t id, bool *within)
{
	struct collection *above;

	*within = c && c->id == id;
	while (c && c->parent && !*within) {
		if (!collection_get(work, c->parent, &above))
			return false;
		c = above;
		*within = c && c->id == id;
	}
	return true;
}

/* RFC 4918 9.8.5, 9.9.4: not onto itself; and not into what would have to go first. */
static bool check_apart(struct transfer *t)
{
	const struct target *from = t->from, *to = t->to;
	bool inside = false, above = false;

	if (from->is == TARGET_COLLECTION && !t->shallow &&
	        !is_within(t->work, t->into, from->collection->id, &inside))
		return false;
	if (inside)
		return err_set(
		        &t->work->err, ERR_FORBIDDEN, "A collection cannot be put into itself");
	if (to->is == TARGET_COLLECTION &&
	        !is_within(t->work, from->collection, to->collection->id, &above))
		return false;
	if (above || (from->is == TARGET_MEMBER && to->is == TARGET_MEMBER &&
	                     from->collection->id == to->collection->id &&
	                     text_eq(from->item->member.name, to->item->member.name)))
		return err_set(&t->work->err, ERR_FORBIDDEN,
		        "Source and destination are the same, or one holds the other");
	return true;
}

/* RFC 3744 appendix B. Reading is asked for a MOVE too: what was out of sight must not come into
 * sight by being put elsewhere. */
static bool check_rights(struct transfer *t)
{
	struct work *work = t->work;

	if (!target_need(work, t->from, PRIVILEGE_READ))
		return false;
	if (t->is_move && !gate_need_above(work, t->from, PRIVILEGE_UNBIND))
		return false;
	if (!t->is_move && t->from->is == TARGET_MEMBER && t->to->is == TARGET_MEMBER)
		return target_need(work, t->to, PRIVILEGE_WRITE_CONTENT) &&
		       target_need(work, t->to, PRIVILEGE_WRITE_PROPERTIES);
	if (t->to->is != TARGET_NOTHING && !gate_need_above(work, t->to, PRIVILEGE_UNBIND))
		return false;
	return gate_need_above(work, t->to, PRIVILEGE_BIND);
}

static bool check_locks(struct transfer *t, const struct edit_locks *locks)
{
	if (t->is_move && !locks_allow(t->work, t->from, locks, true, true))
		return false;
	return locks_allow(t->work, t->to, locks, true, t->to->is == TARGET_NOTHING);
}

static void watch_locks(struct transfer *t, const struct edit_locks *locks)
{
	if (t->is_move)
		locks_watch(t->work, t->plan, &(struct lock_watch){ t->from, locks, true, true });
	locks_watch(t->work, t->plan,
	        &(struct lock_watch){ t->to, locks, true, t->to->is == TARGET_NOTHING });
}

/* What stands at the destination goes first (RFC 4918 9.8.4). */
static void clear_destination(struct transfer *t)
{
	const struct target *to = t->to;

	if (to->is == TARGET_COLLECTION)
		plan_collection_remove(t->plan, to->collection->id);
	else if (to->is == TARGET_MEMBER)
		plan_remove(t->plan, to->collection->id, to->name, to->item->member.revision,
		        t->work->house);
}

static struct plan *decide(struct transfer *t, bool overwrite, const struct edit_locks *locks)
{
	if (!check_ends(t) || !check_rights(t) || !check_apart(t))
		return NULL;
	if (t->to->is != TARGET_NOTHING && !overwrite) {
		err_set(&t->work->err, ERR_PRECONDITION_FAILED, "The destination exists");
		return NULL;
	}
	if (!check_locks(t, locks))
		return NULL;
	if (leave_concerns(t))
		return leave_move(t, locks);
	t->plan = gate_plan(t->work, &t->outcome);
	gate_unchanged(t->plan, locks);
	t->outcome->created = t->to->is == TARGET_NOTHING;
	t->outcome->name = t->to->name;
	watch_locks(t, locks);
	clear_destination(t);
	if (t->from->is == TARGET_MEMBER)
		return transfer_member(t) ? t->plan : NULL;
	return transfer_collection(t) ? t->plan : NULL;
}

struct plan *edit_move(struct work *work, const struct target *from, const struct target *to,
        bool overwrite, const struct edit_locks *locks)
{
	struct transfer t = { .work = work, .from = from, .to = to, .is_move = true };

	return decide(&t, overwrite, locks);
}

struct plan *edit_copy(struct work *work, const struct target *from, const struct target *to,
        bool overwrite, bool depth0, const struct edit_locks *locks)
{
	struct transfer t = { .work = work,
		.from = from,
		.to = to,
		.shallow = depth0 && from->is == TARGET_COLLECTION };

	return decide(&t, overwrite, locks);
}
