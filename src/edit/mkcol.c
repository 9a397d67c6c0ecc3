#include "base/base.h"
#include "edit/gate.h"
#include "edit/locks.h"

static bool check(struct work *work, const struct target *at, const struct edit_mkcol *wanted,
        const struct edit_locks *locks)
{
	if (at->is != TARGET_NOTHING)
		return err_set(&work->err, ERR_METHOD_NOT_ALLOWED,
		        "There is something at this address already");
	if (!at->collection)
		return err_set(&work->err, ERR_CONFLICT, "The parent collection does not exist");
	/* RFC 3744 appendix B. */
	if (!gate_need_above(work, at, PRIVILEGE_BIND) ||
	        !gate_location(work, at->collection, wanted->type) ||
	        !gate_name(work, at->collection, at->name))
		return false;
	if (wanted->components & ~(int64_t)COMPONENT_ALL)
		return err_set(
		        &work->err, ERR_SUPPORTED_CALENDAR_COMPONENT, "A component is not known");
	return locks_allow(work, at, locks, false, true);
}

struct plan *edit_mkcol(struct work *work, const struct target *at, const struct edit_mkcol *wanted,
        const struct edit_locks *locks)
{
	struct collection *made = arena_make(work->arena, struct collection);
	struct outcome *outcome;
	struct plan *plan;

	if (!check(work, at, wanted, locks))
		return NULL;
	made->parent = at->collection->id;
	made->owner = at->collection->owner;
	made->type = wanted->type;
	made->name = at->name;
	if (made->type == COLLECTION_CALENDAR)
		made->components = wanted->components ? wanted->components : COMPONENT_ALL;
	plan = gate_plan(work, &outcome);
	gate_unchanged(plan, locks);
	locks_watch(work, plan, &(struct lock_watch){ at, locks, false, true });
	outcome->created = true;
	outcome->name = at->name;
	plan_collection_make(plan, made);
	for (size_t i = 0; i < wanted->props.len; i++) {
		const struct prop *prop = &wanted->props.at[i];

		if (prop->value.ptr)
			plan_prop_set_later(plan, HOLDER_COLLECTION, &made->id, prop->ns,
			        prop->name, prop->value);
	}
	return plan;
}
