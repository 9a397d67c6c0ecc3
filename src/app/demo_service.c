/* demo_service.c - what customers ask, complain about, and get answered. */
#include "base/base.h"

#include "app/demo_impl.h"

static const struct {
	const char *kind, *priority, *subject, *description;
} TROUBLES[] = {
#define CHOICE(...)
#define CAMPAIGN(...)
#define TROUBLE(...) { __VA_ARGS__ },
#define SAID(...)
#include "app/demo_crm.tbl.h"
#undef CHOICE
#undef CAMPAIGN
#undef TROUBLE
#undef SAID
};

struct tale_case {
	int64_t id, owner, at;
	bool answered, again; /* worked on; opened once more */
};

static json_t *case_values(struct tale *tale, struct tale_case *c)
{
	const struct tale_account *a = &tale->accounts[tale_random(tale, TALE_ACCOUNTS)];
	size_t i = (size_t)tale_random(tale, COUNT_OF(TROUBLES));
	json_t *values = json_pack("{s:s, s:s, s:s, s:s, s:I, s:I}", "kind", TROUBLES[i].kind,
	        "priority", TROUBLES[i].priority, "subject", TROUBLES[i].subject, "description",
	        TROUBLES[i].description, "account", (json_int_t)a->id, "contact",
	        (json_int_t)a->contacts[0]);

	tale_put(values, "channel", tale_pick(tale, "Mail|Mail|Phone|Web|Chat"));
	if (c->owner)
		json_object_set_new(values, "owner", json_integer(c->owner));
	return values;
}

static bool add_case(struct tale *tale, struct tale_case *c)
{
	uint64_t a = tale_random(tale, 500), b = tale_random(tale, 500);
	int64_t days = (int64_t)(a < b ? a : b);

	c->at = tale_time(tale, days);
	c->owner = days < 3 && tale_chance(tale, 40) ? 0 : tale_staff(tale, &tale->helpers);
	tale_act(tale, 0, c->at);
	return tale_begin(tale) && tale_new(tale, CRM_CASE, case_values(tale, c), &c->id);
}

static bool set_status(struct tale *tale, const struct tale_case *c, const char *status)
{
	return tale_change(tale, CRM_CASE, c->id, json_pack("{s:s}", "status", status));
}

static int64_t now_of(const struct tale *tale)
{
	return tale->desk->work.now;
}

static bool answer(struct tale *tale, struct tale_case *c)
{
	c->at += 600 +
	         (int64_t)tale_random(tale, tale_chance(tale, 75) ? 3 * AN_HOUR : 30 * AN_HOUR);
	c->answered = c->owner && c->at <= now_of(tale);
	if (!c->answered)
		return true;
	tale_act(tale, c->owner, c->at);
	return tale_said(
	        tale, c->id, tale_chance(tale, 70) ? "Mail" : "Call", "out", tale_words(tale));
}

static bool work_on(struct tale *tale, struct tale_case *c)
{
	tale_act(tale, c->owner, c->at + 60);
	return !c->answered || set_status(tale, c, "Working");
}

static bool wait_for_customer(struct tale *tale, struct tale_case *c)
{
	c->at += AN_HOUR + (int64_t)tale_random(tale, 20 * AN_HOUR);
	if (!c->owner || c->at > now_of(tale) || !tale_chance(tale, 25))
		return true;
	tale_act(tale, c->owner, c->at);
	return set_status(tale, c, "Pending");
}

static bool close_case(struct tale *tale, struct tale_case *c)
{
	json_t *values;

	c->at += AN_HOUR + (int64_t)tale_random(tale, tale_chance(tale, 70) ? A_DAY : 9 * A_DAY);
	if (!c->owner || c->at > now_of(tale) || tale_chance(tale, 4))
		return true;
	tale_act(tale, c->owner, c->at);
	values = json_pack(
	        "{s:s, s:i}", "status", "Closed", "satisfaction", 3 + (int)tale_random(tale, 3));
	tale_put(
	        values, "cause", tale_pick(tale, "Product fault|Operating error|Delivery|Service"));
	return tale_change(tale, CRM_CASE, c->id, values);
}

static bool complain_again(struct tale *tale, struct tale_case *c)
{
	c->at += A_DAY + (int64_t)tale_random(tale, 6 * A_DAY);
	c->again = c->answered && c->at <= now_of(tale) && tale_chance(tale, 6);
	if (!c->again)
		return true;
	tale_act(tale, c->owner, c->at);
	return tale_said(tale, c->id, "Mail", "in", TEXT("It happened again."));
}

static bool reopen(struct tale *tale, struct tale_case *c)
{
	tale_act(tale, c->owner, c->at + 60);
	return !c->again || set_status(tale, c, "Working");
}

bool tale_cases(struct tale *tale)
{
	static bool (*const chapters[])(struct tale *, struct tale_case *) = { add_case, answer,
		work_on, wait_for_customer, close_case, complain_again, reopen };
	struct tale_case *cases = arena_array(tale->desk->work.arena, TALE_CASES, sizeof(*cases));

	for (size_t chapter = 0; chapter < COUNT_OF(chapters); chapter++) {
		for (size_t i = 0; i < TALE_CASES; i++)
			if (!chapters[chapter](tale, &cases[i]))
				return false;
		if (!tale_flush(tale))
			return false;
	}
	return true;
}
