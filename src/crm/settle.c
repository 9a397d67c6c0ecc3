/* settle.c - what follows from what was set: presets, transitions, what must not be missing. */
#include "base/base.h"
#include "base/str.h"
#include "crm/settle.h"
#include "people/who.h"

static settle_fn *const SETTLE[] = {
	[CRM_ACCOUNT] = settle_account_card,
	[CRM_CONTACT] = settle_contact,
	[CRM_LEAD] = settle_lead,
	[CRM_DEAL] = settle_deal,
	[CRM_CASE] = settle_case,
	[CRM_TASK] = settle_task,
	[CRM_MEETING] = settle_meeting,
	[CRM_NOTE] = settle_note,
};

/* A choice of the company's own; left alone where the company has no such one. */
bool settle_choice(struct work *work, struct crm_draft *draft, const char *key, const char *name)
{
	const struct crm_field *field = crm_field(draft->noun, text_of(key));
	struct crm_rows rows;

	if (!crm_rows_of(work, CRM_CHOICE, -1, &rows))
		return false;
	for (size_t i = 0; i < rows.len && !json_object_get(draft->now, key); i++) {
		const json_t *values = rows.at[i].values;

		if (text_eq(crm_get_text(values, "list"), text_of(field->of)) &&
		        text_eq_nocase(crm_get_text(values, "name"), text_of(name)))
			draft_put(draft, key, json_incref(json_object_get(values, "name")));
	}
	return true;
}

void settle_owner(struct work *work, struct crm_draft *draft)
{
	bool person = draft->via == VIA_WEB || draft->via == VIA_DAV || draft->via == VIA_API ||
	              draft->via == VIA_IMPORT;

	if (draft_is_new(draft) && person && work->who && !draft_int(draft, "owner") &&
	        !draft_int(draft, "team"))
		draft_put_int(draft, "owner", work->who->id);
}

static bool check_needed(struct work *work, const struct crm_draft *draft)
{
	const struct crm_field *field;

	for (size_t i = 0; (field = crm_field_at(draft->noun, i)); i++)
		if ((field->flags & CRM_FLAG_NEEDED) && !json_object_get(draft->now, field->key))
			return err_field(&work->err, field->key, "%s is missing", field->label);
	return true;
}

/* Since when it stands where it stands: the clock of its status or stage. */
static bool enter(struct work *work, struct crm_draft *draft)
{
	struct standing was, is;

	if (!standing_of(work, draft->noun, draft->before, &was) ||
	        !standing_of(work, draft->noun, draft->now, &is))
		return false;
	if (draft_is_new(draft) || was.row != is.row || !text_eq(was.name, is.name))
		draft_put_int(draft, "_entered", draft->at);
	return true;
}

bool crm_draft_settle(struct work *work, struct crm_draft *draft)
{
	settle_fn *settle = (size_t)draft->noun < COUNT_OF(SETTLE) ? SETTLE[draft->noun] : NULL;

	if (!crm_draft_changed(draft))
		return true;
	return (!settle || settle(work, draft)) && check_needed(work, draft) &&
	       enter(work, draft) && draft_happen(work, draft);
}
