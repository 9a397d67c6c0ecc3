/* calendar.h - calendar objects: their kind, finding them, and who is busy when.
 * Memory: in the work's arena. Threads: with a reader, any. */
#ifndef KONTOR_CALENDAR_CALENDAR_H
#define KONTOR_CALENDAR_CALENDAR_H

#include "object/busy.h"
#include "object/ical_check.h"
#include "object/ical_filter.h"
#include "store/kind.h"

/* Calendar objects: stored as sent. jCal (RFC 7265) is taken too and stored as the iCalendar it
 * says. */
extern const struct kind calendar_kind;

/* What may be stored where these component bits are allowed; 0: any. */
struct ical_limits calendar_limits(const struct settings *settings, int64_t components);

/* What to look for in one collection. */
struct calendar_ask {
	const struct scope *scope;
	const struct cal_filter *filter;
	const struct zone *floating; /* where floating times are; NULL: UTC */
	size_t max;                  /* results */
	int64_t deadline;            /* clock_mono_ms() */
};
/* Members that match, in order of name, with their bodies as long as these are not many: a reader
 * of the result loads those that are absent. More than `max`, or not done by the deadline:
 * ERR_NUMBER_OF_MATCHES. */
bool calendar_query(
        struct work *work, const struct calendar_ask *ask, struct items *items) must_check;

/* More than a year, or open: what lies in it may take long to tell, which is work for the slow
 * lane. */
static inline bool calendar_is_long(const struct ical_range *range)
{
	return range->start < range->end - INT64_C(400) * 86400;
}
/* Every object has to be parsed for it, or those of a long time: work for the slow lane. */
bool calendar_query_is_slow(const struct cal_filter *filter);

/* Adds what the objects of a collection say of busy time in the range busy_new() was given,
 * floating times in the zone of `window`.
 * ERR_NUMBER_OF_MATCHES when that is too much. */
bool calendar_busy(struct work *work, const struct scope *scope, const struct ical_window *window,
        struct busy *busy) must_check;

#endif
