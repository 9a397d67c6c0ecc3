/* feature.c - CalDAV's rows: methods, properties, reports, resource type (RFC 4791, RFC 7809). */
#include "base/base.h"
#include "caldav/caldav.h"
#include "caldav/props.h"
#include "object/ical_merge.h"

static const struct dav_prop props[] = {
#define PROP(name, on, flags, read, check, prepare, displaces) \
	{ name, on, flags, read, check, prepare, displaces },
#include "caldav/props.tbl.h"
#undef PROP
};

static const struct dav_report reports[] = {
	{ CAL_calendar_query, ON_CALENDAR | ON_CALENDAR_HOME | ON_EVENT, DEPTH_ANY,
	        report_calendar_query },
	{ CAL_calendar_multiget, ON_CALENDAR | ON_CALENDAR_HOME | ON_EVENT, DEPTH_ANY,
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

static bool split(
        struct work *work, const struct target *at, struct text body, struct bulk_parts *parts)
{
	struct ical_import import = { 0 };

	if (on_of(at) != ON_CALENDAR)
		return true;
	if (!ical_split(work->arena, &work->err, body, &import))
		return false;
	for (size_t i = 0; i < import.parts.len; i++)
		*vec_push(work->arena, parts) =
		        (struct bulk_part){ import.parts.at[i].uid, import.parts.at[i].body };
	return true;
}

const struct feature caldav_feature = {
	.tokens = "calendar-access, calendar-no-timezone, calendar-query-extended",
	.tokens_on = ON_ANYTHING | ON_NOTHING,
	.props = props,
	.props_len = COUNT_OF(props),
	.reports = reports,
	.reports_len = COUNT_OF(reports),
	.methods = methods,
	.methods_len = COUNT_OF(methods),
	.resourcetype = resourcetype,
	.type_of = type_of,
	.get = caldav_get,
	.split = split,
};
