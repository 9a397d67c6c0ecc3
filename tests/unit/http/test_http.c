/* The server with handlers of our own: parking, waking, lanes, streams, login, the end. */
#include "tests/unit/test.h"
#include "tests/unit/http/client.h"
#include <ifaddrs.h>
#include <pthread.h>
#include <stdatomic.h>
#include <zlib.h>

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

#define CLOSE     "Host: a\r\nConnection: close\r\n"
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

/* ---- claims ---- */

static void a_body_reaches_the_handler(void **state UNUSED)
{
	assert_int_equal(ask("PUT /open HTTP/1.1\r\n" CLOSE "Content-Length: 5\r\n\r\nhello"), 200);
	assert_body("hello");
	assert_int_equal(ask("PUT /open HTTP/1.1\r\n" CLOSE "Transfer-Encoding: chunked\r\n\r\n"
	                     "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"),
	        200);
	assert_body("hello");
	assert_int_equal(ask("PUT /open HTTP/1.1\r\n" CLOSE "Content-Length: 0\r\n\r\n"), 200);
	assert_body("");
	assert_int_equal(ask(GET("/open")), 200);
	assert_body("(none)");
}

static void a_parked_call_goes_on_when_woken(void **state UNUSED)
{
	assert_int_equal(ask(GET("/open/park")), 200);
	assert_body("done");
	assert_int_equal(ask(GET("/open/twice")), 200);
	assert_body("done");
}

static void a_wake_up_before_the_handler_returned_is_not_lost(void **state UNUSED)
{
	assert_int_equal(ask(GET("/open/early")), 200);
	assert_body("done");
}

static void a_call_that_parked_and_failed_is_answered(void **state UNUSED)
{
	assert_int_equal(ask(GET("/open/park-fail")), 503);
	assert_non_null(strstr(answer.data, "Retry-After: "));
}

static void *park_many(void *arg UNUSED)
{
	int fd = client_connect(http_address(http, 0));
	char buffer[4096];

	for (int i = 0; i < 300; i++) {
		const char *paths[] = { "/open/park", "/open/early", "/open/slow-park",
			"/open/twice" };
		struct text request;
		char line[128];

		request.ptr = line;
		request.len = (size_t)snprintf(line, sizeof(line),
		        "PUT %s HTTP/1.1\r\nHost: a\r\n"
		        "Content-Length: 2\r\n\r\nab",
		        paths[i % 4]);
		client_send(fd, request);
		if (recv(fd, buffer, sizeof(buffer), 0) < 20 || memcmp(buffer, "HTTP/1.1 200", 12))
			return arg;
	}
	close(fd);
	return NULL;
}

static void many_calls_park_at_once_and_none_is_lost(void **state)
{
	pthread_t clients[8];

	for (size_t i = 0; i < COUNT_OF(clients); i++)
		pthread_create(&clients[i], NULL, park_many, state);
	for (size_t i = 0; i < COUNT_OF(clients); i++) {
		void *failed;

		pthread_join(clients[i], &failed);
		assert_null(failed);
	}
}

static void slow_work_runs_on_a_thread_of_its_own(void **state UNUSED)
{
	assert_int_equal(ask(GET("/open/slow")), 200);
	assert_body("from the lane");
	assert_int_equal(ask(GET("/open/slow-park")), 200);
	assert_body("done");
}

static void a_stream_of_known_length_is_not_chunked(void **state UNUSED)
{
	assert_int_equal(ask(GET("/open/stream?known")), 200);
	assert_non_null(strstr(answer.data, "Content-Length: 1100000\r\n"));
	assert_int_equal(answer.body_len, 1100000);
	assert_int_equal(ask(GET("/open/stream")), 200);
	assert_non_null(strstr(answer.data, "Transfer-Encoding: chunked\r\n"));
	assert_true(answer.body_len > 1100000);
}

static void a_stream_that_fails_cuts_the_connection(void **state UNUSED)
{
	assert_int_equal(ask(GET("/open/broken")), 200);
	assert_null(strstr(answer.body, "0\r\n\r\n")); /* no proper end */
}

static size_t unpack(const char *bytes, size_t len, char *out, size_t room)
{
	z_stream z = { .next_in = (Bytef *)bytes,
		.avail_in = (uInt)len,
		.next_out = (Bytef *)out,
		.avail_out = (uInt)room };

	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	inflateEnd(&z);
	return room - z.avail_out;
}

