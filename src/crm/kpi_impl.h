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

struct kpi_traits { /* of a case, that no event tells */
	int64_t record, priority, due, response_due, created;
	bool is_complaint;
};
VEC_OF(kpi_traits_list, struct kpi_traits);

/* A deal, lead or case as it was at some moment. */
struct kpi_fact {
	const struct kpi_story *story;
	int64_t record, created; /* created 0: before what was read */
	int64_t closed;          /* when it came to the end it is at: won, lost, dead ... */
	int64_t owner, team, campaign;
	uint32_t source; /* a word */
	uint8_t noun, state;
	bool is_there; /* created, not deleted or merged */
	union {
		struct {
			/* chance -1: its stage's; close: midnight UTC of the date */
			int64_t stage, entered, amount, chance, close;
			uint32_t forecast; /* a word */
		} deal;
		struct {
			/* responded, response: when, and after how many seconds; 0: not */
			int64_t status, responded, response;
			int64_t converted, deal, first_campaign;
		} lead;
		struct {
			/* resolved, to be confirmed, since; 0: is not */
			int64_t resolved, responded, response;
			const struct kpi_traits *traits; /* NULL: none known */
			uint32_t status;                 /* a word */
		} support;
	};
};
VEC_OF(kpi_facts, struct kpi_fact);

struct kpi_visit { /* a stay in a stage, also in one that closes */
	const struct kpi_story *story;
	int64_t stage, entered, left; /* left 0: still there at the as-of time */
	int64_t owner, team, campaign;
	uint32_t source;
	int state;
	bool first; /* the deal had not been in this stage before */
};
VEC_OF(kpi_visits, struct kpi_visit);

struct kpi_cost {
	int64_t row, campaign, at, amount;
};
VEC_OF(kpi_costs, struct kpi_cost);

struct kpi_target { /* a goal */
	int64_t row, who, from, to;
	const json_t *values;
};
VEC_OF(kpi_targets, struct kpi_target);

struct kpi_words {
	struct map *numbers;
	struct texts texts; /* 0: the empty word */
	struct text last;
	uint32_t last_number;
};

/* What was read, shared by books of other periods. */
struct kpi_shelf {
	bool have_deals, have_cases, have_stages, have_costs, have_targets;
	struct kpi_words words;
	struct kpi_stages stages;
	struct kpi_stories deals, cases, leads;
	int64_t known; /* events before this instant were read */
	/* Of leads those from this one on, traits of cases as this period needs; INT64_MAX: none.
	 */
	int64_t leads_from, traits_from;
	struct kpi_costs costs;
	struct kpi_targets targets;
	struct kpi_traits_list traits;
	uint32_t pending, resolved, commit, best; /* words */
};
struct kpi_book {
	struct work *work;
	struct kpi_frame frame;
	int64_t end;
	struct kpi_shelf *shelf;
	/* as of the end of this frame */
	struct kpi_facts *deals, *leads, *cases;
	struct kpi_visits *visits;
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
/* A record of that noun of which nothing has happened yet; then each thing that did. */
struct kpi_fact kpi_fact(enum crm_noun noun, const struct kpi_story *story);
void kpi_apply(const struct kpi_book *book, struct kpi_fact *fact, const struct kpi_event *event);
/* As it was at an instant: what happened before it counts. */
struct kpi_fact kpi_fact_at(const struct kpi_book *book, enum crm_noun noun,
        const struct kpi_story *story, int64_t instant);
void kpi_apply_deal(
        const struct kpi_book *book, struct kpi_fact *deal, const struct kpi_event *event);
void kpi_apply_lead(struct kpi_fact *lead, const struct kpi_event *event);
void kpi_apply_case(
        const struct kpi_book *book, struct kpi_fact *is, const struct kpi_event *event);
typedef bool kpi_facts_fn(struct kpi_book *book, const struct kpi_facts **facts);
/* At the end. */
kpi_facts_fn kpi_deals must_check;
kpi_facts_fn kpi_cases must_check;
/* At the as-of time, of what something happened to in P. */
kpi_facts_fn kpi_leads must_check;
bool kpi_visits(struct kpi_book *book, const struct kpi_visits **visits) must_check;
bool kpi_costs(struct kpi_book *book, const struct kpi_costs **costs) must_check;
bool kpi_targets(struct kpi_book *book, const struct kpi_targets **targets) must_check;
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
/* Whose it is, and what it counts for as a rule: a deal its amount, others 1. */
struct kpi_point *kpi_add_fact(
        struct kpi_book *book, struct kpi_tally *tally, const struct kpi_fact *fact);
typedef bool kpi_test_fn(const struct kpi_book *book, const struct kpi_fact *fact);
typedef void kpi_shape_fn(
        const struct kpi_book *book, const struct kpi_fact *fact, struct kpi_point *point);
/* A point for each of these facts that is there, counts and passes; `shape` (or NULL) says what it
 * counts for. */
bool kpi_pick(struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally,
        kpi_facts_fn *facts_of, kpi_test_fn *test, kpi_shape_fn *shape) must_check;
#define KPI_PICK(name, facts_of, test, shape) \
	bool kpi_of_##name( \
	        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally) \
	{ \
		return kpi_pick(book, scope, tally, facts_of, test, shape); \
	}

#define KPI(name, unit, rule, noun, better, pages, label, definition) kpi_gather_fn kpi_of_##name;
#include "crm/kpi.tbl.h"
#undef KPI

#endif
