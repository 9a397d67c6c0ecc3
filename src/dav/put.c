/* put.c - PUT on a member (RFC 9110 9.3.4, RFC 4791 5.3.2, RFC 6352 6.3.2). */
#include "base/base.h"
#include "dav/methods.h"
#include "dav/props.h"

/* What is stored at `at`, whose body is loaded: where it is, its version and its type (RFC 8144 3).
 */
static bool reply_stored(struct call *c, const struct target *at, int status)
{
	call_set(c, "Preference-Applied", TEXT("return=representation"));
	call_set(c, "Content-Location", at->href);
	call_etag(c, record_etag(c->work.arena, at->item->member.revision));
	return call_reply_body(c, status,
	        arena_cstr(c->work.arena, dav_content_type(c->work.arena, at)), at->item->body);
}

bool dav_represent(struct call *c, const struct path *path, bool created)
{
	struct target at;

	if (!target_find(&c->work, path, true, &at))
		return false;
	if (at.is != TARGET_MEMBER || !at.item->body.ptr)
		return call_reply(c, created ? 201 : 204);
	return reply_stored(c, &at, created ? 201 : 200);
}

static bool put_done(struct call *c)
{
	struct edit_result done;

	if (!edit_result(&c->work, c->plan, &done))
		return false;
	if (header_prefer(c) & PREFER_REPRESENTATION)
		return dav_represent(c, &c->path, done.created);
	if (!done.altered)
		call_etag(c, done.etag);
	return call_reply(c, done.created ? 201 : 204);
}

/* RFC 8144 3.2: who prefers the representation gets, with the 412, the one that is there. */
static bool refuse_with(struct call *c, struct target *at)
{
	if (c->work.err.id != ERR_PRECONDITION_FAILED || at->is != TARGET_MEMBER ||
	        !(header_prefer(c) & PREFER_REPRESENTATION) ||
	        !rights_allow(at->rights, PRIVILEGE_READ))
		return false;
	err_clear(&c->work.err);
	if (!list_body(&c->work, at))
		return false;
	if (at->is != TARGET_MEMBER || !at->item->body.ptr)
		return err_set(&c->work.err, ERR_PRECONDITION_FAILED, "%s", "");
	return reply_stored(c, at, 412);
}

static bool put(struct call *c)
{
	struct edit_body body = { c->body, c->body_fd, c->body_size, call_header(c, "Content-Type"),
		call_header(c, "User-Agent") };
	struct edit_locks locks;
	struct target at;
	int64_t guard;

	if (!dav_target(c, false, true, &at))
		return false;
	if (!dav_conditions(c, &at, &locks, &guard))
		return refuse_with(c, &at);
	/* RFC 9110 14.5: a part of a body must not be taken for the whole. */
	if (call_header(c, "Content-Range").ptr)
		return err_set(
		        &c->work.err, ERR_BAD_REQUEST, "Content-Range is not supported on PUT");
	return dav_commit(c, edit_put(&c->work, &at, &body, guard, &locks), put_done, dav_put);
}

/* A spooled body is stored in several commits, waited for: not on a thread that serves others. */
bool dav_put(struct call *c)
{
	return c->body_fd >= 0 ? call_slow(c, put) : put(c);
}