static void large_answers_are_packed_for_those_who_ask(void **state UNUSED)
{
	static char out[200000];

	assert_int_equal(
	        ask("GET /open/large HTTP/1.1\r\n" CLOSE "Accept-Encoding: gzip, br\r\n\r\n"), 207);
	assert_non_null(strstr(answer.data, "Content-Encoding: gzip\r\n"));
	assert_non_null(strstr(answer.data, "Vary: Accept-Encoding\r\n"));
	assert_true(answer.body_len < 5000);
	assert_int_equal(unpack(answer.body, answer.body_len, out, sizeof(out)), 100000);
	assert_int_equal(ask(GET("/open/large")), 207);
	assert_int_equal(answer.body_len, 100000);
	assert_int_equal(
	        ask("HEAD /open/large HTTP/1.1\r\n" CLOSE "Accept-Encoding: gzip\r\n\r\n"), 207);
	assert_null(strstr(answer.data, "Content-Encoding"));
	assert_int_equal(answer.body_len, 0);
	assert_int_equal(ask("GET /open HTTP/1.1\r\n" CLOSE "Accept-Encoding: gzip\r\n\r\n"), 200);
	assert_null(strstr(answer.data, "Content-Encoding"));
}

static void streams_are_packed_too(void **state UNUSED)
{
	assert_int_equal(
	        ask("GET /open/stream HTTP/1.1\r\n" CLOSE "Accept-Encoding: gzip\r\n\r\n"), 200);
	assert_non_null(strstr(answer.data, "Content-Encoding: gzip\r\n"));
	assert_true(answer.body_len < 20000);
}

static void long_answers_arrive_whole(void **state UNUSED)
{
	assert_int_equal(ask(GET("/open/huge")), 200);
	assert_non_null(strstr(answer.data, "Content-Length: 1000000\r\n"));
	assert_int_equal(answer.body_len, 1000000);
	assert_int_equal(ask("HEAD /open/huge HTTP/1.1\r\n" CLOSE "\r\n"), 200);
	assert_non_null(strstr(answer.data, "Content-Length: 1000000\r\n"));
	assert_int_equal(answer.body_len, 0);
}

#define ANN "Authorization: Basic YW5uOnNlY3JldA==\r\n"

static void large_bodies_go_to_a_file(void **state UNUSED)
{
	int fd = client_connect(http_address(http, 0));
	static char bytes[200000];

	memset(bytes, 'z', sizeof(bytes));
	client_send(fd, TEXT("PUT /spool HTTP/1.1\r\n" CLOSE ANN "Content-Length: 200000\r\n\r\n"));
	client_send(fd, (struct text){ bytes, sizeof(bytes) });
	client_read(fd, &answer);
	close(fd);
	assert_body("200000 z");
	assert_int_equal(
	        ask("PUT /spool HTTP/1.1\r\n" CLOSE ANN "Content-Length: 400000\r\n\r\n"), 413);
}

static void strangers_fill_nobodys_disk_or_memory(void **state UNUSED)
{
	assert_int_equal(
	        ask("PUT /open/spool HTTP/1.1\r\n" CLOSE "Content-Length: 65537\r\n\r\n"), 413);
	assert_int_equal(ask("PUT /open HTTP/1.1\r\n" CLOSE "Content-Length: 65537\r\n\r\n"), 413);
}

static void a_handler_that_says_nothing_is_our_mistake(void **state UNUSED)
{
	assert_int_equal(ask(GET("/open/nothing")), 500);
}

#define AUTH(path, base64) \
	"GET " path " HTTP/1.1\r\n" CLOSE "Authorization: Basic " base64 "\r\n\r\n"

static void a_login_is_asked_for_and_checked(void **state UNUSED)
{
	assert_int_equal(ask(GET("/")), 401);
	assert_non_null(strstr(
	        answer.data, "WWW-Authenticate: Basic realm=\"Kontor\", charset=\"UTF-8\"\r\n"));
	assert_int_equal(ask(AUTH("/", "YW5uOnNlY3JldA==")), 200); /* ann:secret */
	assert_int_equal(ask(AUTH("/", "YW5uOndyb25n")), 401);     /* ann:wrong */
	assert_int_equal(ask(AUTH("/", "c2xvdzpzZWNyZXQ=")), 200); /* slow:secret */
	assert_int_equal(ask(AUTH("/", "c2xvdzp3cm9uZw==")), 401); /* slow:wrong */
	assert_int_equal(ask(AUTH("/", "YnVzeTp4")), 429);         /* busy:x */
	assert_int_equal(ask(AUTH("/", "YW5uOnNlY3JldAA=")), 401); /* ann:secret\0 */
	assert_int_equal(ask(AUTH("/", "!!!")), 401);
	assert_int_equal(ask(AUTH("/open", "YW5uOndyb25n")), 200);
}

static void no_login_is_inherited_from_an_earlier_request(void **state UNUSED)
{
	assert_int_equal(ask("GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Basic "
	                     "YW5uOnNlY3JldA==\r\n\r\n" GET("/")),
	        200);
	assert_non_null(strstr(answer.body, "HTTP/1.1 401 "));
}

