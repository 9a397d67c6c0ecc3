/* kpi_impl.h - what crm/kpi*.c share: the events of a noun as stories, one a record, and what they
 * come to. Memory, threads: kpi.h. */
#ifndef KONTOR_CRM_KPI_IMPL_H
#define KONTOR_CRM_KPI_IMPL_H

#include "base/map.h"
#include "crm/draft.h"
#include "crm/kpi.h"

enum { KPI_DAY = 86400, KPI_YEAR = 365 * KPI_DAY };

struct kpi_event {
	int64_t record, at, id;
	int64_t owner, team, campaign, from_num, to_num, seconds;
	uint32_t source, word; /* numbers of words; word: to_value */
	uint8_t what, via;
};
struct kpi_story { /* what happened to one record, in order */
	int64_t record;
	const struct kpi_event *at;
	size_t len;
};
VEC_OF(kpi_stories, struct kpi_story);

struct kpi_deal { /* as it was at some moment */
	const struct kpi_story *story;
	int64_t record, created;
	int64_t stage, entered, closed; /* closed: when it became won or lost */
	int64_t amount, chance, close; /* chance -1: its stage's; close: midnight UTC of the date */
	int64_t owner, team, campaign;
	uint32_t source, forecast; /* words */
	int state;
	bool is_there; /* created, not deleted or merged */
};
VEC_OF(kpi_deals, struct kpi_deal);

struct kpi_visit { /* a stay in a stage, also in one that closes */
	const struct kpi_story *story;
	int64_t stage, entered, left; /* left 0: still there at the as-of time */
	int64_t owner, team, campaign;
	uint32_t source;
	int state;
	bool first; /* the deal had not been in this stage before */
};
VEC_OF(kpi_visits, struct kpi_visit);

struct kpi_lead {
	int64_t record, created; /* created 0: before what was read */
	int64_t status, closed;
	int64_t responded, response; /* when, and after how many seconds; 0: not */
	int64_t converted, deal;
	int64_t owner, team, campaign, first_campaign;
	uint32_t source;
	int state;
	bool is_there;
};
VEC_OF(kpi_leads, struct kpi_lead);

struct kpi_case {
	const struct kpi_story *story;
	int64_t record, created, closed;
	int64_t resolved; /* resolved, to be confirmed, since; 0: is not */
	int64_t responded, response;
	int64_t owner, team;
	uint32_t status; /* a word */
	int state;
	bool is_there;
	const struct kpi_traits *traits; /* NULL: none known */
};
VEC_OF(kpi_cases, struct kpi_case);
struct kpi_traits { /* of a case, that no event tells */
	int64_t record, priority, due, response_due, created;
	bool is_complaint;
};
VEC_OF(kpi_traits_list, struct kpi_traits);

struct kpi_cost {
	int64_t row, campaign, at, amount;
};
VEC_OF(kpi_costs, struct kpi_cost);

struct kpi_words {
	struct map *numbers;
	struct texts texts; /* 0: the empty word */
	struct text last;
	uint32_t last_number;
};

/* What was read, shared by books of other periods. */
struct kpi_shelf {
	bool have_deals, have_cases, have_stages, have_costs;
	struct kpi_words words;
	struct kpi_stages stages;
	struct kpi_stories deals, cases, leads;
	int64_t known; /* events before this instant were read */
	/* Of leads those from this one on, traits of cases as this period needs; INT64_MAX: none.
	 */
	int64_t leads_from, traits_from;
	struct kpi_costs costs;
	struct kpi_traits_list traits;
	uint32_t pending, resolved, commit, best; /* words */
};
struct kpi_book {
	struct work *work;
	struct kpi_frame frame;
	int64_t end;
	struct kpi_shelf *shelf;
	/* as of the end of this frame */
	struct kpi_deals *deals;
	struct kpi_visits *visits;
	struct kpi_leads *leads;
	struct kpi_cases *cases;
};

/* ---- reading (kpi_load.c) ---- */
/* Events of a noun in [from, known), as stories. */
bool kpi_read(struct kpi_book *book, enum crm_noun noun, int64_t from,
        struct kpi_stories *stories) must_check;
/* All deals. */
bool kpi_read_deals(struct kpi_book *book, struct kpi_stories *stories) must_check;
/* The stories of the records the rows are of: a statement that gives whole events. */
bool kpi_read_rows(
        struct kpi_book *book, struct db_rows *rows, struct kpi_stories *stories) must_check;
uint32_t kpi_word_of(struct kpi_book *book, struct text word);
const struct kpi_stage *kpi_stage(const struct kpi_book *book, int64_t id);
/* A number at the top level of a record's values, without reading all of them; 0: not there. */
int64_t kpi_peek_int(struct text fields, const char *key);
bool kpi_peek_is(struct text fields, const char *key, const char *value);
/* Midnight of a "2026-05-31" in the company's zone, as UTC; 0: none. */
int64_t kpi_midnight(const struct kpi_book *book, struct text date);

/* ---- stories to facts ---- */
bool kpi_deals(struct kpi_book *book, const struct kpi_deals **deals) must_check;
/* One deal as it was at an instant (what happened before it counts). */
void kpi_deal_at(struct kpi_book *book, const struct kpi_story *story, int64_t instant,
        struct kpi_deal *deal);
void kpi_deal_apply(struct kpi_book *book, struct kpi_deal *deal, const struct kpi_event *event);
bool kpi_visits(struct kpi_book *book, const struct kpi_visits **visits) must_check;
/* Of the records that something happened to in P, or in the days before it. */
bool kpi_leads(struct kpi_book *book, const struct kpi_leads **leads) must_check;
/* One case as it was at an instant (what happened before it counts); cases were read. */
void kpi_case_at(const struct kpi_book *book, const struct kpi_story *story, int64_t instant,
        struct kpi_case *is);
bool kpi_cases(struct kpi_book *book, const struct kpi_cases **cases) must_check;
void kpi_lead_apply(struct kpi_book *book, struct kpi_lead *lead, const struct kpi_event *event);
bool kpi_costs(struct kpi_book *book, const struct kpi_costs **costs) must_check;
static inline bool kpi_is_human(const struct kpi_event *event)
{
	return event->via != VIA_RULE && event->via != VIA_CLOCK && event->via != VIA_FORM;
}

/* ---- points ---- */
static inline bool kpi_within(const struct kpi_book *book, int64_t at)
{
	return at >= book->frame.from && at < book->end;
}
struct kpi_point *kpi_add(struct kpi_book *book, struct kpi_tally *tally, int64_t record);
struct kpi_point *kpi_add_deal(
        struct kpi_book *book, struct kpi_tally *tally, const struct kpi_deal *deal);
struct kpi_point *kpi_add_case(
        struct kpi_book *book, struct kpi_tally *tally, const struct kpi_case *is);
static inline double kpi_deal_weight(const struct kpi_book *book, const struct kpi_deal *deal)
{
	const struct kpi_stage *stage = deal->chance < 0 ? kpi_stage(book, deal->stage) : NULL;

	return (double)(deal->chance >= 0 ? deal->chance : stage ? stage->chance : 0);
}

#define KPI(name, unit, rule, noun, better, pages, label, definition) kpi_gather_fn kpi_of_##name;
#include "crm/kpi.tbl.h"
#undef KPI

#endif
