/* event.h - one event of somebody's calendar by its record: what a calendar page opens.
 *
 * Only what work->who may read whole: the rest, and what is marked private in a colleague's
 * calendar, is as if it were not there. Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_VIEW_EVENT_H
#define KONTOR_VIEW_EVENT_H

#include "object/ical_series.h"
#include "view/target.h"

struct event_seen {
	struct target at; /* its member, with the body */
	struct ical *ical;
	const struct record *record;
	struct ical_instance instance; /* the one asked for; with occurrence 0: the first */
	int64_t occurrence;
	bool recurs;
	bool may_change, may_delete;
};

/* ERR_NOT_FOUND where there is none. */
bool event_seen(
        struct work *work, int64_t record, int64_t occurrence, struct event_seen *seen) must_check;
/* Who called people together (RFC 5545 3.8.4.3): their address without "mailto:". Both absent where
 * nobody did. is_own: it is the one whose calendar this is. */
struct event_organizer {
	struct text name, address;
	bool is_own;
};
bool event_organizer(struct work *work, const struct event_seen *seen,
        struct event_organizer *organizer) must_check;
/* Where a member of that name is, or would be, in a collection. */
bool event_place(
        struct work *work, int64_t collection, struct text name, struct target *at) must_check;
/* The company's zone: in which days begin. */
const struct zone *event_zone(struct work *work);
/* A call, a visit, a meeting: the categories of which an event has one at most. Ended by NULL. */
extern const char *const event_categories[];
struct text event_category(const struct ical_comp *comp);
/* CLASS says that others than `owner` need not know what it is (RFC 5545 3.8.1.3). */
bool event_is_secret(struct work *work, int64_t owner, const struct ical_comp *comp);

#endif
