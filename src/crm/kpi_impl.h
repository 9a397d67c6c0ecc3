/* kpi_impl.h - what crm/kpi*.c share: the events of a noun as stories, one a record, and what they
 * come to. Memory, threads: kpi.h. */
#ifndef KONTOR_CRM_KPI_IMPL_H
#define KONTOR_CRM_KPI_IMPL_H

#include "crm/draft.h"
#include "crm/kpi.h"
#include "crm/kpi_past.h"

enum { KPI_DAY = 86400, KPI_YEAR = 365 * KPI_DAY };

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

/* Facts that were worked out: of which stories, since when, at which instant. */
struct kpi_done {
	const struct kpi_stories *stories;
	int64_t since, instant;
	const struct kpi_facts *facts;
};
/* What was read, shared by books of other periods. */
struct kpi_shelf {
	bool have_stages, have_costs, have_targets, have_statuses;
	const struct kpi_past *past; /* NULL: nobody has asked yet */
	struct kpi_stages stages;
	struct kpi_costs costs;
	struct kpi_targets targets;
	struct ids new_statuses; /* of leads */
	int64_t known;           /* nothing later is asked for */
	VEC(struct kpi_done) done;
	int64_t visits_as_of;
	struct kpi_visits *visits; /* as of that moment */
};
struct kpi_book {
	struct work *work;
	struct kpi_frame frame;
	int64_t end;
	int64_t wall_from, wall_to; /* the period in wall time */
	struct kpi_shelf *shelf;
	/* as of the end of this frame */
	struct kpi_facts *standing;  /* open leads */
	struct kpi_flows *flows;     /* crm/kpi_waterfall.c */
	struct kpi_touches *touches; /* crm/kpi_campaign.c */
};

/* ---- what there is ---- */
/* Reads it at the first question. */
bool kpi_book_past(struct kpi_book *book, const struct kpi_past **past) must_check;
const struct kpi_stage *kpi_stage(const struct kpi_book *book, int64_t id);
/* Midnight of a "2026-05-31" in the company's zone, as UTC; 0: none. */
int64_t kpi_midnight(const struct kpi_book *book, struct text date);

/* ---- facts ---- */
/* At an instant, of each story that something happened in since then; of some others, too. */
const struct kpi_facts *kpi_facts_at(const struct kpi_book *book, const struct kpi_stories *stories,
        int64_t since, int64_t instant);
/* An entry at an instant; NULL: nothing had happened yet. */
const struct kpi_fact *kpi_entry_at(
        const struct kpi_book *book, const struct kpi_entry *entry, int64_t instant);
typedef bool kpi_facts_fn(struct kpi_book *book, const struct kpi_facts **facts);
/* At the end. */
kpi_facts_fn kpi_deals must_check;
kpi_facts_fn kpi_cases must_check;
/* At the as-of time, of what something happened to in P. */
kpi_facts_fn kpi_leads must_check;
bool kpi_visits(struct kpi_book *book, const struct kpi_visits **visits) must_check;
bool kpi_costs(struct kpi_book *book, const struct kpi_costs **costs) must_check;
bool kpi_targets(struct kpi_book *book, const struct kpi_targets **targets) must_check;
/* Ids of the statuses of leads that are of type "new". */
bool kpi_new_statuses(struct kpi_book *book, const struct ids **statuses) must_check;
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
