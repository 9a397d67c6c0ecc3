#include "base/base.h"
#include "base/clock.h"
#include "base/thread.h"
#include "http/auth.h"
#include "http/exchange.h"
#include "http/gzip.h"
#include "http/head.h"
#include "http/health.h"
#include "http/request_log.h"
#include "http/router.h"
#include "http/spool.h"

enum { HANDOVER_NONE, HANDOVER_PARKED, HANDOVER_WOKEN, HANDOVER_ABANDONED };

enum {
	LOGINS_WAITING = 64, /* hashing takes 0.1 s each */
	DRAIN_AFTER_REFUSAL = 262144
};

static struct exchange *of_call(struct call *c)
{
	return c->transport;
}

struct exchange *exchange_new(
        struct server *server, struct conn *conn, void *connection, const char *target)
{
	struct arena *arena = arena_new();
	struct exchange *x = arena_make(arena, struct exchange);
	struct call *c = &x->call;

	x->server = server;
	x->conn = conn;
	x->connection = connection;
	x->resume = server->resume;
	x->raw_target = target;
	x->spool = -1;
	x->declared = -1;
	x->started_us = clock_mono_us();
	c->work.arena = arena;
	c->work.house = server->setup.house;
	c->settings = atomic_load_explicit(&server->settings, memory_order_acquire);
	c->target = arena_text(arena, text_of(target));
	c->method = METHOD_COUNT;
	c->body_fd = -1;
	c->transport = x;
	conn_phase(conn, CONN_HEAD, x->started_us / 1000);
	conn_serves(server->conns, conn, x, false);
	return x;
}

void exchange_header(struct exchange *x, struct text name, struct text value)
{
	*vec_push(x->call.work.arena, &x->call.headers) = (struct header){ name, value };
}

/* ---- steps ---- */

/* A step may begin with the login and go on with the handler: one view of the data for both. */
static void step_begin(struct exchange *x)
{
	if (x->in_step)
		return;
	x->in_step = true;
	if (x->server->setup.step_begin)
		x->server->setup.step_begin(&x->call.work);
}

static void step_end(struct exchange *x)
{
	if (!x->in_step)
		return;
	x->in_step = false;
	if (x->server->setup.step_end)
		x->server->setup.step_end(&x->call.work);
}

/* work.err is set: makes it a reply in the dialect of the route. Headers set so far (Allow) stay.
 */
static void fail(struct exchange *x)
{
	struct call *c = &x->call;
	struct headers headers = c->reply.headers;

	c->parked = false;
	c->reply = (struct reply){ .headers = headers };
	if (!err_is_set(&c->work.err))
		err_set(&c->work.err, ERR_INTERNAL, "refused without saying why");
	/* Scripts ask by themselves: a browser would show its own dialog at a challenge. */
	if (c->work.err.id == ERR_UNAUTHORIZED &&
	        !text_eq(call_header(c, "X-Requested-With"), TEXT("kontor")))
		auth_challenge(c);
	if (c->work.err.id == ERR_UNAVAILABLE || c->work.err.id == ERR_TOO_MANY_REQUESTS)
		call_set(c, "Retry-After", TEXT("5"));
	if (c->route)
		c->route->fail(c);
	if (!c->reply.status)
		http_plain_fail(c);
	x->stage = STAGE_REPLY;
}

static void run_step(struct exchange *x, call_fn *fn)
{
	struct call *c = &x->call;

	c->parked = false;
	x->slow = false;
	atomic_store_explicit(&x->handover, HANDOVER_NONE, memory_order_relaxed);
	step_begin(x);
	if (!fn(c) || (exchange_is_unmeasured(x) && !exchange_measure(c))) {
		fail(x);
	} else if (!c->parked) {
		if (!c->reply.status) {
			err_set(&c->work.err, ERR_INTERNAL, "%s gave no answer", c->route->prefix);
			fail(x);
		}
		x->stage = STAGE_REPLY;
	}
	step_end(x);
}

/* A number for whoever asks; two who share one share their turns. Strangers, and whoever is still
 * signing in, are one. */
static uint64_t whose(const struct exchange *x)
{
	const struct who *who = x->call.work.who;
	struct text name =
	        who && x->server->setup.who_name ? x->server->setup.who_name(who) : TEXT("");
	uint64_t number = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < name.len; i++)
		number = (number ^ (unsigned char)name.ptr[i]) * UINT64_C(0x100000001b3);
	return name.len ? number : 0;
}

/* Before anybody else has hold of the exchange: the library may find that the client is gone.
 *
 * What it waits for is settled when a call returns unanswered, not when it is suspended. Suspended
 * in the call that ended the request it would go on by reading from the client, and close without
 * an answer where that one has shut its sending side. */
