/* get.c - GET of cards in another version or as jCard (RFC 6352 5.1.1, RFC 7095), and a whole
 * address book by ?export. */
#include "base/base.h"
#include "base/settings.h"
#include "carddav/carddav.h"
#include "dav/dav.h"

static const char *const offered[] = { "text/vcard", "application/vcard+json", "text/x-vcard",
	"text/directory" };

static bool get_card(struct call *c, struct target *at, bool *done)
{
	struct address_data asked = { 0 };
	struct text version = TEXT_NONE, shaped;
	int best = header_accept(c, offered, COUNT_OF(offered), &version);

	if (best < 0)
		return err_set(&c->work.err, ERR_NOT_ACCEPTABLE, "%s", "");
	asked.json = best == 1;
	if (version.len)
		asked.version = text_eq(version, TEXT("4.0"))   ? VCARD_4
		                : text_eq(version, TEXT("3.0")) ? VCARD_3
		                                                : VCARD_OTHER;
	call_set(c, "Vary", TEXT("Accept"));
	if (!asked.json && asked.version == VCARD_OTHER)
		return true;
	if (!address_data_shape(&c->work, &asked, at->item->body, &shaped))
		return false;
	if (shaped.ptr == at->item->body.ptr)
		return true;
	*done = true;
	return call_reply_body(c, 200,
	        asked.json ? "application/vcard+json" : "text/vcard; charset=utf-8", shaped);
}

/* ---- ?export ---- */

enum { PAGE = 100 };

struct export
{
	struct scope scope;
	struct text after;
};

static bool fill(struct call *c, struct buf *out, bool *more)
{
	struct export *export = c->state;
	struct items page = { 0 };
	struct arena *whole = c->work.arena;
	bool ok;

	c->work.arena = arena_new();
	ok = member_list(&c->work, &export->scope, export->after, true, PAGE, &page);
	for (size_t i = 0; ok && i < page.len; i++) {
		buf_add(out, page.at[i].body);
		if (!text_ends(page.at[i].body, TEXT("\n")))
			buf_add(out, TEXT("\r\n"));
	}
	if (ok && page.len)
		export->after = arena_text(whole, page.at[page.len - 1].member.name);
	*more = page.len == PAGE;
	arena_free(&c->work.arena);
	c->work.arena = whole;
	return ok;
}

static bool export_book(struct call *c, struct target *at)
{
	struct export *export = arena_make(c->work.arena, struct export);

	if (!scope_of(&c->work, at, PRIVILEGE_READ, &export->scope))
		return false;
	c->state = export;
	c->reply.may_compress = true;
	call_set(c, "Content-Disposition",
	        arena_printf(c->work.arena, "attachment; filename=\"%lld.vcf\"",
	                (long long)at->collection->id));
	return call_reply_stream(c, 200, "text/vcard; charset=utf-8", fill, -1);
}

bool carddav_get(struct call *c, struct target *at, bool *done)
{
	if (on_of(at) == ON_CARD)
		return get_card(c, at, done);
	if (on_of(at) != ON_ADDRESSBOOK || !call_query(c, "export").ptr)
		return true;
	*done = true;
	return export_book(c, at);
}
