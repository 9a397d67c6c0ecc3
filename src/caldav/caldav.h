/* caldav.h - CalDAV (RFC 4791, 7809, 7986) as a feature of the DAV door.
 * Threads: as the door's. */
#ifndef KONTOR_CALDAV_CALDAV_H
#define KONTOR_CALDAV_CALDAV_H

#include "dav/feature.h"
#include "object/ical_filter.h"
#include "object/ical_trim.h"

extern const struct feature caldav_feature;

/* ---- props.c ---- */
enum { CALDAV_PROPS = 17 };
extern const struct dav_prop caldav_props[CALDAV_PROPS];
/* The zone of floating times in a calendar: its calendar-timezone-id or calendar-timezone; NULL:
 * UTC. */
bool caldav_floating(
        struct work *work, const struct target *at, const struct zone **zone) must_check;

/* ---- calendar_data.c ---- */
/* What a CALDAV:calendar-data element asks for. */
struct calendar_data {
	struct cal_shape shape;
	bool json;
};
prop_prepare_fn calendar_data_prepare;
prop_read_fn get_calendar_data;
/* The header CalDAV-Timezones (RFC 7809 7.1). */
enum cal_zones calendar_data_zones(struct call *c);
/* A stored body as asked for. */
bool calendar_data_shape(struct work *work, const struct calendar_data *asked, struct text body,
        struct text *shaped) must_check;

/* ---- filter.c ---- */
/* CALDAV:filter as a tree; ERR_CAL_VALID_FILTER, SUPPORTED_FILTER, SUPPORTED_COLLATION. */
bool caldav_filter(
        struct call *c, const struct xml_node *node, struct cal_filter *filter) must_check;

/* ---- reports and methods ---- */
bool report_calendar_query(struct call *c, struct target *at, const struct xml_node *root);
bool report_calendar_multiget(struct call *c, struct target *at, const struct xml_node *root);
bool report_free_busy_query(struct call *c, struct target *at, const struct xml_node *root);
call_fn caldav_mkcalendar;
bool caldav_get(struct call *c, struct target *at, bool *done);

#endif
