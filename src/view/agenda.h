/* agenda.h - somebody's time as a calendar page shows it: each occurrence by itself.
 *
 * What work->who may read is told whole; of the rest of a colleague's calendar, and of what is
 * marked private there, only that it is taken. What takes no time is left out of that.
 * Memory: in work->arena. Threads: with a reader, any; a long time is work for the slow lane. */
#ifndef KONTOR_VIEW_AGENDA_H
#define KONTOR_VIEW_AGENDA_H

#include "object/ical_recur.h"
#include "store/principal.h"

struct agenda_item {
	int64_t record; /* 0: only taken */
	int64_t owner;
	struct text calendar; /* name of the collection; absent: only taken */
	int64_t start, end;
	bool all_day, busy_only, tentative;
	bool may_change, recurs;
	int64_t occurrence; /* of what recurs: when it was to begin originally */
	struct text title, location, category, outcome; /* absent: none */
};
VEC_OF(agenda, struct agenda_item);

/* Adds those of one person that overlap the range. ERR_NUMBER_OF_MATCHES: more than `most`. */
bool agenda_add(struct work *work, const struct principal *owner, const struct ical_range *range,
        size_t most, struct agenda *agenda) must_check;
/* In order of their start. */
void agenda_sort(struct agenda *agenda);

#endif
