/* delete.c - DELETE (RFC 4918 9.6): whole or not at all. */
#include "base/base.h"
#include "dav/methods.h"

static bool delete_done(struct call *c)
{
	struct edit_result done;

	return edit_result(&c->work, c->plan, &done) && call_reply(c, 204);
}

bool dav_delete(struct call *c)
{
	struct edit_locks locks;
	enum depth depth;
	struct target at;
	int64_t guard;

	if (!header_depth(c, DEPTH_INFINITY, &depth) || !dav_target(c, false, false, &at) ||
	        !dav_conditions(c, &at, &locks, &guard))
		return false;
	if (at.is == TARGET_COLLECTION && depth != DEPTH_INFINITY)
		return err_set(&c->work.err, ERR_BAD_REQUEST,
		        "a collection is deleted whole: Depth infinity");
	return dav_commit(c, edit_remove(&c->work, &at, &locks), delete_done, dav_delete);
}
