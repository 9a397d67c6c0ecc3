#include "../test.h"

static struct arena *arena;

static int begin(void **state UNUSED)
{
	arena = arena_new();
	return 0;
}

static int end(void **state UNUSED)
{
	arena_free(&arena);
	return 0;
}

static void comparing_knows_length_and_case(void **state UNUSED)
{
	assert_true(text_eq(TEXT_NONE, TEXT("")));
	assert_true(text_eq(TEXT("a\0b"), TEXT("a\0b")));
	assert_false(text_eq(TEXT("a\0b"), TEXT("a\0c")));
	assert_true(text_eq_nocase(TEXT("BEGIN"), TEXT("beGin")));
	assert_false(text_eq_nocase(TEXT("BEGI"), TEXT("BEGIN")));
	assert_false(text_eq_nocase(TEXT("@"), TEXT("`")));
	assert_false(text_eq_nocase(TEXT("\xC3\x84"), TEXT("\xC3\xA4")));
	assert_true(text_cmp(TEXT("a"), TEXT("ab")) < 0);
	assert_true(text_cmp(TEXT("b"), TEXT("ab")) > 0);
	assert_true(text_cmp(TEXT("\xFF"), TEXT("a")) > 0);
	assert_int_equal(text_cmp(TEXT_NONE, TEXT("")), 0);
}

static void ends_and_pieces_are_found(void **state UNUSED)
{
	assert_true(text_starts(TEXT("abc"), TEXT("ab")));
	assert_true(text_starts(TEXT("abc"), TEXT("")));
	assert_false(text_starts(TEXT("a"), TEXT("ab")));
	assert_true(text_starts_nocase(TEXT("BASIC xyz"), TEXT("Basic ")));
	assert_true(text_ends(TEXT("a.ics"), TEXT(".ics")));
	assert_false(text_ends(TEXT("ics"), TEXT(".ics")));
	assert_int_equal(text_find_char(TEXT("abc"), 'c'), 2);
	assert_int_equal(text_find_char(TEXT_NONE, 'c'), -1);
	assert_int_equal(text_find(TEXT("abcabd"), TEXT("abd")), 3);
	assert_int_equal(text_find(TEXT("ab"), TEXT("abd")), -1);
	assert_int_equal(text_find(TEXT_NONE, TEXT("")), 0);
}

static void slicing_is_clamped(void **state UNUSED)
{
	assert_text(text_from(TEXT("abc"), 1), "bc");
	assert_text(text_from(TEXT("abc"), 9), "");
	assert_non_null(text_from(TEXT("abc"), 9).ptr);
	assert_text(text_sub(TEXT("abc"), 1, 1), "b");
	assert_text(text_sub(TEXT("abc"), 1, SIZE_MAX), "bc");
	assert_null(text_sub(TEXT_NONE, 1, 1).ptr);
	assert_text(text_trim(TEXT(" \t a b\r\n")), "a b");
	assert_text(text_trim(TEXT(" \r\n")), "");
}

static void splitting_gives_empty_pieces_too(void **state UNUSED)
{
	struct text rest = TEXT("a,,b,"), piece;

	assert_true(text_split(&rest, ',', &piece));
	assert_text(piece, "a");
	assert_true(text_split(&rest, ',', &piece));
	assert_text(piece, "");
	assert_true(text_split(&rest, ',', &piece));
	assert_text(piece, "b");
	assert_true(text_split(&rest, ',', &piece));
	assert_text(piece, "");
	assert_false(text_split(&rest, ',', &piece));
	rest = TEXT("");
	assert_true(text_split(&rest, ',', &piece));
	assert_false(text_split(&rest, ',', &piece));
}

static void numbers_are_written_whole(void **state UNUSED)
{
	static const int64_t NUMBERS[] = { 0, 7, 10, -1, 1234567890123, INT64_MAX, INT64_MIN };
	struct buf got;
	char expected[40];

	for (size_t i = 0; i < COUNT_OF(NUMBERS); i++) {
		buf_init(&got, arena);
		buf_int(&got, NUMBERS[i]);
		snprintf(expected, sizeof(expected), "%lld", (long long)NUMBERS[i]);
		assert_text(buf_text(&got), expected);
		buf_init(&got, arena);
		buf_hex(&got, (uint64_t)NUMBERS[i]);
		snprintf(expected, sizeof(expected), "%llx", (unsigned long long)NUMBERS[i]);
		assert_text(buf_text(&got), expected);
		assert_text(text_of_hex(arena, (uint64_t)NUMBERS[i]), expected);
	}
}

