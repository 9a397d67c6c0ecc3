/* post.c - POST on a collection: a new member whose name the server makes (RFC 5995). */
#include "base/base.h"
#include "dav/methods.h"
#include "wire/href.h"

static bool post_done(struct call *c)
{
	struct edit_result done;
	struct target at;

	if (!edit_result(&c->work, c->plan, &done) || !target_find(&c->work, &c->path, false, &at))
		return false;
	call_set(c, "Location", href_child(c->work.arena, at.href, done.name, false));
	if (!done.altered)
		call_etag(c, done.etag);
	return call_reply(c, 201);
}

bool dav_post(struct call *c)
{
	struct edit_body body = { c->body, c->body_fd, c->body_size,
		call_header(c, "Content-Type") };
	struct edit_locks locks;
	struct target at;
	int64_t guard;

	if (!dav_target(c, false, false, &at) || !dav_conditions(c, &at, &locks, &guard))
		return false;
	return dav_commit(c, edit_add(&c->work, &at, &body, &locks), post_done, dav_post);
}
