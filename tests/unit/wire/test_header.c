#include "../fake_call.h"

#include "wire/header.h"

static struct call *with(const char *headers)
{
	return fake_call(METHOD_GET, headers);
}

/* ---- DAV ---- */

static void depth_is_0_1_or_infinity(void UNUSED **state)
{
	enum depth depth;

	assert_true(header_depth(with("Depth: 0"), DEPTH_1, &depth));
	assert_int_equal(depth, DEPTH_0);
	assert_true(header_depth(with("Depth: 1"), DEPTH_0, &depth));
	assert_int_equal(depth, DEPTH_1);
	assert_true(header_depth(with("Depth: Infinity"), DEPTH_0, &depth));
	assert_int_equal(depth, DEPTH_INFINITY);
	assert_true(header_depth(with(""), DEPTH_INFINITY, &depth));
	assert_int_equal(depth, DEPTH_INFINITY);
}

static void any_other_depth_is_refused(void UNUSED **state)
{
	static const char *const BAD[] = { "Depth: 2", "Depth:", "Depth: 1,noroot", "Depth: 00",
		"Depth: -1", "Depth: 0\nDepth: 1" };
	enum depth depth;

	for (size_t i = 0; i < COUNT_OF(BAD); i++) {
		struct call *c = with(BAD[i]);

		assert_false(header_depth(c, DEPTH_0, &depth));
		assert_int_equal(c->work.err.id, ERR_BAD_REQUEST);
	}
}

static void overwrite_is_true_unless_f(void UNUSED **state)
{
	bool overwrite = false;

	assert_true(header_overwrite(with(""), &overwrite));
	assert_true(overwrite);
	assert_true(header_overwrite(with("Overwrite: F"), &overwrite));
	assert_false(overwrite);
	assert_true(header_overwrite(with("Overwrite: T"), &overwrite));
	assert_true(overwrite);
	assert_false(header_overwrite(with("Overwrite: yes"), &overwrite));
}

static void a_destination_is_a_path_on_this_server(void UNUSED **state)
{
	struct call *c = with("Destination: https://kontor.example/files/ann/a%20b");
	struct path path;

	assert_true(header_destination(c, &path));
	assert_int_equal(path.len, 3);
	assert_text(path.at[2], "a b");
	assert_true(header_destination(with("Destination: /files/ann/"), &path));
	assert_true(path.slash);
}

static void a_bad_destination_is_refused(void UNUSED **state)
{
	struct path path;
	struct call *c = with("");

	assert_false(header_destination(c, &path));
	assert_int_equal(c->work.err.id, ERR_BAD_REQUEST);
	c = with("Destination: http://other.example/x");
	assert_false(header_destination(c, &path));
	assert_int_equal(c->work.err.id, ERR_BAD_GATEWAY);
	c = with("Destination: /files/ann/../bob/x");
	assert_false(header_destination(c, &path));
	assert_int_equal(c->work.err.id, ERR_BAD_REQUEST);
	c = with("Destination: /a\nDestination: /b");
	c->authority = TEXT_NONE;
	assert_true(header_destination(c, &path)); /* one odd path, never the second one */
	assert_text(path.at[0], "a, ");
}

static void a_timeout_is_the_first_wish_we_understand_within_bounds(void UNUSED **state)
{
	assert_int_equal(header_timeout(with(""), 60, 3600), 60);
	assert_int_equal(header_timeout(with("Timeout: Second-100"), 60, 3600), 100);
	assert_int_equal(header_timeout(with("Timeout: Infinite, Second-9"), 60, 3600), 3600);
	assert_int_equal(header_timeout(with("Timeout: Extend-1, Second-9"), 60, 3600), 9);
	assert_int_equal(header_timeout(with("Timeout: Second-4100000000"), 60, 3600), 3600);
	assert_int_equal(header_timeout(with("Timeout: Second-0"), 60, 3600), 60);
	assert_int_equal(header_timeout(with("Timeout: Second--5"), 60, 3600), 60);
	assert_int_equal(
	        header_timeout(with("Timeout: Second-99999999999999999999"), 60, 3600), 60);
}

