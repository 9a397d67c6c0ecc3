#include "tests/unit/test.h"
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/settings.h"
#include "http/conn.h"

static struct settings limits = {
	.limits_header_time = 2, .limits_idle = 3, .limits_body_rate = 1000
};
static const struct settings *_Atomic settings = &limits;

static struct peer address(const char *text)
{
	struct peer peer;

	if (!peer_parse(&peer, text_of(text)))
		fail_msg("%s", text);
	return peer;
}

static void connections_are_counted_by_address(void **state UNUSED)
{
	struct conns *conns = conns_new(4);
	struct peer one = address("192.0.2.1"), two = address("192.0.2.2");
	struct peer six = address("2001:db8::1"), neighbour = address("2001:db8::ffff:1");
	struct conn *held[300];

	for (size_t i = 0; i < COUNT_OF(held); i++)
		held[i] = conn_new(conns, i % 2 ? &one : &six, -1, false, true);
	assert_int_equal(conns_count(conns, &one), 150);
	assert_int_equal(conns_count(conns, &two), 0);
	assert_int_equal(conns_count(conns, &neighbour), 150); /* the same /64 */
	for (size_t i = 0; i < COUNT_OF(held); i++)
		conn_end(conns, &held[i]);
	assert_int_equal(conns_count(conns, &one), 0);
	conns_free(&conns);
}

static void a_rate_is_judged_after_a_while(void **state UNUSED)
{
	struct conns *conns = conns_new(4);
	struct peer peer = address("192.0.2.1");
	struct conn *conn = conn_new(conns, &peer, -1, false, false);
	int64_t now = clock_mono_ms();

	conn_phase(conn, CONN_SEND, now - 15000);
	assert_false(conn_too_slow(conn, &limits, now));
	conn_phase(conn, CONN_SEND, now - 30000);
	conn_moved(conn, 29000);
	assert_true(conn_too_slow(conn, &limits, now));
	conn_moved(conn, 2000);
	assert_false(conn_too_slow(conn, &limits, now));
	assert_int_equal(conns_count(conns, &peer), 0); /* not counted */
	conn_end(conns, &conn);
	conns_free(&conns);
}

/* True once the other end sees that this one was cut off. */
static bool is_cut(enum conn_phase phase, int64_t ago_ms)
{
	struct conns *conns = conns_new(4);
	struct peer peer = address("192.0.2.1");
	struct conn *conn;
	int pair[2];
	char byte;
	bool cut;

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	conn = conn_new(conns, &peer, pair[0], false, true);
	conn_phase(conn, phase, clock_mono_ms() - ago_ms);
	conns_watch(conns, &settings);
	usleep(1300000); /* one round of the sweeper */
	cut = recv(pair[1], &byte, 1, MSG_DONTWAIT) == 0;
	conn_end(conns, &conn);
	conns_free(&conns);
	close(pair[0]);
	close(pair[1]);
	return cut;
}

static void who_is_late_is_cut_off(void **state UNUSED)
{
	assert_true(is_cut(CONN_HEAD, 2500));
	assert_true(is_cut(CONN_SEND, 25000));
	assert_false(is_cut(CONN_IDLE, 3000));
	assert_false(is_cut(CONN_BUSY, 60000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(connections_are_counted_by_address),
		cmocka_unit_test(a_rate_is_judged_after_a_while),
		cmocka_unit_test(who_is_late_is_cut_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