static bool must_turn(struct exchange *x)
{
	bool first = x->received && !x->turned;

	x->turned = x->turned || first;
	return first;
}

static enum exchange_next into_lane(struct exchange *x)
{
	x->server->suspend(x->connection);
	if (lane_put(x->lane, &x->in_lane, x->lane_most))
		return NEXT_WAIT; /* the lane has it: it may be back already */
	x->login = LOGIN_BUSY;
	if (x->stage == STAGE_RUN) {
		err_set(&x->call.work.err, ERR_UNAVAILABLE, "the server is going down");
		fail(x);
	}
	x->server->resume(x->connection);
	return NEXT_WAIT;
}

static enum exchange_next to_lane(
        struct exchange *x, struct lane *lane, size_t most, int64_t due_ms)
{
	x->lane = lane;
	x->lane_most = most;
	x->in_lane.due_ms = due_ms;
	x->in_lane.whose = whose(x);
	x->turning = must_turn(x);
	return x->turning ? NEXT_AGAIN : into_lane(x);
}

/* Says that the call waits. False: it was woken in the meantime. Afterwards it is no longer ours.
 */
static bool publish_parked(struct exchange *x)
{
	int expected = HANDOVER_NONE;

	return atomic_compare_exchange_strong(&x->handover, &expected, HANDOVER_PARKED);
}

static enum exchange_next run(struct exchange *x, call_fn *fn)
{
	for (;;) {
		run_step(x, fn);
		if (x->stage == STAGE_REPLY)
			return NEXT_SEND;
		fn = x->call.next;
		if (x->slow)
			return to_lane(x, x->server->slow_lane, 0, 0);
		if (atomic_load(&x->handover) == HANDOVER_WOKEN)
			continue;
		x->server->suspend(x->connection);
		if (!publish_parked(x))
			x->server->resume(x->connection);
		return NEXT_WAIT;
	}
}

void exchange_slow(struct call *c)
{
	of_call(c)->slow = true;
}

void exchange_wake(void *call)
{
	struct exchange *x = of_call(call);
	void *connection = x->connection;
	void (*resume)(void *) = x->resume;
	int before = HANDOVER_NONE;

	/* After this, unless it was parked, the exchange may be gone. */
	while (!atomic_compare_exchange_weak(&x->handover, &before, HANDOVER_WOKEN))
		if (before == HANDOVER_ABANDONED)
			return;
	if (before == HANDOVER_PARKED)
		resume(connection);
}

void exchange_rearm(struct exchange *x)
{
	if (x->call.reply.is_live && !exchange_is_abandoned(x))
		atomic_store(&x->handover, HANDOVER_NONE);
}

bool exchange_pause(struct exchange *x)
{
	if (atomic_load(&x->handover) == HANDOVER_WOKEN)
		return false;
	x->server->suspend(x->connection);
	/* Woken in between: the library takes the resumption in its stride. */
	if (!publish_parked(x))
		x->server->resume(x->connection);
	return true;
}

bool exchange_is_over(const struct exchange *x)
{
	return x->call.reply.is_live && atomic_load(&x->server->draining);
}

void exchange_lives(struct exchange *x)
{
	struct server *server = x->server;

	lock_take(&server->lives_lock);
	x->is_among_lives = true;
	x->lives_next = server->lives;
	if (x->lives_next)
		x->lives_next->lives_prev = x;
	server->lives = x;
	lock_give(&server->lives_lock);
}

static void no_longer_lives(struct exchange *x)
{
	struct server *server = x->server;

	if (!x->is_among_lives)
		return;
	lock_take(&server->lives_lock);
	if (x->lives_prev)
		x->lives_prev->lives_next = x->lives_next;
	else
		server->lives = x->lives_next;
	if (x->lives_next)
		x->lives_next->lives_prev = x->lives_prev;
	lock_give(&server->lives_lock);
}

void exchange_hurry_all(struct server *server)
{
	lock_take(&server->lives_lock);
	for (struct exchange *x = server->lives; x; x = x->lives_next)
		exchange_wake(&x->call);
	lock_give(&server->lives_lock);
}

bool exchange_abandon(struct exchange *x)
{
	int expected = HANDOVER_PARKED;

	if (!atomic_compare_exchange_strong(&x->handover, &expected, HANDOVER_ABANDONED))
		return false;
	x->server->resume(x->connection);
	return true;
}

bool exchange_is_abandoned(const struct exchange *x)
{
	return atomic_load(&x->handover) == HANDOVER_ABANDONED;
}

/* Leaves the step open. */
static enum login_result ask_login(struct exchange *x, bool may_block)
{
	step_begin(x);
	return x->server->setup.login ? x->server->setup.login(&x->call, may_block) : LOGIN_NONE;
}

