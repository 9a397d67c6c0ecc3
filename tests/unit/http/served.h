/* served.h - a server with handlers of our own, and a client that asks it. Includes cmocka. */
#ifndef KONTOR_TEST_HTTP_SERVED_H
#define KONTOR_TEST_HTTP_SERVED_H

#include "tests/unit/test.h"
#include "tests/unit/http/client.h"
#include <pthread.h>

#include "base/log.h"
#include "base/settings.h"
#include "http/auth.h"
#include "http/http.h"

static struct http *http;
static char data_dir[] = "/tmp/kontor-test-http-XXXXXX";
static struct settings settings = {
#define SETTING(section, key, type, preset, min, max, words) \
	.section##_##key = SETTING_##type(preset),
#define SETTING_text(preset) preset
#define SETTING_int(preset)  0
#define SETTING_size(preset) 0
#define SETTING_time(preset) 0
#define SETTING_bool(preset) false
#include "base/config.tbl.h"
#undef SETTING
};

/* ---- hooks ---- */

static _Thread_local int in_step;
static _Atomic int steps;

static void step_begin(struct work *work UNUSED)
{
	assert_int_equal(in_step++, 0);
	steps++;
}

static void step_end(struct work *work UNUSED)
{
	assert_int_equal(--in_step, 0);
}

static enum login_result login(struct call *c, bool may_block)
{
	static const int ann;
	struct credentials given;

	switch (auth_basic(c, &given)) {
	case AUTH_NONE: return LOGIN_NONE;
	case AUTH_BASIC: break;
	default: return LOGIN_BAD;
	}
	if (text_eq(given.name, TEXT("busy")))
		return LOGIN_BUSY;
	if (text_eq(given.name, TEXT("slow")) && !may_block)
		return LOGIN_SLOW;
	if (!text_eq(given.password, TEXT("secret")))
		return LOGIN_BAD;
	c->work.who = (const struct who *)&ann;
	return LOGIN_OK;
}

static struct text who_name(const struct who *who UNUSED)
{
	return TEXT("ann");
}

/* ---- handlers ---- */

static bool echo(struct call *c)
{
	return call_reply_body(c, 200, "text/plain", c->body.ptr ? c->body : TEXT("(none)"));
}

static bool done(struct call *c)
{
	return call_reply_body(c, 200, "text/plain", TEXT("done"));
}

static void *wake_later(void *arg)
{
	struct waker *waker = arg, mine = *waker;

	usleep(1000);
	mine.wake(mine.arg);
	return NULL;
}

static void on_thread(void *(*run)(void *), void *arg)
{
	pthread_t thread;

	pthread_create(&thread, NULL, run, arg);
	pthread_detach(thread);
}

static void wake_soon(struct call *c, struct waker waker)
{
	struct waker *mine = arena_make(c->work.arena, struct waker);

	*mine = waker;
	on_thread(wake_later, mine);
}

static bool park(struct call *c)
{
	wake_soon(c, call_park(c, done));
	return true;
}

/* The waker is quicker than the handler. */
static bool woken_early(struct call *c)
{
	struct waker waker = call_park(c, done);

	waker.wake(waker.arg);
	usleep(1000);
	return true;
}

static bool park_once_more(struct call *c)
{
	return park(c);
}

static bool park_twice(struct call *c)
{
	wake_soon(c, call_park(c, park_once_more));
	return true;
}

/* Parked, but then refused: nobody will wake it. */
static bool park_and_fail(struct call *c)
{
	call_park(c, done);
	return err_set(&c->work.err, ERR_UNAVAILABLE, "no writer");
}

static _Thread_local bool is_serving_thread;

static bool on_lane(struct call *c)
{
	assert_false(is_serving_thread);
	return call_reply_body(c, 200, "text/plain", TEXT("from the lane"));
}

static bool slow(struct call *c)
{
	is_serving_thread = true;
	return call_slow(c, on_lane);
}

static bool parks_on_lane(struct call *c)
{
	return park(c);
}

static bool slow_then_park(struct call *c)
{
	return call_slow(c, parks_on_lane);
}

static struct waker kept;

static bool never(struct call *c)
{
	kept = call_park(c, done);
	return true;
}

static bool fill(struct call *c, struct buf *out, bool *more)
{
	int *left = c->state;

	assert_int_equal(in_step, 1);
	for (int i = 0; i < 5000; i++)
		buf_add(out, TEXT("0123456789\n"));
	*more = --*left > 0;
	return true;
}

static bool stream(struct call *c)
{
	int *left = arena_make(c->work.arena, int);

	*left = 20;
	c->state = left;
	return call_reply_stream(
	        c, 200, "text/xml", fill, text_eq(c->query, TEXT("known")) ? 1100000 : -1);
}

static bool fill_fails(struct call *c, struct buf *out, bool *more)
{
	*more = true;
	if (out->cap)
		return err_set(&c->work.err, ERR_UNAVAILABLE, "gone");
	buf_add(out, TEXT("some"));
	return true;
}