static void a_refused_login_with_a_short_body_keeps_the_connection(void **state UNUSED)
{
	assert_int_equal(ask("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
	                     "PUT / HTTP/1.1\r\n" CLOSE ANN "Content-Length: 5\r\n\r\nhello"),
	        401);
	assert_non_null(strstr(answer.body, "HTTP/1.1 200 "));
}

static void login_and_handler_share_a_step(void **state UNUSED)
{
	int before = steps;

	assert_int_equal(ask("PUT / HTTP/1.1\r\n" CLOSE ANN "Content-Length: 5\r\n\r\nhello"), 200);
	assert_int_equal(steps, before + 1);
}

/* Also after the password went through the lane. */
static void a_refused_body_is_not_read(void **state UNUSED)
{
	assert_int_equal(
	        ask("PUT / HTTP/1.1\r\nHost: a\r\nAuthorization: Basic c2xvdzp3cm9uZw==\r\n"
	            "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n"),
	        401);
	assert_non_null(strstr(answer.data, "Connection: close\r\n"));
	assert_int_equal(ask("PUT / HTTP/1.1\r\n" CLOSE "Authorization: Basic c2xvdzpzZWNyZXQ=\r\n"
	                     "Content-Length: 5\r\n\r\nhello"),
	        200);
	assert_body("hello");
}

static void only_trusted_proxies_are_believed(void **state UNUSED)
{
	struct settings trusting = settings;
	struct err err = { 0 };
	const char *request =
	        "GET /open/peer HTTP/1.1\r\n" CLOSE "X-Forwarded-For: 1.2.3.4, 203.0.113.9\r\n"
	        "X-Forwarded-Proto: https\r\nX-Forwarded-Host: kontor.example\r\n\r\n";

	assert_int_equal(ask(request), 200);
	assert_body("127.0.0.1 plain a");
	trusting.server_trusted_proxies = "127.0.0.0/8";
	assert_true(http_reload(http, &trusting, &err));
	assert_int_equal(ask(request), 200);
	assert_body("203.0.113.9 tls kontor.example");
	assert_true(http_reload(http, &settings, &err));
}

/* An address of this machine that is not loopback; false if it has none. */
static bool other_address(struct sockaddr_in *found)
{
	struct ifaddrs *list, *one;
	bool ok = false;

	if (getifaddrs(&list))
		return false;
	for (one = list; one && !ok; one = one->ifa_next) {
		if (!one->ifa_addr || one->ifa_addr->sa_family != AF_INET)
			continue;
		memcpy(found, one->ifa_addr, sizeof(*found));
		ok = ntohl(found->sin_addr.s_addr) >> 24 != 127;
	}
	freeifaddrs(list);
	return ok;
}

/* Nor is it asked for: the client would send it. */
static void a_password_is_not_taken_over_plain_http_from_elsewhere(void **state)
{
	const char *listen = settings.server_listen;
	char where[64], address[32];
	struct sockaddr_in other;

	if (!other_address(&other))
		skip();
	inet_ntop(AF_INET, &other.sin_addr, address, sizeof(address));
	snprintf(where, sizeof(where), "%s:0", address);
	settings.server_listen = where;
	assert_int_equal(start(state), 0);
	settings.server_listen = listen;
	client_host = other.sin_addr;
	assert_int_equal(ask(AUTH("/", "YW5uOnNlY3JldA==")), 403);
	assert_non_null(strstr(answer.body, "https://"));
	assert_int_equal(ask(GET("/")), 403);
	assert_null(strstr(answer.data, "WWW-Authenticate"));
	assert_int_equal(ask(GET("/open")), 200);
	settings.server_plain_http = true;
	assert_int_equal(ask(AUTH("/", "YW5uOnNlY3JldA==")), 200);
	settings.server_plain_http = false;
	client_host.s_addr = htonl(INADDR_LOOPBACK);
	http_stop(&http);
}

static void an_address_holds_so_many_connections_only(void **state)
{
	const char *listen = settings.server_listen;
	char where[64], address[32];
	struct sockaddr_in other;
	int held[2];

	if (!other_address(&other))
		skip();
	inet_ntop(AF_INET, &other.sin_addr, address, sizeof(address));
	snprintf(where, sizeof(where), "%s:0", address);
	settings.server_listen = where;
	settings.limits_per_address = 2;
	assert_int_equal(start(state), 0);
	settings.server_listen = listen;
	client_host = other.sin_addr;
	held[0] = client_connect(http_address(http, 0));
	held[1] = client_connect(http_address(http, 0));
	usleep(50000);
	assert_int_equal(ask(GET("/open")), 0);
	close(held[0]);
	usleep(50000);
	assert_int_equal(ask(GET("/open")), 200);
	close(held[1]);
	settings.limits_per_address = 100;
	client_host.s_addr = htonl(INADDR_LOOPBACK);
	http_stop(&http);
}

