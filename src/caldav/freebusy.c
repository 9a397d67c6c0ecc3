/* freebusy.c - the report free-busy-query (RFC 4791 7.10). */
#include "base/base.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/settings.h"
#include "caldav/caldav.h"
#include "caldav/filter.h"
#include "caldav/props.h"
#include "calendar/calendar.h"
#include "dav/dav.h"
#include "dav/methods.h"

enum { PATIENCE_MS = 10000 };

static bool read_range(struct call *c, const struct xml_node *root, struct ical_range *range)
{
	const struct xml_node *node = xml_child(root, CAL_time_range);

	if (!node)
		return err_set(&c->work.err, ERR_BAD_XML, "a time-range is needed");
	/* Both ends are needed, and no condition element of the RFC speaks of them: 400. */
	return cal_shape_range(&c->work.err, xml_attr_value(node, "start"),
	               xml_attr_value(node, "end"), range) &&
	       filter_range_lies(c, range);
}

/* RFC 4791 7.10: only calendars that may be asked count. */
static bool may_ask(const struct target *at)
{
	return on_of(at) == ON_CALENDAR && rights_allow(at->rights, PRIVILEGE_READ_FREE_BUSY);
}

static bool add(
        struct call *c, const struct target *at, struct ical_window *window, struct busy *busy)
{
	struct scope scope;

	return scope_of(&c->work, at, PRIVILEGE_READ_FREE_BUSY, &scope) &&
	       zone_of_calendar(&c->work, c->work.arena, at->collection, &window->floating) &&
	       calendar_busy(&c->work, &scope, window, busy);
}

/* One that its owner made transparent says nothing of the owner's time (RFC 6638 9.1). */
static bool is_transparent(struct call *c, const struct target *at, bool *transparent)
{
	const struct xml_node *node;

	if (!stored_prop(&c->work, at, CAL_schedule_calendar_transp, &node))
		return false;
	*transparent = xml_child(node, CAL_transparent) != NULL;
	return true;
}

static bool add_below(
        struct call *c, const struct target *home, struct ical_window *window, struct busy *busy)
{
	const struct zone *first = NULL;
	struct targets children = { 0 };

	if (!list_children(&c->work, home, &children))
		return false;
	for (size_t i = 0; i < children.len; i++) {
		bool transparent;

		if (!may_ask(&children.at[i]))
			continue;
		if (!is_transparent(c, &children.at[i], &transparent) ||
		        (!transparent && !add(c, &children.at[i], window, busy)))
			return false;
		if (!first && !transparent)
			first = window->floating;
	}
	/* What belongs to no calendar is where the first one is that says. */
	busy_floating(busy, first);
	return true;
}

bool report_free_busy_query(struct call *c, struct target *at, const struct xml_node *root)
{
	struct ical_window window = { .max = (size_t)c->settings->limits_instances,
		.deadline = clock_mono_ms() + PATIENCE_MS };
	struct busy_reply reply = { .now = c->work.now };
	struct busy *busy;
	enum depth depth;

	if (!header_depth(c, DEPTH_0, &depth) || !read_range(c, root, &window.range) ||
	        !target_need(&c->work, at, PRIVILEGE_READ_FREE_BUSY))
		return false;
	if (calendar_is_long(&window.range) && dav_slowly(c, dav_report))
		return true;
	reply.uid = random_uuid(c->work.arena);
	busy = busy_new(c->work.arena, &window);
	if (on_of(at) == ON_CALENDAR ? !add(c, at, &window, busy)
	                             : depth == DEPTH_INFINITY && !add_below(c, at, &window, busy))
		return false;
	/* RFC 7953 7.2.4: whoever is asked of, by a calendar or by all of them. */
	if (!add_availability(&c->work, at->collection, busy))
		return false;
	return call_reply_body(c, 200, "text/calendar; charset=utf-8", busy_write(busy, &reply));
}
