/* Business time, counted by hand. Monday 2026-03-23 is the week before the clocks of Berlin are put
 * forward (Sunday 2026-03-29, 02:00 to 03:00). */
#include "../test.h"

#include "crm/hours.h"
#include "object/ical_time.h"

static struct hours hours;

static void reads(const char *words)
{
	struct err err = { 0 };

	assert_true(hours_read(&err, text_of(words), zone_find(TEXT("Europe/Berlin")), &hours));
}

static int64_t at(int month, int day, int hour, int minute)
{
	return zone_to_utc(
	        hours.zone, days_of(2026, month, day) * 86400 + hour * 3600 + minute * 60);
}

enum { HOUR = 3600, MINUTE = 60 };

static void only_business_hours_count(void **state)
{
	(void)state;
	reads("Mo-Fr 09:00-17:00");
	/* Within a day; before opening; after closing. */
	assert_int_equal(hours_between(&hours, at(3, 23, 10, 0), at(3, 23, 11, 30)), 90 * MINUTE);
	assert_int_equal(hours_between(&hours, at(3, 23, 7, 0), at(3, 23, 10, 0)), HOUR);
	assert_int_equal(hours_between(&hours, at(3, 23, 16, 30), at(3, 23, 23, 0)), 30 * MINUTE);
	/* Overnight: 30 min on Monday, 15 on Tuesday. */
	assert_int_equal(hours_between(&hours, at(3, 23, 16, 30), at(3, 24, 9, 15)), 45 * MINUTE);
	/* Friday noon to Monday 10:00: 5 h and 1 h, whatever the clocks did on Sunday. */
	assert_int_equal(hours_between(&hours, at(3, 27, 12, 0), at(3, 30, 10, 0)), 6 * HOUR);
	/* A weekend is nothing, and so is time that runs backwards. */
	assert_int_equal(hours_between(&hours, at(3, 28, 8, 0), at(3, 29, 20, 0)), 0);
	assert_int_equal(hours_between(&hours, at(3, 24, 9, 0), at(3, 23, 9, 0)), 0);
	/* Three weeks and a day: 3 * 40 h + 8 h. */
	assert_int_equal(hours_between(&hours, at(3, 2, 9, 0), at(3, 24, 9, 0)), 128 * HOUR);
}

static void a_break_at_noon_does_not_count(void **state)
{
	(void)state;
	reads("Mo-Th 08:00-12:00 13:00-17:00, Fr 08:00-12:00");
	assert_int_equal(hours_between(&hours, at(3, 23, 11, 0), at(3, 23, 14, 0)), 2 * HOUR);
	/* Friday 11:00 to Monday 09:00: one hour each. */
	assert_int_equal(hours_between(&hours, at(3, 27, 11, 0), at(3, 30, 9, 0)), 2 * HOUR);
	assert_int_equal(hours_after(&hours, at(3, 23, 11, 30), HOUR), at(3, 23, 13, 30));
}

static void a_target_falls_into_business_hours(void **state)
{
	(void)state;
	reads("Mo-Fr 09:00-17:00");
	assert_int_equal(hours_after(&hours, at(3, 23, 10, 0), HOUR), at(3, 23, 11, 0));
	/* Four hours on Friday at 15:00: two there, two on Monday. */
	assert_int_equal(hours_after(&hours, at(3, 27, 15, 0), 4 * HOUR), at(3, 30, 11, 0));
	/* From Saturday on: Monday. What ends with the day ends with the day. */
	assert_int_equal(hours_after(&hours, at(3, 28, 15, 0), HOUR), at(3, 30, 10, 0));
	assert_int_equal(hours_after(&hours, at(3, 23, 9, 0), 8 * HOUR), at(3, 23, 17, 0));
	/* 80 h are two weeks of five days: to Friday of the second one. */
	assert_int_equal(hours_after(&hours, at(3, 23, 9, 0), 80 * HOUR), at(4, 3, 17, 0));
	assert_int_equal(hours_after(&hours, at(3, 28, 15, 0), 0), at(3, 28, 15, 0));
}

static void after_and_between_agree(void **state)
{
	(void)state;
	reads("Mo-Th 08:00-12:00 13:00-17:30, Fr 08:00-12:00, Sa 10:00-24:00");
	for (int64_t seconds = 1; seconds < 400 * HOUR; seconds += 3001) {
		int64_t from = at(3, 20, 6, 0) + seconds * 7 % 1000000;
		int64_t to = hours_after(&hours, from, seconds);

		assert_int_equal(hours_between(&hours, from, to), seconds);
		assert_int_equal(hours_between(&hours, from, to - 1), seconds - 1);
	}
}

static void days_may_go_round_the_week(void **state)
{
	(void)state;
	reads("Sa-Mo 00:00-24:00");
	assert_int_equal(hours.week, 72 * HOUR);
}

static void what_is_none_is_refused(void **state)
{
	static const char *const WRONG[] = { "", "Mo-Fr", "Xx 09:00-17:00", "Mo 17:00-09:00",
		"Mo 9:00-17:00", "Mo 09:00-25:00", "Mo 09:00-12:00 11:00-13:00", "Mo 09:0x-12:00" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(WRONG); i++) {
		struct err err = { 0 };
		struct hours none;

		assert_false(hours_read(&err, text_of(WRONG[i]), zone_utc(), &none));
		assert_int_equal(err.id, ERR_BAD_REQUEST);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_business_hours_count),
		cmocka_unit_test(a_break_at_noon_does_not_count),
		cmocka_unit_test(a_target_falls_into_business_hours),
		cmocka_unit_test(after_and_between_agree),
		cmocka_unit_test(days_may_go_round_the_week),
		cmocka_unit_test(what_is_none_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