/* When the login may go on; -1: not at all. */
static int64_t login_due(struct exchange *x)
{
	int64_t wait = 0;

	if (x->server->setup.login_wait)
		wait = x->server->setup.login_wait(&x->call);
	return wait > 0 ? clock_mono_ms() + wait : wait;
}

void exchange_in_lane(struct lane_node *node)
{
	struct exchange *x = (struct exchange *)((char *)node - offsetof(struct exchange, in_lane));

	if (x->stage == STAGE_LOGIN) {
		x->login = ask_login(x, true);
		step_end(x);
		x->server->resume(x->connection);
		return;
	}
	do {
		run_step(x, x->call.next);
	} while (x->stage == STAGE_RUN && x->slow);
	/* The connection stays suspended while the call waits for somebody else. */
	if (x->stage == STAGE_RUN && publish_parked(x))
		return;
	x->server->resume(x->connection);
}

/* ---- the head ---- */

/* A reply before the body was read closes the connection; without a body it need not. */
static enum exchange_next refuse(struct exchange *x)
{
	fail(x);
	return x->received || x->refused_body ? NEXT_SEND : NEXT_READ;
}

/* RFC 7617 4: Basic shows the password to everybody on the way. */
static bool may_send_password(const struct exchange *x)
{
	const struct call *c = &x->call;

	return c->tls || x->conn->peer.local || c->settings->server_plain_http ||
	       nets_have(atomic_load(&x->server->trusted), &x->conn->peer);
}

static bool judge_login(struct exchange *x)
{
	struct call *c = &x->call;
	bool open = c->route->flags & ROUTE_OPEN;

	switch (x->login) {
	case LOGIN_OK: assert(c->work.who || open); return true;
	case LOGIN_NONE: return open || err_set(&c->work.err, ERR_UNAUTHORIZED, "%s", "");
	case LOGIN_BAD:
		return open || err_set(&c->work.err, ERR_UNAUTHORIZED, "name or password is wrong");
	case LOGIN_FORGED:
		return open || err_set(&c->work.err, ERR_FORBIDDEN,
		                       "this did not come from a page of ours");
	case LOGIN_SLOW:
	case LOGIN_BUSY: break;
	}
	return err_set(&c->work.err, ERR_TOO_MANY_REQUESTS, "too many attempts to sign in");
}

static enum exchange_next take_body(struct exchange *x)
{
	if (x->has_body && !body_begin(x))
		return refuse(x);
	x->stage = STAGE_BODY;
	if (x->has_body)
		conn_phase(x->conn, CONN_BODY, clock_mono_ms());
	return NEXT_READ;
}

static enum exchange_next signed_in(struct exchange *x)
{
	bool ok = judge_login(x);

	if (ok && x->received) {
		x->stage = STAGE_RUN;
		return run(x, x->call.route->handle);
	}
	step_end(x);
	return ok ? take_body(x) : refuse(x);
}

static enum exchange_next log_in(struct exchange *x)
{
	struct call *c = &x->call;
	int64_t due;

	x->login_asked = true;
	x->login = LOGIN_NONE;
	if (!may_send_password(x)) {
		if (!(c->route->flags & ROUTE_OPEN) || c->route->flags & ROUTE_LOGIN) {
			err_set(&c->work.err, ERR_FORBIDDEN,
			        "passwords are not taken over plain HTTP from other machines: use "
			        "https://");
			return refuse(x);
		}
	} else if (!(c->route->flags & ROUTE_ALWAYS)) {
		x->login = ask_login(x, false);
	}
	if (x->login != LOGIN_SLOW)
		return signed_in(x);
	due = login_due(x);
	if (due < 0) {
		x->login = LOGIN_BUSY;
		return signed_in(x);
	}
	step_end(x);
	x->stage = STAGE_LOGIN;
	return to_lane(x, x->server->login_lane, LOGINS_WAITING, due);
}

/* A short body is read before the login is asked for: then a refusal need not close the connection,
 * and login and handler share a step. */
static bool can_wait_for_login(struct exchange *x)
{
	struct call *c = &x->call;

	if (!x->has_body || c->route->flags & ROUTE_LOGIN)
		return true;
	return x->declared > 0 && x->declared <= ANONYMOUS_MAX &&
	       !(c->route->flags & ROUTE_SPOOL) && !call_header(c, "Expect").ptr;
}

