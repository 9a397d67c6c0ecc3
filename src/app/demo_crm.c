/* demo_crm.c - the demo company's business: who there is, how it advertises, whom it sells to. */
#include "base/base.h"

#include "app/demo_crm.h"
#include "app/demo_impl.h"
#include "base/clock.h"
#include "crm/look.h"
#include "object/ical_time.h"

const struct country demo_countries[] = {
#define COUNTRY(...) { __VA_ARGS__ },
#include "app/demo_names.tbl.h"
#undef COUNTRY
};
const size_t demo_countries_len = COUNT_OF(demo_countries);

static const struct {
	const char *list, *name;
} CHOICES[] = {
#define CHOICE(list, name) { list, name },
#define CAMPAIGN(...)
#define TROUBLE(...)
#define SAID(...)
#include "app/demo_crm.tbl.h"
#undef CHOICE
#undef CAMPAIGN
};

static const struct {
	const char *name, *channel;
	int from, days, budget;
} CAMPAIGNS[] = {
#define CHOICE(...)
#define CAMPAIGN(...) { __VA_ARGS__ },
#include "app/demo_crm.tbl.h"
#undef CHOICE
#undef CAMPAIGN
#undef TROUBLE
#undef SAID
};

static const struct {
	const char *currency;
	int micros;
} RATES[] = { { "GBP", 1170000 }, { "USD", 920000 }, { "SEK", 88000 }, { "PLN", 233000 },
	{ "JPY", 6100 }, { "CHF", 1050000 } };

/* The first choices of the table. */
enum { INDUSTRIES = 6 };
/* Prices are round: hundreds, in hundredths. */
enum { PRICE_STEP = 10000 };

struct text tale_date(struct tale *tale, int64_t days_ago)
{
	struct text whole =
	        clock_rfc3339(tale->desk->work.arena, tale->today - days_ago * A_DAY + A_DAY / 2);

	return arena_text(tale->desk->work.arena, text_sub(whole, 0, 10));
}

int64_t tale_price(const char *currency, int64_t euro)
{
	for (size_t i = 0; i < COUNT_OF(RATES); i++)
		if (!strcmp(RATES[i].currency, currency))
			return euro * 1000000 / RATES[i].micros / PRICE_STEP * PRICE_STEP;
	return euro;
}

/* ---- people ---- */

static bool add_members(struct tale *tale, const char *group, struct staff_list *list)
{
	struct ids members = VEC_EMPTY;
	struct principal *team;

	if (!desk_principal(tale->desk, PRINCIPAL_GROUP, group, &team) ||
	        !principal_members(&tale->desk->work, team->id, false, &members))
		return false;
	for (size_t i = 0; i < members.len && list->len < COUNT_OF(list->at); i++)
		list->at[list->len++] = members.at[i];
	return true;
}

static bool find_staff(struct tale *tale)
{
	return add_members(tale, "north", &tale->sellers) &&
	       add_members(tale, "south", &tale->sellers) &&
	       add_members(tale, "world", &tale->sellers) &&
	       add_members(tale, "support", &tale->helpers);
}

static int64_t principal_named(struct tale *tale, const char *name)
{
	struct principal *p;

	return desk_principal(tale->desk, 0, name, &p) ? p->id : 0;
}

/* ---- what a company settles once ---- */

static bool add_rates_and_choices(struct tale *tale)
{
	for (size_t i = 0; i < COUNT_OF(CHOICES); i++)
		if (!tale_row(tale, CRM_CHOICE, 0,
		            json_pack(
		                    "{s:s, s:s}", "list", CHOICES[i].list, "name", CHOICES[i].name),
		            NULL))
			return false;
	for (size_t i = 0; i < COUNT_OF(RATES); i++)
		if (!tale_row(tale, CRM_RATE, 0,
		            json_pack("{s:s, s:s, s:i}", "currency", RATES[i].currency, "from",
		                    "2000-01-01", "micros", RATES[i].micros),
		            NULL))
			return false;
	return true;
}

