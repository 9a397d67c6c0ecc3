/* settle_party.c - accounts and contacts, and what others take from them. */
#include "base/base.h"
#include "base/str.h"
#include "crm/settle.h"

enum { PARENTS_MAX = 20 };

/* No account is below itself, through whatever chain. */
static bool check_parent(struct work *work, const struct crm_draft *draft)
{
	int64_t above = draft_int(draft, "parent");

	if (!draft->old || !draft_moved(draft, "parent"))
		return true;
	for (int i = 0; i < PARENTS_MAX && above; i++) {
		json_t *values;

		if (above == draft->old->id)
			return err_field(&work->err, "parent", "an account cannot be below itself");
		if (!crm_values(work, above, &values))
			return false;
		above = values ? crm_get_int(values, "parent") : 0;
	}
	return true;
}

bool settle_account_card(struct work *work, struct crm_draft *draft)
{
	settle_owner(work, draft);
	return check_parent(work, draft);
}

/* What stands on the card as company is the main account's name. */
static bool settle_company(struct work *work, struct crm_draft *draft)
{
	struct crm_known *account;

	if (!draft_moved(draft, "accounts") || !main_account(draft->now))
		return true;
	if (!crm_known(work, main_account(draft->now), &account))
		return false;
	if (account)
		draft_put_text(draft, "company", account->title);
	return true;
}

bool settle_contact(struct work *work, struct crm_draft *draft)
{
	settle_name(work, draft);
	settle_owner(work, draft);
	return settle_company(work, draft);
}

int64_t main_account(const json_t *values)
{
	json_t *list = json_object_get(values, "accounts"), *item;
	int64_t account = crm_get_int(json_array_get(list, 0), "account");
	size_t i;

	json_array_foreach(list, i, item) if (crm_get_bool(item, "primary")) account =
	        crm_get_int(item, "account");
	return account;
}

bool settle_account(struct work *work, struct crm_draft *draft)
{
	struct crm_known *contact;

	if (draft_int(draft, "account") || !draft_int(draft, "contact") ||
	        !draft_moved(draft, "contact"))
		return true;
	if (!crm_known(work, draft_int(draft, "contact"), &contact))
		return false;
	if (contact)
		draft_put_int(draft, "account", contact->account);
	return true;
}
