/* span.h - table event_span: from when to when each calendar object reaches.
 *
 * Rows stand by width, so that a search in time is one short walk per width: an object of at most
 * w seconds that reaches into a range began less than w before it. Only the few that are wider than
 * any width (endless rules above all) are all looked at.
 * Memory: in the work's arena. Threads: pure, or with a reader. */
#ifndef KONTOR_CALENDAR_SPAN_H
#define KONTOR_CALENDAR_SPAN_H

#include "object/ical_facts.h"
#include "store/rows.h"

enum { SPAN_WIDTHS = 4 };

/* event_span.flags: kept in the database, never renumber (or raise the projection's version). */
enum {
	SPAN_PLAIN = 1, /* one instance, exactly from first to last, no alarms, busy or
	                   tentative or free: nothing to parse */
	SPAN_FREE = 2,  /* makes nobody busy */
	SPAN_TENTATIVE = 4,
	SPAN_ALARM = 8 /* rings at times that the span does not tell */
};

struct event_span {
	int64_t component, first, last, flags;
};
struct event_span span_of_facts(const struct ical_facts *facts);
/* Does the one instance of a SPAN_PLAIN object meet the range? RFC 4791 9.9. */
bool span_meets(const struct event_span *span, const struct ical_range *range);

/* Which width a span of these ends has. */
int span_width(int64_t first, int64_t last);
/* The walk of a width: rows with `first` in from..to and `last` not before range->start. */
struct span_walk {
	int64_t from, to, last;
};
struct span_walk span_walk_of(const struct ical_range *range, int width);

void span_project(struct rows *rows, const struct event_span *span);
extern const struct db_stmt *const span_forget[];
extern const struct db_stmt *const span_count[];

#endif