static void numbers_are_whole_or_refused(void **state UNUSED)
{
	static const char *const BAD[] = { "", "-", "+", "1a", " 1", "1 ", "--1", "0x1",
		"9223372036854775808", "-9223372036854775809", "99999999999999999999999", "1.0" };
	int64_t n;

	assert_true(text_to_int(TEXT("9223372036854775807"), &n));
	assert_true(n == INT64_MAX);
	assert_true(text_to_int(TEXT("-9223372036854775808"), &n));
	assert_true(n == INT64_MIN);
	assert_true(text_to_int(TEXT("+007"), &n));
	assert_int_equal(n, 7);
	for (size_t i = 0; i < COUNT_OF(BAD); i++)
		assert_false(text_to_int(text_of(BAD[i]), &n));
	assert_false(text_to_int(TEXT("1\0"), &n));
}

static void utf8_is_judged_as_rfc_3629_says(void **state UNUSED)
{
	static const char *const GOOD[] = { "", "plain", "long enough for a word \xC3\xA4 and more",
		"\xC2\x80", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF0\x90\x80\x80",
		"\xF4\x8F\xBF\xBF" };
	static const char *const BAD[] = { "\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF",
		"\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xC3",
		"\xE2\x82", "\xF0\x9F\x98", "\xC3\x28", "\xE2\x28\xA1", "abcdefgh\xFF", "\xFE" };

	for (size_t i = 0; i < COUNT_OF(GOOD); i++)
		assert_true(text_is_utf8(text_of(GOOD[i])));
	for (size_t i = 0; i < COUNT_OF(BAD); i++)
		assert_false(text_is_utf8(text_of(BAD[i])));
	assert_true(text_is_utf8(TEXT_NONE));
}

static void clean_text_has_no_controls(void **state UNUSED)
{
	assert_true(text_is_clean(TEXT("a\tb\r\nc \xC3\xA4 \xEF\xBF\xBD")));
	assert_false(text_is_clean(TEXT("a\0b")));
	assert_false(text_is_clean(TEXT("\x1B[31m")));
	assert_false(text_is_clean(TEXT("\x7F")));
	assert_false(text_is_clean(TEXT("\xEF\xBF\xBE")));
	assert_false(text_is_clean(TEXT("\xEF\xBF\xBF")));
	assert_true(text_is_clean(TEXT("\xEF\xBF")));
}

/* Long text is looked at in blocks: what is wrong is found wherever it stands. */
static void what_is_not_clean_is_found_at_every_place(void **state UNUSED)
{
	static const char *const BAD[] = { "\x01", "\x0B", "\x1F", "\x7F", "\xEF\xBF\xBE",
		"\xEF\xBF\xBF" };
	static const char *const GOOD[] = { "\t", "\r\n", " ", "~", "\xEF\xBF\xBD", "\xC3\xA4",
		"\xEE\x80\x80" };
	char text[70];

	for (size_t at = 0; at + 3 <= sizeof(text); at++) {
		for (size_t i = 0; i < COUNT_OF(BAD); i++) {
			memset(text, 'a', sizeof(text));
			memcpy(text + at, BAD[i], strlen(BAD[i]));
			assert_false(text_is_clean((struct text){ text, sizeof(text) }));
			assert_false(text_is_plain((struct text){ text, sizeof(text) }));
		}
		for (size_t i = 0; i < COUNT_OF(GOOD); i++) {
			memset(text, 'a', sizeof(text));
			memcpy(text + at, GOOD[i], strlen(GOOD[i]));
			assert_true(text_is_clean((struct text){ text, sizeof(text) }));
			assert_int_equal(text_is_plain((struct text){ text, sizeof(text) }),
			        !(GOOD[i][0] & 0x80));
		}
	}
}

static void ascii_casemap_leaves_other_letters(void **state UNUSED)
{
	assert_text(text_ascii_casemap(arena, TEXT("aZ{\xC3\xA4")), "AZ{\xC3\xA4");
}

static void unicode_casemap_is_titlecase_then_decomposed(void **state UNUSED)
{
	assert_text(text_unicode_casemap(arena, TEXT("abc")), "ABC");
	assert_text(text_unicode_casemap(arena, TEXT("\xC3\xA4")), "A\xCC\x88");
	assert_text(text_unicode_casemap(arena, TEXT("\xC3\x84")), "A\xCC\x88");
	/* The example of RFC 5051 2: U+01C4 by way of U+01C5 becomes D z U+030C. */
	assert_text(text_unicode_casemap(arena, TEXT("\xC7\x84")), "Dz\xCC\x8C");
	assert_text(text_unicode_casemap(arena, TEXT("\xEF\xAC\x81")), "fi");
	assert_text(text_unicode_casemap(arena, TEXT("a\xFF")), "a\xFF");
}

