/* ical_recur.h - the instances of a calendar object in a range of time, bounded.
 *
 * RRULE (all of them), RDATE with periods, EXDATE, EXRULE, overrides (wherever they moved to; the
 * place they left is empty), RANGE=THISANDFUTURE. Works for VEVENT, VTODO, VJOURNAL and AVAILABLE.
 * Memory: the result is in the arena. Threads: pure. */
#ifndef KONTOR_OBJECT_ICAL_RECUR_H
#define KONTOR_OBJECT_ICAL_RECUR_H

#include "object/ical_time.h"

/* What an instance does to somebody's time: RFC 4791 7.10, from STATUS and TRANSP. */
enum ical_busy { ICAL_FREE, ICAL_BUSY, ICAL_BUSY_TENTATIVE, ICAL_BUSY_UNAVAILABLE };

struct ical_instance {
	int64_t start;     /* UTC seconds */
	int64_t end;       /* >= start; == start where there is no length */
	struct when at;    /* its DTSTART as wall time; for a VTODO without DTSTART its DUE */
	struct when until; /* its end */
	struct when id;    /* where it originally was, in the zone of the master: RECURRENCE-ID */
	bool has_start;    /* DTSTART: else `start` is DUE */
	bool has_due;      /* ended by DUE */
	bool has_end;      /* DTEND, DUE, DURATION, or a PERIOD: `end` is said, not implied */
	bool recurs; /* belongs to a series or is an override: `id` tells it from the others */
	const struct ical_comp *comp; /* the override, or the master */
	enum ical_busy busy;
};
VEC_OF(ical_instances, struct ical_instance);

struct ical_window {
	struct ical_range range;     /* instances that overlap it: start < range.end && end >
	                              * range.start;     those without length: start >= range.start */
	const struct zone *floating; /* zone of floating times and dates; NULL: UTC */
	size_t max;                  /* instances at most, overrides not counted; 0: 10000 */
	int64_t deadline;            /* clock_mono_ms() to stop at; 0: 2 s from now */
};

enum ical_cut {
	ICAL_WHOLE,
	ICAL_CUT_MAX,  /* there are more than max */
	ICAL_CUT_TIME, /* took too long */
};

/* Instances in order of their start. Components without any time have none. */
enum ical_cut ical_expand(struct arena *arena, const struct ical *ical,
        const struct ical_window *window, struct ical_instances *out);
/* The same for the children of `parent` of these kinds, each UID a series of its own (AVAILABLE
 * inside VAVAILABILITY). */
enum ical_cut ical_expand_in(struct arena *arena, const struct ical *ical,
        const struct ical_comp *parent, unsigned kinds, const struct ical_window *window,
        struct ical_instances *out);

/* Does RFC 4791 9.9 count an instance of `kind` from start to end into the range? For a VTODO it
 * matters what was said: DTSTART, or only DUE. */
bool ical_overlaps(const struct ical_instance *instance, const struct ical_range *range);
enum ical_busy ical_busy_of(const struct ical_comp *comp);

#endif
