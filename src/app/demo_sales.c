/* demo_sales.c - leads that come in, are answered, won over or lost; deals from first word to last.
 */
#include "base/base.h"

#include "app/demo_impl.h"
#include "base/clock.h"
#include "crm/convert.h"
#include "crm/look.h"
#include "edit/crm.h"

enum { STAGES = 4 };

/* ---- leads ---- */

struct tale_lead {
	int64_t id, owner, days, answered; /* when; 0: never */
	size_t campaign;
};

/* A campaign that ran then; the last one always does. */
static size_t campaign_at(struct tale *tale, int64_t days)
{
	for (int i = 0; i < 12; i++) {
		size_t c = (size_t)tale_random(tale, tale->campaigns_len);

		if (days <= tale->campaign_from[c] &&
		        days >= tale->campaign_from[c] - tale->campaign_days[c])
			return c;
	}
	return tale->campaigns_len - 1;
}

/* More of them lately: a company that grows. */
static int64_t some_day(struct tale *tale)
{
	uint64_t a = tale_random(tale, YEARS_DAYS - 5), b = tale_random(tale, YEARS_DAYS - 5);

	return (int64_t)(a < b || tale_chance(tale, 40) ? a : b);
}

static json_t *lead_values(struct tale *tale, struct tale_lead *lead)
{
	const struct country *country = &demo_countries[tale_random(tale, demo_countries_len)];
	struct text company = tale_company(tale, country);
	json_t *values = tale_person(tale, country, company);

	tale_put(values, "company", company);
	tale_put(values, "language", text_of(country->language));
	tale_put(values, "product", tale_pick(tale, "Cargo bike|E-cargo bike|Fleet lease"));
	tale_put(values, "territory", tale_pick(tale, "North|South|Abroad"));
	tale_put(values, "source", tale_pick(tale, "Web form|Phone|Mail|Web form|Event|Referral"));
	tale_put(values, "note", tale_words(tale));
	json_object_set_new(values, "campaign", json_integer(tale->campaigns[lead->campaign]));
	json_object_set_new(values, "score", json_integer((json_int_t)tale_random(tale, 100)));
	json_object_set_new(
	        values, "value", json_integer(100000 + (json_int_t)tale_random(tale, 90) * 50000));
	if (lead->owner)
		json_object_set_new(values, "owner", json_integer(lead->owner));
	return values;
}

static bool add_lead(struct tale *tale, struct tale_lead *lead)
{
	lead->days = some_day(tale);
	lead->campaign = campaign_at(tale, lead->days);
	/* What came in today waits for somebody. */
	lead->owner =
	        lead->days < 2 && tale_chance(tale, 60) ? 0 : tale_staff(tale, &tale->sellers);
	tale_act(tale, 0, tale_time(tale, lead->days));
	return tale_begin(tale) && tale_new(tale, CRM_LEAD, lead_values(tale, lead), &lead->id);
}

static int64_t status_of(struct tale *tale, const char *name)
{
	struct crm_row *row;

	return crm_row_named(&tale->desk->work, CRM_LEAD_STATUS, text_of(name), &row) && row
	               ? row->id
	               : 0;
}

static bool set_status(struct tale *tale, int64_t lead, int64_t status)
{
	return tale_change(tale, CRM_LEAD, lead, json_pack("{s:I}", "status", (json_int_t)status));
}

/* Most are called back the same day. */
static bool answer_lead(struct tale *tale, struct tale_lead *lead)
{
	int64_t wait = tale_chance(tale, 45) ? (int64_t)tale_random(tale, AN_HOUR)
	                                     : (int64_t)tale_random(tale, 3 * A_DAY);

	if (!lead->owner || !lead->days || tale_chance(tale, 12))
		return true;
	lead->answered = tale_time(tale, lead->days) + wait;
	tale_act(tale, lead->owner, lead->answered);
	return tale_said(
	        tale, lead->id, tale_chance(tale, 60) ? "Call" : "Mail", "out", tale_words(tale));
}

static bool work_on_lead(struct tale *tale, const struct tale_lead *lead, int64_t working)
{
	if (!lead->answered)
		return true;
	tale_act(tale, lead->owner, lead->answered + 60);
	return set_status(tale, lead->id, working);
}

static bool convert_lead(struct tale *tale, const struct tale_lead *lead)
{
	struct tale_account *a = &tale->accounts[tale_random(tale, TALE_ACCOUNTS)];
	struct crm_draft *draft;
	struct record *record;

	if (!tale_begin(tale))
		return false;
	if (!record_get(&tale->work, lead->id, &record) || !record ||
	        !crm_draft_load(&tale->work, record, &draft)) {
		tale->desk->work.err = tale->work.err;
		return false;
	}
	draft->via = VIA_DEMO;
	draft->at = tale->at;
	if (!crm_convert(&tale->work, draft, a->id, 0) || !crm_draft_settle(&tale->work, draft) ||
	        !edit_crm_add(&tale->work, tale->plan, draft)) {
		tale->desk->work.err = tale->work.err;
		return false;
	}
	*vec_push(tale->work.arena, &tale->pending) = (struct tale_pending){ NULL, draft, 0 };
	return true;
}

