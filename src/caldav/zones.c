/* zones.c - see zones.h. */
#include "base/base.h"
#include "caldav/zones.h"
#include "store/prop.h"

static bool no_zone(struct work *work, struct text id)
{
	return err_set(&work->err, ERR_VALID_TIMEZONE, "%.*s", TEXT_ARG(id));
}

/* RFC 5545 3.6: what has no VERSION is no iCalendar object, whatever zone stands in it. */
static bool read_zone(struct work *work, struct text text, const struct zone **zone)
{
	struct ical *ical;

	if (!zone_from_calendar(work->arena, &work->err, text, zone) ||
	        !ical_parse(work->arena, &work->err, text, &ical))
		return false;
	return ical_prop(ical_calendar(ical), ICAL_P_VERSION) ||
	       err_set(&work->err, ERR_VALID_CALENDAR_DATA, "no VERSION");
}

bool zone_of_report(struct call *c, const struct xml_node *root, const struct zone **zone)
{
	const struct xml_node *data = xml_child(root, CAL_timezone);
	const struct xml_node *id = xml_child(root, CAL_timezone_id);

	*zone = NULL;
	if (data)
		return read_zone(&c->work, data->text, zone);
	if (id)
		*zone = zone_find(text_trim(id->text));
	return !id || *zone || no_zone(&c->work, text_trim(id->text));
}

bool stored_prop_of(
        struct work *work, int64_t collection, enum name_id id, const struct xml_node **node)
{
	struct xml_limits limits = { 1 << 20, 10000, 32, 65536 };
	struct xml_name name = name_of(id);
	struct err ignored = { 0 };
	struct xml_node *parsed;
	struct text value;

	*node = NULL;
	if (!prop_get(work, HOLDER_COLLECTION, collection, name.uri, name.local, &value))
		return false;
	if (value.ptr && xml_parse(work->arena, &ignored, &limits, value, &parsed))
		*node = parsed;
	return true;
}

bool stored_prop(
        struct work *work, const struct target *at, enum name_id name, const struct xml_node **node)
{
	*node = NULL;
	return at->is != TARGET_COLLECTION || stored_prop_of(work, at->collection->id, name, node);
}

bool zone_of_calendar(struct work *work, struct arena *arena, const struct collection *calendar,
        const struct zone **zone)
{
	const struct xml_node *node;
	struct err ignored = { 0 };

	*zone = NULL;
	if (!stored_prop_of(work, calendar->id, CAL_calendar_timezone_id, &node))
		return false;
	if (node) {
		*zone = zone_find(text_trim(node->text));
		return true;
	}
	if (!stored_prop_of(work, calendar->id, CAL_calendar_timezone, &node))
		return false;
	if (node && !zone_from_calendar(arena, &ignored, arena_text(arena, node->text), zone))
		*zone = NULL;
	return true;
}

/* ---- properties ---- */

bool check_calendar_timezone(
        struct work *work, const struct target *at, const struct xml_node *value)
{
	const struct zone *zone;

	(void)at;
	return !value || read_zone(work, value->text, &zone);
}

bool check_calendar_timezone_id(
        struct work *work, const struct target *at, const struct xml_node *value)
{
	(void)at;
	return !value || zone_find(text_trim(value->text)) || no_zone(work, text_trim(value->text));
}

/* RFC 7809 5.2: one property follows from the other; what was stored last displaced the other one
 * (props.tbl.h). */
enum prop_got get_calendar_timezone(struct prop_ask *ask)
{
	const struct xml_node *node;
	const struct zone *zone;

	if (!stored_prop(ask->work, ask->at, CAL_calendar_timezone, &node))
		return PROP_FAILED;
	if (node) {
		xml_chars(ask->out, node->text);
		return PROP_GOT;
	}
	if (!zone_of_calendar(ask->work, ask->work->arena, ask->at->collection, &zone))
		return PROP_FAILED;
	if (!zone)
		return PROP_ABSENT;
	xml_chars(ask->out, zone_vcalendar(ask->work->arena, zone));
	return PROP_GOT;
}

enum prop_got get_calendar_timezone_id(struct prop_ask *ask)
{
	const struct zone *zone;

	if (!zone_of_calendar(ask->work, ask->work->arena, ask->at->collection, &zone))
		return PROP_FAILED;
	/* A zone that is nobody's but this calendar's has no name to be known by. */
	if (!zone || zone_find(zone_name(zone)) == NULL)
		return PROP_ABSENT;
	xml_chars(ask->out, zone_name(zone));
	return PROP_GOT;
}
