#include "../fake_call.h"

#include "wire/header.h"

#define THEN   "Sun, 06 Nov 1994 08:49:37 GMT"
#define LATER  "Sun, 06 Nov 1994 08:49:38 GMT"
#define BEFORE "Sun, 06 Nov 1994 08:49:36 GMT"
enum { THEN_TIME = 784111777 };

static enum precondition ask(enum method method, const char *headers, const char *etag)
{
	return header_conditions(fake_call(method, headers), text_of(etag), etag ? THEN_TIME : 0);
}

/* ---- RFC 9110 13 ---- */

static void without_conditions_it_goes(void UNUSED **state)
{
	assert_int_equal(ask(METHOD_PUT, "", "a"), PRECONDITION_GO);
	assert_int_equal(ask(METHOD_PUT, "", NULL), PRECONDITION_GO);
}

static void if_match_wants_what_is_there(void UNUSED **state)
{
	assert_int_equal(ask(METHOD_PUT, "If-Match: \"a\"", "a"), PRECONDITION_GO);
	assert_int_equal(ask(METHOD_PUT, "If-Match: \"b\"", "a"), PRECONDITION_FAILS);
	assert_int_equal(ask(METHOD_PUT, "If-Match: \"b\", \"a\"", "a"), PRECONDITION_GO);
	assert_int_equal(ask(METHOD_PUT, "If-Match: \"b\"\nIf-Match: \"a\"", "a"), PRECONDITION_GO);
	assert_int_equal(ask(METHOD_PUT, "If-Match: \"x,\"a\"", "a"), PRECONDITION_FAILS);
	assert_int_equal(ask(METHOD_PUT, "If-Match: \"a", "a"), PRECONDITION_GO);
	assert_int_equal(ask(METHOD_PUT, "If-Match:", "a"), PRECONDITION_FAILS);
}

static void if_match_on_something_gone_fails(void UNUSED **state)
{
	assert_int_equal(ask(METHOD_DELETE, "If-Match: \"a\"", NULL), PRECONDITION_FAILS);
	assert_int_equal(ask(METHOD_DELETE, "If-Match: *", NULL), PRECONDITION_FAILS);
	assert_int_equal(ask(METHOD_DELETE, "If-Match: *", "a"), PRECONDITION_GO);
	assert_int_equal(ask(METHOD_DELETE, "If-Match: *", ""), PRECONDITION_GO);
}

static void if_match_compares_strongly_and_if_none_match_weakly(void UNUSED **state)
{
	assert_int_equal(ask(METHOD_PUT, "If-Match: W/\"a\"", "a"), PRECONDITION_FAILS);
	assert_int_equal(ask(METHOD_GET, "If-None-Match: W/\"a\"", "a"), PRECONDITION_NOT_MODIFIED);
}

static void if_none_match_star_wants_nothing_there(void UNUSED **state)
{
	assert_int_equal(ask(METHOD_PUT, "If-None-Match: *", NULL), PRECONDITION_GO);
	assert_int_equal(ask(METHOD_PUT, "If-None-Match: *", "a"), PRECONDITION_FAILS);
	assert_int_equal(ask(METHOD_PUT, "If-None-Match: *", ""), PRECONDITION_FAILS);
}

static void reading_what_is_known_is_not_modified(void UNUSED **state)
{
	assert_int_equal(
	        ask(METHOD_GET, "If-None-Match: \"x\", \"a\"", "a"), PRECONDITION_NOT_MODIFIED);
	assert_int_equal(ask(METHOD_HEAD, "If-None-Match: \"a\"", "a"), PRECONDITION_NOT_MODIFIED);
	assert_int_equal(ask(METHOD_GET, "If-None-Match: \"b\"", "a"), PRECONDITION_GO);
	assert_int_equal(ask(METHOD_PROPFIND, "If-None-Match: \"a\"", "a"), PRECONDITION_FAILS);
}

static void etags_without_quotes_are_understood(void UNUSED **state)
{
	assert_int_equal(ask(METHOD_PUT, "If-Match: a", "a"), PRECONDITION_GO);
	assert_int_equal(ask(METHOD_PUT, "If-Match: b,a", "a"), PRECONDITION_GO);
	assert_int_equal(ask(METHOD_PUT, "If-Match: ab", "a"), PRECONDITION_FAILS);
}

static void dates_count_where_no_etag_was_given(void UNUSED **state)
{
	assert_int_equal(ask(METHOD_PUT, "If-Unmodified-Since: " BEFORE, "a"), PRECONDITION_FAILS);
	assert_int_equal(ask(METHOD_PUT, "If-Unmodified-Since: " THEN, "a"), PRECONDITION_GO);
	assert_int_equal(
	        ask(METHOD_GET, "If-Modified-Since: " THEN, "a"), PRECONDITION_NOT_MODIFIED);
	assert_int_equal(
	        ask(METHOD_GET, "If-Modified-Since: " LATER, "a"), PRECONDITION_NOT_MODIFIED);
	assert_int_equal(ask(METHOD_GET, "If-Modified-Since: " BEFORE, "a"), PRECONDITION_GO);
	assert_int_equal(ask(METHOD_PUT, "If-Modified-Since: " THEN, "a"), PRECONDITION_GO);
	assert_int_equal(ask(METHOD_GET, "If-Modified-Since: yesterday", "a"), PRECONDITION_GO);
}