static bool broken_stream(struct call *c)
{
	return call_reply_stream(c, 200, "text/xml", fill_fails, -1);
}

static bool spooled(struct call *c)
{
	char *bytes = arena_alloc(c->work.arena, (size_t)c->body_size + 1);

	assert_null(c->body.ptr);
	assert_int_equal(read(c->body_fd, bytes, (size_t)c->body_size), c->body_size);
	return call_reply_body(c, 200, "text/plain",
	        arena_printf(
	                c->work.arena, "%zu %c", (size_t)c->body_size, bytes[c->body_size - 1]));
}

static bool large(struct call *c)
{
	return call_reply_body(c, 207, "application/xml; charset=utf-8",
	        (struct text){ memset(arena_alloc(c->work.arena, 100000), 'x', 100000), 100000 });
}

static bool huge(struct call *c)
{
	return call_reply_body(c, 200, "application/octet-stream",
	        (struct text){
	                memset(arena_alloc(c->work.arena, 1000000), 'x', 1000000), 1000000 });
}

static bool says_nothing(struct call *c UNUSED)
{
	return true;
}

static bool tells_peer(struct call *c)
{
	return call_reply_body(c, 200, "text/plain",
	        arena_printf(c->work.arena, "%.*s %s %.*s", TEXT_ARG(c->peer),
	                c->tls ? "tls" : "plain", TEXT_ARG(c->authority)));
}

static const struct route ROUTES[] = {
	{ "/", echo, http_plain_fail, 0 },
	{ "/open", echo, http_plain_fail, ROUTE_OPEN },
	{ "/open/park", park, http_plain_fail, ROUTE_OPEN },
	{ "/open/early", woken_early, http_plain_fail, ROUTE_OPEN },
	{ "/open/twice", park_twice, http_plain_fail, ROUTE_OPEN },
	{ "/open/park-fail", park_and_fail, http_plain_fail, ROUTE_OPEN },
	{ "/open/slow", slow, http_plain_fail, ROUTE_OPEN },
	{ "/open/slow-park", slow_then_park, http_plain_fail, ROUTE_OPEN },
	{ "/open/never", never, http_plain_fail, ROUTE_OPEN },
	{ "/open/stream", stream, http_plain_fail, ROUTE_OPEN },
	{ "/open/broken", broken_stream, http_plain_fail, ROUTE_OPEN },
	{ "/open/spool", spooled, http_plain_fail, ROUTE_OPEN | ROUTE_SPOOL },
	{ "/spool", spooled, http_plain_fail, ROUTE_SPOOL },
	{ "/open/huge", huge, http_plain_fail, ROUTE_OPEN },
	{ "/open/large", large, http_plain_fail, ROUTE_OPEN },
	{ "/open/nothing", says_nothing, http_plain_fail, ROUTE_OPEN },
	{ "/open/peer", tells_peer, http_plain_fail, ROUTE_OPEN },
};

/* ---- the client's side ---- */

static struct answer answer;

static int ask(const char *request)
{
	int fd = client_connect(http_address(http, 0));

	client_send(fd, text_of(request));
	client_read(fd, &answer);
	close(fd);
	return answer.status;
}

#define CLOSE "Host: a\r\nConnection: close\r\n"
/* ann:secret */
#define ANN       "Authorization: Basic YW5uOnNlY3JldA==\r\n"
#define GET(path) "GET " path " HTTP/1.1\r\n" CLOSE "\r\n"

static void assert_body(const char *body)
{
	assert_text_at(
	        (struct text){ answer.body, answer.body_len }, text_of(body), __FILE__, __LINE__);
}

static int start(void **state UNUSED)
{
	struct http_setup setup = {
		.routes = ROUTES,
		.routes_len = COUNT_OF(ROUTES),
		.settings = &settings,
		.login = login,
		.who_name = who_name,
		.step_begin = step_begin,
		.step_end = step_end,
	};
	struct err err = { 0 };

	http = http_start(&setup, &err);
	if (!http)
		print_error("%s\n", err.detail);
	return http ? 0 : -1;
}

static int stop(void **state UNUSED)
{
	http_stop(&http);
	return 0;
}

/* ---- the house ---- */

/* Small limits, a directory of its own. */
static bool house_ready(void)
{
	client_host.s_addr = htonl(INADDR_LOOPBACK);
	log_setup(LOG_LEVEL_ERROR, false);
	if (!mkdtemp(data_dir))
		return false;
	settings.server_data_dir = data_dir;
	settings.server_listen = "127.0.0.1:0";
	settings.server_threads = settings.server_slow_threads = 2;
	settings.limits_connections = settings.limits_per_address = 100;
	settings.limits_idle = settings.limits_header_time = 20;
	settings.limits_body = 100000;
	settings.limits_file = 300000;
	return true;
}

static void house_gone(void)
{
	char tmp[64];

	snprintf(tmp, sizeof(tmp), "%s/tmp", data_dir);
	rmdir(tmp);
	rmdir(data_dir);
}

#endif
