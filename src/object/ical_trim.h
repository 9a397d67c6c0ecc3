/* ical_trim.h - an object shaped as asked: CALDAV:calendar-data (RFC 4791 9.6), RFC 7809 zones.
 *
 * What is not changed is copied as it was sent. When cal_shape_is_plain(), serve the stored bytes.
 * Memory: as the arena. Threads: pure. */
#ifndef KONTOR_OBJECT_ICAL_TRIM_H
#define KONTOR_OBJECT_ICAL_TRIM_H

#include "object/ical_recur.h"

struct cal_wanted_prop {
	struct text name;
	bool novalue; /* name, parameters and colon, no value */
};
VEC_OF(cal_wanted_props, struct cal_wanted_prop);

struct cal_wanted; /* one CALDAV:comp */
VEC_OF(cal_wanted_comps, struct cal_wanted);
struct cal_wanted {
	struct text name;
	bool all_props; /* CALDAV:allprop */
	bool all_comps; /* CALDAV:allcomp */
	struct cal_wanted_props props;
	struct cal_wanted_comps comps;
};

enum cal_zones {
	CAL_ZONES_AS_STORED,
	CAL_ZONES_NONE, /* CalDAV-Timezones: F: no VTIMEZONE for zones known to all (RFC 7809 7.1)
	                 */
	CAL_ZONES_ALL,  /* CalDAV-Timezones: T: every TZID has its VTIMEZONE */
};

struct cal_shape {                       /* zeroed: as stored */
	const struct cal_wanted *wanted; /* VCALENDAR; NULL: everything */
	bool expand;
	struct ical_range expand_range;
	bool limit_recurrence;
	struct ical_range recurrence_range;
	bool limit_freebusy;
	struct ical_range freebusy_range;
	enum cal_zones zones;
	const struct zone *floating;
	/* How text is appended where it is to stand in something else, escaped; NULL: as it is.
	 * What instances have in common is escaped once. */
	void (*dress)(struct buf *out, struct text text);
	size_t max_instances; /* 0: 10000 */
	int64_t deadline;     /* clock_mono_ms(); 0: 2 s from now */
};

bool cal_shape_is_plain(const struct cal_shape *shape);
/* A range given by attributes start and end: both needed, or ERR_BAD_REQUEST. */
bool cal_shape_range(
        struct err *err, struct text start, struct text end, struct ical_range *range) must_check;
/* Appends the object. `scratch` may be thrown away afterwards; `out` has its own arena. What does
 * not fit (max_instances, deadline) is ERR_MAX_INSTANCES resp. ERR_NUMBER_OF_MATCHES. */
bool ical_shape(struct arena *scratch, struct err *err, const struct ical *ical,
        const struct cal_shape *shape, struct buf *out) must_check;

#endif
