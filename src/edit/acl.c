#include "base/base.h"
#include "edit/gate.h"
#include "edit/locks.h"

struct plan *edit_acl(struct work *work, const struct target *at, const struct aces *aces,
        const struct edit_locks *locks)
{
	struct outcome *outcome;
	struct plan *plan;

	if (!target_need(work, at, PRIVILEGE_WRITE_ACL))
		return NULL;
	if (at->is != TARGET_COLLECTION) {
		err_set(&work->err, ERR_METHOD_NOT_ALLOWED,
		        "Access lists are set on collections only");
		return NULL;
	}
	if (!locks_allow(work, at, locks, false, false) ||
	        !access_check_aces(work, at->collection, aces))
		return NULL;
	plan = gate_plan(work, &outcome);
	gate_unchanged(plan, locks);
	locks_watch(work, plan, &(struct lock_watch){ at, locks, false, false });
	plan_aces_set(plan, HOLDER_COLLECTION, at->collection->id, aces);
	plan_collection_touch(plan, at->collection->id);
	return plan;
}
