/* busy.h - busy time: from objects, or from periods somebody kept, to a VFREEBUSY (RFC 4791 7.10).
 *
 * VEVENTs count by STATUS and TRANSP, and as unavailable where Outlook says so, VFREEBUSY by its
 * periods, VAVAILABILITY (RFC 7953) by what it does not offer, under what is busy anyway. Of
 * several VAVAILABILITY components the one with the higher PRIORITY (1 is the highest) says what
 * holds where they overlap, be it free or not; among those of one priority an AVAILABLE of any is
 * free time. Memory: as the arena. Threads: pure. */
#ifndef KONTOR_OBJECT_BUSY_H
#define KONTOR_OBJECT_BUSY_H

#include "object/ical_recur.h"

struct busy_period {
	int64_t start;
	int64_t end;
	enum ical_busy type; /* never ICAL_FREE in results */
};
VEC_OF(busy_periods, struct busy_period);

struct busy;
/* Periods are clipped to `window`'s range, which must be closed; floating times are read in its
 * zone, until busy_floating() says another. */
struct busy *busy_new(struct arena *arena, const struct ical_window *window);
/* Where floating times are of what is added from now on; NULL: UTC. */
void busy_floating(struct busy *busy, const struct zone *floating);
/* One period; ICAL_FREE and empty ones are ignored. */
void busy_add(struct busy *busy, int64_t start, int64_t end, enum ical_busy type);
/* All an object says. */
enum ical_cut busy_add_object(struct busy *busy, const struct ical *ical);
/* Merged, in order of their start; those of one type do not overlap, those of different types may
 * (RFC 4791 7.10). */
struct busy_periods busy_merge(struct busy *busy);

/* Can nobody count on them at this instant of the window? Where something makes them unavailable,
 * or VAVAILABILITY offers nothing (but tentatively), whatever else is in their calendar then. */
bool busy_is_away(const struct busy *busy, int64_t at);

struct busy_reply {
	int64_t now;           /* DTSTAMP */
	struct text uid;       /* absent: none */
	struct text organizer; /* ORGANIZER, ATTENDEE: content lines without line end, or absent */
	struct text attendee;
	struct text method; /* METHOD, or absent */
};
/* A VCALENDAR with one VFREEBUSY. */
struct text busy_write(struct busy *busy, const struct busy_reply *reply);

#endif