static void preferences_are_read(void UNUSED **state)
{
	assert_int_equal(header_prefer(with("")), 0);
	assert_int_equal(header_prefer(with("Prefer: return=minimal")), PREFER_MINIMAL);
	assert_int_equal(header_prefer(with("Prefer: return=\"minimal\"; x=y")), PREFER_MINIMAL);
	assert_int_equal(
	        header_prefer(with("Prefer: Return = representation")), PREFER_REPRESENTATION);
	assert_int_equal(header_prefer(with("Prefer: depth-noroot, return=minimal")),
	        PREFER_MINIMAL | PREFER_DEPTH_NOROOT);
	assert_int_equal(
	        header_prefer(with("Prefer: wait=10\nPrefer: depth-noroot")), PREFER_DEPTH_NOROOT);
	assert_int_equal(header_prefer(with("Prefer: x=\"a, return=minimal\"")), 0);
	assert_int_equal(header_prefer(with("Prefer: return=nothing")), 0);
}

static void of_two_equal_preferences_the_first_counts(void UNUSED **state)
{
	assert_int_equal(header_prefer(with("Prefer: return=representation, return=minimal")),
	        PREFER_REPRESENTATION);
}

static void brief_is_return_minimal(void UNUSED **state)
{
	assert_int_equal(header_prefer(with("Brief: t")), PREFER_MINIMAL);
	assert_int_equal(header_prefer(with("Brief: f")), 0);
	assert_int_equal(header_prefer(with("Brief: t\nPrefer: return=representation")),
	        PREFER_REPRESENTATION);
}

/* ---- negotiation ---- */

static const char *const CARDS[] = { "text/vcard", "application/vcard+json" };
static struct text version;

static int accept(const char *headers)
{
	return header_accept(with(headers), CARDS, COUNT_OF(CARDS), &version);
}

static int language(const char *headers)
{
	static const char *const offered[] = { "en", "de", "vi" };

	return header_accept_language(with(headers), offered, COUNT_OF(offered));
}

static void the_language_liked_best_is_found(void UNUSED **state)
{
	assert_int_equal(language(""), 0);
	assert_int_equal(language("Accept-Language: *"), 0);
	assert_int_equal(language("Accept-Language: fr, ja;q=0.5"), 0);
	assert_int_equal(language("Accept-Language: de"), 1);
	assert_int_equal(language("Accept-Language: DE-at"), 1);
	assert_int_equal(language("Accept-Language: den"), 0);
	assert_int_equal(language("Accept-Language: en;q=0.5, vi-VN;q=0.8, de;q=0"), 2);
	assert_int_equal(language("Accept-Language: vi, de"), 2);
	assert_int_equal(language("Accept-Language: de;q=7, ;;,,"), 0);
}

static void without_accept_the_first_offer_is_taken(void UNUSED **state)
{
	assert_int_equal(accept(""), 0);
	assert_int_equal(accept("Accept:"), 0);
	assert_int_equal(accept("Accept: */*"), 0);
	assert_int_equal(accept("Accept: text/*"), 0);
	assert_int_equal(accept("Accept: *"), 0);
}

static void the_best_quality_wins(void UNUSED **state)
{
	assert_int_equal(accept("Accept: text/vcard;q=0.5, application/vcard+json"), 1);
	assert_int_equal(accept("Accept: text/vcard;q=0.501, application/vcard+json;q=0.5"), 0);
	assert_int_equal(accept("Accept: APPLICATION/vCard+JSON"), 1);
	assert_int_equal(accept("Accept: application/*;q=0.9, */*;q=0.1"), 1);
}

static void the_closest_range_decides_about_a_type(void UNUSED **state)
{
	assert_int_equal(accept("Accept: */*, text/vcard;q=0"), 1);
	assert_int_equal(accept("Accept: text/*;q=0, */*;q=0.1"), 1);
	assert_int_equal(accept("Accept: text/vcard;q=0.1, text/*;q=1, */*;q=0.5"), 1);
}

static void what_nobody_offers_is_not_acceptable(void UNUSED **state)
{
	assert_int_equal(accept("Accept: text/html"), -1);
	assert_int_equal(accept("Accept: text/vcard;q=0"), -1);
	assert_int_equal(accept("Accept: text/vcard;q=0.000, image/*"), -1);
	assert_int_equal(accept("Accept: text"), -1);
	assert_int_equal(accept("Accept: ;;,,;q=1"), -1);
	assert_int_equal(accept("Accept: text/vcard;q=2"), -1);
	assert_int_equal(accept("Accept: text/vcard;q=abc"), -1);
}

