/* page.c - see page.h. Written with the XML writer's escaping, as XHTML-shaped HTML. */
#include "base/base.h"
#include "dav/page.h"
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

bool dav_page(struct call *c, const struct target *at)
{
	struct targets children = { 0 };
	struct html *page;

	if (at->is != TARGET_PRINCIPAL && !list_children(&c->work, at, &children))
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
	call_set(c, "Content-Security-Policy",
	        TEXT("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"));
	c->reply.may_compress = true;
	return call_reply_body(c, 200, "text/html; charset=utf-8", html_end(page));
}
