/* get.c - GET of calendar objects as jCal (RFC 7265) or with other time zones (RFC 7809), and a
 * whole calendar by ?export. */
#include "base/base.h"
#include "caldav/caldav.h"
#include "dav/dav.h"
#include "object/ical_merge.h"
#include "object/jcal.h"

static const char *const offered[] = { "text/calendar", "application/calendar+json" };

static bool get_object(struct call *c, struct target *at, bool *done)
{
	struct calendar_data asked = { 0 };
	struct text version = TEXT_NONE, shaped;
	int best = header_accept(c, offered, COUNT_OF(offered), &version);

	if (best < 0)
		return err_set(&c->work.err, ERR_NOT_ACCEPTABLE, "%s", "");
	asked.json = best == 1;
	asked.shape.zones = calendar_data_zones(c);
	call_set(c, "Vary", TEXT("Accept, CalDAV-Timezones"));
	if (!asked.json && cal_shape_is_plain(&asked.shape))
		return true;
	if (!calendar_data_shape(&c->work, &asked, at->item->body, &shaped))
		return false;
	*done = true;
	return call_reply_body(c, 200,
	        asked.json ? "application/calendar+json" : "text/calendar; charset=utf-8", shaped);
}

/* ---- ?export ---- */

enum { PAGE = 100 };

struct export
{
	struct scope scope;
	struct text after, name;
	struct ical_merge *merge;
};

static bool add_page(
        struct call *c, struct export *export, struct buf *out, bool *more, struct text *last)
{
	struct items page = { 0 };

	if (!member_list(&c->work, &export->scope, export->after, true, PAGE, &page))
		return false;
	for (size_t i = 0; i < page.len; i++) {
		struct err ignored = { 0 };
		struct ical *ical;

		/* One that cannot be read must not keep the others back. */
		if (ical_parse(c->work.arena, &ignored, page.at[i].body, &ical))
			ical_merge_add(export->merge, ical, out);
	}
	*more = page.len == PAGE;
	*last = page.len ? page.at[page.len - 1].member.name : TEXT_NONE;
	return true;
}

static bool fill(struct call *c, struct buf *out, bool *more)
{
	struct export *export = c->state;
	struct arena *whole = c->work.arena;
	struct text last = TEXT_NONE;
	bool ok;

	if (!export->merge) {
		export->merge = ical_merge_new(whole);
		ical_merge_head(export->merge, out, export->name, TEXT_NONE);
	}
	c->work.arena = arena_new();
	ok = add_page(c, export, out, more, &last);
	if (ok && last.ptr)
		export->after = arena_text(whole, last);
	arena_free(&c->work.arena);
	c->work.arena = whole;
	if (ok && !*more)
		ical_merge_tail(export->merge, out);
	return ok;
}

static bool export_calendar(struct call *c, struct target *at)
{
	struct export *export = arena_make(c->work.arena, struct export);

	if (!scope_of(&c->work, at, PRIVILEGE_READ, &export->scope))
		return false;
	export->name = at->collection->name;
	c->state = export;
	c->reply.may_compress = true;
	call_set(c, "Content-Disposition",
	        arena_printf(c->work.arena, "attachment; filename=\"%lld.ics\"",
	                (long long)at->collection->id));
	return call_reply_stream(c, 200, "text/calendar; charset=utf-8", fill, -1);
}

bool caldav_get(struct call *c, struct target *at, bool *done)
{
	if (on_of(at) == ON_EVENT)
		return get_object(c, at, done);
	if (on_of(at) != ON_CALENDAR || !call_query(c, "export").ptr)
		return true;
	*done = true;
	return export_calendar(c, at);
}
