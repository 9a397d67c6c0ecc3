/* case.c - what is done with leads and cases besides changing them: taken, answered. */
#include "base/base.h"
#include "api/record.h"
#include "edit/assign.h"
#include "edit/crm.h"
#include "people/who.h"

/* ---- taking ---- */

static bool taken(struct call *c)
{
	return api_reply_record(c, 200, api_of(c)->noun->noun, api_of(c)->id);
}

static bool take(struct call *c, enum crm_noun noun, call_fn *again)
{
	struct edit_crm edit = { 0 };

	api_of(c)->noun = crm_noun_row(noun);
	return api_edit(c, &edit) &&
	       api_commit(c, edit_take(&c->work, noun, api_of(c)->id, edit.via, edit.device), taken,
	               again);
}

bool api_take_lead(struct call *c)
{
	return take(c, CRM_LEAD, api_take_lead);
}

bool api_take_case(struct call *c)
{
	return take(c, CRM_CASE, api_take_case);
}

/* ---- answering ---- */

static bool answered(struct call *c)
{
	return api_reply_record(c, 201, CRM_NOTE, edit_crm_id(c->plan));
}

/* A public answer goes out to the customer; the other kind is for colleagues. */
bool api_answer(struct call *c)
{
	struct edit_crm edit = { .noun = CRM_NOTE, .base = -1, .position = -1 };
	struct crm_entry *entry;
	const json_t *body, *public;
	struct text text;
	bool out;

	if (!api_body(c, &body) || !api_text(c, body, "text", true, &text))
		return false;
	public = json_object_get(body, "public");
	if (public && !json_is_boolean(public))
		return api_refuse(c, "public", "true or false is expected");
	if (!api_entry(c, CRM_CASE, api_of(c)->id, &entry) || !api_edit(c, &edit))
		return false;
	out = json_is_true(public);
	edit.set =
	        api_own(c, json_pack("{s:o, s:o, s:s, s:s, s:I}", "subject", api_word(entry->title),
	                           "text", api_word(text), "category", out ? "Mail" : "Note",
	                           "direction", out ? "out" : "internal", "parent", entry->id));
	return api_commit(c, edit_crm_put(&c->work, &edit), answered, api_answer);
}