static bool end_lead(struct tale *tale, const struct tale_lead *lead, const int64_t statuses[3])
{
	int64_t days = lead->days - 3 - (int64_t)tale_random(tale, 40);

	if (days < 1)
		return true;
	tale_act(tale, lead->owner, tale_time(tale, days));
	if (tale_chance(tale, 28))
		return convert_lead(tale, lead);
	if (tale_chance(tale, 55))
		return set_status(tale, lead->id, statuses[2]);
	return !tale_chance(tale, 30) || set_status(tale, lead->id, statuses[1]);
}

bool tale_leads(struct tale *tale)
{
	struct tale_lead *leads = arena_array(tale->desk->work.arena, TALE_LEADS, sizeof(*leads));
	const int64_t statuses[] = { status_of(tale, "Working"), status_of(tale, "Nurturing"),
		status_of(tale, "Dead") };

	for (size_t i = 0; i < TALE_LEADS; i++)
		if (!add_lead(tale, &leads[i]))
			return false;
	if (!tale_flush(tale))
		return false;
	for (size_t i = 0; i < TALE_LEADS; i++)
		if (!answer_lead(tale, &leads[i]))
			return false;
	if (!tale_flush(tale))
		return false;
	for (size_t i = 0; i < TALE_LEADS; i++)
		if (!work_on_lead(tale, &leads[i], statuses[0]))
			return false;
	if (!tale_flush(tale))
		return false;
	for (size_t i = 0; i < TALE_LEADS; i++)
		if (leads[i].owner && !end_lead(tale, &leads[i], statuses))
			return false;
	return tale_flush(tale);
}

/* ---- deals ---- */

struct tale_deal {
	int64_t id, owner, days;
	int64_t amount, closes; /* hundredths; days ago, below 0: to come */
	const struct tale_account *account;
	size_t stage, last; /* as many stages as it goes; `last` STAGES: to its end */
	bool won;
	json_t *next; /* what changes with the step; NULL: nothing */
};

static bool find_stages(struct tale *tale)
{
	static const char *const names[] = { "Prospecting", "Qualification", "Proposal",
		"Negotiation", "Won", "Lost" };

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct crm_row *row;

		if (!crm_row_named(&tale->desk->work, CRM_STAGE, text_of(names[i]), &row) || !row)
			return false;
		tale->stages[i] = row->id;
	}
	return true;
}

static json_t *deal_values(struct tale *tale, struct tale_deal *deal)
{
	const struct tale_account *a = deal->account;
	int bikes = 2 + (int)tale_random(tale, 38);
	struct text model = tale_pick(tale, "Cargo bike|E-cargo bike|Longtail|Trike");
	json_t *values = json_object();

	tale_put(values, "name",
	        arena_printf(tale->work.arena, "%d x %.*s", bikes, TEXT_ARG(model)));
	tale_put(values, "currency", text_of(a->country->currency));
	tale_put(values, "product", tale_pick(tale, "Cargo bike|E-cargo bike|Fleet lease"));
	deal->closes = deal->days - 60 - (int64_t)tale_random(tale, 60);
	tale_put(values, "expected_close", tale_date(tale, deal->closes));
	tale_put(values, "forecast", tale_pick(tale, "pipeline|pipeline|best|commit"));
	deal->amount = tale_price(
	        a->country->currency, bikes * (180000 + (int64_t)tale_random(tale, 20) * 10000));
	json_object_set_new(values, "amount", json_integer(deal->amount));
	json_object_set_new(values, "account", json_integer(a->id));
	json_object_set_new(values, "contact", json_integer(a->contacts[0]));
	json_object_set_new(values, "owner", json_integer(deal->owner));
	json_object_set_new(values, "stage", json_integer(tale->stages[0]));
	if (tale_chance(tale, 50))
		json_object_set_new(values, "campaign",
		        json_integer(tale->campaigns[campaign_at(tale, deal->days)]));
	return values;
}

static bool add_deal(struct tale *tale, struct tale_deal *deal)
{
	deal->account = &tale->accounts[tale_random(tale, TALE_ACCOUNTS)];
	deal->owner =
	        tale_chance(tale, 70) ? deal->account->owner : tale_staff(tale, &tale->sellers);
	deal->days = some_day(tale);
	if (deal->days > deal->account->since)
		deal->days = deal->account->since;
	deal->won = tale_chance(tale, 42);
	tale_act(tale, deal->owner, tale_time(tale, deal->days));
	return tale_begin(tale) && tale_new(tale, CRM_DEAL, deal_values(tale, deal), &deal->id);
}

static bool say(struct tale *tale, struct tale_deal *deal, json_t *next)
{
	deal->next = next;
	tale_act(tale, deal->owner, tale_time(tale, deal->days));
	return tale_said(tale, deal->id, tale_chance(tale, 50) ? "Call" : "Mail",
	        tale_chance(tale, 70) ? "out" : "in", tale_words(tale));
}

