/* overview.c - an account at a glance: people, deals, cases, needs, relations, sales. */
#include "base/base.h"
#include "api/record.h"
#include "view/account.h"

enum { EACH = 100 };

static bool add_entries(
        struct call *c, json_t *overview, const char *key, const struct crm_entries *entries)
{
	struct api_shape shape = { .is_list = true };
	json_t *array;

	return api_records(c, entries, &shape, &array) && !json_object_set(overview, key, array);
}

/* Records whose account it is; rows whose parent it is. */
static bool add_list(struct call *c, json_t *overview, const char *key, const struct crm_ask *ask)
{
	struct crm_page page;

	return crm_list(&c->work, ask, &page) && add_entries(c, overview, key, &page.entries);
}

static bool add_records(struct call *c, json_t *overview, const char *key, enum crm_noun noun)
{
	struct crm_ask ask = {
		.noun = noun, .sort = TEXT("created"), .descending = true, .limit = EACH
	};

	*vec_push(c->work.arena, &ask.filters) = (struct crm_filter){ .column = TEXT("account"),
		.test = CRM_EQ,
		.value = arena_printf(c->work.arena, "%lld", (long long)api_of(c)->id) };
	return add_list(c, overview, key, &ask);
}

static bool add_rows(struct call *c, json_t *overview, const char *key, enum crm_noun noun)
{
	struct crm_ask ask = { .noun = noun, .parent = api_of(c)->id, .limit = EACH };

	return add_list(c, overview, key, &ask);
}

static bool add_people(struct call *c, json_t *overview)
{
	struct crm_entries people;

	return account_people(&c->work, api_of(c)->id, &people) &&
	       add_entries(c, overview, "people", &people);
}

static bool add_meeting(struct call *c, json_t *overview)
{
	struct crm_entries one = VEC_EMPTY;
	struct crm_entry *meeting;
	json_t *array;

	if (!account_next_meeting(&c->work, api_of(c)->id, &meeting))
		return false;
	if (!meeting)
		return !json_object_set_new(overview, "next_meeting", json_null());
	*vec_push(c->work.arena, &one) = *meeting;
	if (!api_records(c, &one, &(struct api_shape){ 0 }, &array))
		return false;
	json_object_set(overview, "next_meeting", json_array_get(array, 0));
	return true;
}

bool api_overview(struct call *c)
{
	json_t *overview = api_own(c, json_object());
	struct account_sales sales;
	struct crm_entry *entry;

	if (!api_entry(c, CRM_ACCOUNT, api_of(c)->id, &entry) || !add_people(c, overview) ||
	        !add_records(c, overview, "deals", CRM_DEAL) ||
	        !add_records(c, overview, "cases", CRM_CASE) ||
	        !add_rows(c, overview, "needs", CRM_NEED) ||
	        !add_rows(c, overview, "relations", CRM_RELATION) || !add_meeting(c, overview) ||
	        !account_sales(&c->work, api_of(c)->id, &sales))
		return false;
	json_object_set_new(overview, "sales",
	        json_pack("{s:I, s:I, s:I}", "open", sales.open, "won", sales.won, "lost",
	                sales.lost));
	return api_json(c, 200, json_incref(overview));
}
