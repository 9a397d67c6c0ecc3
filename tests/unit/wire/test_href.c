#include "../fake_call.h"

#include "wire/href.h"

static struct path path;
static struct text query;
static struct err err;

static bool parse(struct text raw)
{
	err_clear(&err);
	return href_parse(arena, &err, raw, TEXT("kontor.example:8443"), &path, &query);
}

static void refused(const char *raw, enum err_id id)
{
	if (parse(text_of(raw)) || err.id != id)
		fail_msg("%s: error %d", raw, err.id);
}

static void a_path_is_split_and_decoded(void UNUSED **state)
{
	assert_true(parse(TEXT("/calendars/ann%40example.com/a%20b/x.ics")));
	assert_int_equal(path.len, 4);
	assert_text(path.at[0], "calendars");
	assert_text(path.at[1], "ann@example.com");
	assert_text(path.at[2], "a b");
	assert_text(path.at[3], "x.ics");
	assert_false(path.slash);
	assert_absent(query);
}

static void the_root_has_no_segments(void UNUSED **state)
{
	assert_true(parse(TEXT("/")));
	assert_int_equal(path.len, 0);
	assert_true(path.slash);
	assert_true(parse(TEXT("https://kontor.example:8443")));
	assert_int_equal(path.len, 0);
}

static void a_slash_at_the_end_is_told_and_no_segment(void UNUSED **state)
{
	assert_true(parse(TEXT("/a/b/")));
	assert_int_equal(path.len, 2);
	assert_true(path.slash);
}

static void at_sign_and_its_encoding_are_the_same_resource(void UNUSED **state)
{
	struct path literal;

	assert_true(parse(TEXT("/a/ann@example.com/")));
	literal = path;
	assert_true(parse(TEXT("/%61/ann%40example.com")));
	assert_true(path_eq(&literal, &path));
}

static void traversal_and_encoding_tricks_are_refused(void UNUSED **state)
{
	static const char *const BAD[] = { "/../x", "/a/..", "/a/.", "/./a", "/%2e%2e/x", "/a/%2E",
		"/a%2Fb", "/a%2fb", "/a%00b", "/a%0ab", "/a%0D", "/a%7f", "/a//b", "//a", "/a//",
		"/%", "/%1", "/%zz", "/%4", "/a%ff", "/%c0%af", "/%ed%a0%80", "/%ef%bf%bf", "/a#b",
		"/a\tb", "/a\x7f", "", "a/b", "*", "mailto:ann@example.com", "/x?a#b", "http:/a",
		"urn:uuid:x" };

	for (size_t i = 0; i < COUNT_OF(BAD); i++)
		refused(BAD[i], ERR_BAD_REQUEST);
	assert_false(parse((struct text){ "/a\0b", 4 }));
	/* Decoded once only: this is a name with a percent sign. */
	assert_true(parse(TEXT("/%252e%252e")));
	assert_text(path.at[0], "%2e%2e");
}

static void names_may_have_255_bytes_and_paths_32_segments(void UNUSED **state)
{
	struct buf raw;

	buf_init(&raw, arena);
	buf_char(&raw, '/');
	for (int i = 0; i < 255; i++)
		buf_add(&raw, TEXT("%41"));
	assert_true(parse(buf_text(&raw)));
	buf_add(&raw, TEXT("A"));
	assert_false(parse(buf_text(&raw)));
	assert_int_equal(err.id, ERR_URI_TOO_LONG);

	buf_init(&raw, arena);
	for (int i = 0; i < 32; i++)
		buf_add(&raw, TEXT("/a"));
	assert_true(parse(buf_text(&raw)));
	buf_add(&raw, TEXT("/"));
	assert_true(parse(buf_text(&raw)));
	buf_add(&raw, TEXT("a"));
	assert_false(parse(buf_text(&raw)));
	assert_int_equal(err.id, ERR_URI_TOO_LONG);
	for (int i = 0; i < 100000; i++)
		buf_add(&raw, TEXT("/a"));
	assert_false(parse(buf_text(&raw)));
}

