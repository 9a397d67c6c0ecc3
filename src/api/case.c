/* case.c - what is done with leads and cases besides changing them: taken, answered. */
#include "base/base.h"
#include "api/record.h"
#include "edit/answer.h"
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

/* A member of the body that is a list of addresses. */
static bool read_addresses(struct call *c, const json_t *body, const char *key, struct texts *list)
{
	const json_t *array = json_object_get(body, key), *one;
	size_t i;

	if (!array)
		return true;
	if (!json_is_array(array))
		return api_refuse(c, key, "a list of addresses is expected");
	json_array_foreach((json_t *)array, i, one)
	{
		if (!json_is_string(one))
			return api_refuse(c, key, "a list of addresses is expected");
		*vec_push(c->work.arena, list) = text_of(json_string_value(one));
	}
	return true;
}

/* A public answer goes out to the customer; the other kind is for colleagues. */
bool api_answer(struct call *c)
{
	struct edit_answer asked = { .of = api_of(c)->id };
	struct edit_crm edit = { .noun = CRM_NOTE };
	struct crm_entry *entry;
	const json_t *body, *public;

	if (!api_body(c, &body) || !api_text(c, body, "text", true, &asked.text) ||
	        !read_addresses(c, body, "to", &asked.to) ||
	        !read_addresses(c, body, "cc", &asked.cc))
		return false;
	public = json_object_get(body, "public");
	if (public && !json_is_boolean(public))
		return api_refuse(c, "public", "true or false is expected");
	if (!api_entry(c, CRM_CASE, asked.of, &entry) || !api_edit(c, &edit))
		return false;
	asked.public = json_is_true(public);
	asked.via = edit.via;
	asked.device = edit.device;
	return api_commit(c, edit_answer(&c->work, &asked), answered, api_answer);
}
