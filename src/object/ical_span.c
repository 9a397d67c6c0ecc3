#include "object/ical_span.h"

enum { DAY = 86400 };

static bool read_when(const struct ical *ical, const struct ical_comp *comp, enum ical_prop_id id,
        struct when *when)
{
	const struct ical_prop *prop = ical_prop(comp, id);

	return prop && when_of(ical, prop, when);
}

static void set_end(struct span *span, struct when end, const struct zone *floating)
{
	if (span->start.is_date && end.is_date) {
		span->form = SPAN_DAYS;
		span->seconds = end.wall - span->start.wall;
		/* Some clients end a day where it begins, and mean the day. */
		if (span->seconds <= 0 && !span->has_due)
			span->seconds = DAY;
	} else {
		span->form = SPAN_EXACT;
		span->seconds = when_utc(end, floating) - when_utc(span->start, floating);
	}
	if (span->seconds < 0)
		span->seconds = 0;
}

bool span_of(const struct ical *ical, const struct ical_comp *comp, const struct zone *floating,
        struct span *span)
{
	bool todo = comp->kind == ICAL_VTODO;
	const struct ical_prop *duration = ical_prop(comp, ICAL_P_DURATION);
	struct when end;

	*span = (struct span){ .day_long = !todo };
	span->has_start = read_when(ical, comp, ICAL_P_DTSTART, &span->start);
	if (read_when(ical, comp, todo ? ICAL_P_DUE : ICAL_P_DTEND, &end)) {
		if (!span->has_start && !todo)
			return false;
		if (!span->has_start)
			span->start = end;
		span->has_due = todo;
		set_end(span, end, floating);
		return true;
	}
	if (span->has_start && duration &&
	        duration_read(text_trim(duration->value), &span->duration))
		span->form = SPAN_DURATION;
	return span->has_start;
}

static struct when end_of(const struct span *span, struct when at, const struct zone *floating)
{
	struct when end = at;

	switch (span->form) {
	case SPAN_IMPLIED: end.wall += span->day_long && at.is_date ? DAY : 0; break;
	case SPAN_DAYS: end.wall += span->seconds; break;
	case SPAN_DURATION: end = when_add(at, span->duration); break;
	case SPAN_EXACT:
		if (at.zone)
			return (struct when){ .wall = zone_to_utc(at.zone, at.wall) + span->seconds,
				.zone = zone_utc() };
		if (at.is_date || !floating)
			end.wall += span->seconds;
		else
			end.wall = zone_to_wall(
			        floating, zone_to_utc(floating, at.wall) + span->seconds);
		end.is_date = false;
		break;
	}
	return end;
}

void span_place(const struct span *span, struct when at, const struct zone *floating,
        struct ical_instance *instance)
{
	instance->at = at;
	instance->until = end_of(span, at, floating);
	instance->start = when_utc(at, floating);
	instance->end = when_utc(instance->until, floating);
	if (instance->end < instance->start) {
		instance->until = at;
		instance->end = instance->start;
	}
	instance->has_start = span->has_start;
	instance->has_end = span->form != SPAN_IMPLIED;
	instance->has_due = span->has_due;
}

/* RFC 4791 9.9. */
bool ical_overlaps(const struct ical_instance *i, const struct ical_range *r)
{
	if (i->comp->kind == ICAL_VTODO) {
		if (!i->has_start)
			return r->start < i->end && r->end >= i->end;
		if (!i->has_end)
			return r->start <= i->start && r->end > i->start;
		return (i->has_due ? r->start < i->end || r->start <= i->start
		                   : r->start <= i->end) &&
		       (r->end > i->start || r->end >= i->end);
	}
	if (i->end == i->start)
		return r->start <= i->start && r->end > i->start;
	return r->start < i->end && r->end > i->start;
}

static bool says(const struct ical_comp *comp, enum ical_prop_id id, struct text value)
{
	const struct ical_prop *prop = ical_prop(comp, id);

	return prop && text_eq_nocase(text_trim(prop->value), value);
}

/* What Outlook and its synchronizers write of an absence ([MS-OXCICAL] 2.1.3.1.1.20.31). */
static bool is_out_of_office(const struct ical_comp *comp)
{
	const struct ical_prop *prop = ical_prop_named(comp, TEXT("X-MICROSOFT-CDO-BUSYSTATUS"));

	return prop && text_eq_nocase(text_trim(prop->value), TEXT("OOF"));
}

/* RFC 4791 7.10; BUSYTYPE is RFC 7953's. */
enum ical_busy ical_busy_of(const struct ical_comp *comp)
{
	if (comp->kind == ICAL_VAVAILABILITY) {
		if (says(comp, ICAL_P_BUSYTYPE, TEXT("BUSY")))
			return ICAL_BUSY;
		return says(comp, ICAL_P_BUSYTYPE, TEXT("BUSY-TENTATIVE")) ? ICAL_BUSY_TENTATIVE
		                                                           : ICAL_BUSY_UNAVAILABLE;
	}
	if (comp->kind != ICAL_VEVENT || says(comp, ICAL_P_TRANSP, TEXT("TRANSPARENT")) ||
	        says(comp, ICAL_P_STATUS, TEXT("CANCELLED")))
		return ICAL_FREE;
	if (is_out_of_office(comp))
		return ICAL_BUSY_UNAVAILABLE;
	return says(comp, ICAL_P_STATUS, TEXT("TENTATIVE")) ? ICAL_BUSY_TENTATIVE : ICAL_BUSY;
}