static void folding_makes_search_forgiving(void **state UNUSED)
{
	static const char *const SAME[][2] = {
		{ "M\xC3\xBCller", "muller" },
		{ "\xC5\x81\xC3\xB3"
		  "d\xC5\xBA",
		        "lodz" },
		{ "S\xC3\xB8ren", "soren" },
		{ "Stra\xC3\x9F"
		  "e",
		        "strasse" },
		{ "STRA\xE1\xBA\x9E"
		  "E",
		        "strasse" },
		{ "\xC3\x86gir \xC5\x92uvre", "aegir oeuvre" },
		{ "\xC4\x90or\xC4\x91"
		  "e",
		        "dorde" },
		{ "\xCE\x9F\xCE\x94\xCE\x9F\xCE\xA3", "\xCE\xBF\xCE\xB4\xCE\xBF\xCF\x83" },
		{ "\xEF\xBC\xA1\xEF\xBC\xA2", "ab" },
		{ "\xC4\xB0stanbul", "istanbul" },
		{ "a\xCC\x88", "a" },
	};

	for (size_t i = 0; i < COUNT_OF(SAME); i++)
		assert_text(text_fold(arena, text_of(SAME[i][0])), SAME[i][1]);
	/* A voiced kana is another letter. */
	assert_false(text_eq(text_fold(arena, TEXT("\xE3\x81\x8C")), TEXT("\xE3\x81\x8B")));
	assert_text(text_fold(arena, TEXT("bad \xC3")), "bad \xC3");
}

static void folding_twice_changes_nothing(void **state UNUSED)
{
	for (int c = 0x80; c < 0x800; c++) {
		char text[2] = { (char)(0xC0 | c >> 6), (char)(0x80 | (c & 0x3F)) };
		struct text once = text_fold(arena, (struct text){ text, 2 });

		assert_true(text_eq(text_fold(arena, once), once));
		assert_true(text_is_utf8(once));
	}
}

static void a_buf_grows_through_all_sizes(void **state UNUSED)
{
	struct buf buf;
	struct text text;

	buf_init(&buf, arena);
	assert_non_null(buf_text(&buf).ptr);
	for (int i = 0; i < 200000; i++) {
		buf_printf(&buf, "%06d", i);
		buf_char(&buf, ',');
		buf_add(&buf, TEXT("x"));
		buf_add(&buf, TEXT_NONE);
	}
	text = buf_text(&buf);
	assert_int_equal(text.len, 200000 * 8);
	assert_int_equal(text.ptr[text.len], '\0');
	for (int i = 0; i < 200000; i += 997) {
		char want[24];

		snprintf(want, sizeof(want), "%06d,x", i);
		assert_text(text_sub(text, (size_t)i * 8, 8), want);
	}
}

static void a_buf_prints_what_is_longer_than_its_room(void **state UNUSED)
{
	struct buf buf;

	buf_init(&buf, arena);
	buf_printf(&buf, "%05000d", 1);
	buf_printf(&buf, "%s", "!");
	assert_int_equal(buf_text(&buf).len, 5001);
	assert_true(text_ends(buf_text(&buf), TEXT("01!")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comparing_knows_length_and_case),
		cmocka_unit_test(ends_and_pieces_are_found),
		cmocka_unit_test(slicing_is_clamped),
		cmocka_unit_test(splitting_gives_empty_pieces_too),
		cmocka_unit_test(numbers_are_whole_or_refused),
		cmocka_unit_test(numbers_are_written_whole),
		cmocka_unit_test(utf8_is_judged_as_rfc_3629_says),
		cmocka_unit_test(clean_text_has_no_controls),
		cmocka_unit_test(what_is_not_clean_is_found_at_every_place),
		cmocka_unit_test(ascii_casemap_leaves_other_letters),
		cmocka_unit_test(unicode_casemap_is_titlecase_then_decomposed),
		cmocka_unit_test(folding_makes_search_forgiving),
		cmocka_unit_test(folding_twice_changes_nothing),
		cmocka_unit_test(a_buf_grows_through_all_sizes),
		cmocka_unit_test(a_buf_prints_what_is_longer_than_its_room),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
