/* ical_span.h - inside object/ only: where one component lies in time, and how long its instances
 * are. Memory: none. Threads: pure. */
#ifndef KONTOR_OBJECT_ICAL_SPAN_H
#define KONTOR_OBJECT_ICAL_SPAN_H

#include "object/ical_recur.h"

enum span_end {
	SPAN_IMPLIED,  /* a day for a date, nothing for a time */
	SPAN_EXACT,    /* DTEND, DUE: the same seconds for every instance (RFC 5545 3.8.5.3) */
	SPAN_DAYS,     /* DTEND, DUE of dates: the same number of days */
	SPAN_DURATION, /* nominal days and exact seconds */
};

struct span {
	struct when start; /* DTSTART; DUE if only that is there */
	bool has_start;    /* DTSTART */
	enum span_end form;
	bool has_due;    /* ended by DUE */
	int64_t seconds; /* SPAN_EXACT, SPAN_DAYS */
	struct duration duration;
	bool day_long; /* SPAN_IMPLIED of a date lasts a day: VEVENT, VJOURNAL, AVAILABLE */
};

/* False: it has no place in time. */
bool span_of(const struct ical *ical, const struct ical_comp *comp, const struct zone *floating,
        struct span *span);
/* Fills at, until, start, end, has_start, has_end of an instance that starts at `at`. */
void span_place(const struct span *span, struct when at, const struct zone *floating,
        struct ical_instance *instance);

#endif
