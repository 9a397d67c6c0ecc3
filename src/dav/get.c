/* get.c - GET and HEAD: members as stored, files in pieces, collections as a small readable page.
 */
#include "base/base.h"
#include "base/clock.h"
#include "dav/methods.h"
#include "dav/page.h"
#include "dav/props.h"
#include "store/blob.h"
#include "wire/mime.h"

/* ---- a body in pieces ---- */

struct piece_reader {
	int64_t record_blob;
	int64_t offset, end;
};

static bool fill_blob(struct call *c, struct buf *out, bool *more)
{
	struct piece_reader *r = c->state;
	int64_t left = r->end - r->offset;
	struct text bytes;

	if (!blob_read(&c->work, r->record_blob, r->offset, left > 65536 ? 65536 : (size_t)left,
	            &bytes))
		return false;
	/* The file went away meanwhile: cut the connection, a short body must not look whole. */
	if (!bytes.len)
		return false;
	buf_add(out, bytes);
	r->offset += (int64_t)bytes.len;
	*more = r->offset < r->end;
	return true;
}

static bool reply_part(
        struct call *c, const struct target *at, int status, int64_t from, int64_t len)
{
	const char *type = arena_cstr(c->work.arena, dav_content_type(c->work.arena, at));
	struct piece_reader *r;

	if (!at->item->blob)
		return call_reply_body(
		        c, status, type, text_sub(at->item->body, (size_t)from, (size_t)len));
	r = arena_make(c->work.arena, struct piece_reader);
	*r = (struct piece_reader){ at->item->blob, from, from + len };
	c->state = r;
	return call_reply_stream(c, status, type, fill_blob, len);
}

static bool get_member(struct call *c, struct target *at)
{
	struct text etag = record_etag(c->work.arena, at->item->member.revision);
	struct text type = dav_content_type(c->work.arena, at);
	int64_t from = 0, len = at->item->size;
	bool partial = false;

	call_etag(c, etag);
	call_set(c, "Last-Modified", clock_http(c->work.arena, at->item->modified));
	call_set(c, "Accept-Ranges", TEXT("bytes"));
	if (at->collection->type == COLLECTION_FOLDER ||
	        at->collection->type == COLLECTION_FILE_HOME)
		call_set(c, "Content-Disposition", mime_disposition(c->work.arena, type, at->name));
	if (!header_range(c, at->item->size, &from, &len, &partial))
		return false;
	return reply_part(c, at, partial ? 206 : 200, from, len);
}

bool dav_get(struct call *c)
{
	struct edit_locks locks;
	struct target at;
	int64_t guard;

	if (!dav_target(c, true, false, &at) || !target_need(&c->work, &at, PRIVILEGE_READ))
		return false;
	for (const struct feature *const *f = dav_features(); *f; f++) {
		bool done = false;

		if ((*f)->get && !(*f)->get(c, &at, &done))
			return false;
		if (done)
			return true;
	}
	if (!dav_conditions(c, &at, &locks, &guard))
		return false;
	if (at.is != TARGET_MEMBER)
		return dav_page(c, &at);
	if (header_conditions(c, record_etag(c->work.arena, at.item->member.revision),
	            at.item->modified) == PRECONDITION_NOT_MODIFIED) {
		call_etag(c, record_etag(c->work.arena, at.item->member.revision));
		return call_not_modified(c, at.item->size);
	}
	return get_member(c, &at);
}
