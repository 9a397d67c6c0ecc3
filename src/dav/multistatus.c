/* multistatus.c - see multistatus.h. */
#include "base/base.h"
#include "base/clock.h"
#include "dav/dav.h"
#include "dav/multistatus.h"

enum {
	PIECE = 65536, /* bytes aimed at in one go, */
	PIECE_MS = 10, /* but no longer than this: what takes long to make may be short */
	SMALL = 16     /* so many responses are rendered at once, with a length */
};

struct entry {
	struct target at;
	int status; /* not 0: no properties */
	enum err_id error;
};

struct multistatus {
	struct call *c;
	const struct propset *set;
	VEC(struct entry) entries;
	size_t next;
	enum name_id last; /* an element behind all responses */
	struct text last_text;
	struct xml_out *out;
	bool begun;
};

struct multistatus *multistatus_new(struct call *c, const struct propset *set)
{
	struct multistatus *ms = arena_make(c->work.arena, struct multistatus);

	ms->c = c;
	ms->set = set;
	return ms;
}

void multistatus_target(struct multistatus *ms, const struct target *at)
{
	vec_push(ms->c->work.arena, &ms->entries)->at = *at;
}

void multistatus_status(struct multistatus *ms, struct text href, int status, enum err_id error)
{
	struct entry *e = vec_push(ms->c->work.arena, &ms->entries);

	e->at.href = href;
	e->status = status;
	e->error = error;
}

void multistatus_last(struct multistatus *ms, enum name_id name, struct text text)
{
	ms->last = name;
	ms->last_text = text;
}

size_t multistatus_len(const struct multistatus *ms)
{
	return ms->entries.len;
}

static void write_status(struct multistatus *ms, const struct entry *e, int status)
{
	xml_open(ms->out, DAV_response);
	xml_href(ms->out, e->at.href);
	xml_status(ms->out, status);
	if (e->error != ERR_NONE) {
		struct err err = { .id = e->error };

		xml_open(ms->out, DAV_error);
		dav_error_element(ms->out, &err);
		xml_close(ms->out, DAV_error);
	}
	xml_close(ms->out, DAV_response);
}

static bool write_entry(struct multistatus *ms, struct entry *e)
{
	if (e->status) {
		write_status(ms, e, e->status);
		return true;
	}
	if (e->at.is == TARGET_MEMBER && propset_needs_body(ms->set) && !e->at.item->body.ptr &&
	        !list_body(&ms->c->work, &e->at))
		return false;
	if (e->at.is == TARGET_NOTHING) {
		write_status(ms, e, 404);
		return true;
	}
	return propset_response(ms->c, ms->set, &e->at, ms->out);
}

/* Bodies and whatever else one response needs are given back at the end of the piece: a long answer
 * must not hold all it has shown. */
static bool write_some(struct multistatus *ms, struct buf *out)
{
	struct arena *whole = ms->c->work.arena;
	void *remembered = ms->c->work.rights;
	int64_t until = clock_mono_ms() + PIECE_MS;
	size_t start = out->len;
	bool ok = true, more = ms->next < ms->entries.len;

	ms->c->work.arena = arena_new();
	ms->c->work.rights = NULL;
	while (ok && more) {
		ok = write_entry(ms, &ms->entries.at[ms->next++]);
		more = ms->next < ms->entries.len && out->len - start < PIECE &&
		       (!propset_needs_body(ms->set) || clock_mono_ms() <= until);
	}
	arena_free(&ms->c->work.arena);
	ms->c->work.arena = whole;
	ms->c->work.rights = remembered;
	return ok;
}

static bool fill(struct call *c, struct buf *out, bool *more)
{
	struct multistatus *ms = c->state;

	if (!ms->out)
		ms->out = xml_out_new(c->work.arena, out);
	else
		xml_out_on(ms->out, out);
	if (!ms->begun) {
		ms->begun = true;
		xml_root(ms->out, DAV_multistatus);
	}
	if (!write_some(ms, out))
		return false;
	*more = ms->next < ms->entries.len;
	if (*more)
		return true;
	if (ms->last)
		xml_text(ms->out, ms->last, ms->last_text);
	xml_close(ms->out, DAV_multistatus);
	return true;
}

/* RFC 7240 3: what was preferred and done. */
static void tell_preferences(struct call *c)
{
	unsigned prefer = call_header(c, "Prefer").ptr ? header_prefer(c) : 0;

	if (prefer & PREFER_MINIMAL)
		call_set(c, "Preference-Applied", TEXT("return=minimal"));
}

bool multistatus_reply(struct multistatus *ms)
{
	struct call *c = ms->c;
	struct buf buf;
	bool more;

	c->state = ms;
	c->reply.may_compress = true;
	tell_preferences(c);
	if (ms->entries.len > SMALL)
		return call_reply_stream(c, 207, "application/xml; charset=utf-8", fill, -1);
	buf_init(&buf, c->work.arena);
	do {
		if (!fill(c, &buf, &more))
			return false;
	} while (more);
	return call_reply_body(c, 207, "application/xml; charset=utf-8", buf_text(&buf));
}

bool multistatus_reply_whole(struct call *c, struct buf *buf)
{
	c->reply.may_compress = true;
	return call_reply_body(c, 207, "application/xml; charset=utf-8", buf_text(buf));
}
