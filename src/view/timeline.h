/* timeline.h - everything that happened around a record, newest first: notes, mails, calls,
 * meetings, tasks, and its own changes of status.
 *
 * Of an account and a contact also what happened with their deals, cases and leads, as far as
 * work->who may see it.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_VIEW_TIMELINE_H
#define KONTOR_VIEW_TIMELINE_H

#include "crm/field.h"
#include "crm/look.h"

struct timeline_entry {
	int64_t id; /* of the record; of the event for what has none of its own */
	int64_t record;
	enum crm_noun noun;
	int64_t at;
	int64_t who; /* 0: nobody */
	int64_t state;
	struct text title;
	struct text what;          /* of events: "status", "owner" ...; else absent */
	struct text before, after; /* of events */
	json_t *values;            /* of records; NULL for events */
};
VEC_OF(timeline, struct timeline_entry);

/* `before`: "AT.ID" of the last entry of the page before, absent: the newest. At most `max`; *next
 * absent: that was all. The caller has seen that work->who may see the record. */
struct timeline_ask {
	const struct crm_known *of;
	struct text before;
	size_t max;
};
bool timeline_of(struct work *work, const struct timeline_ask *ask, struct timeline *timeline,
        struct text *next) must_check;

#endif
