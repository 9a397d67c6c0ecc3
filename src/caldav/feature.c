/* feature.c - CalDAV's rows: reports, methods, resource type (RFC 4791). Properties: props.c. What
 * clients may set without our looking into it (colour, order, description, alarms) needs no row: it
 * is kept as sent. */
#include "base/base.h"
#include "caldav/caldav.h"

static const struct dav_report reports[] = {
	{ CAL_calendar_query, ON_CALENDAR | ON_CALENDAR_HOME, DEPTH_ANY, report_calendar_query },
	{ CAL_calendar_multiget, ON_CALENDAR | ON_CALENDAR_HOME, DEPTH_ANY,
	        report_calendar_multiget },
	{ CAL_free_busy_query, ON_CALENDAR | ON_CALENDAR_HOME, DEPTH_ANY, report_free_busy_query },
};

static const struct dav_method methods[] = {
	{ METHOD_MKCALENDAR, ON_STORED | ON_NOTHING, caldav_mkcalendar },
};

static void resourcetype(const struct target *at, struct xml_out *out)
{
	if (on_of(at) == ON_CALENDAR)
		xml_empty(out, CAL_calendar);
}

static enum collection_type type_of(enum name_id name)
{
	return name == CAL_calendar ? COLLECTION_CALENDAR : 0;
}

const struct feature caldav_feature = {
	.tokens = "calendar-access, calendar-no-timezone",
	.tokens_on = ON_ANYTHING | ON_NOTHING,
	.props = caldav_props,
	.props_len = CALDAV_PROPS,
	.reports = reports,
	.reports_len = COUNT_OF(reports),
	.methods = methods,
	.methods_len = COUNT_OF(methods),
	.resourcetype = resourcetype,
	.type_of = type_of,
	.get = caldav_get,
};
