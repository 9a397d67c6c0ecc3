/* zone.h - time zones: the system's by any name they go by, and those made from a VTIMEZONE.
 *
 * A system zone is read from the machine's zoneinfo the first time somebody needs it and then lives
 * as long as the process, unchanging. A client's VTIMEZONE for a zone we know is ignored: servers
 * and clients would otherwise disagree about instants whenever the client's copy is old.
 * Times before the first known change have the zone's first offset.
 *
 * Memory:  system zones: the process. Zones of a VTIMEZONE: the arena.
 * Threads: any. */
#ifndef KONTOR_OBJECT_ZONE_H
#define KONTOR_OBJECT_ZONE_H

#include "object/ical.h"

struct zone;

/* A system zone by its Olson name, a Windows name ("W. Europe Standard Time"), a prefixed one
 * ("/freeassociation.sourceforge.net/Europe/Berlin"), or "UTC", "Z", "GMT". Any case. NULL: none.
 * Names are looked up in the list read at start; they never become paths otherwise. */
const struct zone *zone_find(struct text tzid);
const struct zone *zone_utc(void);
/* The Olson name, resp. the TZID of the VTIMEZONE. */
struct text zone_name(const struct zone *zone);
/* From a VTIMEZONE. ERR_VALID_CALENDAR_DATA: no observance, rules other than YEARLY, too many. */
bool zone_from_comp(struct arena *arena, struct err *err, const struct ical_comp *vtimezone,
        const struct zone **zone) must_check;
/* For CALDAV:calendar-timezone, CALDAV:timezone: bytes must be an iCalendar object with exactly one
 * VTIMEZONE and nothing else, or ERR_VALID_CALENDAR_DATA. */
bool zone_from_calendar(struct arena *arena, struct err *err, struct text bytes,
        const struct zone **zone) must_check;

/* Seconds east of UTC at that instant. */
int32_t zone_offset(const struct zone *zone, int64_t utc);
/* Wall time (seconds since 1970 as if it were UTC) to UTC. A time that is skipped in spring is read
 * with the offset before the gap, one that happens twice is the first: RFC 5545 3.3.5. */
int64_t zone_to_utc(const struct zone *zone, int64_t wall);
int64_t zone_to_wall(const struct zone *zone, int64_t utc);

/* A VTIMEZONE component of this zone with that TZID (absent: its name): changes since 1970 and the
 * rule that holds now. */
struct text zone_vtimezone(struct arena *arena, const struct zone *zone, struct text tzid);
/* A whole VCALENDAR around it, for CALDAV:calendar-timezone. */
struct text zone_vcalendar(struct arena *arena, const struct zone *zone);

/* The names of all system zones, sorted; the list lives as long as the process. */
const struct text *zone_names(size_t *count);

#endif
