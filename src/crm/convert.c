#include "base/base.h"
#include "base/str.h"
#include "crm/body.h"
#include "crm/convert.h"
#include "crm/merge_impl.h"
#include "crm/draft_impl.h"
#include "crm/undo.h"

/* What the card says of a lead, and not of a contact. */
static const char *const ON_THE_CARD[] = { "status", "source", "campaign" };

static bool take_status(struct work *work, struct crm_draft *draft)
{
	struct crm_rows rows;

	if (!crm_rows_of(work, CRM_LEAD_STATUS, -1, &rows))
		return false;
	for (size_t i = 0; i < rows.len; i++)
		if (text_eq(crm_get_text(rows.at[i].values, "type"), TEXT("converted"))) {
			draft_put_int(draft, "status", rows.at[i].id);
			return true;
		}
	return err_field(&work->err, "status", "the company has no status for converted leads");
}

static bool settle_as_lead(
        struct work *work, struct crm_draft *draft, int64_t account, int64_t deal)
{
	struct crm_happened *event;

	if (!take_status(work, draft))
		return false;
	draft_put_int(draft, "converted_at", draft->at);
	draft_put_int(draft, "converted_account", account);
	draft_put_int(draft, "converted_deal", deal);
	if (!crm_draft_settle(work, draft))
		return false;
	event = draft_event(work, draft, CRM_EVENT_CONVERTED);
	event->from_num = account;
	event->to_num = deal;
	return true;
}

/* What is lost or changes its meaning when a lead becomes a contact. */
static bool is_leads_own(const char *key)
{
	return key[0] == '_' || !strcmp(key, "company") ||
	       (crm_field(CRM_LEAD, text_of(key)) && !crm_field(CRM_CONTACT, text_of(key)));
}

static void keep(struct work *work, struct crm_draft *draft)
{
	json_t *kept = json_object(), *value;
	const char *key;

	json_object_foreach(draft->before, key, value) if (is_leads_own(key))
	        json_object_set(kept, key, value);
	draft->kept = crm_json_own(work->arena, json_object());
	json_object_set_new(draft->kept, CONVERT_KEPT, kept);
}

/* The card without what says that it is a lead. */
static bool strip(struct work *work, struct crm_draft *draft, json_t **stripped)
{
	*stripped = crm_json_own(work->arena, json_copy(draft->now));
	for (size_t i = 0; i < COUNT_OF(ON_THE_CARD); i++)
		json_object_del(*stripped, ON_THE_CARD[i]);
	return crm_card_write(work, draft->tree, CRM_LEAD, draft->before, *stripped);
}

static bool join_account(struct work *work, struct crm_draft *draft, int64_t account)
{
	struct crm_known *known;

	if (!account)
		return true;
	if (!crm_known(work, account, &known))
		return false;
	if (!known)
		return err_field(&work->err, "account", "there is no such account");
	draft_put_text(draft, "company", known->title);
	draft_put(draft, "accounts",
	        json_pack("[{s:I, s:b}]", "account", (json_int_t)account, "primary", 1));
	return true;
}

bool crm_convert(struct work *work, struct crm_draft *draft, int64_t account, int64_t deal)
{
	struct standing s;
	json_t *stripped;

	if (!standing_of(work, CRM_LEAD, draft->before, &s))
		return false;
	if (draft->noun != CRM_LEAD || s.state != STATE_OPEN)
		return err_field(&work->err, "status", "only an open lead can be converted");
	keep(work, draft);
	if (!settle_as_lead(work, draft, account, deal) || !strip(work, draft, &stripped))
		return false;
	draft->before = stripped;
	draft->noun = CRM_CONTACT;
	draft->happened_as = CRM_LEAD;
	draft->action = "convert";
	draft->home = 0;
	return join_account(work, draft, account);
}

/* ---- and back ---- */

/* Whoever corrected the company's name since, or put others, is right. */
static bool is_joined(const struct crm_draft *draft)
{
	json_t *accounts = json_object_get(draft->now, "accounts");

	return json_array_size(accounts) == 1 &&
	       crm_get_int(json_array_get(accounts, 0), "account") ==
	               draft_int(draft, "converted_account");
}

static void put_kept(struct crm_draft *draft, const json_t *kept)
{
	bool joined = is_joined(draft);
	json_t *value;
	const char *key;
	void *next;

	json_object_foreach_safe(
	        draft->now, next, key, value) if (is_leads_own(key) && strcmp(key, "company") != 0)
	        json_object_del(draft->now, key);
	json_object_foreach((json_t *)kept, key, value) if (joined || strcmp(key, "company") != 0)
	        json_object_set(draft->now, key, value);
	if (joined && !json_object_get(kept, "company"))
		draft_put(draft, "company", NULL);
	draft_put(draft, "accounts", NULL);
}

bool crm_convert_back(
        struct work *work, const struct crm_undo *undo, struct crm_draft *draft, const json_t *kept)
{
	json_t *stripped = crm_json_own(work->arena, json_copy(draft->before));

	draft->noun = CRM_LEAD;
	put_kept(draft, kept);
	if (!crm_draft_settle(work, draft) || !crm_undo_settled(work, undo, draft))
		return false;
	put_kept(draft, kept);
	for (size_t i = 0; i < COUNT_OF(ON_THE_CARD); i++)
		json_object_del(stripped, ON_THE_CARD[i]);
	draft->before = stripped;
	draft->action = "convert back";
	draft->home = 0;
	return true;
}

bool crm_company(struct work *work, struct text name, int64_t *account)
{
	return merge_named(work, CRM_ACCOUNT, name, account);
}
