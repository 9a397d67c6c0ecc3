/* query.c - the reports calendar-query (RFC 4791 7.8) and calendar-multiget (7.9). */
#include "base/base.h"
#include "base/clock.h"
#include "base/settings.h"
#include "caldav/caldav.h"
#include "caldav/filter.h"
#include "caldav/zones.h"
#include "calendar/calendar.h"
#include "dav/dav.h"
#include "dav/methods.h"
#include "dav/multiget.h"

enum { PATIENCE_MS = 10000 };

struct query {
	struct call *c;
	struct cal_filter filter;
	const struct zone *zone; /* the report's, or NULL */
	struct multistatus *ms;
	int64_t deadline;
};

static bool zone_for(struct query *q, const struct target *at, const struct zone **zone)
{
	*zone = q->zone;
	return *zone || zone_of_calendar(&q->c->work, q->c->work.arena, at->collection, zone);
}

/* Of one calendar into the answer. */
static bool query_one(struct query *q, const struct target *at)
{
	struct work *work = &q->c->work;
	struct items items = { 0 };
	struct calendar_ask ask = { .filter = &q->filter, .deadline = q->deadline };
	struct scope scope;

	ask.scope = &scope;
	ask.max = (size_t)q->c->settings->limits_results - multistatus_len(q->ms);
	if (!scope_of(work, at, PRIVILEGE_READ, &scope) || !zone_for(q, at, &ask.floating) ||
	        !calendar_query(work, &ask, &items))
		return false;
	for (size_t i = 0; i < items.len; i++) {
		struct target found;

		list_member(work, at, &items.at[i], &found);
		multistatus_target(q->ms, &found);
	}
	return true;
}

/* Depth infinity on a home: every calendar in it that may be read. (At Depth 1 there are only the
 * calendars, which are no objects.) */
static bool query_below(struct query *q, const struct target *home)
{
	struct targets children = { 0 };

	if (!list_children(&q->c->work, home, &children))
		return false;
	for (size_t i = 0; i < children.len; i++)
		if (on_of(&children.at[i]) == ON_CALENDAR &&
		        rights_have(children.at[i].rights, privilege_mask(PRIVILEGE_READ)) &&
		        !query_one(q, &children.at[i]))
			return false;
	return true;
}

/* A calendar object is asked whether it matches. */
static bool query_object(struct query *q, struct target *at)
{
	struct work *work = &q->c->work;
	struct cal_matcher *matcher;
	const struct zone *zone;
	struct ical *ical;

	if (!target_need(work, at, PRIVILEGE_READ) || !list_body(work, at))
		return false;
	if (at->is != TARGET_MEMBER)
		return err_set(&work->err, ERR_NOT_FOUND, "%s", "");
	if (!zone_for(q, at, &zone))
		return false;
	matcher = cal_matcher_new(work->arena, &work->err, &q->filter, zone);
	if (!matcher || !ical_parse(work->arena, &work->err, at->item->body, &ical))
		return false;
	if (cal_matches(matcher, work->arena, ical))
		multistatus_target(q->ms, at);
	return true;
}

bool report_calendar_query(struct call *c, struct target *at, const struct xml_node *root)
{
	struct query q = { .c = c, .deadline = clock_mono_ms() + PATIENCE_MS };
	struct propset *set;
	enum depth depth;
	bool ok = true;

	/* Depth 0 on a calendar would be the collection alone, which is no object: clients that
	 * send it, or none, mean the objects all the same. */
	if (!header_depth(c, DEPTH_0, &depth) || !propset_of(c, root, &set) ||
	        !filter_read(c, xml_child(root, CAL_filter), &q.filter) ||
	        !zone_of_report(c, root, &q.zone))
		return false;
	if (on_of(at) != ON_EVENT && calendar_query_is_slow(&q.filter) && dav_slowly(c, dav_report))
		return true;
	q.ms = multistatus_new(c, set);
	if (on_of(at) == ON_EVENT)
		ok = query_object(&q, at);
	else if (on_of(at) == ON_CALENDAR)
		ok = query_one(&q, at);
	else if (depth == DEPTH_INFINITY)
		ok = query_below(&q, at);
	return ok && multistatus_reply(q.ms);
}

bool report_calendar_multiget(struct call *c, struct target *at, const struct xml_node *root)
{
	return dav_multiget(c, at, root, ON_EVENT);
}
