/* caldav.h - CalDAV (RFC 4791, 7809) as a feature of the DAV door.
 * Threads: as the door's. */
#ifndef KONTOR_CALDAV_CALDAV_H
#define KONTOR_CALDAV_CALDAV_H

#include "dav/feature.h"
#include "object/ical_trim.h"

extern const struct feature caldav_feature;

/* ---- calendar_data.c ---- */
/* What a CALDAV:calendar-data element asks for; zeroed: as stored. */
struct calendar_data {
	struct cal_shape shape;
	bool json;
	/* Where floating times are: said by the report, or found out for each calendar. */
	bool zone_fixed;
	int64_t zone_of; /* the collection shape.floating was last found out for */
	struct arena *arena;
};
prop_prepare_fn calendar_data_prepare;
prop_read_fn get_calendar_data;
/* CalDAV-Timezones (RFC 7809 7.1). */
bool calendar_data_zones(struct call *c, enum cal_zones *zones) must_check;
/* A stored body as asked for. Points to `body` if nothing is to be changed. */
bool calendar_data_shape(struct work *work, const struct calendar_data *asked, struct text body,
        struct text *shaped) must_check;

/* ---- reports ---- */
bool report_calendar_query(struct call *c, struct target *at, const struct xml_node *root);
bool report_calendar_multiget(struct call *c, struct target *at, const struct xml_node *root);
bool report_free_busy_query(struct call *c, struct target *at, const struct xml_node *root);

/* ---- mkcalendar.c ---- */
call_fn caldav_mkcalendar;

/* ---- get.c: Accept, CalDAV-Timezones, and ?export ---- */
bool caldav_get(struct call *c, struct target *at, bool *done);

#endif
