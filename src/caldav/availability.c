/* availability.c - calendar-availability: when somebody can be reached at all (RFC 7953 7.2.4). */
#include "base/base.h"
#include "caldav/props.h"
#include "calendar/calendar.h"
#include "store/house.h"

/* As what may be stored in a calendar, one VAVAILABILITY and the zones it names. */
static bool read(struct work *work, struct text text, struct ical **ical)
{
	struct ical_limits limits =
	        calendar_limits(house_settings(work->house), ICAL_VAVAILABILITY);
	const struct ical_comp *first;

	if (!ical_check_size(&work->err, text, &limits) ||
	        !ical_parse(work->arena, &work->err, text, ical) ||
	        !ical_check(&work->err, *ical, &limits))
		return false;
	first = ical_first(ical_calendar(*ical), ICAL_VAVAILABILITY);
	return !ical_next(first, ICAL_VAVAILABILITY) ||
	       err_set(&work->err, ERR_VALID_CALENDAR_OBJECT, "more than one VAVAILABILITY");
}

bool check_calendar_availability(
        struct work *work, const struct target *at, const struct xml_node *value)
{
	struct text type = value ? xml_attr_value(value, "content-type") : TEXT_NONE;
	struct ical *ical;

	(void)at;
	if (type.ptr && !text_starts_nocase(type, TEXT("text/calendar")))
		return err_set(&work->err, ERR_SUPPORTED_CALENDAR_DATA, "%.*s", TEXT_ARG(type));
	return !value || read(work, value->text, &ical);
}

bool add_availability(struct work *work, const struct collection *at, struct busy *busy)
{
	const struct xml_node *node;
	struct collection *home;
	struct err ignored = { 0 };
	struct ical *ical;

	if (!collection_home_above(work, at, &home))
		return false;
	if (!home || !stored_prop_of(work, home->id, CAL_calendar_availability, &node))
		return home == NULL;
	if (!node || !ical_parse(work->arena, &ignored, node->text, &ical))
		return true;
	return busy_add_object(busy, ical) == ICAL_WHOLE ||
	       err_set(&work->err, ERR_NUMBER_OF_MATCHES, "please ask for a shorter time");
}