static void *ask_never(void *arg)
{
	const int *connected = arg;
	int fd = *connected;

	client_send(fd, TEXT(GET("/open/never")));
	client_read(fd, &answer);
	close(fd);
	return NULL;
}

/* The library aborts when it is stopped with a connection suspended. */
static void stopping_cuts_off_who_is_still_parked(void **state)
{
	pthread_t client;
	int fd;

	assert_int_equal(start(state), 0);
	fd = client_connect(http_address(http, 0));
	kept.wake = NULL;
	pthread_create(&client, NULL, ask_never, &fd);
	while (!*(void *volatile *)&kept.wake)
		usleep(1000);
	usleep(20000);
	assert_false(http_drain(http, 100));
	http_stop(&http);
	pthread_join(client, NULL);
	assert_int_equal(answer.status, 0);
	kept.wake(kept.arg); /* does no harm */
}

static void draining_waits_for_what_is_under_way(void **state)
{
	assert_int_equal(start(state), 0);
	assert_int_equal(ask(GET("/open")), 200);
	assert_true(http_drain(http, 1000));
	http_stop(&http);
}

static void an_address_in_use_is_said(void **state UNUSED)
{
	struct settings same = settings;
	struct http_setup setup = { .settings = &same };
	struct err err = { 0 };

	same.server_listen = http_address(http, 0).ptr;
	assert_null(http_start(&setup, &err));
	assert_non_null(strstr(err.detail, "in use"));
}

static void remove_dir(void)
{
	char tmp[64];

	snprintf(tmp, sizeof(tmp), "%s/tmp", data_dir);
	rmdir(tmp);
	rmdir(data_dir);
}

int main(void)
{
	const struct CMUnitTest with_server[] = {
		cmocka_unit_test(a_body_reaches_the_handler),
		cmocka_unit_test(a_parked_call_goes_on_when_woken),
		cmocka_unit_test(a_wake_up_before_the_handler_returned_is_not_lost),
		cmocka_unit_test(a_call_that_parked_and_failed_is_answered),
		cmocka_unit_test(many_calls_park_at_once_and_none_is_lost),
		cmocka_unit_test(slow_work_runs_on_a_thread_of_its_own),
		cmocka_unit_test(a_stream_of_known_length_is_not_chunked),
		cmocka_unit_test(a_stream_that_fails_cuts_the_connection),
		cmocka_unit_test(large_answers_are_packed_for_those_who_ask),
		cmocka_unit_test(streams_are_packed_too),
		cmocka_unit_test(large_bodies_go_to_a_file),
		cmocka_unit_test(strangers_fill_nobodys_disk_or_memory),
		cmocka_unit_test(long_answers_arrive_whole),
		cmocka_unit_test(a_handler_that_says_nothing_is_our_mistake),
		cmocka_unit_test(a_login_is_asked_for_and_checked),
		cmocka_unit_test(no_login_is_inherited_from_an_earlier_request),
		cmocka_unit_test(a_refused_login_with_a_short_body_keeps_the_connection),
		cmocka_unit_test(login_and_handler_share_a_step),
		cmocka_unit_test(a_refused_body_is_not_read),
		cmocka_unit_test(only_trusted_proxies_are_believed),
		cmocka_unit_test(an_address_in_use_is_said),
	};
	const struct CMUnitTest without[] = {
		cmocka_unit_test(stopping_cuts_off_who_is_still_parked),
		cmocka_unit_test(draining_waits_for_what_is_under_way),
		cmocka_unit_test(a_password_is_not_taken_over_plain_http_from_elsewhere),
		cmocka_unit_test(an_address_holds_so_many_connections_only),
	};
	int failed;

	client_host.s_addr = htonl(INADDR_LOOPBACK);
	log_setup(LOG_LEVEL_ERROR, false);
	if (!mkdtemp(data_dir))
		return 1;
	settings.server_data_dir = data_dir;
	settings.server_listen = "127.0.0.1:0";
	settings.server_threads = settings.server_slow_threads = 2;
	settings.limits_connections = settings.limits_per_address = 100;
	settings.limits_idle = settings.limits_header_time = 20;
	settings.limits_body = 100000;
	settings.limits_file = 300000;
	failed = cmocka_run_group_tests(with_server, start, stop);
	failed += cmocka_run_group_tests(without, NULL, NULL);
	remove_dir();
	return failed;
}
