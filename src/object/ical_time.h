/* ical_time.h - dates, times, durations and periods as iCalendar writes them.
 *
 * A struct when is wall time with its zone, as written; an instant is seconds of UTC. Floating
 * times and dates have no instant until somebody says which zone they are looked at from. Memory:
 * as said. Threads: pure. */
#ifndef KONTOR_OBJECT_ICAL_TIME_H
#define KONTOR_OBJECT_ICAL_TIME_H

#include "object/zone.h"

#define ICAL_NEVER INT64_MIN /* before everything: an open start */
#define ICAL_EVER  INT64_MAX /* after everything: an open end */

struct when {
	int64_t wall;            /* seconds since 1970 as if it were UTC; midnight of a date */
	const struct zone *zone; /* zone_utc() for ...Z; NULL: floating, or a date */
	bool is_date;
};

/* [start, end) in UTC seconds; ICAL_NEVER and ICAL_EVER are open. */
struct ical_range {
	int64_t start;
	int64_t end;
};

/* Days since 1970-01-01 in the proleptic Gregorian calendar, and back. */
int64_t days_of(int64_t year, int month, int day);
void days_to(int64_t days, int64_t *year, int *month, int *day);

int days_in_month(int64_t year, int month);

/* "20260131", "20260131T120000", "20260131T120000Z"; real dates only, second 60 is 59. `zone` is
 * for those without Z. False on anything else. */
bool when_read(struct text text, const struct zone *zone, struct when *when) must_check;
/* The first value of a DATE or DATE-TIME property, by its TZID; false if it has none that reads. */
bool when_of(const struct ical *ical, const struct ical_prop *prop, struct when *when) must_check;
/* The zone its TZID names; NULL: none, or not known. */
const struct zone *prop_zone(const struct ical *ical, const struct ical_prop *prop);
/* UTC seconds; `floating` is the zone of floating times and dates (NULL: UTC). */
int64_t when_utc(struct when when, const struct zone *floating);
/* "20260131T120000Z" (or the date, or floating): what stands after the colon. */
struct text when_write(struct arena *arena, struct when when);
/* The same into 16 bytes, without NUL; returns how many; its parts: the date of that many days
 * since 1970, and the time of day behind it. */
size_t wall_put(char to[16], int64_t wall, bool is_date, bool is_utc);
void date_put(char to[8], int64_t days);
size_t clock_put(char to[8], int64_t seconds, bool is_utc);
/* Days since 1970 of a wall time, rounded down. */
int64_t wall_days(int64_t wall);
/* The same, of an instant. */
struct text utc_write(struct arena *arena, int64_t utc);

/* RFC 5545 3.3.6. Days and weeks are nominal (they survive a change of the clocks), the rest exact.
 */
struct duration {
	int64_t days;
	int64_t seconds;
};
bool duration_read(struct text text, struct duration *duration) must_check;
struct text duration_write(struct arena *arena, int64_t seconds);
struct when when_add(struct when when, struct duration duration);

/* "start/end" or "start/duration" to whens. */
bool period_read(
        struct text text, const struct zone *zone, struct when *start, struct when *end) must_check;
/* "+0100", "-033015" to seconds. */
bool offset_read(struct text text, int32_t *seconds) must_check;

#endif