/* A third at the start, the rest month by month. */
static bool add_costs(struct tale *tale, size_t i)
{
	int months = CAMPAIGNS[i].days / 30 + 1, budget = CAMPAIGNS[i].budget * 100;

	for (int m = 0; m < months && m < 24; m++) {
		int64_t day = CAMPAIGNS[i].from - m * 30;
		int amount = m ? budget * 2 / 3 / months : budget / 3 + budget * 2 / 3 / months;

		if (day >= 0 && !tale_row(tale, CRM_COST, tale->campaigns[i],
		                        json_pack("{s:s, s:i}", "date", tale_date(tale, day).ptr,
		                                "amount", amount),
		                        NULL))
			return false;
	}
	return true;
}

static bool add_campaigns(struct tale *tale)
{
	for (size_t i = 0; i < COUNT_OF(CAMPAIGNS); i++) {
		int64_t to = CAMPAIGNS[i].from - CAMPAIGNS[i].days;
		struct text end = tale_date(tale, to);

		tale->campaign_from[i] = CAMPAIGNS[i].from;
		tale->campaign_days[i] = CAMPAIGNS[i].days;
		if (!tale_row(tale, CRM_CAMPAIGN, 0,
		            json_pack("{s:s, s:s, s:s, s:s, s:i, s:s}", "name", CAMPAIGNS[i].name,
		                    "channel", CAMPAIGNS[i].channel, "from",
		                    tale_date(tale, CAMPAIGNS[i].from).ptr, "to", end.ptr, "budget",
		                    CAMPAIGNS[i].budget * 100, "state",
		                    to > 0 ? "over" : "running"),
		            &tale->campaigns[i]) ||
		        !add_costs(tale, i))
			return false;
		tale->campaigns_len++;
	}
	return true;
}

static bool add_goal(struct tale *tale, int64_t who, const char *metric, int64_t from, int64_t to,
        int64_t target)
{
	return tale_row(tale, CRM_GOAL, 0,
	        json_pack("{s:I, s:s, s:s, s:s, s:I}", "who", (json_int_t)who, "metric", metric,
	                "from", tale_date(tale, from).ptr, "to", tale_date(tale, to).ptr, "target",
	                (json_int_t)target),
	        NULL);
}

/* Of this quarter, the last one, and the year. */
static bool add_goals(struct tale *tale)
{
	static const char *const teams[] = { "company", "north", "south", "world" };

	for (size_t i = 0; i < COUNT_OF(teams); i++)
		if (!add_goal(tale, principal_named(tale, teams[i]), "won_amount", 60, -30,
		            i ? 55000000 : 160000000) ||
		        !add_goal(tale, principal_named(tale, teams[i]), "won_amount", 300, -65,
		                i ? 190000000 : 550000000))
			return false;
	for (size_t i = 0; i < tale->sellers.len; i++)
		if (!add_goal(tale, tale->sellers.at[i], "won_amount", 60, -30, 7500000) ||
		        !add_goal(tale, tale->sellers.at[i], "leads_converted", 60, -30, 6))
			return false;
	for (size_t i = 0; i < tale->helpers.len; i++)
		if (!add_goal(tale, tale->helpers.at[i], "cases_closed", 25, -5, 25))
			return false;
	return true;
}

static bool add_forms_and_rules(struct tale *tale)
{
	int64_t campaign = tale->campaigns[tale->campaigns_len - 1];

	return tale_row(tale, CRM_FORM, 0,
	               json_pack("{s:s, s:I, s:I, s:b, s:[s, s, s, s, s]}", "name",
	                       "Ask for an offer", "campaign", (json_int_t)campaign, "team",
	                       (json_int_t)principal_named(tale, "sales"), "enabled", 1, "fields",
	                       "name", "company", "emails", "phones", "note"),
	               NULL) &&
	       tale_row(tale, CRM_RULE, 0,
	               json_pack("{s:s, s:s, s:{s:s}, s:s, s:I, s:b}", "name", "North goes north",
	                       "applies_to", "leads", "conditions", "territory", "North", "method",
	                       "round robin", "team", (json_int_t)principal_named(tale, "north"),
	                       "enabled", 1),
	               NULL) &&
	       tale_row(tale, CRM_RULE, 0,
	               json_pack("{s:s, s:s, s:{s:s}, s:s, s:I, s:b}", "name",
	                       "South to whom has time", "applies_to", "leads", "conditions",
	                       "territory", "South", "method", "fewest open", "team",
	                       (json_int_t)principal_named(tale, "south"), "enabled", 1),
	               NULL) &&
	       tale_row(tale, CRM_RULE, 0,
	               json_pack("{s:s, s:s, s:{}, s:s, s:I, s:b}", "name", "Cases wait in support",
	                       "applies_to", "cases", "conditions", "method", "queue", "team",
	                       (json_int_t)principal_named(tale, "support"), "enabled", 1),
	               NULL);
}

