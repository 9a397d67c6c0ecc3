/* Who comes in: login, proxies, plain HTTP, connections of one address, and the end. */
#include "tests/unit/http/served.h"
#include <ifaddrs.h>

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
	struct settings lenient;
	struct sockaddr_in other;
	struct err err = { 0 };

	if (!other_address(&other))
		skip();
	inet_ntop(AF_INET, &other.sin_addr, address, sizeof(address));
	snprintf(where, sizeof(where), "%s:0", address);
	settings.server_listen = where;
	assert_int_equal(start(state), 0);
	lenient = settings;
	settings.server_listen = listen;
	client_host = other.sin_addr;
	assert_int_equal(ask(AUTH("/", "YW5uOnNlY3JldA==")), 403);
	assert_non_null(strstr(answer.body, "https://"));
	assert_int_equal(ask(GET("/")), 403);
	assert_null(strstr(answer.data, "WWW-Authenticate"));
	assert_int_equal(ask(GET("/open")), 200);
	lenient.server_plain_http = true;
	assert_true(http_reload(http, &lenient, &err));
	assert_int_equal(ask(AUTH("/", "YW5uOnNlY3JldA==")), 200);
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
	client_host.s_addr = htonl(INADDR_LOOPBACK);
	http_stop(&http);
	settings.limits_per_address = 100;
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

int main(void)
{
	const struct CMUnitTest with_server[] = {
		cmocka_unit_test(a_login_is_asked_for_and_checked),
		cmocka_unit_test(no_login_is_inherited_from_an_earlier_request),
		cmocka_unit_test(a_refused_login_with_a_short_body_keeps_the_connection),
		cmocka_unit_test(login_and_handler_share_a_step),
		cmocka_unit_test(a_refused_body_is_not_read),
		cmocka_unit_test(only_trusted_proxies_are_believed),
		cmocka_unit_test(an_address_in_use_is_said),
	};
	const struct CMUnitTest without[] = {
		cmocka_unit_test(a_password_is_not_taken_over_plain_http_from_elsewhere),
		cmocka_unit_test(an_address_holds_so_many_connections_only),
		cmocka_unit_test(stopping_cuts_off_who_is_still_parked),
		cmocka_unit_test(draining_waits_for_what_is_under_way),
	};
	int failed;

	if (!house_ready())
		return 1;
	failed = cmocka_run_group_tests(with_server, start, stop);
	failed += cmocka_run_group_tests(without, NULL, NULL);
	house_gone();
	return failed;
}
