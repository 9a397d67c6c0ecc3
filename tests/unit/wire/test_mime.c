#include "../fake_call.h"

#include "wire/mime.h"

static void the_ending_tells_the_type(void UNUSED **state)
{
	assert_text(mime_of(TEXT("a.txt")), "text/plain");
	assert_text(mime_of(TEXT("Photo.JPEG")), "image/jpeg");
	assert_text(mime_of(TEXT("a.tar.gz")), "application/gzip");
	assert_text(mime_of(TEXT("cal.ics")), "text/calendar");
	assert_text(mime_of(TEXT("ann.vcf")), "text/vcard");
}

static void what_has_no_known_ending_is_bytes(void UNUSED **state)
{
	assert_text(mime_of(TEXT("README")), "application/octet-stream");
	assert_text(mime_of(TEXT(".txt")), "application/octet-stream");
	assert_text(mime_of(TEXT("a.")), "application/octet-stream");
	assert_text(mime_of(TEXT("")), "application/octet-stream");
	assert_text(mime_of(TEXT("a.xyzzy")), "application/octet-stream");
}

static void nothing_that_runs_scripts_is_shown_inline(void UNUSED **state)
{
	static const char *const ACTIVE[] = { "text/html", "TEXT/HTML; charset=utf-8",
		"image/svg+xml", "application/xhtml+xml", "application/xml", "text/xml",
		"text/javascript", "text/calendar", "text/vcard", "", "x", "image/png2" };

	for (size_t i = 0; i < COUNT_OF(ACTIVE); i++)
		assert_false(mime_is_inline(text_of(ACTIVE[i])));
	assert_true(mime_is_inline(TEXT("image/png")));
	assert_true(mime_is_inline(TEXT("Text/Plain ;charset=utf-8")));
}

static void text_compresses_and_pictures_do_not(void UNUSED **state)
{
	assert_true(mime_compresses(TEXT("text/calendar; charset=utf-8")));
	assert_true(mime_compresses(TEXT("application/xml; charset=utf-8")));
	assert_true(mime_compresses(TEXT("application/problem+json")));
	assert_true(mime_compresses(TEXT("image/svg+xml")));
	assert_false(mime_compresses(TEXT("image/png")));
	assert_false(mime_compresses(TEXT("application/zip")));
	assert_false(mime_compresses(TEXT("")));
}

static void a_file_name_cannot_break_out_of_its_header(void UNUSED **state)
{
	assert_text(mime_disposition(arena, TEXT("image/png"), TEXT("a b.png")),
	        "inline; filename=\"a b.png\"");
	assert_text(mime_disposition(arena, TEXT("text/html"), TEXT("a\"\r\n\\;x=%41.html")),
	        "attachment; filename=\"a____;x=_41.html\"; "
	        "filename*=UTF-8''a%22%0D%0A%5C%3Bx%3D%2541.html");
	assert_text(mime_disposition(arena, TEXT("text/plain"), TEXT("\xc3\xa4-\xe2\x82\xac.txt")),
	        "inline; filename=\"_-_.txt\"; filename*=UTF-8''%C3%A4-%E2%82%AC.txt");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(the_ending_tells_the_type),
		CLAIM(what_has_no_known_ending_is_bytes),
		CLAIM(nothing_that_runs_scripts_is_shown_inline),
		CLAIM(text_compresses_and_pictures_do_not),
		CLAIM(a_file_name_cannot_break_out_of_its_header),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
