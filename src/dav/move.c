/* move.c - COPY and MOVE (RFC 4918 9.8, 9.9), for everything that is stored. */
#include "base/base.h"
#include "dav/methods.h"
#include "wire/href.h"

static bool move_done(struct call *c)
{
	struct edit_result done;
	struct path to;

	if (!edit_result(&c->work, c->plan, &done) || !header_destination(c, &to))
		return false;
	if (done.created)
		call_set(c, "Location", href_of(c->work.arena, &to));
	return call_reply(c, done.created ? 201 : 204);
}

static bool begin(struct call *c, struct target *from, struct target *to, bool *overwrite,
        struct edit_locks *locks)
{
	struct path path;
	int64_t guard;

	if (!header_destination(c, &path) || !header_overwrite(c, overwrite) ||
	        !dav_target(c, true, false, from) || !dav_conditions(c, from, locks, &guard) ||
	        !target_find(&c->work, &path, false, to))
		return false;
	if (to->is == TARGET_NOTHING && !to->collection)
		return err_set(&c->work.err, ERR_CONFLICT, "%s", "");
	if (to->is != TARGET_NOTHING && !*overwrite)
		return err_set(&c->work.err, ERR_PRECONDITION_FAILED,
		        "there is something at the destination");
	return true;
}

static bool copy(struct call *c)
{
	struct target from, to;
	struct edit_locks locks;
	enum depth depth;
	bool overwrite;

	if (!header_depth(c, DEPTH_INFINITY, &depth) || !begin(c, &from, &to, &overwrite, &locks))
		return false;
	if (depth == DEPTH_1)
		return err_set(&c->work.err, ERR_BAD_REQUEST, "Depth of COPY is 0 or infinity");
	return dav_commit(c, edit_copy(&c->work, &from, &to, overwrite, depth == DEPTH_0, &locks),
	        move_done, dav_copy);
}

/* The bodies of files and of whole folders take their time. */
bool dav_copy(struct call *c)
{
	return call_slow(c, copy);
}

bool dav_move(struct call *c)
{
	struct target from, to;
	struct edit_locks locks;
	enum depth depth;
	bool overwrite;

	if (!header_depth(c, DEPTH_INFINITY, &depth) || !begin(c, &from, &to, &overwrite, &locks))
		return false;
	if (depth != DEPTH_INFINITY && from.is == TARGET_COLLECTION)
		return err_set(&c->work.err, ERR_BAD_REQUEST,
		        "a collection is moved whole: Depth infinity");
	return dav_commit(
	        c, edit_move(&c->work, &from, &to, overwrite, &locks), move_done, dav_move);
}
