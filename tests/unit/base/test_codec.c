#include "../test.h"

#include "base/codec.h"

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

static void base64_agrees_with_rfc_4648(void **state UNUSED)
{
	static const char *const VECTORS[][2] = { { "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" },
		{ "foo", "Zm9v" }, { "foob", "Zm9vYg==" }, { "fooba", "Zm9vYmE=" },
		{ "foobar", "Zm9vYmFy" } };
	struct text bytes;

	for (size_t i = 0; i < COUNT_OF(VECTORS); i++) {
		assert_text(base64_encode(arena, text_of(VECTORS[i][0])), VECTORS[i][1]);
		assert_true(base64_decode(arena, text_of(VECTORS[i][1]), &bytes));
		assert_text(bytes, VECTORS[i][0]);
	}
	assert_text(base64url_encode(arena, TEXT("\xFB\xFF\xFE\xFF")), "-__-_w");
	assert_text(base64_encode(arena, TEXT("\xFB\xFF\xFE")), "+//+");
	assert_true(base64_decode(arena, TEXT(" Zm9v\r\n YmFy\t"), &bytes));
	assert_text(bytes, "foobar");
}

static void bad_base64_is_refused(void **state UNUSED)
{
	static const char *const BAD[] = { "Z", "Zg", "Zg=", "Zm9", "====", "=",
		"Z===", "Zg==Zg==", "Z=g=", "=Zg=", "Zm9v!", "Zm9vYg==\x01", "Zm9v====", "-_-_",
		"Zg== =" };
	struct text bytes;

	for (size_t i = 0; i < COUNT_OF(BAD); i++)
		assert_false(base64_decode(arena, text_of(BAD[i]), &bytes));
}

static void all_bytes_survive_there_and_back(void **state UNUSED)
{
	char all[256];
	struct text text = { all, sizeof(all) }, back;

	for (int i = 0; i < 256; i++)
		all[i] = (char)i;
	for (; text.len; text.len--) {
		assert_true(base64_decode(arena, base64_encode(arena, text), &back));
		assert_true(text_eq(back, text));
		assert_true(hex_decode(arena, hex_encode(arena, text), &back));
		assert_true(text_eq(back, text));
		assert_true(percent_decode(arena, percent_encode(arena, text), &back));
		assert_true(text_eq(back, text));
	}
}

static void hex_is_lower_case_and_even(void **state UNUSED)
{
	struct text bytes;

	assert_text(hex_encode(arena, TEXT("\x00\xAF\x7f")), "00af7f");
	assert_true(hex_decode(arena, TEXT("aFAf"), &bytes));
	assert_text(bytes, "\xAF\xAF");
	assert_false(hex_decode(arena, TEXT("abc"), &bytes));
	assert_false(hex_decode(arena, TEXT("ag"), &bytes));
	assert_false(hex_decode(arena, TEXT("\0\0"), &bytes));
}

static void path_segments_keep_at_signs_and_colons(void **state UNUSED)
{
	assert_text(percent_encode(arena, TEXT("a@b:c.ics")), "a@b:c.ics");
	assert_text(
	        percent_encode(arena, TEXT("a b/c?d#e%f\"<>")), "a%20b%2Fc%3Fd%23e%25f%22%3C%3E");
	assert_text(percent_encode(arena, TEXT("\xC3\xA4\0")), "%C3%A4%00");
}

static void bad_percent_signs_are_refused(void **state UNUSED)
{
	static const char *const BAD[] = { "%", "%4", "a%zz", "%4g", "%%41", "abc%2" };
	struct text bytes;

	for (size_t i = 0; i < COUNT_OF(BAD); i++)
		assert_false(percent_decode(arena, text_of(BAD[i]), &bytes));
	assert_true(percent_decode(arena, TEXT("%41%6a+%2F"), &bytes));
	assert_text(bytes, "Aj+/");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base64_agrees_with_rfc_4648),
		cmocka_unit_test(bad_base64_is_refused),
		cmocka_unit_test(all_bytes_survive_there_and_back),
		cmocka_unit_test(hex_is_lower_case_and_even),
		cmocka_unit_test(path_segments_keep_at_signs_and_colons),
		cmocka_unit_test(bad_percent_signs_are_refused),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
