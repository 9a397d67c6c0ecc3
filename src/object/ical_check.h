/* ical_check.h - may this object be stored? RFC 5545, RFC 4791 4.1 and 5.3.2.1, RFC 7529, RFC 7809.
 *
 * Strict where the meaning would be lost (times that do not read, rules that cannot be expanded,
 * two masters), lenient where clients are known to be careless and nothing hangs on it: properties
 * that are not understood, missing DTSTAMP or PRODID, odd values of CREATED, DTEND of another type
 * than DTSTART, overrides of instances that are not there. Threads: pure. */
#ifndef KONTOR_OBJECT_ICAL_CHECK_H
#define KONTOR_OBJECT_ICAL_CHECK_H

#include "object/ical.h"

struct ical_limits {
	int64_t max_size;      /* bytes; 0: no limit, here and below */
	int64_t max_instances; /* COUNT, and instances of a finite rule */
	int64_t max_attendees; /* of one component */
	int64_t min_time;      /* UTC seconds, inclusive; floating times are given the benefit */
	int64_t max_time;      /* exclusive */
	unsigned kinds;        /* mask of enum ical_kind that may be stored here; 0: ICAL_OBJECTS */
};

/* max_size, before parsing: ERR_CAL_MAX_RESOURCE_SIZE. */
bool ical_check_size(
        struct err *err, struct text bytes, const struct ical_limits *limits) must_check;
/* ERR_VALID_CALENDAR_DATA, SUPPORTED_CALENDAR_DATA (VERSION is not 2.0), VALID_CALENDAR_OBJECT
 * (METHOD, several kinds or UIDs, two masters, one RECURRENCE-ID twice),
 * SUPPORTED_CALENDAR_COMPONENT, VALID_TIMEZONE (a TZID neither known nor defined),
 * SUPPORTED_RSCALE, MIN_DATE_TIME, MAX_DATE_TIME, MAX_INSTANCES, MAX_ATTENDEES. */
bool ical_check(
        struct err *err, const struct ical *ical, const struct ical_limits *limits) must_check;

#endif
