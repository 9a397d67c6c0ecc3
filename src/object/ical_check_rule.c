#include "object/ical_check_rule.h"

#include "object/ical_rule.h"

enum { BUSY_MAX = 100, YEAR = 366 * 86400, INSTANCES_MAX = 10000 };

static bool too_many(struct err *err, int64_t max)
{
	return err_set(err, ERR_MAX_INSTANCES, "RRULE: more than %lld", (long long)max);
}

/* DTSTART, or what stands in for it. */
static struct when start_of(const struct ical *ical, const struct ical_comp *comp)
{
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_DTSTART);
	struct when start = { .wall = 0 };

	if (!prop)
		prop = ical_prop(comp, ICAL_P_DUE);
	if (prop && !when_of(ical, prop, &start))
		start = (struct when){ .wall = 0 };
	return start;
}

/* whole: no UNTIL has cut off what the rule would yield. */
static bool count_all(
        struct err *err, struct rule_walk *walk, bool whole, int64_t last, int64_t max)
{
	int64_t wall, found = 0;
	int busy = 0;

	for (;;) {
		enum rule_step step = rule_walk_next(walk, &wall);

		if (step == RULE_BUSY && ++busy > BUSY_MAX)
			return err_set(err, ERR_VALID_CALENDAR_DATA, "RRULE: it yields nothing");
		if (step == RULE_END && !found && whole)
			return err_set(err, ERR_VALID_CALENDAR_DATA, "RRULE: it yields nothing");
		if (step == RULE_END || (step == RULE_TIME && wall > last))
			return true;
		if (step == RULE_TIME && ++found > max)
			return too_many(err, max);
	}
}

bool ical_check_rule(struct arena *arena, struct err *err, const struct ical *ical,
        const struct ical_comp *comp, const struct ical_prop *prop,
        const struct ical_limits *limits)
{
	int64_t max = limits->max_instances ? limits->max_instances : INSTANCES_MAX;
	struct when start = start_of(ical, comp), until;
	struct rule_walk *walk;
	struct rule *rule;
	bool finite;

	if (!rule_read(arena, err, prop->value, &rule))
		return false;
	if (start.is_date && rule_freq(rule) < RULE_DAILY)
		return err_set(
		        err, ERR_VALID_CALENDAR_DATA, "RRULE: days do not recur by the hour");
	if (rule_count(rule) > max)
		return too_many(err, max);
	finite = rule_count(rule) || rule_until(rule, &until);
	/* UNTIL before DTSTART is what some clients make of a series that was cut off. */
	if (!rule_count(rule) && finite && until.wall < start.wall + 86400)
		return true;
	walk = rule_walk(arena, rule, start);
	return count_all(err, walk, rule_count(rule) || !finite,
	        finite ? INT64_MAX : start.wall + YEAR, max);
}
