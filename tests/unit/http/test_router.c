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
	struct call *c = fake_call(METHOD_GET, "");
	const struct route *route;

	if (!href_parse(arena, &c->work.err, text_of(target), TEXT("a"), &c->path, NULL))
		fail();
	route = router_find(ROUTES, routes, c);
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

static bool only_get(struct call *c)
{
	return c->method == METHOD_GET;
}

static void a_row_that_does_not_apply_is_not_there(void **state UNUSED)
{
	static const struct route rows[] = { { "/a", NULL, NULL, ROUTE_OPEN, only_get },
		{ "/a", NULL, NULL, 0 } };
	struct call *get = fake_call(METHOD_GET, ""), *put = fake_call(METHOD_PUT, "");
	struct text a = TEXT("a");

	get->path = put->path = (struct path){ &a, 1, false };
	assert_ptr_equal(router_find(rows, 2, get), &rows[0]);
	assert_ptr_equal(router_find(rows, 2, put), &rows[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(the_longest_prefix_of_whole_segments_wins),
		CLAIM(a_row_that_does_not_apply_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
