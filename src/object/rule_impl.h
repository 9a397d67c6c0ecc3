/* rule_impl.h - inside object/ only: what a rule is made of.
 * Memory: as ical_rule.h. Threads: pure. */
#ifndef KONTOR_OBJECT_RULE_IMPL_H
#define KONTOR_OBJECT_RULE_IMPL_H

#include "object/ical_rule.h"

struct rule_weekday {
	int8_t nth; /* 0: every; negative: from the end */
	int8_t day; /* 0 Sunday */
};

enum rule_skip { RULE_OMIT, RULE_BACKWARD, RULE_FORWARD };

enum { RULE_LIST_MAX = 400, RULE_TIMES_MAX = 1440 };

VEC_OF(rule_numbers, int16_t);

struct rule {
	struct text value;  /* as written */
	struct text rscale; /* absent: Gregorian */
	enum rule_freq freq;
	enum rule_skip skip;
	int64_t interval;
	int64_t count; /* 0: none */
	bool has_until;
	struct when until;
	int week_start; /* 0 Sunday */
	/* Masks; 0: the part is not there. */
	uint64_t seconds;
	uint64_t minutes;
	uint64_t hours;
	uint32_t months;          /* bit 1 is January */
	bool leap_months;         /* "5L" (RFC 7529): in calendars other than ours */
	uint32_t month_days;      /* bit 1 is the first */
	uint32_t month_days_back; /* bit 1 is the last */
	struct rule_numbers year_days;
	struct rule_numbers weeks;
	struct rule_numbers positions;
	VEC(struct rule_weekday) weekdays;
	uint32_t weekdays_any; /* mask of those with nth 0 */
	bool weekdays_nth;     /* there are others */
};

/* Calendars other than ours: by libical, one time at a call. NULL: it does not know the rule. */
struct rscale_walk;
struct rscale_walk *rscale_walk(struct arena *arena, const struct rule *rule, struct when start);
bool rscale_walk_next(struct rscale_walk *walk, int64_t *wall);
bool rscale_known(struct text name);
/* Once, at start: libical must not abort over what clients send. */
void rscale_setup(void);

#endif
