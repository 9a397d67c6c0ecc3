/* events.c - telling a page what changed, as it happens (server-sent events). */
#include "base/base.h"
#include "api/door.h"
#include "base/clock.h"
#include "people/app_password.h"
#include "people/login.h"
#include "people/session.h"
#include "people/who.h"
#include "store/house.h"
#include "view/watch.h"
#include "wire/header.h"

enum { IDS_MOST = 100 };

struct events {
	struct watch *watch;
	struct who who; /* as of now: roles and teams may change while somebody watches */
	struct text cookie;
	int64_t device;     /* the app password that came; 0: none */
	struct text stored; /* the password that came, as it is stored; absent: the directory's */
	int64_t until_ms;   /* of clock_mono_ms(): the directory is asked again then; 0: no end */
	bool begun;
};

/* ---- words ---- */

static void say(struct buf *out, struct text noun, json_t *ids)
{
	json_t *data = json_pack("{s:o, s:o}", "noun", api_word(noun), "ids", ids);
	char *words = json_dumps(data, JSON_COMPACT);

	buf_printf(out, "event: change\ndata: %s\n\n", words);
	free(words);
	json_decref(data);
}

/* Many of a noun: the page asks for its list again anyway. */
static void say_heard(struct buf *out, const struct heard *heard)
{
	json_t *ids = json_array();

	for (size_t i = 0; heard->ids.len <= IDS_MOST && i < heard->ids.len; i++)
		json_array_append_new(ids, json_integer(heard->ids.at[i]));
	say(out, heard->noun, ids);
}

/* ---- who ---- */

static bool device_is_there(struct work *work, int64_t device, bool *there)
{
	struct app_password *found;

	if (!device)
		return true;
	if (!app_password_get(work, device, &found))
		return false;
	*there = found;
	return true;
}

/* The very password that came; whoever came with the directory's is to come again. */
static bool password_is_there(struct work *work, const struct events *events, bool *there)
{
	struct text stored;

	if (events->cookie.ptr || events->device)
		return true;
	if (!login_stored(work, events->who.id, &stored))
		return false;
	*there = (stored.ptr != NULL) == (events->stored.ptr != NULL) &&
	         text_eq(stored, events->stored) &&
	         (!events->until_ms || clock_mono_ms() < events->until_ms);
	return true;
}

/* Signed out, revoked, or gone: there is nothing more to hear. A password that was changed ends
 * sessions, and the streams that came with it. */
static bool still_there(struct call *c, struct events *events, bool *there)
{
	struct work *work = &c->work;
	int64_t id = events->who.id;

	*there = true;
	if (events->cookie.ptr) {
		work->now = clock_now();
		if (!session_check(work, events->cookie, there) || !*there)
			return !err_is_set(&work->err);
	}
	if (!device_is_there(work, events->device, there) || !*there ||
	        !password_is_there(work, events, there) || !*there)
		return !err_is_set(&work->err);
	if (!login_as(work, id, &events->who, there))
		return false;
	work->who = &events->who;
	return true;
}

/* ---- pieces ---- */

static bool add(struct call *c, const struct watched *came, struct buf *out)
{
	struct heard_list heard;

	if (came->lost)
		say(out, TEXT("*"), json_array());
	else if (!watch_heard(&c->work, &came->list, &heard))
		return false;
	for (size_t i = 0; !came->lost && i < heard.len; i++)
		say_heard(out, &heard.at[i]);
	if (came->beat && !out->len)
		buf_add(out, TEXT(": still here\n\n"));
	return true;
}

static bool piece(struct call *c, struct events *events, struct buf *out, bool *more)
{
	struct watched came;
	bool there;

	*more = notice_take(events->watch, c->work.arena, &came);
	if (!*more || (!came.list.len && !came.lost && !came.beat))
		return true;
	if (!still_there(c, events, &there) || !there) {
		*more = false;
		return true;
	}
	return add(c, &came, out);
}

/* Each piece has memory of its own: the stream may last for days. */
static bool fill(struct call *c, struct buf *out, bool *more)
{
	struct events *events = api_of(c)->own;
	struct arena *before = c->work.arena, *own = arena_new();
	const struct who *who = c->work.who;
	struct waker waker;
	bool ok;

	if (!events->begun)
		buf_add(out, TEXT("retry: 3000\n\n"));
	events->begun = true;
	c->work.arena = own;
	err_clear(&c->work.err);
	ok = piece(c, events, out, more);
	c->work.arena = before;
	c->work.who = who;
	c->work.rights = NULL;
	arena_free(&own);
	if (!ok || !*more || out->len)
		return ok;
	waker = call_pause(c);
	notice_wait(events->watch, waker.wake, waker.arg);
	return true;
}

bool api_events(struct call *c)
{
	struct events *events = arena_make(c->work.arena, struct events);

	if (c->method == METHOD_HEAD)
		return call_reply_body(c, 200, "text/event-stream", TEXT(""));
	events->watch = c->work.house->notices ? notice_watch(c->work.house->notices, c->work.arena,
	                                                 c->work.who->id)
	                                       : NULL;
	if (!events->watch)
		return err_set(&c->work.err, ERR_UNAVAILABLE, "too many are watching");
	events->who.id = c->work.who->id;
	events->device = c->work.who->app_password;
	if (c->work.who->session.ptr)
		events->cookie = header_cookie(c, TEXT(SESSION_COOKIE));
	if (!events->cookie.ptr && !events->device &&
	        !login_stored(&c->work, events->who.id, &events->stored))
		return false;
	if (!events->cookie.ptr && !events->device && !events->stored.ptr)
		events->until_ms =
		        clock_mono_ms() + house_settings(c->work.house)->login_cache * 1000;
	api_of(c)->own = events;
	call_set(c, "X-Accel-Buffering", TEXT("no")); /* nginx passes pieces on at once */
	return call_reply_live(c, "text/event-stream", fill);
}
