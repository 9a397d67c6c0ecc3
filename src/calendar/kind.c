/* kind.c - a calendar object as a record: parse, check, project (store/kind.h). */
#include "base/base.h"
#include "base/settings.h"
#include "calendar/calendar.h"
#include "calendar/span.h"
#include "object/jcal.h"
#include "store/house.h"

enum { DAY = 86400 };

struct ical_limits calendar_limits(const struct settings *settings, int64_t components)
{
	return (struct ical_limits){
		.max_size = settings->limits_resource,
		.max_instances = settings->limits_instances,
		.max_attendees = settings->limits_attendees,
		.min_time = days_of(settings->limits_min_year, 1, 1) * DAY,
		.max_time = days_of(settings->limits_max_year + 1, 1, 1) * DAY,
		.kinds = (unsigned)components & ICAL_OBJECTS,
	};
}

static bool parse(struct work *work, struct text media, struct subject *subject)
{
	struct ical_limits limits = calendar_limits(house_settings(work->house), 0);
	struct ical *ical;

	if (!ical_check_size(&work->err, subject->body, &limits))
		return false;
	if (text_starts_nocase(media, TEXT("application/calendar+json"))) {
		struct text body;

		if (!jcal_read(work->arena, &work->err, subject->body, &body))
			return false;
		subject->body = body;
		subject->altered = true;
		if (!ical_check_size(&work->err, body, &limits))
			return false;
	} else if (media.len && !text_starts_nocase(media, TEXT("text/calendar"))) {
		return err_set(&work->err, ERR_SUPPORTED_CALENDAR_DATA, "%.*s", TEXT_ARG(media));
	}
	if (!ical_parse(work->arena, &work->err, subject->body, &ical))
		return false;
	subject->parsed = ical;
	subject->uid = ical_uid(work->arena, ical);
	subject->tag = ical_object_kind(ical);
	return true;
}

static bool check(struct work *work, const struct collection *at, struct subject *subject)
{
	struct ical_limits limits = calendar_limits(house_settings(work->house), at->components);

	if (at->type != COLLECTION_CALENDAR)
		return err_set(&work->err, ERR_SUPPORTED_CALENDAR_DATA,
		        "calendar objects belong into calendars");
	return ical_check(&work->err, subject->parsed, &limits);
}

static bool project(
        struct work *work, const struct collection *at, struct subject *subject, struct rows *rows)
{
	struct ical_facts facts;
	struct event_span span;

	(void)at;
	ical_facts(work->arena, subject->parsed, &facts);
	span = span_of_facts(&facts);
	span_project(rows, &span);
	return true;
}

const struct kind calendar_kind = {
	.id = KIND_EVENT,
	.name = "event",
	.wrong_media = ERR_SUPPORTED_CALENDAR_DATA,
	.uid_conflict = ERR_CAL_NO_UID_CONFLICT,
	.too_large = ERR_CAL_MAX_RESOURCE_SIZE,
	.parse = parse,
	.check = check,
	.project = project,
	.forget = span_forget,
	.count = span_count,
};
