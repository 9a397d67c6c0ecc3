/* filter.h - CALDAV:filter from XML (RFC 4791 9.7) to object/ical_filter.h.
 * Memory: in the call's arena. Threads: as the call. */
#ifndef KONTOR_CALDAV_FILTER_H
#define KONTOR_CALDAV_FILTER_H

#include "object/ical_filter.h"
#include "wire/call.h"
#include "wire/xml_in.h"

/* ERR_CAL_VALID_FILTER (also when `node` is NULL), ERR_CAL_SUPPORTED_FILTER,
 * ERR_CAL_SUPPORTED_COLLATION; of a time-range as below. */
bool filter_read(struct call *c, const struct xml_node *node, struct cal_filter *filter) must_check;
/* Does some of it lie where this server keeps dates (RFC 4791 7.8, 7.10)? ERR_MIN_DATE_TIME,
 * ERR_MAX_DATE_TIME: none does. */
bool filter_range_lies(struct call *c, const struct ical_range *range) must_check;

#endif
