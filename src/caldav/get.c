/* get.c - GET of calendar objects as jCal (RFC 7265) or with other time zones (RFC 7809 7.1), and a
 * whole calendar by ?export. */
#include "base/base.h"
#include "caldav/caldav.h"
#include "caldav/zones.h"
#include "dav/dav.h"
#include "object/ical_merge.h"

static const char *const offered[] = { "text/calendar", "application/calendar+json" };

static bool get_object(struct call *c, struct target *at, bool *done)
{
	struct calendar_data asked = { 0 };
	struct text version = TEXT_NONE, shaped;
	int best = header_accept(c, offered, COUNT_OF(offered), &version);

	if (best < 0)
		return err_set(&c->work.err, ERR_NOT_ACCEPTABLE, "%s", "");
	asked.json = best == 1;
	call_set(c, "Vary", TEXT("Accept, CalDAV-Timezones"));
	if (!calendar_data_zones(c, &asked.shape.zones) ||
	        !calendar_data_shape(&c->work, &asked, at->item->body, &shaped))
		return false;
	if (shaped.ptr == at->item->body.ptr)
		return true;
	*done = true;
	return call_reply_body(c, 200,
	        asked.json ? "application/calendar+json; charset=utf-8"
	                   : "text/calendar; charset=utf-8",
	        shaped);
}

/* ---- ?export ---- */

enum { PAGE = 100 };

struct export
{
	struct scope scope;
	struct ical_merge *merge;
	struct text after, name, color;
};

static void add_page(
        struct export *export, const struct items *page, struct buf *out, struct arena *arena)
{
	for (size_t i = 0; i < page->len; i++) {
		struct err ignored = { 0 };
		struct ical *ical;

		if (ical_parse(arena, &ignored, page->at[i].body, &ical))
			ical_merge_add(export->merge, ical, out);
	}
}

static bool fill(struct call *c, struct buf *out, bool *more)
{
	struct export *export = c->state;
	struct items page = { 0 };
	struct arena *whole = c->work.arena;
	bool ok;

	if (!export->merge) {
		export->merge = ical_merge_new(whole);
		ical_merge_head(export->merge, out, export->name, export->color);
	}
	c->work.arena = arena_new();
	ok = member_list(&c->work, &export->scope, export->after, true, PAGE, &page);
	if (ok)
		add_page(export, &page, out, c->work.arena);
	if (ok && page.len)
		export->after = arena_text(whole, page.at[page.len - 1].member.name);
	*more = page.len == PAGE;
	if (ok && !*more)
		ical_merge_tail(export->merge, out);
	arena_free(&c->work.arena);
	c->work.arena = whole;
	return ok;
}

static bool stored_text(
        struct call *c, const struct target *at, enum name_id name, struct text *text)
{
	const struct xml_node *node;

	if (!stored_prop(&c->work, at, name, &node))
		return false;
	*text = node ? node->text : TEXT_NONE;
	return true;
}

static bool export_calendar(struct call *c, struct target *at)
{
	struct export *export = arena_make(c->work.arena, struct export);

	if (!scope_of(&c->work, at, PRIVILEGE_READ, &export->scope) ||
	        !stored_text(c, at, DAV_displayname, &export->name) ||
	        !stored_text(c, at, APPLE_calendar_color, &export->color))
		return false;
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