static void the_version_of_the_winner_is_told(void UNUSED **state)
{
	assert_int_equal(accept("Accept: text/vcard;version=\"4.0\""), 0);
	assert_text(version, "4.0");
	assert_int_equal(
	        accept("Accept: text/vcard; version=3.0;q=0.5, text/vcard;version=4.0"), 0);
	assert_text(version, "4.0");
	assert_int_equal(accept("Accept: text/vcard;version=3.0, application/vcard+json;q=0.1"), 0);
	assert_text(version, "3.0");
	assert_int_equal(accept("Accept: text/vcard"), 0);
	assert_absent(version);
}

static void gzip_is_used_if_wanted(void UNUSED **state)
{
	assert_false(header_accepts_gzip(with("")));
	assert_true(header_accepts_gzip(with("Accept-Encoding: gzip, deflate")));
	assert_true(header_accepts_gzip(with("Accept-Encoding: br, X-GZIP;q=0.1")));
	assert_true(header_accepts_gzip(with("Accept-Encoding: *")));
	assert_false(header_accepts_gzip(with("Accept-Encoding: gzip;q=0, *")));
	assert_false(header_accepts_gzip(with("Accept-Encoding: identity")));
	assert_false(header_accepts_gzip(with("Accept-Encoding: *;q=0")));
}

static void a_media_type_is_in_lower_case_without_parameters(void UNUSED **state)
{
	assert_text(
	        header_media_type(arena, TEXT("Text/Calendar ; charset=UTF-8")), "text/calendar");
	assert_text(header_media_type(arena, TEXT("")), "");
	assert_absent(header_media_type(arena, TEXT_NONE));
}

static void a_parameter_may_be_quoted(void UNUSED **state)
{
	struct text value = TEXT("text/x; a=\"b; c=\\\"d\\\"\"; C=e ;empty;x=\"");

	assert_text(header_param(arena, value, "a"), "b; c=\"d\"");
	assert_text(header_param(arena, value, "c"), "e");
	assert_text(header_param(arena, value, "empty"), "");
	assert_absent(header_param(arena, value, "text/x"));
	assert_absent(header_param(arena, value, "d"));
	assert_absent(header_param(arena, TEXT_NONE, "d"));
}

/* ---- Range ---- */

static int64_t from, len;
static bool partial;

static bool range(const char *headers, int64_t size)
{
	return header_range(with(headers), size, &from, &len, &partial);
}

static void assert_range(const char *headers, int64_t size, int64_t at, int64_t length)
{
	assert_true(range(headers, size));
	assert_true(partial);
	assert_int_equal(from, at);
	assert_int_equal(len, length);
}

static void a_range_is_cut_to_what_is_there(void UNUSED **state)
{
	assert_range("Range: bytes=0-0", 10, 0, 1);
	assert_range("Range: bytes=2-5", 10, 2, 4);
	assert_range("Range: bytes=5-", 10, 5, 5);
	assert_range("Range: bytes=5-99999999999999999999", 10, 5, 5);
	assert_range("Range: bytes=-3", 10, 7, 3);
	assert_range("Range: bytes=-30", 10, 0, 10);
	assert_range("Range: Bytes=9-9", 10, 9, 1);
}

static void other_ranges_give_the_whole(void UNUSED **state)
{
	static const char *const IGNORED[] = { "", "Range: bytes=0-1,3-4", "Range: lines=1-2",
		"Range: bytes=5-2", "Range: bytes=a-b", "Range: bytes=-",
		"Range: bytes=", "Range: bytes=1", "Range: bytes=--5", "Range: bytes=+1-2" };

	for (size_t i = 0; i < COUNT_OF(IGNORED); i++) {
		assert_true(range(IGNORED[i], 10));
		assert_false(partial);
		assert_int_equal(from, 0);
		assert_int_equal(len, 10);
	}
	assert_true(
	        header_range(fake_call(METHOD_PUT, "Range: bytes=0-1"), 10, &from, &len, &partial));
	assert_false(partial);
}

