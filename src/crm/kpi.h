/* kpi.h - every figure of the CRM: one row each in kpi.tbl.h, worked out from what happened
 * (crm_event) as it was known at a moment, for a period, of somebody.
 *
 *     kpi_open(work, &frame)                 a book: reads what figures want, once, when wanted
 *     kpi_gather(book, kpi, &scope, &tally)  the records behind a figure, each with its share of it
 *     kpi_work_out(kpi, &tally, &figure)     the number
 *
 * A figure is a list of points (records and what they count for) and a rule that makes one number
 * of them; so the number and the list behind it cannot differ. The same points, grouped, give it by
 * rep, stage, campaign or source.
 * Rights are not asked here: whose records count is what the scope says (view/figures.h makes it).
 * Memory: in work->arena. Threads: with a reader, any; a book belongs to one work. */
#ifndef KONTOR_CRM_KPI_H
#define KONTOR_CRM_KPI_H

#include "crm/hours.h"
#include "crm/noun.h"
#include "store/plan.h"

enum kpi_unit { KPI_COUNT, KPI_MONEY, KPI_PERCENT, KPI_SECONDS, KPI_DAYS };

/* How points become a number. `base`: what the tally says beside them. */
enum kpi_rule {
	KPI_NUMBER,   /* how many */
	KPI_SUM,      /* of their values */
	KPI_SHARE,    /* of the good ones' values in all values, per cent; none without any */
	KPI_MEDIAN,   /* of their values; none without any */
	KPI_HIGHEST,  /* of their values; none without any */
	KPI_OF_BASE,  /* sum / base, per cent; none where base is not above 0 */
	KPI_BASE_PER, /* base / number; none without any */
	KPI_RETURN,   /* (sum - base) / base, per cent; none where base is not above 0 */
	KPI_PER_100   /* number * 100 / base; none where base is not above 0 */
};

enum kpi_page {
	KPI_HOME = 1,
	KPI_SALES = 2,
	KPI_SUPPORT = 4,
	KPI_MANAGER = 8,
	KPI_COMPANY = 16,
	KPI_CAMPAIGNS = 32
};

struct kpi_book;
struct kpi_scope;
struct kpi_tally;
typedef bool kpi_gather_fn(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally);

struct kpi {
	const char *name; /* in URLs and JSON */
	enum kpi_unit unit;
	enum kpi_rule rule;
	enum crm_noun noun; /* what is listed behind it */
	int better;         /* 1: more is, -1: less is, 0: neither */
	unsigned pages;     /* the dashboards it is on */
	kpi_gather_fn *gather;
	const char *label;      /* for people, English */
	const char *definition; /* a sentence for people */
};
/* NULL: there is none. */
const struct kpi *kpi_find(struct text name);
/* i-th of all; NULL behind the last. */
const struct kpi *kpi_at(size_t i);
/* "count", "money" (hundredths), "percent", "seconds", "days" */
const char *kpi_unit_name(enum kpi_unit unit);

/* ---- when, and whose ---- */
struct kpi_frame {
	int64_t from,
	        to;    /* the period: UTC seconds of midnights in the company's zone, [from, to) */
	int64_t as_of; /* what happened at or after this instant is not known yet */
	const struct hours *hours; /* and the company's zone */
	int64_t company;           /* the group everybody is in */
	int64_t goals_of;          /* principal whose goals count: a user, a team, the company */
};
struct kpi_scope {
	/* By noun: holders, ascending; NULL: everybody's. At 0 those whose doing (notes, meetings,
	 * tasks) counts. */
	const struct ids *seen[CRM_CASE + 1];
	const struct ids *who; /* owners and queues, ascending; NULL: all of these */
};

/* ---- points ---- */
struct kpi_point {
	int64_t record; /* or a row (costs) */
	int64_t owner, team, campaign;
	int64_t stage;  /* stage of deals, priority of cases (1 to 9), else 0 */
	int64_t source; /* of leads: number of a word, kpi_word() */
	int64_t at;     /* when it came to count: won, closed, created ..., else 0 */
	double value;
	bool good;
};
VEC_OF(kpi_points, struct kpi_point);
struct kpi_tally {
	struct kpi_points points;
	double base;
};

