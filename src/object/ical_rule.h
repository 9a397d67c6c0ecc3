/* ical_rule.h - RRULE: RFC 5545 3.3.10 with RSCALE and SKIP (RFC 7529).
 *
 * Gregorian rules are expanded here, step by step: every call does a bounded amount of work and
 * says so when the rule yields nothing for long, so that no rule can hold a thread. Other calendars
 * are expanded by libical with ICU; only FREQ=DAILY and slower are accepted there. Memory: arena.
 * Threads: a walk belongs to one thread. */
#ifndef KONTOR_OBJECT_ICAL_RULE_H
#define KONTOR_OBJECT_ICAL_RULE_H

#include "object/ical_time.h"

enum rule_freq {
	RULE_SECONDLY,
	RULE_MINUTELY,
	RULE_HOURLY,
	RULE_DAILY,
	RULE_WEEKLY,
	RULE_MONTHLY,
	RULE_YEARLY
};

struct rule;

/* ERR_VALID_CALENDAR_DATA for what the RFC forbids or what cannot ever be met, ERR_SUPPORTED_RSCALE
 * for a calendar we do not have, ERR_MAX_INSTANCES for recurrence bombs. */
bool rule_read(
        struct arena *arena, struct err *err, struct text value, struct rule **rule) must_check;
enum rule_freq rule_freq(const struct rule *rule);
/* COUNT, or 0; UNTIL, or false. */
int64_t rule_count(const struct rule *rule);
bool rule_until(const struct rule *rule, struct when *until);

/* Walks the recurrence set of `rule` from `start` (which is its first member only if it matches the
 * rule: RFC 5545 leaves that open, and so the caller adds DTSTART itself). Wall times, ascending.
 */
struct rule_walk;
struct rule_walk *rule_walk(struct arena *arena, const struct rule *rule, struct when start);
/* Hint: what lies before this wall time is not wanted. Rules without COUNT jump there. */
void rule_walk_skip(struct rule_walk *walk, int64_t wall);
/* What lies after this wall time is not wanted either: the walk ends there. */
void rule_walk_stop(struct rule_walk *walk, int64_t wall);
enum rule_step { RULE_END, RULE_TIME, RULE_BUSY /* nothing yet; ask again, or give up */ };
enum rule_step rule_walk_next(struct rule_walk *walk, int64_t *wall);

/* Names of calendars for CALDAV:supported-rscale-set. NULL-ended, static. */
const char *const *rule_rscales(void);

#endif
