#include "base/base.h"
#include "edit/gate.h"
#include "edit/locks.h"

static bool check(struct work *work, const struct target *at, const struct edit_locks *locks)
{
	if (at->is == TARGET_NOTHING)
		return err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
	if (at->is != TARGET_MEMBER && at->is != TARGET_COLLECTION)
		return err_set(&work->err, ERR_FORBIDDEN, "This cannot be removed");
	if (at->is == TARGET_COLLECTION && collection_is_home(at->collection))
		return err_set(&work->err, ERR_FORBIDDEN, "A home goes with its owner only");
	return gate_need_above(work, at, PRIVILEGE_UNBIND) &&
	       locks_allow(work, at, locks, true, true);
}

struct plan *edit_remove(struct work *work, const struct target *at, const struct edit_locks *locks)
{
	struct outcome *outcome;
	struct plan *plan;

	if (!check(work, at, locks))
		return NULL;
	plan = gate_plan(work, &outcome);
	if (at->is == TARGET_COLLECTION)
		plan_collection_remove(plan, at->collection->id);
	else
		plan_remove(
		        plan, at->collection->id, at->name, at->item->member.revision, work->house);
	return plan;
}
