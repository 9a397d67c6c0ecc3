/* demo_impl.h - what the files that tell the demo company's business share. Nobody else includes
 * it. */
#ifndef KONTOR_APP_DEMO_IMPL_H
#define KONTOR_APP_DEMO_IMPL_H

#include <jansson.h>

#include "app/desk.h"
#include "crm/draft.h"
#include "people/who.h"

enum { A_DAY = 86400, AN_HOUR = 3600, YEARS_DAYS = 730 };
enum { TALE_ACCOUNTS = 160, TALE_LEADS = 760, TALE_DEALS = 560, TALE_CASES = 560 };

struct staff_list {
	int64_t at[40];
	size_t len;
};

struct tale_account {
	int64_t id, contacts[3], owner, team, since;
	size_t contacts_len;
	const struct country *country;
};

struct country {
	const char *language, *calling, *currency;
	int family_first;
	const char *given, *family, *companies, *form, *towns, *name;
};
extern const struct country demo_countries[];
extern const size_t demo_countries_len;

/* Where an id goes once the batch is stored. */
struct tale_pending {
	int64_t *id;
	const struct crm_draft *draft;
	int64_t parent; /* what it belongs to may change with it; 0: nothing */
};

struct tale {
	struct desk *desk;
	struct work work; /* of the batch */
	struct plan *plan;
	struct who who;                   /* whoever acts; sees everything */
	int64_t at;                       /* when */
	VEC(struct tale_pending) pending; /* of the batch */
	uint64_t random;
	int64_t today; /* midnight UTC */
	struct staff_list sellers, helpers;
	struct tale_account accounts[TALE_ACCOUNTS];
	int64_t campaigns[16], campaign_from[16], campaign_days[16];
	size_t campaigns_len;
	int64_t stages[6]; /* four open ones in order, won, lost */
};

/* ---- chance, the same every time ---- */
uint64_t tale_random(struct tale *tale, uint64_t below);
/* True in so many of a hundred cases. */
bool tale_chance(struct tale *tale, unsigned percent);
/* One of "a|b|c". */
struct text tale_pick(struct tale *tale, const char *list);
/* A time of a working day, so many days before today. */
int64_t tale_time(struct tale *tale, int64_t days_ago);
int64_t tale_staff(struct tale *tale, const struct staff_list *list);

/* ---- telling ---- */
/* `who` acts at `at` from now on; 0: the house. */
void tale_act(struct tale *tale, int64_t who, int64_t at);
/* Sees to it that there is a batch, in whose arena (tale->work.arena) values can be made. */
bool tale_begin(struct tale *tale) must_check;
/* A new record, or row (`parent` 0: none): `values` are taken over. *id (may be NULL) is filled
 * once the batch is stored. */
bool tale_new(struct tale *tale, enum crm_noun noun, json_t *values, int64_t *id) must_check;
bool tale_row(struct tale *tale, enum crm_noun noun, int64_t parent, json_t *values,
        int64_t *id) must_check;
/* A change to one that is stored. */
bool tale_change(struct tale *tale, enum crm_noun noun, int64_t id, json_t *values) must_check;
/* A note of what was said: category "Call", "Mail", "Note"; direction "in", "out", "internal". */
bool tale_said(struct tale *tale, int64_t about, const char *category, const char *direction,
        struct text words) must_check;
struct text tale_words(struct tale *tale);
/* Stores what is told so far. */
bool tale_flush(struct tale *tale) must_check;

/* ---- the chapters ---- */
bool tale_setup(struct tale *tale) must_check;
bool tale_accounts(struct tale *tale) must_check;
bool tale_leads(struct tale *tale) must_check;
bool tale_deals(struct tale *tale) must_check;
bool tale_cases(struct tale *tale) must_check;
/* That day, "2026-05-31"; `days_ago` below 0: one to come. */
struct text tale_date(struct tale *tale, int64_t days_ago);
/* What costs so much, in hundredths, in another currency; round. */
int64_t tale_price(const char *currency, int64_t euro);
/* Sets a text. */
void tale_put(json_t *values, const char *key, struct text text);
struct text tale_company(struct tale *tale, const struct country *country);
/* A person's values: names, mail, phone. */
json_t *tale_person(struct tale *tale, const struct country *country, struct text company);

#endif
