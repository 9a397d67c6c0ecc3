#include "base/base.h"
#include "edit/gate.h"
#include "edit/locks.h"

/* Who keeps the properties of `at`; false for what keeps none. */
static bool holder_of(const struct target *at, enum holder *holder, int64_t *id)
{
	switch (at->is) {
	case TARGET_COLLECTION:
		*holder = HOLDER_COLLECTION;
		*id = at->collection->id;
		return true;
	case TARGET_MEMBER:
		*holder = HOLDER_RECORD;
		*id = at->item->member.record;
		return true;
	case TARGET_PRINCIPAL:
		*holder = HOLDER_PRINCIPAL;
		*id = at->principal->id;
		return true;
	case TARGET_ROOT:
	case TARGET_PRINCIPALS:
	case TARGET_PRINCIPAL_KIND:
	case TARGET_HOMES:
	case TARGET_NOTHING:
	case TARGET_IS_COUNT: break;
	}
	return false;
}

struct plan *edit_props(struct work *work, const struct target *at, const struct props *props,
        const struct edit_locks *locks)
{
	struct outcome *outcome;
	enum holder holder;
	struct plan *plan;
	int64_t id;

	if (!target_need(work, at, PRIVILEGE_WRITE_PROPERTIES))
		return NULL;
	if (!holder_of(at, &holder, &id)) {
		err_set(&work->err, ERR_FORBIDDEN, "This has no properties to set");
		return NULL;
	}
	if (!locks_allow(work, at, locks, false, false))
		return NULL;
	plan = gate_plan(work, &outcome);
	gate_unchanged(plan, locks);
	locks_watch(work, plan, &(struct lock_watch){ at, locks, false, false });
	for (size_t i = 0; i < props->len; i++) {
		const struct prop *prop = &props->at[i];

		plan_prop_set(plan, holder, id, prop->ns, prop->name, prop->value);
	}
	if (at->is == TARGET_MEMBER)
		plan_touch(plan, at->collection->id, at->name);
	return plan;
}