bool tale_setup(struct tale *tale)
{
	return find_staff(tale) && add_rates_and_choices(tale) && add_campaigns(tale) &&
	       add_goals(tale) && add_forms_and_rules(tale);
}

/* ---- accounts and their people ---- */

static struct text domain_of(struct tale *tale, struct text company)
{
	struct text fold = text_fold(tale->work.arena, company);
	struct buf out;

	buf_init(&out, tale->work.arena);
	for (size_t i = 0; i < fold.len && out.len < 24; i++)
		if ((fold.ptr[i] >= 'a' && fold.ptr[i] <= 'z') ||
		        (fold.ptr[i] >= '0' && fold.ptr[i] <= '9'))
			buf_char(&out, fold.ptr[i]);
	if (out.len < 3)
		buf_printf(&out, "kunde%d", (int)tale_random(tale, 9000));
	return buf_text(&out);
}

static struct text local_part(struct tale *tale, struct text given)
{
	struct text fold = domain_of(tale, given);

	return text_starts(fold, TEXT("kunde")) ? TEXT("info") : fold;
}

/* Lists of one. */
static json_t *one_of(json_t *value)
{
	return json_pack("[{s:o, s:s}]", "value", value, "type", "work");
}

static json_t *phone_of(struct tale *tale, const struct country *country)
{
	return one_of(json_sprintf("%s 555 0%03d", country->calling, (int)tale_random(tale, 1000)));
}

void tale_put(json_t *values, const char *key, struct text text)
{
	json_object_set_new(values, key, json_stringn(text.ptr, text.len));
}

json_t *tale_person(struct tale *tale, const struct country *country, struct text company)
{
	struct text given = tale_pick(tale, country->given);
	struct text family = tale_pick(tale, country->family);
	struct text first = country->family_first ? family : given;
	struct text last = country->family_first ? given : family;
	struct text local = local_part(tale, given), domain = domain_of(tale, company);
	json_t *values = json_object();

	tale_put(values, "given", given);
	tale_put(values, "family", family);
	tale_put(values, "name",
	        arena_printf(tale->work.arena, "%.*s %.*s", TEXT_ARG(first), TEXT_ARG(last)));
	json_object_set_new(values, "emails",
	        one_of(json_sprintf("%.*s.%d@%.*s.example", TEXT_ARG(local),
	                (int)tale_random(tale, 900), TEXT_ARG(domain))));
	json_object_set_new(values, "phones", phone_of(tale, country));
	return values;
}

/* ---- companies ---- */

struct text tale_company(struct tale *tale, const struct country *country)
{
	struct text stem = tale_pick(tale, country->companies);
	struct text town = tale_pick(tale, country->towns);

	if (!strcmp(country->language, "ja"))
		return arena_printf(tale->work.arena, "%s%.*s%.*s", country->form, TEXT_ARG(town),
		        TEXT_ARG(stem));
	return arena_printf(
	        tale->work.arena, "%.*s %.*s %s", TEXT_ARG(stem), TEXT_ARG(town), country->form);
}

static json_t *address_of(struct tale *tale, const struct country *country)
{
	json_t *address = json_pack("{s:s, s:s}", "country", country->name, "type", "work");

	tale_put(address, "city", tale_pick(tale, country->towns));
	tale_put(address, "code",
	        arena_printf(tale->work.arena, "%05d", 10000 + (int)tale_random(tale, 80000)));
	return json_pack("[o]", address);
}

static json_t *account_values(struct tale *tale, const struct tale_account *a)
{
	struct text company = tale_company(tale, a->country), domain = domain_of(tale, company);
	json_t *values = json_object();

	tale_put(values, "name", company);
	tale_put(values, "type", tale_pick(tale, "Customer|Customer|Customer|Prospect|Partner"));
	tale_put(values, "industry", text_of(CHOICES[tale_random(tale, INDUSTRIES)].name));
	tale_put(values, "size", tale_pick(tale, "1-10|11-50|11-50|51-200|201-1000"));
	tale_put(values, "health", tale_pick(tale, "good|good|good|watch|risk"));
	tale_put(values, "tier", tale_pick(tale, "A|B|B|C|C"));
	json_object_set_new(values, "owner", json_integer(a->owner));
	json_object_set_new(values, "phones", phone_of(tale, a->country));
	json_object_set_new(values, "addresses", address_of(tale, a->country));
	json_object_set_new(
	        values, "urls", one_of(json_sprintf("https://%.*s.example/", TEXT_ARG(domain))));
	return values;
}

