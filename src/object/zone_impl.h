/* zone_impl.h - inside object/ only: what a zone is made of, and who makes it.
 * Memory, Threads: as zone.h. */
#ifndef KONTOR_OBJECT_ZONE_IMPL_H
#define KONTOR_OBJECT_ZONE_IMPL_H

#include "object/zone.h"

struct change {
	int64_t at;     /* UTC: from then on */
	int32_t offset; /* seconds east */
	bool dst;
	struct text abbr;
};
VEC_OF(changes_of_zone, struct change);

/* A yearly change as POSIX TZ strings say it: the day, then seconds after midnight. */
struct zone_day {
	enum { ZONE_DAY_JULIAN, ZONE_DAY_ZERO, ZONE_DAY_MONTH } form;
	int month, week, weekday; /* ZONE_DAY_MONTH; week 5 is the last */
	int day;                  /* the others */
	int32_t time;
};

/* What holds after the last change of the file. */
struct zone_rule {
	struct change standard; /* `at` means nothing in these two */
	struct change daylight;
	bool has_daylight;
	struct zone_day start; /* of daylight time, in standard wall time */
	struct zone_day end;   /* in daylight wall time */
};

struct zone {
	struct text name;
	struct change first; /* what holds before the first change */
	struct changes_of_zone changes;
	bool has_rule;
	struct zone_rule rule;
	/* Index of the first change from which on the rule explains every one. */
	size_t ruled_from;
};

enum { ZONE_LAST_YEAR = 2100 }; /* changes are listed so far; then they repeat every 28 years */

/* From the bytes of a TZif file (RFC 8536); NULL if it is none. */
struct zone *zone_from_file(struct arena *arena, struct text name, struct text bytes);
/* When the changes of that year are, in UTC. */
int64_t zone_rule_start(const struct zone_rule *rule, int64_t year);
int64_t zone_rule_end(const struct zone_rule *rule, int64_t year);

#endif
