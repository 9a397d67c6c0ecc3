#include "../test.h"

#include "base/clock.h"
#include "base/log.h"

#include <sys/socket.h>
#include <unistd.h>

enum { LINES = 1000 };

static int real_stderr, ours;

/* Each write(2) comes out as one piece. */
static int begin(void **state UNUSED)
{
	int pair[2];

	setenv("KONTOR_CLOCK", "1795521600", 1);
	unsetenv("JOURNAL_STREAM");
	log_setup(LOG_LEVEL_INFO, false);
	real_stderr = dup(STDERR_FILENO);
	if (real_stderr < 0 || socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair))
		return -1;
	ours = pair[0];
	dup2(pair[1], STDERR_FILENO);
	close(pair[1]);
	log_gather_start();
	return 0;
}

static int end(void **state UNUSED)
{
	log_gather_stop();
	dup2(real_stderr, STDERR_FILENO);
	close(ours);
	return 0;
}

/* The next piece, waited for: how many lines it holds. The first and last go to *from and *to. */
static int next(int *from, int *to)
{
	static char got[100000];
	ssize_t len = recv(ours, got, sizeof(got) - 1, 0);
	struct text rest, line;
	int count = 0, number;

	assert_true(len > 0);
	got[len] = '\0';
	rest = (struct text){ got, (size_t)len };
	assert_true(text_ends(rest, TEXT("\n")));
	while (text_split(&rest, '\n', &line) && line.len) {
		const char *at = strstr(line.ptr, " n=");

		assert_non_null(at);
		number = (int)strtol(at + 3, NULL, 10);
		if (!count++)
			*from = number;
		else
			assert_int_equal(number, *to + 1);
		*to = number;
	}
	return count;
}

static void pieces_hold_whole_lines_in_order_and_none_is_lost(void **state UNUSED)
{
	int from, to, last = 0, pieces = 0;

	for (int i = 1; i <= LINES; i++)
		log_info("line", "n=%d", i);
	for (; last < LINES; last = to, pieces++) {
		next(&from, &to);
		assert_int_equal(from, last + 1);
	}
	assert_true(pieces < LINES);
}

static void a_warning_takes_along_what_came_before(void **state UNUSED)
{
	int from, to = 0;

	log_info("line", "n=1");
	log_info("line", "n=2");
	log_warn("line", "n=3");
	for (int count = 0; count < 3;)
		count += next(&from, &to);
	assert_int_equal(to, 3);
}

static void the_last_line_waits_for_no_other(void **state UNUSED)
{
	int64_t began = clock_mono_ms();
	int from, to = 0;

	for (int i = 1; i <= 3; i++)
		log_info("line", "n=%d", i);
	while (to < 3)
		next(&from, &to);
	assert_in_range(clock_mono_ms() - began, 0, 5000);
}

static void stopping_writes_what_is_left(void **state UNUSED)
{
	int from, to = 0;

	for (int i = 1; i <= 50; i++)
		log_info("line", "n=%d", i);
	log_gather_stop();
	while (to < 50)
		next(&from, &to);
	log_info("line", "n=51");
	assert_int_equal(next(&from, &to), 1);
	assert_int_equal(to, 51);
	log_gather_start();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_hold_whole_lines_in_order_and_none_is_lost),
		cmocka_unit_test(a_warning_takes_along_what_came_before),
		cmocka_unit_test(the_last_line_waits_for_no_other),
		cmocka_unit_test(stopping_writes_what_is_left),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
