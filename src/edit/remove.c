#include "base/base.h"
#include "edit/gate.h"
#include "edit/leave.h"
#include "edit/locks.h"

static bool check(struct work *work, const struct target *at, const struct edit_locks *locks)
{
	if (at->is == TARGET_NOTHING)
		return err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
	if (at->is != TARGET_MEMBER && at->is != TARGET_COLLECTION)
		return err_set(&work->err, ERR_FORBIDDEN, "This cannot be removed");
	if (at->is == TARGET_COLLECTION && collection_is_home(at->collection))
		return err_set(&work->err, ERR_FORBIDDEN, "A home goes with its owner only");
	if (at->is == TARGET_COLLECTION && at->collection->crm)
		return err_set(&work->err, ERR_FORBIDDEN, "This collection comes with a role");
	return gate_need_above(work, at, PRIVILEGE_UNBIND) &&
	       locks_allow(work, at, locks, true, true);
}

/* Clients make for the default calendar and address book by name, and phones write into them
 * unasked: a deleted one comes back, empty and as it was first made. */
static bool is_default(const struct collection *c)
{
	return (c->type == COLLECTION_CALENDAR && text_eq(c->name, TEXT("calendar"))) ||
	       (c->type == COLLECTION_ADDRESSBOOK && text_eq(c->name, TEXT("contacts")));
}

static void make_again(struct plan *plan, const struct collection *old)
{
	struct collection *fresh = arena_make(plan_arena(plan), struct collection);

	fresh->parent = old->parent;
	fresh->owner = old->owner;
	fresh->type = old->type;
	fresh->name = old->name;
	fresh->components = old->components;
	plan_collection_make(plan, fresh);
}

struct plan *edit_remove(struct work *work, const struct target *at, const struct edit_locks *locks)
{
	struct outcome *outcome;
	struct plan *plan;

	if (!check(work, at, locks))
		return NULL;
	if (at->is == TARGET_MEMBER && kind_is_crm(at->item->kind))
		return leave_crm(work, at, locks);
	plan = gate_plan(work, &outcome);
	gate_unchanged(plan, locks);
	locks_watch(work, plan, &(struct lock_watch){ at, locks, true, true });
	if (at->is == TARGET_COLLECTION) {
		plan_collection_remove(plan, at->collection->id);
		if (is_default(at->collection))
			make_again(plan, at->collection);
		return plan;
	}
	plan_remove(plan, at->collection->id, at->name, at->item->member.revision, work->house);
	return plan;
}
