/* calendar.h - calendar objects: their kind, finding them, and when somebody is busy.
 * Memory: in the work's arena. Threads: with a reader, any. */
#ifndef KONTOR_CALENDAR_CALENDAR_H
#define KONTOR_CALENDAR_CALENDAR_H

#include "object/busy.h"
#include "object/ical_check.h"
#include "object/ical_filter.h"
#include "store/kind.h"

struct settings;

/* Plain calendar objects: stored as sent. jCal (RFC 7265) is taken too and stored as what it says.
 */
extern const struct kind calendar_kind;

/* The limits of RFC 4791 5.2 as settings say them; `kinds` 0. */
struct ical_limits calendar_limits(const struct settings *settings);

struct calendar_search {
	const struct cal_filter *filter;
	const struct zone *floating; /* zone of floating times and dates; NULL: UTC */
	bool body; /* load the bodies of what is found (as long as they are few) */
	size_t max;
};
/* Objects of a collection that match; *more: there are further ones. Candidates come from the index
 * of spans; where the filter and the span decide, no body is read. */
bool calendar_query(struct work *work, const struct scope *scope,
        const struct calendar_search *search, struct items *items, bool *more) must_check;

/* Adds what the objects of a collection say about `window` (whose range is closed) to `busy`. */
bool calendar_busy(struct work *work, const struct scope *scope, const struct ical_window *window,
        struct busy *busy) must_check;

#endif