static void a_range_behind_the_end_is_refused(void UNUSED **state)
{
	struct call *c = with("Range: bytes=10-");

	assert_false(header_range(c, 10, &from, &len, &partial));
	assert_int_equal(c->work.err.id, ERR_RANGE_NOT_SATISFIABLE);
	assert_text(reply_header(c, "Content-Range"), "bytes */10");
	assert_false(range("Range: bytes=-0", 10));
	assert_false(range("Range: bytes=0-0", 0));
	assert_false(range("Range: bytes=99999999999999999999-", 10));
}

static void a_partial_answer_says_which_part(void UNUSED **state)
{
	struct call *c = with("Range: bytes=2-5");

	assert_true(header_range(c, 10, &from, &len, &partial));
	assert_text(reply_header(c, "Content-Range"), "bytes 2-5/10");
}

static void if_range_wants_the_same_strong_etag(void UNUSED **state)
{
	struct call *c = with("Range: bytes=0-1\nIf-Range: \"a\"");

	call_etag(c, TEXT("a"));
	assert_true(header_range(c, 10, &from, &len, &partial));
	assert_true(partial);
	c = with("Range: bytes=0-1\nIf-Range: \"a\"");
	call_etag(c, TEXT("b"));
	assert_true(header_range(c, 10, &from, &len, &partial));
	assert_false(partial);
	c = with("Range: bytes=0-1\nIf-Range: W/\"a\"");
	call_etag(c, TEXT("a"));
	assert_true(header_range(c, 10, &from, &len, &partial));
	assert_false(partial);
	assert_true(range("Range: bytes=0-1\nIf-Range: Sun, 06 Nov 1994 08:49:37 GMT", 10));
	assert_false(partial);
}

static void each_coding_is_asked_for_by_itself(void UNUSED **state)
{
	struct call *c = with("Accept-Encoding: br;q=0, gzip;q=0.5");

	assert_false(header_accepts_coding(c, TEXT("br")));
	assert_true(header_accepts_coding(c, TEXT("gzip")));
	c = with("Accept-Encoding: *");
	assert_true(header_accepts_coding(c, TEXT("br")));
	assert_true(header_accepts_coding(with("Accept-Encoding: x-gzip"), TEXT("gzip")));
	assert_false(header_accepts_coding(with(""), TEXT("br")));
}

static void the_first_cookie_of_a_name_counts(void UNUSED **state)
{
	struct call *c = with("Cookie: a=1; kontor_session=x=y ;kontor_session=z; broken; =w");

	assert_text(header_cookie(c, TEXT("kontor_session")), "x=y");
	assert_text(header_cookie(c, TEXT("a")), "1");
	assert_absent(header_cookie(c, TEXT("broken")));
	assert_absent(header_cookie(c, TEXT("")));
	assert_absent(header_cookie(with(""), TEXT("a")));
	assert_text(header_cookie(with("Cookie: a="), TEXT("a")), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(each_coding_is_asked_for_by_itself),
		CLAIM(the_first_cookie_of_a_name_counts),
		CLAIM(depth_is_0_1_or_infinity),
		CLAIM(any_other_depth_is_refused),
		CLAIM(overwrite_is_true_unless_f),
		CLAIM(a_destination_is_a_path_on_this_server),
		CLAIM(a_bad_destination_is_refused),
		CLAIM(a_timeout_is_the_first_wish_we_understand_within_bounds),
		CLAIM(preferences_are_read),
		CLAIM(of_two_equal_preferences_the_first_counts),
		CLAIM(brief_is_return_minimal),
		CLAIM(the_language_liked_best_is_found),
		CLAIM(without_accept_the_first_offer_is_taken),
		CLAIM(the_best_quality_wins),
		CLAIM(the_closest_range_decides_about_a_type),
		CLAIM(what_nobody_offers_is_not_acceptable),
		CLAIM(the_version_of_the_winner_is_told),
		CLAIM(gzip_is_used_if_wanted),
		CLAIM(a_media_type_is_in_lower_case_without_parameters),
		CLAIM(a_parameter_may_be_quoted),
		CLAIM(a_range_is_cut_to_what_is_there),
		CLAIM(other_ranges_give_the_whole),
		CLAIM(a_range_behind_the_end_is_refused),
		CLAIM(a_partial_answer_says_which_part),
		CLAIM(if_range_wants_the_same_strong_etag),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
