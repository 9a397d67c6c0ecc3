/* zones.h - the zone of floating times: of a request, else of its calendar (RFC 4791 5.2.2, 9.8,
 * RFC 7809 5.2).
 * Memory: as said. Threads: as any prop_read_fn. */
#ifndef KONTOR_CALDAV_ZONES_H
#define KONTOR_CALDAV_ZONES_H

#include "dav/feature.h"
#include "object/zone.h"

/* Of the children timezone or timezone-id of a report; *zone NULL if there is neither.
 * ERR_VALID_CALENDAR_DATA, ERR_VALID_TIMEZONE. */
bool zone_of_report(
        struct call *c, const struct xml_node *root, const struct zone **zone) must_check;
/* What the calendar's owner set; NULL: nothing, which is UTC. Made in `arena`. */
bool zone_of_calendar(struct work *work, struct arena *arena, const struct collection *calendar,
        const struct zone **zone) must_check;

/* A property as a client stored it, parsed; NULL: it has not. */
bool stored_prop(struct work *work, const struct target *at, enum name_id name,
        const struct xml_node **node) must_check;
bool stored_prop_of(struct work *work, int64_t collection, enum name_id name,
        const struct xml_node **node) must_check;

prop_check_fn check_calendar_timezone, check_calendar_timezone_id;
prop_read_fn get_calendar_timezone, get_calendar_timezone_id;

#endif
