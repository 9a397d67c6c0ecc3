/* page.c - see page.h. Written with the XML writer's escaping, as XHTML-shaped HTML. */
#include "base/base.h"
#include "dav/page.h"
#include "view/place.h"
#include "wire/html_out.h"

enum { MAX_ROWS = 1000 };

static const char *what_is(const struct target *at)
{
	switch (on_of(at)) {
	case ON_CALENDAR: return "Calendar";
	case ON_ADDRESSBOOK: return "Address book";
	case ON_FOLDER: return "Folder";
	case ON_CALENDAR_HOME: return "Calendars";
	case ON_ADDRESSBOOK_HOME: return "Address books";
	case ON_FILE_HOME: return "Files";
	case ON_PRINCIPAL: return "Principal";
	default: return "Collection";
	}
}

static void row(struct html *page, const struct target *child)
{
	html_row(page, child->href,
	        child->name.ptr ? child->name : child->path.at[child->path.len - 1],
	        child->is == TARGET_MEMBER ? child->item->size : -1,
	        child->is == TARGET_MEMBER ? child->item->modified : 0);
}

/* A principal's page leads to what is its own, as far as the reader may go there. */
static bool list_own_homes(struct call *c, const struct target *at, struct targets *homes)
{
	for (size_t i = 0; i < PLACE_AREAS; i++) {
		enum collection_type type = place_areas[i].home;
		struct target home = { .is = TARGET_COLLECTION, .area = type };

		if (!collection_home(&c->work, at->principal->id, type, &home.collection))
			return false;
		if (!home.collection)
			continue;
		if (!access_collection(&c->work, home.collection, &home.rights))
			return false;
		home.principal = at->principal;
		home.name = place_areas[i].segment;
		home.href = target_home_href(c->work.arena, at->principal, type);
		if (home.rights)
			*vec_push(c->work.arena, homes) = home;
	}
	return true;
}

/* Streamed, whole as it is: a Content-Length on GET would ask for a getcontentlength that nobody
 * can know beforehand (RFC 4918 15.4). */
static bool give_page(struct call *c, struct buf *out, bool *more)
{
	const struct text *page = c->state;

	buf_add(out, *page);
	*more = false;
	return true;
}

bool dav_page(struct call *c, const struct target *at)
{
	struct targets children = { 0 };
	struct html *page;
	struct text *whole;

	if (at->is == TARGET_PRINCIPAL ? !list_own_homes(c, at, &children)
	                               : !list_children(&c->work, at, &children))
		return false;
	page = html_new(c->work.arena, what_is(at), at->href);
	if (at->path.len)
		html_link(page, TEXT("../"), TEXT("Up"));
	if (on_of(at) & (ON_CALENDAR | ON_ADDRESSBOOK))
		html_link(page, TEXT("?export"), TEXT("Download all"));
	for (size_t i = 0; i < children.len && i < MAX_ROWS; i++)
		row(page, &children.at[i]);
	if (children.len > MAX_ROWS)
		html_note(
		        page, arena_printf(c->work.arena, "and %zu more", children.len - MAX_ROWS));
	dav_say_where(c, at);
	call_set(c, "Content-Security-Policy",
	        TEXT("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"));
	c->reply.may_compress = true;
	whole = arena_make(c->work.arena, struct text);
	*whole = html_end(page);
	c->state = whole;
	return call_reply_stream(c, 200, "text/html; charset=utf-8", give_page, -1);
}
