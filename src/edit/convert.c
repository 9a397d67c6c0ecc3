#include "base/base.h"
#include "base/str.h"
#include "crm/convert.h"
#include "crm/look.h"
#include "edit/convert.h"
#include "edit/crm.h"
#include "edit/gate.h"
#include "view/crm.h"

struct converting {
	struct work *work;
	const struct edit_convert *asked;
	struct edit_converted *out;
	struct plan *plan;
	struct crm_draft *lead;
	struct crm_known *self; /* as a contact */
};

static bool load(struct converting *c)
{
	struct work *work = c->work;
	struct crm_entry *entry;
	struct record *record;
	bool may;

	if (!crm_entry_get(work, CRM_LEAD, c->asked->lead, &entry) ||
	        (entry && !crm_may_change(work, entry, &may)) ||
	        !record_get(work, c->asked->lead, &record))
		return false;
	if (!entry || !record)
		return err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
	if (!may)
		return err_set(&work->err, ERR_NEED_PRIVILEGES, "This is not yours to change");
	if (c->asked->base >= 0 && c->asked->base != record->revision)
		return err_set(&work->err, ERR_PRECONDITION_FAILED,
		        "Somebody else changed the lead in the meantime");
	return crm_draft_load(work, record, &c->lead);
}

static bool set(struct converting *c, struct crm_draft *draft, const char *key, json_t *value)
{
	return crm_draft_set(c->work, draft, crm_field(draft->noun, text_of(key)),
	        crm_json_own(c->work->arena, value));
}

static bool set_all(struct converting *c, struct crm_draft *draft, const json_t *values)
{
	json_t *value;
	const char *key;

	json_object_foreach((json_t *)values, key, value)
	{
		const struct crm_field *field = crm_field(draft->noun, text_of(key));

		if (!field)
			return err_field(&c->work->err, arena_cstr(c->work->arena, text_of(key)),
			        "there is no such field");
		if (!crm_draft_set(c->work, draft, field, value))
			return false;
	}
	return true;
}

/* What the lead has, the new record has too, if it has such a field. */
static bool inherit(struct converting *c, struct crm_draft *draft, const char *key)
{
	json_t *value = json_object_get(c->lead->now, key);

	return !value || set(c, draft, key, json_incref(value));
}

static void begin(struct converting *c, struct crm_draft *draft, int64_t id)
{
	struct crm_known *soon = arena_make(c->work->arena, struct crm_known);

	draft->id = id;
	draft->via = c->asked->via;
	draft->device = c->asked->device;
	*soon = (struct crm_known){ .id = id,
		.noun = draft->noun,
		.uid = draft->uid,
		.title = crm_get_text(draft->now, "name") };
	soon->holder = soon->owner = crm_get_int(draft->now, "owner");
	if (!soon->holder)
		soon->holder = soon->team = crm_get_int(draft->now, "team");
	crm_known_soon(c->work, soon);
}

static bool add(struct converting *c, struct crm_draft *draft)
{
	return crm_draft_settle(c->work, draft) && edit_crm_add(c->work, c->plan, draft);
}

static bool make_account(struct converting *c)
{
	struct text company = crm_get_text(c->lead->now, "company");
	struct text name = c->asked->of_company ? company : c->asked->account_name;
	struct crm_draft *account;

	c->out->account = c->asked->account;
	if (c->asked->of_company && !crm_company(c->work, company, &c->out->account))
		return false;
	if (c->out->account || !name.len)
		return true;
	if (!crm_draft_begin(c->work, CRM_ACCOUNT, TEXT_NONE, &account) ||
	        !set(c, account, "name", json_stringn(name.ptr, name.len)) ||
	        !set(c, account, "type", json_string("Prospect")) ||
	        !inherit(c, account, "owner") || !inherit(c, account, "team") ||
	        !inherit(c, account, "addresses"))
		return false;
	c->out->account = c->asked->ids[0];
	begin(c, account, c->out->account);
	return add(c, account);
}

static bool make_deal(struct converting *c)
{
	static const char *const inherited[] = { "owner", "team", "source", "campaign", "product" };
	struct crm_draft *deal;

	if (!c->asked->deal)
		return true;
	if (!crm_draft_begin(c->work, CRM_DEAL, TEXT_NONE, &deal))
		return false;
	for (size_t i = 0; i < COUNT_OF(inherited); i++)
		if (!inherit(c, deal, inherited[i]))
			return false;
	if (!set_all(c, deal, c->asked->deal) ||
	        !set(c, deal, "contact", json_integer(c->asked->lead)) ||
	        (c->out->account && !set(c, deal, "account", json_integer(c->out->account))))
		return false;
	c->out->deal = c->asked->ids[1];
	begin(c, deal, c->out->deal);
	return add(c, deal);
}

/* To the others of the plan it is the contact already. */
static bool announce(struct converting *c)
{
	struct crm_known *known;

	if (!crm_known(c->work, c->asked->lead, &known))
		return false;
	if (!known)
		return err_set(&c->work->err, ERR_NOT_FOUND, "There is nothing here");
	c->self = arena_make(c->work->arena, struct crm_known);
	*c->self = *known;
	c->self->noun = CRM_CONTACT;
	c->self->account = c->out->account;
	crm_known_soon(c->work, c->self);
	return true;
}

/* For whoever takes it back. An account that was there stays. */
static bool note_made(struct converting *c, int64_t deal)
{
	int64_t account = c->out->account == c->asked->ids[0] ? c->out->account : 0;

	json_object_set_new(c->lead->kept, CONVERT_MADE,
	        json_pack("{s:I, s:I}", "account", (json_int_t)account, "deal", (json_int_t)deal));
	return true;
}

static bool become_contact(struct converting *c)
{
	int64_t deal = c->asked->deal ? c->asked->ids[1] : 0;

	c->lead->via = c->asked->via;
	c->lead->device = c->asked->device;
	return crm_convert(c->work, c->lead, c->out->account, deal) && note_made(c, deal) &&
	       set_all(c, c->lead, c->asked->contact) && add(c, c->lead);
}

struct plan *edit_convert(
        struct work *work, const struct edit_convert *asked, struct edit_converted *converted)
{
	struct converting c = { .work = work, .asked = asked, .out = converted };
	struct outcome *outcome;

	*converted = (struct edit_converted){ .contact = asked->lead };
	c.plan = gate_plan(work, &outcome);
	if (!load(&c) || !make_account(&c) || !announce(&c) || !make_deal(&c) ||
	        !become_contact(&c))
		return NULL;
	outcome->record = c.lead->stored;
	return c.plan;
}