struct kpi_book *kpi_open(struct work *work, const struct kpi_frame *frame);
/* For another period or moment; what was read is kept where it suffices. */
struct kpi_book *kpi_other(struct kpi_book *book, int64_t from, int64_t to, int64_t as_of);
const struct kpi_frame *kpi_frame(const struct kpi_book *book);
/* The moment at which stocks are told: the end of the period, or as_of if that is earlier. */
int64_t kpi_end(const struct kpi_book *book);
/* Does what this owner or queue holds count? */
bool kpi_counts(const struct kpi_book *book, const struct kpi_scope *scope, enum crm_noun noun,
        int64_t owner, int64_t team);
struct text kpi_word(const struct kpi_book *book, int64_t number);
bool kpi_gather(struct kpi_book *book, const struct kpi *kpi, const struct kpi_scope *scope,
        struct kpi_tally *tally) must_check;

/* ---- numbers ---- */
struct kpi_line { /* the reps of a team beside each other */
	int64_t reps;
	double median, mean, low, high; /* quartiles */
};
struct kpi_figure {
	const struct kpi *kpi;
	bool none;    /* there is no number: nothing closed, no goal ... */
	double value; /* in the unit */
	int64_t n;    /* points */
	bool spread;  /* of KPI_MEDIAN: mean and ninth decile are told */
	double mean, p90;
};
void kpi_work_out(const struct kpi *kpi, const struct kpi_tally *tally, struct kpi_figure *figure);
/* `fraction` of the way from the lowest to the highest of sorted values, between neighbours in
 * proportion (0.5: the median). */
double kpi_quantile(const double *sorted, size_t len, double fraction);

enum kpi_by { KPI_BY_OWNER, KPI_BY_TEAM, KPI_BY_CAMPAIGN, KPI_BY_STAGE, KPI_BY_SOURCE };
struct kpi_group {
	int64_t key;
	struct kpi_tally tally; /* base: the whole one's */
};
VEC_OF(kpi_groups, struct kpi_group);
/* Points by key, keys ascending; 0 is those without. */
void kpi_group(struct kpi_book *book, const struct kpi_tally *tally, enum kpi_by by,
        struct kpi_groups *groups);
/* The line of `team` (users): over those with at least 5 cases behind their value, or where the
 * value is a number, closed in the period. False: hidden, as there are fewer than 3 of them. */
struct kpi_lines {
	const struct kpi *kpi;
	const struct kpi_tally *tally, *closed; /* company-wide; closed: of figure cases_closed */
	const struct ids *team;
};
bool kpi_line(struct kpi_book *book, const struct kpi_lines *asked, struct kpi_line *line);

/* ---- stages and goals ---- */
struct kpi_stage {
	int64_t id, pipeline, position, chance;
	struct text name;
	int state; /* 0 open, 1 won, 2 lost */
};
VEC_OF(kpi_stages, struct kpi_stage);
/* Of all pipelines, in order of pipeline and position. */
bool kpi_stages(struct kpi_book *book, const struct kpi_stages **stages) must_check;

struct kpi_goal {
	int64_t id, who;
	struct text metric, from, to; /* dates as they were set */
	double target, to_date, reached;
};
VEC_OF(kpi_goals, struct kpi_goal);
/* The part of the goals of a principal that is due in [from, to), which lies within the period. */
bool kpi_goal_for(struct kpi_book *book, int64_t principal, struct text metric, int64_t from,
        int64_t to, double *target) must_check;
/* The goals of a principal that cover the end of the period, with what was reached; `scope`: whose
 * records count for it. */
bool kpi_goals(struct kpi_book *book, int64_t principal, const struct kpi_scope *scope,
        struct kpi_goals *goals) must_check;

#endif
