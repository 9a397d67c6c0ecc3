/* assign.c - leads and cases are given to somebody, many at once, by hand or by rule. */
#include "base/base.h"
#include "api/record.h"
#include "edit/assign.h"
#include "edit/crm.h"

struct assigning {
	struct edit_assign asked;
	int64_t ids[EDIT_ASSIGN_MAX];
	size_t changed;
	struct edit_not_dones failed;
};

static bool read_ids(struct call *c, const json_t *body, struct assigning *own)
{
	const json_t *list = json_object_get(body, "ids"), *one;
	size_t i;

	if (!json_is_array(list) || !json_array_size(list) ||
	        json_array_size(list) > EDIT_ASSIGN_MAX)
		return api_refuse(c, "ids", "a list of up to 500 ids is expected");
	json_array_foreach(list, i, one)
	{
		if (json_integer_value(one) < 1)
			return api_refuse(c, "ids", "numbers are expected");
		own->ids[own->asked.len++] = json_integer_value(one);
	}
	own->asked.ids = own->ids;
	return true;
}

static bool read_whom(struct call *c, const json_t *body, struct edit_assign *asked)
{
	asked->rules = crm_get_bool(body, "rules");
	asked->owner = crm_get_int(body, "owner");
	asked->team = crm_get_int(body, "team");
	return asked->rules || asked->owner || asked->team ||
	       api_refuse(c, "owner", "an owner, a team, or rules: true is expected");
}

static bool assigned(struct call *c)
{
	const struct assigning *own = api_of(c)->own;
	json_t *failed = json_array();

	for (size_t i = 0; i < own->failed.len; i++) {
		json_object_set_new(
		        own->failed.at[i].why, "id", json_integer(own->failed.at[i].id));
		json_array_append(failed, own->failed.at[i].why);
	}
	return api_json(c, 200,
	        json_pack("{s:I, s:o}", "changed", (json_int_t)own->changed, "failed", failed));
}

static bool assign(struct call *c, enum crm_noun noun, call_fn *again)
{
	struct assigning *own = api_of(c)->own = arena_make(c->work.arena, struct assigning);
	struct edit_crm how = { .base = -1 };
	const json_t *body;

	if (!api_edit(c, &how) || !api_body(c, &body))
		return false;
	own->asked = (struct edit_assign){ .noun = noun, .via = how.via, .device = how.device };
	if (!read_ids(c, body, own) || !read_whom(c, body, &own->asked))
		return false;
	return api_commit(c, edit_assign(&c->work, &own->asked, &own->changed, &own->failed),
	        assigned, again);
}

bool api_assign_leads(struct call *c)
{
	return assign(c, CRM_LEAD, api_assign_leads);
}

bool api_assign_cases(struct call *c)
{
	return assign(c, CRM_CASE, api_assign_cases);
}
