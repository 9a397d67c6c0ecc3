#include "../test.h"

#include "base/clock.h"

static struct arena *arena;

static int begin(void **state UNUSED)
{
	arena = arena_new();
	return setenv("KONTOR_CLOCK", "1795521600", 1); /* 2026-11-24T12:00:00Z */
}

static int end(void **state UNUSED)
{
	arena_free(&arena);
	return 0;
}

static void the_environment_fixes_the_time(void **state UNUSED)
{
	assert_int_equal(clock_now(), 1795521600);
	assert_text(clock_rfc3339(arena, clock_now()), "2026-11-24T12:00:00Z");
}

static void monotonic_time_goes_on(void **state UNUSED)
{
	int64_t us = clock_mono_us(), ms = clock_mono_ms();

	while (clock_mono_us() < us + 2000)
		;
	assert_true(clock_mono_ms() > ms);
}

static void all_three_forms_of_http_dates_are_read(void **state UNUSED)
{
	static const char *const FORMS[] = { "Sun, 06 Nov 1994 08:49:37 GMT",
		"Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994" };
	int64_t time;

	for (size_t i = 0; i < COUNT_OF(FORMS); i++) {
		time = 0;
		assert_true(clock_from_http(text_of(FORMS[i]), &time));
		assert_int_equal(time, 784111777);
	}
	assert_text(clock_http(arena, 784111777), FORMS[0]);
}

static void two_digit_years_are_at_most_fifty_ahead(void **state UNUSED)
{
	int64_t time;

	assert_true(clock_from_http(TEXT("Sunday, 06-Nov-76 08:49:37 GMT"), &time));
	assert_text(clock_rfc3339(arena, time), "2076-11-06T08:49:37Z");
	assert_true(clock_from_http(TEXT("Sunday, 06-Nov-77 08:49:37 GMT"), &time));
	assert_text(clock_rfc3339(arena, time), "1977-11-06T08:49:37Z");
}

static void what_is_no_date_is_refused(void **state UNUSED)
{
	static const char *const BAD[] = { "", ",", ", ", "Sun,", "Sun, ", "yesterday",
		"Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
		"Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
		"Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
		"Sun, 06 Nop 1994 08:49:37 GMT", "Sun, 06-Nov-1994 08:49:37 GMT",
		"Sun, 6 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-1994 08:49:37 GMT",
		"Sun Nov 32 08:49:37 1994", "Sun Nov  6 08:49:37 199", "1994-11-06T08:49:37Z",
		"Sun, 06 Nov -994 08:49:37 GMT", "Sun Nov    08:49:37 1994" };
	int64_t time;

	for (size_t i = 0; i < COUNT_OF(BAD); i++)
		assert_false(clock_from_http(text_of(BAD[i]), &time));
}

static void every_day_of_eight_centuries_comes_back(void **state UNUSED)
{
	for (int64_t day = -146097; day < 146097; day += 1) {
		int64_t time, want = day * 86400 + (day & 1 ? 86399 : 0);
		struct arena *own;

		if (day % 11)
			continue;
		own = arena_new();
		assert_true(clock_from_http(clock_http(own, want), &time));
		assert_int_equal(time, want);
		arena_free(&own);
	}
}

static void dates_agree_with_the_c_library(void **state UNUSED)
{
	for (int64_t time = -5000000000; time < 5000000000; time += 98765431) {
		time_t t = (time_t)time;
		struct tm tm;
		char want[40];

		gmtime_r(&t, &tm);
		strftime(want, sizeof(want), "%a, %d %b %Y %H:%M:%S GMT", &tm);
		assert_text(clock_http(arena, time), want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_environment_fixes_the_time),
		cmocka_unit_test(monotonic_time_goes_on),
		cmocka_unit_test(all_three_forms_of_http_dates_are_read),
		cmocka_unit_test(two_digit_years_are_at_most_fifty_ahead),
		cmocka_unit_test(what_is_no_date_is_refused),
		cmocka_unit_test(every_day_of_eight_centuries_comes_back),
		cmocka_unit_test(dates_agree_with_the_c_library),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
