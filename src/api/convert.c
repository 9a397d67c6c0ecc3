/* convert.c - a lead becomes a contact, with an account and a deal. */
#include "base/base.h"
#include "api/record.h"
#include "edit/convert.h"
#include "edit/crm.h"

struct converting {
	struct edit_convert asked;
	struct edit_converted converted;
};

static bool read_account(struct call *c, const json_t *body, struct edit_convert *asked)
{
	const json_t *account = json_object_get(body, "account");

	asked->of_company = !account;
	if (!account || json_is_null(account))
		return true;
	if (!json_is_object(account))
		return api_refuse(c, "account", "an object with an id or a name is expected");
	asked->account = crm_get_int(account, "id");
	return asked->account || api_text(c, account, "name", true, &asked->account_name);
}

static bool read_values(struct call *c, const json_t *body, const char *key, const json_t **values)
{
	*values = json_object_get(body, key);
	if (json_is_null(*values))
		*values = NULL;
	return !*values || json_is_object(*values) ||
	       api_refuse(c, key, "an object of values is expected");
}

static json_t *ref(const char *noun, int64_t id)
{
	return id ? json_pack("{s:s, s:I}", "noun", noun, "id", (json_int_t)id) : json_null();
}

static bool converted(struct call *c)
{
	const struct converting *own = api_of(c)->own;

	return api_json(c, 200,
	        json_pack("{s:o, s:o, s:o}", "account", ref("accounts", own->converted.account),
	                "contact", ref("contacts", own->converted.contact), "deal",
	                ref("deals", own->converted.deal)));
}

static bool convert(struct call *c)
{
	struct converting *own = api_of(c)->own;

	return api_commit(
	        c, edit_convert(&c->work, &own->asked, &own->converted), converted, convert);
}

bool api_lead_convert(struct call *c)
{
	struct converting *own = api_of(c)->own = arena_make(c->work.arena, struct converting);
	struct edit_crm how = { .base = -1 };
	const json_t *body;

	if (!api_edit(c, &how) || !api_body(c, &body))
		return false;
	own->asked = (struct edit_convert){
		.lead = api_of(c)->id, .base = -1, .via = how.via, .device = how.device
	};
	if (!read_account(c, body, &own->asked) ||
	        !read_values(c, body, "contact", &own->asked.contact) ||
	        !read_values(c, body, "deal", &own->asked.deal))
		return false;
	return api_commit(c, edit_reserve(&c->work, own->asked.ids, COUNT_OF(own->asked.ids)),
	        convert, api_lead_convert);
}