static bool add_account(struct tale *tale, struct tale_account *a)
{
	a->country = &demo_countries[tale_random(tale, demo_countries_len)];
	a->since = 60 + (int64_t)tale_random(tale, YEARS_DAYS - 60);
	a->owner = tale_staff(tale, &tale->sellers);
	tale_act(tale, a->owner, tale_time(tale, a->since));
	return tale_begin(tale) && tale_new(tale, CRM_ACCOUNT, account_values(tale, a), &a->id);
}

static bool add_contact(struct tale *tale, struct tale_account *a, bool primary)
{
	json_t *values;

	if (!tale_begin(tale))
		return false;
	values = tale_person(tale, a->country, TEXT("example"));
	tale_put(values, "job_title",
	        tale_pick(tale, "Owner|Fleet manager|Purchasing|Office|Geschäftsführung|"
	                        "Einkauf|Directeur|Acquisti"));
	json_object_set_new(values, "accounts",
	        json_pack("[{s:I, s:b}]", "account", (json_int_t)a->id, "primary", primary));
	tale_act(tale, a->owner, tale_time(tale, a->since - (primary ? 0 : 20)));
	return tale_new(tale, CRM_CONTACT, values, &a->contacts[a->contacts_len++]);
}

static bool add_need_and_relation(struct tale *tale, struct tale_account *a)
{
	struct tale_account *other = &tale->accounts[tale_random(tale, TALE_ACCOUNTS)];

	if (tale_chance(tale, 30) &&
	        !tale_row(tale, CRM_NEED, a->id,
	                json_pack("{s:s, s:s, s:i, s:s, s:s}", "text",
	                        tale_chance(tale, 50) ? "Bikes that take a euro pallet"
	                                              : "Ein zweiter Standort ab Sommer",
	                        "urgency", tale_chance(tale, 40) ? "high" : "medium", "budget",
	                        200000 + (int)tale_random(tale, 40) * 100000, "next_review",
	                        tale_date(tale, -(int64_t)tale_random(tale, 90)).ptr, "state",
	                        "open"),
	                NULL))
		return false;
	return a == other || !tale_chance(tale, 15) ||
	       tale_row(tale, CRM_RELATION, a->id,
	               json_pack("{s:I, s:s}", "account", (json_int_t)other->id, "kind",
	                       tale_chance(tale, 50) ? "partner" : "reseller"),
	               NULL);
}

bool tale_accounts(struct tale *tale)
{
	for (size_t i = 0; i < TALE_ACCOUNTS; i++)
		if (!add_account(tale, &tale->accounts[i]))
			return false;
	if (!tale_flush(tale))
		return false;
	for (size_t i = 0; i < TALE_ACCOUNTS; i++)
		for (uint64_t n = 1 + tale_random(tale, 3); n; n--)
			if (!add_contact(tale, &tale->accounts[i], !tale->accounts[i].contacts_len))
				return false;
	if (!tale_flush(tale))
		return false;
	for (size_t i = 0; i < TALE_ACCOUNTS; i++)
		if (!add_need_and_relation(tale, &tale->accounts[i]))
			return false;
	return tale_flush(tale);
}

bool demo_crm(struct desk *desk)
{
	struct tale *tale = arena_make(desk->work.arena, struct tale);
	int64_t now = desk->work.now;
	bool ok;

	/* The house itself tells it. */
	desk->work.who = NULL;
	tale->desk = desk;
	tale->random = 0x9E3779B97F4A7C15;
	tale->today = now - now % A_DAY;
	tale_act(tale, 0, now);
	ok = tale_setup(tale) && tale_accounts(tale) && tale_leads(tale) && tale_deals(tale) &&
	     tale_cases(tale) && tale_flush(tale);
	desk->work.now = now;
	return ok;
}
