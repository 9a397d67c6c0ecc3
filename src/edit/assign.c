#include "base/base.h"
#include "crm/assign.h"
#include "crm/problem.h"
#include "edit/assign.h"
#include "edit/crm.h"
#include "edit/gate.h"
#include "people/who.h"
#include "view/crm.h"

struct assigning {
	struct work *work;
	const struct edit_assign *asked;
	struct assigner *assigner;
	struct plan *plan;
};

static bool load(struct assigning *a, int64_t id, struct crm_draft **draft)
{
	struct work *work = a->work;
	struct crm_entry *entry;
	struct record *record;
	bool may = false;

	if (!crm_entry_get(work, a->asked->noun, id, &entry) ||
	        (entry && !crm_may_change(work, entry, &may)) || !record_get(work, id, &record))
		return false;
	if (!entry || !record)
		return err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
	if (!may)
		return err_set(&work->err, ERR_NEED_PRIVILEGES, "This is not yours to change");
	return crm_draft_load(work, record, draft);
}

static bool set(struct work *work, struct crm_draft *draft, const char *key, int64_t id)
{
	json_t *value = id ? crm_json_own(work->arena, json_integer(id)) : NULL;

	return crm_draft_set(work, draft, crm_field(draft->noun, text_of(key)), value);
}

static bool give(struct assigning *a, struct crm_draft *draft, int64_t owner, int64_t team)
{
	draft->via = a->asked->rules ? VIA_RULE : a->asked->via;
	draft->device = a->asked->device;
	return set(a->work, draft, "owner", owner) && set(a->work, draft, "team", team);
}

static bool by_rules(struct assigning *a, struct crm_draft *draft)
{
	struct assigned to;

	if (!assigner_pick(a->work, a->assigner, draft->now, &to))
		return false;
	return !to.rule || give(a, draft, to.owner, to.team);
}

static bool assign_one(struct assigning *a, int64_t id)
{
	struct crm_draft *draft;
	bool given;

	if (!load(a, id, &draft))
		return false;
	given = a->asked->rules ? by_rules(a, draft)
	                        : give(a, draft, a->asked->owner, a->asked->team);
	return given && crm_draft_settle(a->work, draft) &&
	       (!crm_draft_changed(draft) || edit_crm_add(a->work, a->plan, draft));
}

/* The database is not to be had: nothing else will go right either. */
static bool is_grave(const struct err *err)
{
	return err->id == ERR_UNAVAILABLE || err->id == ERR_INTERNAL || err->id == ERR_STORAGE_FULL;
}

struct plan *edit_assign(struct work *work, const struct edit_assign *asked, size_t *changed,
        struct edit_not_dones *failed)
{
	struct assigning a = { .work = work, .asked = asked };
	struct outcome *outcome;

	*changed = 0;
	*failed = (struct edit_not_dones)VEC_EMPTY;
	if (asked->len > EDIT_ASSIGN_MAX) {
		err_field(&work->err, "ids", "at most %d at once", EDIT_ASSIGN_MAX);
		return NULL;
	}
	a.plan = gate_plan(work, &outcome);
	if (asked->rules && !assigner_new(work, asked->noun, &a.assigner))
		return NULL;
	for (size_t i = 0; i < asked->len; i++) {
		if (assign_one(&a, asked->ids[i])) {
			(*changed)++;
			continue;
		}
		if (is_grave(&work->err))
			return NULL;
		*vec_push(work->arena, failed) = (struct edit_not_done){ asked->ids[i],
			crm_problem(work->arena, &work->err) };
		err_clear(&work->err);
	}
	return a.plan;
}

struct plan *edit_take(
        struct work *work, enum crm_noun noun, int64_t id, enum crm_via via, struct text device)
{
	const struct edit_assign asked = { .noun = noun,
		.ids = &id,
		.len = 1,
		.owner = work->who ? work->who->id : 0,
		.via = via,
		.device = device };
	struct assigning a = { .work = work, .asked = &asked };
	struct crm_draft *draft;
	struct outcome *outcome;

	a.plan = gate_plan(work, &outcome);
	if (!load(&a, id, &draft))
		return NULL;
	if (crm_get_int(draft->before, "owner")) {
		err_set(&work->err, ERR_CONFLICT, "Somebody else has taken it");
		return NULL;
	}
	if (!give(&a, draft, asked.owner, crm_get_int(draft->before, "team")) ||
	        !crm_draft_settle(work, draft) || !edit_crm_add(work, a.plan, draft))
		return NULL;
	outcome->record = draft->stored;
	return a.plan;
}
