/* post.c - POST on a collection: a new member whose name the server makes (RFC 5995), at the
 * address that DAV:add-member tells; many changes at once at its own. */
#include "base/base.h"
#include "dav/bulk.h"
#include "dav/methods.h"
#include "wire/href.h"

static bool represent_new(struct call *c, const struct target *in, struct text name)
{
	struct path path = in->path;

	path.at = arena_array(c->work.arena, path.len + 1, sizeof(*path.at));
	memcpy(path.at, in->path.at, in->path.len * sizeof(*path.at));
	path.at[path.len++] = name;
	path.slash = false;
	return dav_represent(c, &path, true);
}

static bool post_done(struct call *c)
{
	struct edit_result done;
	struct target at;

	if (!edit_result(&c->work, c->plan, &done) || !target_find(&c->work, &c->path, false, &at))
		return false;
	call_set(c, "Location", href_child(c->work.arena, at.href, done.name, false));
	if (header_prefer(c) & PREFER_REPRESENTATION)
		return represent_new(c, &at, done.name);
	if (!done.altered)
		call_etag(c, done.etag);
	return call_reply(c, 201);
}

static bool is_xml(struct call *c)
{
	struct text type = header_media_type(c->work.arena, call_header(c, "Content-Type"));

	return text_eq(type, TEXT("application/xml")) || text_eq(type, TEXT("text/xml"));
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
	/* The collection's own address is for many at once (docs/bulk-requests.md). */
	if (!text_eq(c->query, TEXT("add-member")))
		return is_xml(c) ? bulk_multiput(c, &at, &locks) : bulk_import(c, &at, &locks);
	return dav_commit(c, edit_add(&c->work, &at, &body, &locks), post_done, dav_post);
}
