#include "base/base.h"

#include <stdio.h>

#include "people/throttle.h"
#include "../test.h"

enum { NOW = 1000000, MINUTE = 60000 };

static void fail_often(struct throttle *t, const char *account, const char *address, int times)
{
	for (int i = 0; i < times; i++)
		throttle_failed(t, text_of(account), text_of(address), NOW);
}

static int64_t wait_of(struct throttle *t, const char *account, const char *address, int64_t now)
{
	return throttle_wait(t, text_of(account), text_of(address), now);
}

static void an_account_waits_longer_each_time(void **state)
{
	static const int64_t WAITS[] = { 0, 0, 0, 250, 500, 1000, 2000, 4000, 4000, 4000 };
	struct throttle *t = throttle_new();
	char address[20];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(WAITS); i++) {
		assert_int_equal(wait_of(t, "ann", "10.0.0.1", NOW), WAITS[i]);
		snprintf(address, sizeof(address), "10.0.1.%d", (int)i);
		fail_often(t, "ann", address, 1);
	}
	assert_int_equal(wait_of(t, "ben", "10.0.0.1", NOW), 0);
	throttle_free(&t);
}

static void failures_fade_and_the_right_password_ends_them(void **state)
{
	struct throttle *t = throttle_new();

	(void)state;
	fail_often(t, "ann", "", 5);
	assert_int_equal(wait_of(t, "ann", "x", NOW), 1000);
	assert_int_equal(wait_of(t, "ann", "x", NOW + 2 * MINUTE), 250);
	assert_int_equal(wait_of(t, "ann", "x", NOW + 5 * MINUTE), 0);
	fail_often(t, "ann", "", 5);
	throttle_right(t, TEXT("ann"));
	assert_int_equal(wait_of(t, "ann", "x", NOW), 0);
	throttle_free(&t);
}

static void attempts_of_an_address_stand_in_line(void **state)
{
	struct throttle *t = throttle_new();
	char name[20];
	int64_t last = 0;

	(void)state;
	for (int i = 0; i < 30; i++) {
		snprintf(name, sizeof(name), "user%d", i);
		fail_often(t, name, "10.0.0.1", 1);
	}
	for (int i = 0; i < 15; i++) {
		int64_t wait = wait_of(t, "new", "10.0.0.1", NOW);

		assert_int_equal(wait, last + 2000);
		last = wait;
	}
	assert_int_equal(wait_of(t, "new", "10.0.0.1", NOW), -1);
	assert_int_equal(wait_of(t, "new", "10.0.0.2", NOW), 0);
	assert_int_equal(wait_of(t, "new", "10.0.0.1", NOW + 10000), 22000);
	throttle_free(&t);
}

static void a_household_is_one_address(void **state)
{
	struct throttle *t = throttle_new();
	char address[40], name[20];

	(void)state;
	for (int i = 0; i < 15; i++) {
		snprintf(address, sizeof(address), "2001:db8:1:2::%x", i);
		snprintf(name, sizeof(name), "user%d", i);
		fail_often(t, name, address, 1);
	}
	assert_true(wait_of(t, "new", "2001:db8:1:2:ffff::1", NOW) > 0);
	assert_int_equal(wait_of(t, "new", "2001:db8:1:3::1", NOW), 0);
	throttle_free(&t);
}

static void a_flood_of_names_does_not_hide_the_one_attacked(void **state)
{
	struct throttle *t = throttle_new();
	char name[20];

	(void)state;
	fail_often(t, "ann", "", 20);
	for (int i = 0; i < 100000; i++) {
		snprintf(name, sizeof(name), "user%d", i);
		fail_often(t, name, "", 1);
	}
	assert_int_equal(wait_of(t, "ann", "x", NOW), 4000);
	throttle_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_account_waits_longer_each_time),
		cmocka_unit_test(failures_fade_and_the_right_password_ends_them),
		cmocka_unit_test(attempts_of_an_address_stand_in_line),
		cmocka_unit_test(a_household_is_one_address),
		cmocka_unit_test(a_flood_of_names_does_not_hide_the_one_attacked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
