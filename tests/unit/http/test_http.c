/* What handlers can do: park, wake, the lane, streams, bodies large and small. */
#include "tests/unit/http/served.h"
#include <stdatomic.h>
#include <zlib.h>

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
	char length[64];

	assert_int_equal(
	        ask("GET /open/large HTTP/1.1\r\n" CLOSE "Accept-Encoding: gzip, br\r\n\r\n"), 207);
	assert_non_null(strstr(answer.data, "Content-Encoding: gzip\r\n"));
	assert_non_null(strstr(answer.data, "Vary: Accept-Encoding\r\n"));
	assert_true(answer.body_len < 5000);
	assert_int_equal(unpack(answer.body, answer.body_len, out, sizeof(out)), 100000);
	snprintf(length, sizeof(length), "Content-Length: %zu\r\n", answer.body_len);
	assert_int_equal(ask(GET("/open/large")), 207);
	assert_int_equal(answer.body_len, 100000);
	assert_int_equal(
	        ask("HEAD /open/large HTTP/1.1\r\n" CLOSE "Accept-Encoding: gzip\r\n\r\n"), 207);
	assert_non_null(strstr(answer.data, "Content-Encoding: gzip\r\n"));
	assert_non_null(strstr(answer.data, length));
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
		cmocka_unit_test(long_answers_arrive_whole),
		cmocka_unit_test(large_bodies_go_to_a_file),
		cmocka_unit_test(strangers_fill_nobodys_disk_or_memory),
		cmocka_unit_test(a_handler_that_says_nothing_is_our_mistake),
	};
	int failed;

	if (!house_ready())
		return 1;
	failed = cmocka_run_group_tests(with_server, start, stop);
	house_gone();
	return failed;
}
