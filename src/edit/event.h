/* event.h - an event as a calendar page changes it: one occurrence, those from it on, or all.
 *
 * It goes the way of a client's PUT and DELETE; what the body says besides stays
 * (object/ical_series.h). Memory: plans in work->arena. Threads: deciding on a reader thread. */
#ifndef KONTOR_EDIT_EVENT_H
#define KONTOR_EDIT_EVENT_H

#include "edit/edit.h"
#include "object/ical_series.h"

struct edit_event {
	int64_t record, occurrence;
	enum series_scope scope;
	const struct series_change *change; /* NULL: strike it out */
	int64_t base;                       /* the revision that was seen; -1: any */
	struct text device;
};

/* What takes it back. */
struct event_undo {
	int64_t collection;
	struct text name, body; /* as it was; body absent: it is in the bin */
	int64_t record;         /* what was changed; of what is gone: what it was */
	bool is_gone;
	const struct record *now;  /* as it is stored now; NULL: it is gone */
	const struct record *made; /* split off; NULL: nothing was */
};

/* NULL with work->err set: NOT_FOUND, NEED_PRIVILEGES, PRECONDITION_FAILED, UNPROCESSABLE. */
struct plan *edit_event(struct work *work, const struct edit_event *asked, struct event_undo *undo);

struct event_back {
	int64_t collection;
	struct text name, body;
	int64_t base;            /* the revision that the change left; 0: it was removed */
	int64_t made, made_base; /* what was split off and its revision; 0: nothing was */
	struct text device;
};
/* Puts back what was, and removes what was split off: if nobody has changed either since. */
struct plan *edit_event_back(struct work *work, const struct event_back *asked);

#endif