static bool judge_head(struct exchange *x, const struct head *head)
{
	struct call *c = &x->call;
	struct err *err = &c->work.err;
	struct framing framing;

	if (!text_starts(head->version, TEXT("HTTP/1.")))
		return err_set(err, ERR_BAD_REQUEST, "not HTTP/1");
	if (head->target_cut)
		return err_set(err, ERR_BAD_REQUEST, "the target holds a NUL");
	if (x->folded)
		return err_set(err, ERR_BAD_REQUEST, "a header is folded");
	if (!head_check(c, x->http_1_0, &framing))
		return false;
	x->has_body = x->refused_body = framing.has_body;
	x->declared = framing.length;
	peer_through_proxies(c, &x->conn->peer, atomic_load(&x->server->trusted));
	if (!head_target(c, head->method))
		return false;
	c->route = router_find(x->conn->routes, x->conn->routes_len, c);
	if (!c->route)
		return err_set(err, ERR_NOT_FOUND, "%s", "");
	if (atomic_load_explicit(&x->server->draining, memory_order_relaxed) &&
	        !(c->route->flags & ROUTE_ALWAYS))
		return err_set(err, ERR_UNAVAILABLE, "the server is going down");
	return true;
}

enum exchange_next exchange_head(struct exchange *x, const struct head *head)
{
	struct call *c = &x->call;
	struct server *server = x->server;

	conn_phase(x->conn, CONN_BUSY, 0);
	atomic_fetch_add_explicit(&server->under_way, 1, memory_order_relaxed);
	x->begun = true;
	x->refused_body = true; /* until the framing is known to be sound */
	x->http_1_0 = text_eq(head->version, TEXT("HTTP/1.0"));
	c->work.id = atomic_fetch_add_explicit(&server->next_id, 1, memory_order_relaxed);
	c->work.now = clock_now();
	c->tls = head->tls;
	c->peer = (struct text){ x->conn->peer.text, x->conn->peer.text_len };
	if (!judge_head(x, head))
		return refuse(x);
	return can_wait_for_login(x) ? take_body(x) : log_in(x);
}

enum exchange_next exchange_body(struct exchange *x, struct text piece)
{
	conn_moved(x->conn, piece.len);
	if (conn_too_slow(x->conn, x->call.settings, clock_mono_ms()))
		return NEXT_CUT_408;
	if (body_add(x, piece))
		return NEXT_READ;
	/* No reply can be given in the midst of a body: a little is read to its end. */
	x->discarded += (int64_t)piece.len;
	if (x->discarded <= DRAIN_AFTER_REFUSAL)
		return NEXT_READ;
	return x->call.work.err.id == ERR_TOO_LARGE ? NEXT_CUT_413 : NEXT_CUT;
}

/* Methods that change something wait for the writer. */
static bool may_wait(const struct exchange *x)
{
	switch (x->call.method) {
	case METHOD_GET:
	case METHOD_HEAD:
	case METHOD_OPTIONS:
	case METHOD_PROPFIND:
	case METHOD_REPORT: return false;
	default: return true;
	}
}

enum exchange_next exchange_go(struct exchange *x)
{
	if (x->turning) {
		x->turning = false;
		return into_lane(x);
	}
	switch (x->stage) {
	case STAGE_LOGIN: return exchange_is_abandoned(x) ? NEXT_CUT : signed_in(x);
	case STAGE_BODY:
		conn_phase(x->conn, CONN_BUSY, 0);
		x->received = true;
		if (may_wait(x) && must_turn(x))
			return NEXT_AGAIN;
		if (!body_end(x))
			return refuse(x);
		if (!x->login_asked)
			return log_in(x);
		x->stage = STAGE_RUN;
		return run(x, x->call.route->handle);
	case STAGE_RUN: return exchange_is_abandoned(x) ? NEXT_CUT : run(x, x->call.next);
	case STAGE_REPLY: return NEXT_SEND;
	case STAGE_HEAD: break;
	}
	return NEXT_CUT;
}

/* ---- the end ---- */

void exchange_end(struct exchange **exchange, bool whole)
{
	struct exchange *x = *exchange;
	struct arena *arena = x->call.work.arena;
	struct server *server = x->server;
	bool begun = x->begun;

	*exchange = NULL;
	no_longer_lives(x);
	if (begun) {
		int64_t us = clock_mono_us() - x->started_us;

		/* How long somebody watches says nothing of how quick we are. */
		metrics_request(server->metrics, x->call.method, x->call.reply.status,
		        x->call.reply.is_live ? 0 : us);
		request_log(x, whole, us);
	} else {
		metrics_trouble(server->metrics);
	}
	conn_rests(x->conn, clock_mono_ms());
	conn_serves(server->conns, x->conn, NULL, atomic_load(&server->draining));
	if (exchange_is_abandoned(x)) { /* and so never freed */
		atomic_fetch_sub(&server->under_way, 1);
		return;
	}
	gzip_end(server->shelf, &x->gzip);
	body_close(x);
	arena_free(&arena);
	if (begun)
		atomic_fetch_sub_explicit(&server->under_way, 1, memory_order_release);
}