static void etags_come_before_dates_and_match_before_none_match(void UNUSED **state)
{
	assert_int_equal(ask(METHOD_PUT, "If-Match: \"a\"\nIf-Unmodified-Since: " BEFORE, "a"),
	        PRECONDITION_GO);
	assert_int_equal(ask(METHOD_GET, "If-None-Match: \"b\"\nIf-Modified-Since: " THEN, "a"),
	        PRECONDITION_GO);
	assert_int_equal(ask(METHOD_GET, "If-None-Match: \"a\"\nIf-Modified-Since: " BEFORE, "a"),
	        PRECONDITION_NOT_MODIFIED);
	assert_int_equal(
	        ask(METHOD_GET, "If-Match: \"b\"\nIf-None-Match: \"a\"", "a"), PRECONDITION_FAILS);
	assert_int_equal(ask(METHOD_GET, "If-Match: \"a\"\nIf-None-Match: \"a\"", "a"),
	        PRECONDITION_NOT_MODIFIED);
	assert_int_equal(
	        ask(METHOD_GET, "If-Unmodified-Since: " BEFORE "\nIf-None-Match: \"a\"", "a"),
	        PRECONDITION_FAILS);
}

/* ---- RFC 4918 10.4 ---- */

static struct if_lists lists;

static bool read_if(const char *value)
{
	return header_if(fake_call(METHOD_PUT, value), &lists);
}

static void without_if_there_are_no_lists(void UNUSED **state)
{
	assert_true(read_if(""));
	assert_int_equal(lists.len, 0);
}

static void untagged_lists_are_about_the_request(void UNUSED **state)
{
	assert_true(read_if("If: (<urn:uuid:181d4fae> [\"I am an ETag\"]) ([\"two\"])"));
	assert_int_equal(lists.len, 2);
	assert_absent(lists.at[0].resource);
	assert_int_equal(lists.at[0].len, 2);
	assert_text(lists.at[0].at[0].token, "urn:uuid:181d4fae");
	assert_absent(lists.at[0].at[0].etag);
	assert_text(lists.at[0].at[1].etag, "I am an ETag");
	assert_absent(lists.at[0].at[1].token);
	assert_text(lists.at[1].at[0].etag, "two");
}

static void a_tag_holds_for_the_lists_behind_it(void UNUSED **state)
{
	assert_true(read_if("If: </a> (<urn:x>)(Not <urn:y>) <http://h/b>\t( [W/\"A\"] )"));
	assert_int_equal(lists.len, 3);
	assert_text(lists.at[0].resource, "/a");
	assert_text(lists.at[1].resource, "/a");
	assert_text(lists.at[2].resource, "http://h/b");
	assert_true(lists.at[1].at[0].negate);
	assert_false(lists.at[0].at[0].negate);
	assert_true(lists.at[2].at[0].weak);
	assert_text(lists.at[2].at[0].etag, "A");
}

static void not_holds_for_one_condition(void UNUSED **state)
{
	assert_true(read_if("If: (Not<urn:x> <urn:y>)(not [\"a\"])"));
	assert_true(lists.at[0].at[0].negate);
	assert_false(lists.at[0].at[1].negate);
	assert_true(lists.at[1].at[0].negate);
}

static void what_is_no_if_is_refused(void UNUSED **state)
{
	static const char *const BAD[] = { "If:", "If: ()", "If: (", "If: (<urn:x>", "If: <urn:x>",
		"If: (<urn:x>) </a> (<urn:y>)", "If: </a> </b> (<urn:y>)", "If: (<>)",
		"If: ([etag])", "If: ([\"a\")", "If: ([\"a)", "If: (Not)", "If: (Not Not <urn:x>)",
		"If: (<urn:x>) garbage", "If: (<urn:<x>)", "If: </a> (<urn:x>) </b>", "If: )",
		"If: (<urn:x>), (<urn:y>)", "If: ((<urn:x>))", "If: (\"a\")" };

	for (size_t i = 0; i < COUNT_OF(BAD); i++) {
		struct call *c = fake_call(METHOD_PUT, BAD[i]);

		if (header_if(c, &lists) || c->work.err.id != ERR_BAD_REQUEST)
			fail_msg("%s was taken", BAD[i]);
	}
}

static void a_long_if_takes_linear_time(void UNUSED **state)
{
	struct buf value;

	buf_init(&value, arena);
	buf_add(&value, TEXT("If: ("));
	for (int i = 0; i < 200000; i++)
		buf_add(&value, TEXT("<a"));
	assert_false(read_if(buf_text(&value).ptr));
	buf_init(&value, arena);
	buf_add(&value, TEXT("If: "));
	for (int i = 0; i < 200000; i++)
		buf_add(&value, TEXT("(<a>)"));
	assert_true(read_if(buf_text(&value).ptr));
	assert_int_equal(lists.len, 200000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(without_conditions_it_goes),
		CLAIM(if_match_wants_what_is_there),
		CLAIM(if_match_on_something_gone_fails),
		CLAIM(if_match_compares_strongly_and_if_none_match_weakly),
		CLAIM(if_none_match_star_wants_nothing_there),
		CLAIM(reading_what_is_known_is_not_modified),
		CLAIM(etags_without_quotes_are_understood),
		CLAIM(dates_count_where_no_etag_was_given),
		CLAIM(etags_come_before_dates_and_match_before_none_match),
		CLAIM(without_if_there_are_no_lists),
		CLAIM(untagged_lists_are_about_the_request),
		CLAIM(a_tag_holds_for_the_lists_behind_it),
		CLAIM(not_holds_for_one_condition),
		CLAIM(what_is_no_if_is_refused),
		CLAIM(a_long_if_takes_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
