/* crm.c - new and changed records. */
#include "base/base.h"
#include "base/str.h"
#include "crm/follow.h"
#include "crm/trace.h"
#include "crm/undo.h"
#include "edit/crm_impl.h"
#include "people/who.h"
#include "view/crm.h"

int64_t edit_crm_id(const struct plan *plan)
{
	const struct outcome *outcome = plan_noted(plan);

	if (outcome->row)
		return outcome->row->id;
	return outcome->record ? outcome->record->id : 0;
}

/* ---- one that somebody asks for ---- */

struct asking {
	struct work *work;
	const struct edit_crm *asked;
	struct crm_draft *draft;
};

bool crm_gate(struct work *work, enum crm_noun noun, int64_t id, struct crm_entry **entry)
{
	bool may;

	if (!crm_entry_get(work, noun, id, entry))
		return false;
	if (!*entry)
		return err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
	if (!crm_may_change(work, *entry, &may))
		return false;
	return may || err_set(&work->err, ERR_NEED_PRIVILEGES, "This is not yours to change");
}

static bool load(struct asking *a)
{
	struct work *work = a->work;
	struct crm_entry *entry;
	struct record *record;

	if (!crm_gate(work, a->asked->noun, a->asked->id, &entry) ||
	        !record_get(work, a->asked->id, &record))
		return false;
	if (!record)
		return err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
	return crm_draft_load(work, record, &a->draft);
}

static bool begin(struct asking *a)
{
	struct work *work = a->work;
	struct crm_known *known = NULL;

	if (a->asked->uid.len && !crm_known_uid(work, a->asked->uid, &known))
		return false;
	if (known)
		return err_set(&work->err, ERR_TAKEN, "This UID is in use");
	return crm_draft_begin(work, a->asked->noun, a->asked->uid, &a->draft);
}

static bool set_values(struct asking *a)
{
	struct work *work = a->work;
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)a->asked->set, key, value)
	{
		const struct crm_field *field = crm_field(a->asked->noun, text_of(key));

		if (!field)
			return err_field(&work->err, arena_cstr(work->arena, text_of(key)),
			        "there is no such field");
		if (!crm_draft_set(work, a->draft, field, value))
			return false;
	}
	return true;
}

static bool is_plain(enum crm_noun noun)
{
	return noun == CRM_TASK || noun == CRM_MEETING;
}

/* Tasks and meetings stand in somebody's calendar. */
static bool check_owner(struct asking *a)
{
	int64_t owner = crm_get_int(a->draft->now, "owner");
	int64_t was = a->draft->before ? crm_get_int(a->draft->before, "owner") : 0;
	bool may;

	if (!is_plain(a->draft->noun) || owner == was)
		return true;
	if (!crm_may_task(a->work, owner, &may))
		return false;
	return may || err_field(&a->work->err, "owner", "this is not a calendar of yours to fill");
}

/* What somebody else changed since `base` must be other fields than those that differ now. */
static bool check_base(struct asking *a)
{
	struct crm_draft *draft = a->draft;
	json_t *changed, *value;
	const char *key;

	if (!draft->old || a->asked->base < 0 || a->asked->base == draft->old->revision)
		return true;
	/* What phones did to plain calendar objects is not known field by field. */
	if (is_plain(draft->noun))
		return !crm_draft_changed(draft) || err_set(&a->work->err, ERR_PRECONDITION_FAILED,
		                                            "It was changed in the meantime");
	if (!trace_changed_since(a->work, draft->old->id, a->asked->base, &changed))
		return false;
	json_object_foreach((json_t *)a->asked->set, key, value)
	{
		json_t *was = json_object_get(draft->before, key);
		json_t *is = json_object_get(draft->now, key);
		bool same = was == is || (was && is && json_equal(was, is));

		if (!same && json_object_get(changed, key))
			return err_set(&a->work->err, ERR_PRECONDITION_FAILED,
			        "Somebody else changed %s in the meantime", key);
	}
	return true;
}

static void say_how(struct asking *a)
{
	a->draft->via = a->asked->via ? a->asked->via : VIA_WEB;
	a->draft->device = a->asked->device;
	if (a->asked->at)
		a->draft->at = a->asked->at;
}

/* Whoever reports a case that others will answer wants to know what becomes of it. */
static bool keep_in_sight(struct asking *a, struct plan *plan)
{
	const struct crm_draft *draft = a->draft;
	const struct who *who = a->work->who;
	struct crm_known known = { .noun = draft->noun };
	bool sees;

	if (draft->old || draft->noun != CRM_CASE || !who)
		return true;
	known.holder = crm_get_int(draft->now, "owner");
	if (!known.holder)
		known.holder = crm_get_int(draft->now, "team");
	if (!known.holder)
		known.holder = who->company;
	if (!crm_sees(a->work, &known, &sees))
		return false;
	if (!sees)
		plan_follow_new(plan, who->id, &draft->stored->id);
	return true;
}

struct plan *edit_crm_put(struct work *work, const struct edit_crm *asked)
{
	struct asking a = { work, asked, NULL };
	struct outcome *outcome;
	struct plan *plan;

	if (crm_noun_is_row(asked->noun))
		return crm_row_change(work, asked);
	if (!(asked->id ? load(&a) : begin(&a)))
		return NULL;
	say_how(&a);
	if (!set_values(&a) || !check_base(&a) || !crm_draft_settle(work, a.draft) ||
	        (asked->undo && !crm_undo_settled(work, asked->undo, a.draft)) || !check_owner(&a))
		return NULL;
	plan = gate_plan(work, &outcome);
	outcome->created = !asked->id;
	outcome->record = a.draft->old;
	if (!crm_draft_changed(a.draft))
		return plan;
	if (!edit_crm_add(work, plan, a.draft) || !keep_in_sight(&a, plan))
		return NULL;
	outcome->record = a.draft->stored;
	return plan;
}