/* A stage further. Customers haggle and order more, and what closes soon is put off. */
static json_t *further(struct tale *tale, struct tale_deal *deal)
{
	json_t *next = json_pack("{s:I}", "stage", (json_int_t)tale->stages[deal->stage]);

	if (tale_chance(tale, 30)) {
		deal->amount = deal->amount / 2000 * (17 + (int64_t)tale_random(tale, 7)) * 100;
		json_object_set_new(next, "amount", json_integer(deal->amount));
	}
	if (deal->closes > deal->days - 20) {
		deal->closes = deal->days - 30 - (int64_t)tale_random(tale, 30);
		tale_put(next, "expected_close", tale_date(tale, deal->closes));
	}
	return next;
}

/* A step on, or its end: what is said about it. */
static bool step_deal(struct tale *tale, struct tale_deal *deal)
{
	deal->days -= 8 + (int64_t)tale_random(tale, 40);
	if (deal->days < 1 || deal->stage == STAGES)
		return true;
	deal->stage++;
	if (deal->stage < STAGES && (deal->won || !tale_chance(tale, 22)))
		return say(tale, deal, further(tale, deal));
	deal->stage = STAGES;
	if (deal->won)
		return say(
		        tale, deal, json_pack("{s:I}", "stage", (json_int_t)tale->stages[STAGES]));
	return say(tale, deal,
	        json_pack("{s:I, s:s}", "stage", (json_int_t)tale->stages[STAGES + 1],
	                "lost_reason", tale_chance(tale, 50) ? "Price" : "No budget"));
}

static bool set_step(struct tale *tale, struct tale_deal *deal)
{
	json_t *next = deal->next;

	deal->next = NULL;
	tale_act(tale, deal->owner, tale_time(tale, deal->days));
	return !next || tale_change(tale, CRM_DEAL, deal->id, next);
}

/* What is to be done next, for the open ones. */
static bool add_next_step(struct tale *tale, const struct tale_deal *deal)
{
	int64_t due = tale->today + ((int64_t)tale_random(tale, 14) - 4) * A_DAY + 10 * AN_HOUR;
	json_t *values = json_pack("{s:I, s:I, s:I}", "due", (json_int_t)due, "parent",
	        (json_int_t)deal->id, "owner", (json_int_t)deal->owner);

	tale_put(values, "subject",
	        tale_pick(tale, "Call back about the offer|Angebot nachfassen|Send references|"
	                        "Probefahrt vereinbaren|Clarify delivery date|Gửi báo giá"));
	tale_put(values, "priority", tale_pick(tale, "Normal|Normal|High"));
	tale_act(tale, deal->owner, tale_time(tale, 2));
	return tale_new(tale, CRM_TASK, values, NULL);
}

static bool add_meeting(struct tale *tale, const struct tale_deal *deal)
{
	int64_t start = tale_time(tale, 3 - (int64_t)tale_random(tale, 12)) / 1800 * 1800;
	json_t *values = json_pack("{s:I, s:I, s:I, s:I}", "start", (json_int_t)start, "end",
	        (json_int_t)(start + AN_HOUR), "parent", (json_int_t)deal->id, "owner",
	        (json_int_t)deal->owner);

	tale_put(values, "subject",
	        tale_pick(tale, "Offer talk|Vorstellung der Flotte|Visita in officina|"
	                        "Contract details|Họp với khách hàng"));
	tale_put(values, "category", tale_pick(tale, "Meeting|Call|Visit"));
	tale_put(values, "location", tale_pick(tale, "Showroom|Video|At the customer's"));
	tale_act(tale, deal->owner, tale_time(tale, 3));
	return tale_new(tale, CRM_MEETING, values, NULL);
}

bool tale_deals(struct tale *tale)
{
	struct tale_deal *deals = arena_array(tale->desk->work.arena, TALE_DEALS, sizeof(*deals));

	if (!tale_flush(tale) || !find_stages(tale))
		return false;
	for (size_t i = 0; i < TALE_DEALS; i++)
		if (!add_deal(tale, &deals[i]))
			return false;
	/* In waves, so that a batch holds each deal once. */
	for (size_t wave = 0; wave <= STAGES; wave++) {
		if (!tale_flush(tale))
			return false;
		for (size_t i = 0; i < TALE_DEALS; i++)
			if (!step_deal(tale, &deals[i]))
				return false;
		if (!tale_flush(tale))
			return false;
		for (size_t i = 0; i < TALE_DEALS; i++)
			if (!set_step(tale, &deals[i]))
				return false;
	}
	if (!tale_flush(tale))
		return false;
	for (size_t i = 0; i < TALE_DEALS; i++)
		if (deals[i].stage < STAGES && tale_chance(tale, 80) &&
		        !add_next_step(tale, &deals[i]))
			return false;
	if (!tale_flush(tale))
		return false;
	for (size_t i = 0; i < TALE_DEALS; i++)
		if (deals[i].stage < STAGES && tale_chance(tale, 45) &&
		        !add_meeting(tale, &deals[i]))
			return false;
	return tale_flush(tale);
}
