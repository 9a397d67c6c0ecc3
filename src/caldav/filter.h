/* filter.h - CALDAV:filter from XML (RFC 4791 9.7) to object/ical_filter.h.
 * Memory: in the call's arena. Threads: as the call. */
#ifndef KONTOR_CALDAV_FILTER_H
#define KONTOR_CALDAV_FILTER_H

#include "object/ical_filter.h"
#include "wire/call.h"
#include "wire/xml_in.h"

/* ERR_CAL_VALID_FILTER (also when `node` is NULL), ERR_CAL_SUPPORTED_FILTER,
 * ERR_CAL_SUPPORTED_COLLATION. */
bool filter_read(struct call *c, const struct xml_node *node, struct cal_filter *filter) must_check;

#endif
