#include "tests/unit/fake_call.h"

#include "http/router.h"

static const struct route ROUTES[] = {
	{ "/calendars", NULL, NULL, 0 },
	{ "/calendars/ann/private", NULL, NULL, 0 },
	{ "/", NULL, NULL, 0 },
	{ "/.well-known/caldav", NULL, NULL, 0 },
};

static const char *found(const char *target, size_t routes)
{
	struct err err = { 0 };
	struct path path;
	const struct route *route;

	if (!href_parse(arena, &err, text_of(target), TEXT("a"), &path, NULL))
		fail();
	route = router_find(ROUTES, routes, &path);
	return route ? route->prefix : "none";
}

static void the_longest_prefix_of_whole_segments_wins(void **state UNUSED)
{
	assert_string_equal(found("/calendars", 4), "/calendars");
	assert_string_equal(found("/calendars/", 4), "/calendars");
	assert_string_equal(found("/calendars/ann/x", 4), "/calendars");
	assert_string_equal(found("/calendars/ann/private/x", 4), "/calendars/ann/private");
	assert_string_equal(found("/calendarsx", 4), "/");
	assert_string_equal(found("/", 4), "/");
	assert_string_equal(found("/.well-known/caldav", 4), "/.well-known/caldav");
	assert_string_equal(found("/.well-known", 4), "/");
	assert_string_equal(found("/elsewhere", 2), "none");
}

int main(void)
{
	const struct CMUnitTest tests[] = { CLAIM(the_longest_prefix_of_whole_segments_wins) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