static void an_absolute_address_must_be_ours(void UNUSED **state)
{
	assert_true(parse(TEXT("http://kontor.example:8443/a/b")));
	assert_int_equal(path.len, 2);
	assert_true(parse(TEXT("HTTPS://KONTOR.example:8443/a")));
	refused("http://other.example/a", ERR_BAD_GATEWAY);
	refused("http://kontor.example/a", ERR_BAD_GATEWAY);
	refused("http://ann:secret@kontor.example:8443/a", ERR_BAD_GATEWAY);
	refused("http://kontor.example:8443.evil.example/a", ERR_BAD_GATEWAY);
	assert_false(
	        href_parse(arena, &(struct err){ 0 }, TEXT("http:///a"), TEXT_NONE, &path, NULL));
}

static void the_default_port_may_be_said_or_not(void UNUSED **state)
{
	err_clear(&err);
	assert_true(href_parse(arena, &err, TEXT("http://h:80/a"), TEXT("h"), &path, NULL));
	assert_true(href_parse(arena, &err, TEXT("https://h/a"), TEXT("h:443"), &path, NULL));
	assert_false(href_parse(arena, &err, TEXT("https://h:80/a"), TEXT("h"), &path, NULL));
}

static void a_query_is_cut_off_or_refused(void UNUSED **state)
{
	assert_true(parse(TEXT("/a/b/?export&x=%00")));
	assert_int_equal(path.len, 2);
	assert_true(path.slash);
	assert_text(query, "export&x=%00");
	assert_false(href_parse(arena, &err, TEXT("/a?b"), TEXT_NONE, &path, NULL));
	assert_int_equal(err.id, ERR_BAD_REQUEST);
}

static void what_is_written_reads_back_the_same(void UNUSED **state)
{
	struct path first;

	assert_true(parse(TEXT("/a%20b/%C3%A4%25%3F%23/@:!$&'()*+,;=-._~/%22%3C%3E%5B/")));
	first = path;
	assert_text(
	        href_of(arena, &first), "/a%20b/%C3%A4%25%3F%23/@:!$&'()*+,;=-._~/%22%3C%3E%5B/");
	assert_true(parse(href_of(arena, &first)));
	assert_true(path_eq(&first, &path));
	assert_true(path.slash);
	assert_text(href_of(arena, &(struct path){ .slash = true }), "/");
}

static void a_child_is_its_parent_and_its_name_encoded(void UNUSED **state)
{
	assert_text(href_child(arena, TEXT("/c/ann/"), TEXT("a/b \xc3\xa4"), false),
	        "/c/ann/a%2Fb%20%C3%A4");
	assert_text(href_child(arena, TEXT("/"), TEXT("x@y"), true), "/x@y/");
}

static void below_is_by_whole_segments_and_not_equal(void UNUSED **state)
{
	struct path outer, inner;

	assert_true(parse(TEXT("/a/b/")));
	outer = path;
	assert_true(parse(TEXT("/a/b/c")));
	inner = path;
	assert_true(path_below(&inner, &outer));
	assert_false(path_below(&outer, &inner));
	assert_false(path_below(&outer, &outer));
	assert_true(parse(TEXT("/a/bc/d")));
	assert_false(path_below(&path, &outer));
	assert_false(path_eq(&path, &inner));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_path_is_split_and_decoded),
		CLAIM(the_root_has_no_segments),
		CLAIM(a_slash_at_the_end_is_told_and_no_segment),
		CLAIM(at_sign_and_its_encoding_are_the_same_resource),
		CLAIM(traversal_and_encoding_tricks_are_refused),
		CLAIM(names_may_have_255_bytes_and_paths_32_segments),
		CLAIM(an_absolute_address_must_be_ours),
		CLAIM(the_default_port_may_be_said_or_not),
		CLAIM(a_query_is_cut_off_or_refused),
		CLAIM(what_is_written_reads_back_the_same),
		CLAIM(a_child_is_its_parent_and_its_name_encoded),
		CLAIM(below_is_by_whole_segments_and_not_equal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
