/* lock.c - LOCK and UNLOCK (RFC 4918 9.10, 9.11), lockdiscovery, supportedlock. */
#include "base/base.h"
#include "dav/methods.h"
#include "dav/props.h"
#include "people/who.h"

enum { LOCK_SECONDS = 3600, LOCK_SECONDS_MAX = 7 * 86400, OWNER_MAX = 4096 };

/* What LOCK keeps for its second step. */
struct locking {
	struct dav_lock lock;
	bool created;
	bool refresh;
	int tries;
};

/* ---- activelock ---- */

static void write_active(
        struct work *work, struct xml_out *out, const struct dav_lock *lock, struct text root)
{
	int64_t left = lock->until - work->now;

	xml_open(out, DAV_activelock);
	xml_open(out, DAV_locktype);
	xml_empty(out, DAV_write);
	xml_close(out, DAV_locktype);
	xml_open(out, DAV_lockscope);
	xml_empty(out, lock->is_shared ? DAV_shared : DAV_exclusive);
	xml_close(out, DAV_lockscope);
	xml_text(out, DAV_depth, lock->is_deep ? TEXT("infinity") : TEXT("0"));
	if (lock->owner.len)
		xml_raw(out, lock->owner);
	xml_text(out, DAV_timeout,
	        arena_printf(work->arena, "Second-%lld", (long long)(left > 0 ? left : 0)));
	xml_open(out, DAV_locktoken);
	xml_href(out, lock->token);
	xml_close(out, DAV_locktoken);
	xml_open(out, DAV_lockroot);
	xml_href(out, root);
	xml_close(out, DAV_lockroot);
	xml_close(out, DAV_activelock);
}

enum prop_got get_lockdiscovery(struct prop_ask *ask)
{
	struct lock_infos locks = { 0 };

	if (!locks_covering(ask->work, ask->at, &locks))
		return PROP_FAILED;
	for (size_t i = 0; i < locks.len; i++)
		write_active(ask->work, ask->out, &locks.at[i].lock, locks.at[i].root);
	return PROP_GOT;
}

static void write_entry(struct xml_out *out, enum name_id scope)
{
	xml_open(out, DAV_lockentry);
	xml_open(out, DAV_lockscope);
	xml_empty(out, scope);
	xml_close(out, DAV_lockscope);
	xml_open(out, DAV_locktype);
	xml_empty(out, DAV_write);
	xml_close(out, DAV_locktype);
	xml_close(out, DAV_lockentry);
}

enum prop_got get_supportedlock(struct prop_ask *ask)
{
	write_entry(ask->out, DAV_exclusive);
	write_entry(ask->out, DAV_shared);
	return PROP_GOT;
}

/* ---- LOCK ---- */

static bool lock_done(struct call *c)
{
	struct locking *locking = c->state;
	struct edit_result done;
	struct target at;
	struct xml_out *out;
	struct buf buf;

	if (edit_stale(c->plan)) {
		if (++locking->tries >= 3)
			return err_set(&c->work.err, ERR_NO_CONFLICTING_LOCK, "%s", "");
		return call_again(c, dav_lock);
	}
	if (!edit_result(&c->work, c->plan, &done) || !target_find(&c->work, &c->path, false, &at))
		return false;
	buf_init(&buf, c->work.arena);
	out = xml_out_new(c->work.arena, &buf);
	xml_root(out, DAV_prop);
	xml_open(out, DAV_lockdiscovery);
	write_active(&c->work, out, &locking->lock, at.href);
	xml_close(out, DAV_lockdiscovery);
	xml_close(out, DAV_prop);
	if (!locking->refresh)
		call_set(c, "Lock-Token",
		        arena_printf(c->work.arena, "<%.*s>", TEXT_ARG(locking->lock.token)));
	return call_reply_body(
	        c, locking->created ? 201 : 200, "application/xml; charset=utf-8", buf_text(&buf));
}

static bool read_lockinfo(struct call *c, const struct xml_node *root, struct edit_lock *wanted)
{
	const struct xml_node *scope = xml_child(root, DAV_lockscope);
	const struct xml_node *owner = xml_child(root, DAV_owner);
	enum depth depth;
	struct buf buf;

	if (!header_depth(c, DEPTH_INFINITY, &depth))
		return false;
	if (depth == DEPTH_1)
		return err_set(&c->work.err, ERR_BAD_REQUEST, "Depth of LOCK is 0 or infinity");
	if (!xml_child(xml_child(root, DAV_locktype), DAV_write))
		return err_set(&c->work.err, ERR_UNPROCESSABLE, "only write locks are supported");
	wanted->is_shared = xml_child(scope, DAV_shared) != NULL;
	if (!wanted->is_shared && !xml_child(scope, DAV_exclusive))
		return err_set(&c->work.err, ERR_UNPROCESSABLE, "lockscope is exclusive or shared");
	wanted->is_deep = depth == DEPTH_INFINITY;
	wanted->owner = TEXT("");
	if (!owner)
		return true;
	buf_init(&buf, c->work.arena);
	xml_copy(xml_out_new(c->work.arena, &buf), owner);
	wanted->owner = buf_text(&buf);
	return wanted->owner.len <= OWNER_MAX ||
	       err_set(&c->work.err, ERR_BAD_REQUEST, "the lock's owner is too long");
}

bool dav_lock(struct call *c)
{
	struct edit_lock wanted = { 0 };
	const struct xml_node *root;
	struct locking *locking;
	struct edit_locks locks;
	struct target at;
	struct plan *plan;
	struct waker waker;
	int64_t guard;

	if (!c->state)
		c->state = arena_make(c->work.arena, struct locking);
	locking = c->state;
	if (!dav_xml(c, DAV_lockinfo, true, &root) || !dav_target(c, false, true, &at) ||
	        !dav_conditions(c, &at, &locks, &guard))
		return false;
	wanted.seconds = header_timeout(c, LOCK_SECONDS, LOCK_SECONDS_MAX);
	locking->refresh = !root;
	if (root) {
		if (!read_lockinfo(c, root, &wanted))
			return false;
		plan = edit_lock(&c->work, &at, &wanted, &locking->lock, &locking->created);
	} else {
		/* RFC 4918 9.10.2 */
		if (locks.len != 1)
			return err_set(&c->work.err, ERR_PRECONDITION_FAILED,
			        "a refresh names one lock token in its If header");
		plan = edit_lock_refresh(&c->work, &at, &locks, wanted.seconds, &locking->lock);
	}
	if (!plan)
		return false;
	c->plan = plan;
	waker = call_park(c, lock_done);
	if (edit_commit(&c->work, plan, waker.wake, waker.arg))
		return true;
	c->parked = false;
	return false;
}

/* ---- UNLOCK ---- */

static bool unlock_done(struct call *c)
{
	struct edit_result done;

	return edit_result(&c->work, c->plan, &done) && call_reply(c, 204);
}

bool dav_unlock(struct call *c)
{
	struct text token = text_trim(call_header(c, "Lock-Token"));
	struct target at;

	if (!dav_target(c, false, false, &at))
		return false;
	if (token.len < 3 || token.ptr[0] != '<' || token.ptr[token.len - 1] != '>')
		return err_set(&c->work.err, ERR_BAD_REQUEST, "the Lock-Token header is missing");
	token = text_sub(token, 1, token.len - 2);
	return dav_commit(c, edit_unlock(&c->work, &at, token), unlock_done, dav_unlock);
}
