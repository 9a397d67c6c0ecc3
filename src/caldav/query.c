/* query.c - the reports calendar-query (RFC 4791 7.8), calendar-multiget (7.9), free-busy-query
 * (7.10). */
#include "base/base.h"
#include "base/hash.h"
#include "caldav/caldav.h"
#include "calendar/calendar.h"
#include "dav/dav.h"
#include "dav/multiget.h"

/* ---- calendar-query ---- */

struct query {
	struct call *c;
	struct multistatus *ms;
	struct cal_filter filter;
	const struct zone *floating; /* of the request */
	bool body;
	size_t max;
};

/* CALDAV:timezone, or timezone-id (RFC 7809 5.2). */
static bool read_zone(struct call *c, const struct xml_node *root, const struct zone **zone)
{
	const struct xml_node *whole = xml_child(root, CAL_timezone);
	const struct xml_node *id = xml_child(root, CAL_timezone_id);

	*zone = NULL;
	if (id) {
		*zone = zone_find(text_trim(id->text));
		return *zone ||
		       err_set(&c->work.err, ERR_VALID_TIMEZONE, "%.*s", TEXT_ARG(id->text));
	}
	return !whole || zone_from_calendar(c->work.arena, &c->work.err, whole->text, zone);
}

static bool query_one(struct query *q, const struct target *at)
{
	struct work *work = &q->c->work;
	struct calendar_search search = { &q->filter, q->floating, q->body,
		q->max > multistatus_len(q->ms) ? q->max - multistatus_len(q->ms) : 0 };
	struct items items = { 0 };
	struct scope scope;
	bool more = false;

	if (!scope_of(work, at, PRIVILEGE_READ, &scope) ||
	        (!search.floating && !caldav_floating(work, at, &search.floating)) ||
	        !calendar_query(work, &scope, &search, &items, &more))
		return false;
	if (more)
		return err_set(&work->err, ERR_NUMBER_OF_MATCHES, "%s", "");
	for (size_t i = 0; i < items.len; i++) {
		struct target found;

		list_member(work, at, &items.at[i], &found);
		multistatus_target(q->ms, &found);
	}
	return true;
}

static bool query_below(struct query *q, const struct target *at)
{
	struct targets children = { 0 };

	if (!list_children(&q->c->work, at, &children))
		return false;
	for (size_t i = 0; i < children.len; i++)
		if (on_of(&children.at[i]) == ON_CALENDAR && !query_one(q, &children.at[i]))
			return false;
	return true;
}

bool report_calendar_query(struct call *c, struct target *at, const struct xml_node *root)
{
	struct query q = { .c = c, .max = (size_t)c->settings->limits_results };
	const struct xml_node *filter = xml_child(root, CAL_filter);
	struct propset *set;
	enum depth depth;

	/* RFC 4791 7.8: no Depth is 0, which would find nothing; clients that leave it out mean the
	 * calendar's objects. */
	if (!header_depth(c, DEPTH_1, &depth) || !propset_of(c, root, &set) ||
	        !read_zone(c, root, &q.floating))
		return false;
	if (!filter)
		return err_set(&c->work.err, ERR_CAL_VALID_FILTER, "a calendar-query has a filter");
	if (!caldav_filter(c, filter, &q.filter))
		return false;
	q.body = propset_needs_body(set);
	q.ms = multistatus_new(c, set);
	if (on_of(at) == ON_CALENDAR) {
		if (!query_one(&q, at))
			return false;
	} else if (depth == DEPTH_INFINITY && !query_below(&q, at)) {
		return false;
	}
	return multistatus_reply(q.ms);
}

bool report_calendar_multiget(struct call *c, struct target *at, const struct xml_node *root)
{
	return dav_multiget(c, at, root, ON_EVENT);
}

/* ---- free-busy-query ---- */

/* A calendar that says it is transparent makes nobody busy (RFC 6638 9.1). */
static bool is_transparent(struct work *work, const struct target *at, bool *transparent)
{
	struct xml_name name = name_of(CAL_schedule_calendar_transp);
	struct text value;

	if (!prop_get(work, HOLDER_COLLECTION, at->collection->id, name.uri, name.local, &value))
		return false;
	*transparent = value.ptr && text_find(value, TEXT("transparent")) >= 0;
	return true;
}

static bool busy_one(
        struct call *c, const struct target *at, struct ical_window window, struct busy *busy)
{
	struct scope scope;

	return scope_of(&c->work, at, PRIVILEGE_READ_FREE_BUSY, &scope) &&
	       caldav_floating(&c->work, at, &window.floating) &&
	       calendar_busy(&c->work, &scope, &window, busy);
}

static bool busy_below(struct call *c, const struct target *at, const struct ical_window *window,
        struct busy *busy)
{
	struct targets children = { 0 };

	if (!list_children(&c->work, at, &children))
		return false;
	for (size_t i = 0; i < children.len; i++) {
		const struct target *child = &children.at[i];
		bool transparent;

		if (on_of(child) != ON_CALENDAR ||
		        !rights_have(child->rights, privilege_mask(PRIVILEGE_READ_FREE_BUSY)))
			continue;
		if (!is_transparent(&c->work, child, &transparent) ||
		        (!transparent && !busy_one(c, child, *window, busy)))
			return false;
	}
	return true;
}

bool report_free_busy_query(struct call *c, struct target *at, const struct xml_node *root)
{
	const struct xml_node *range = xml_child(root, CAL_time_range);
	struct ical_window window = { .max = (size_t)c->settings->limits_instances };
	struct busy_reply reply = { .now = c->work.now };
	struct busy *busy;
	enum depth depth;

	if (!header_depth(c, DEPTH_0, &depth))
		return false;
	if (!range)
		return err_set(&c->work.err, ERR_BAD_XML, "a free-busy-query has a time-range");
	if (!cal_shape_range(&c->work.err, xml_attr_value(range, "start"),
	            xml_attr_value(range, "end"), &window.range))
		return false;
	busy = busy_new(c->work.arena, &window);
	if (on_of(at) == ON_CALENDAR ? !busy_one(c, at, window, busy)
	                             : depth != DEPTH_0 && !busy_below(c, at, &window, busy))
		return false;
	reply.uid = random_uuid(c->work.arena);
	return call_reply_body(c, 200, "text/calendar; charset=utf-8", busy_write(busy, &reply));
}
