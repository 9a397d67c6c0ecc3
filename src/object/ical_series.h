/* ical_series.h - a change to one occurrence of an event, to those from it on, or to all of them.
 *
 * What is not meant keeps its bytes: other occurrences, alarms, attendees, unknown properties.
 * - One of a series becomes an override (RFC 5545 3.8.4.4), or changes the one that is there;
 *   struck out it becomes an EXDATE.
 * - From one on: the series ends before it (UNTIL, or a smaller COUNT), and a second object with a
 *   UID of its own goes on from there, with the overrides and exceptions that lie behind.
 * - All: the master. Overrides keep what was theirs: a word follows where it was the master's, a
 *   time where it was the series' own.
 * A series that names its days (BYDAY, BYMONTHDAY ...) moves to another day only where it is clear
 * what that means: weekly ones; those on one day of a month or year, the 15th or the second
 * Tuesday, to another one of the same kind that every month has (each occurrence stays in its
 * month, that of a year in its year). Everything else is refused: ERR_UNPROCESSABLE.
 *
 * Memory: in the arena; parts point into the object's bytes. Threads: pure. */
#ifndef KONTOR_OBJECT_ICAL_SERIES_H
#define KONTOR_OBJECT_ICAL_SERIES_H

#include "object/ical_recur.h"

enum series_scope { SERIES_THIS, SERIES_LATER, SERIES_ALL };

/* Words are absent where they stay, empty where they go. */
struct series_change {
	struct text title, location, note;
	/* The category that is one of `categories` (ended by NULL) becomes this; others stay. */
	struct text category;
	const char *const *categories;
	bool moves; /* to start and end, UTC; whole days begin and end at `floating`'s midnights */
	int64_t start, end;
	bool all_day;
};

struct series_ask {
	enum series_scope scope; /* of what recurs; the rest is SERIES_ALL */
	int64_t occurrence;      /* when it was to begin originally, UTC: its RECURRENCE-ID */
	const struct zone *floating;
	int64_t now;
	struct text uid;                    /* of what is split off */
	const struct series_change *change; /* NULL: strike it out */
};

struct series_done {
	struct text body;  /* absent: nothing is left of it */
	struct text later; /* what was split off; absent: nothing was */
};

/* The instance that originally was to begin then; of what does not recur, the one there is. False,
 * with ERR_NOT_FOUND, where there is none. */
bool series_find(struct arena *arena, struct err *err, const struct ical *ical,
        const struct series_ask *ask, struct ical_instance *instance) must_check;
/* What speaks for the whole object: the event that is no override; else the first of them. NULL: it
 * holds no event. */
const struct ical_comp *series_master(const struct ical *ical);
/* Does it recur by rule or by dates? */
bool series_recurs(const struct ical *ical);

bool series_do(struct arena *arena, struct err *err, const struct ical *ical,
        const struct series_ask *ask, struct series_done *done) must_check;

#endif
