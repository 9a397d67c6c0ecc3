#include "card.h"

static const char *const FILES[] = { "apple-ios.vcf", "apple-macos.vcf", "apple-group.vcf",
	"apple-old-photo.vcf", "davx5.vcf", "davx5-group.vcf", "thunderbird.vcf", "evolution.vcf",
	"outlook-caldavsynchronizer.vcf" };

static void cards_of_real_clients_come_back_byte_for_byte(void **state UNUSED)
{
	struct arena *arena = arena_new();

	for (size_t i = 0; i < COUNT_OF(FILES); i++) {
		struct text body = card_file(arena, FILES[i]);

		assert_true(vcard_body(arena, card_of(arena, body)).ptr == body.ptr);
	}
	arena_free(&arena);
}

static void only_the_changed_property_is_written_anew(void **state UNUSED)
{
	struct arena *arena = arena_new();

	for (size_t i = 0; i < COUNT_OF(FILES); i++) {
		struct text body = card_file(arena, FILES[i]), after;
		struct vcard *card = card_of(arena, body);
		struct vcard_prop *fn = vcard_first(card, "fn");
		size_t before = (size_t)(fn->line.ptr - body.ptr), rest = before + fn->line.len;

		vcard_set_text(card, "FN", TEXT("New; name"));
		after = vcard_body(arena, card);
		assert_true(text_eq(text_sub(after, 0, before), text_sub(body, 0, before)));
		assert_true(text_starts(text_from(after, before), TEXT("FN:New\\; name\r\n")));
		assert_true(text_ends(after, text_from(body, rest)));
	}
	arena_free(&arena);
}

static void lines_are_taken_apart(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct vcard *card =
	        card_of(arena, card_lines(arena, "3.0",
	                               "item1.X-ABLabel;a=\"x:y;z\";TYPE=home,WORK:va:l;u\\,e\n"
	                               "TEL;CELL;PREF:1\n"
	                               "NOTE:fol\n ded li\n\tne\n"
	                               "A;X=un\"closed:v\n"
	                               "TEL;\"x:y\":2\n"));
	struct vcard_prop *prop = vcard_first(card, "x-ablabel");
	struct text params = prop->params;
	struct vcard_param param;

	assert_text(prop->group, "item1");
	assert_text(prop->value, "va:l;u\\,e");
	assert_text(vcard_value_text(arena, prop), "va:l;u,e");
	assert_text(vcard_param(prop, "A"), "x:y;z");
	assert_true(vcard_param_next(&params, &param));
	assert_true(vcard_param_next(&params, &param));
	assert_text(param.values, "home,WORK");
	assert_false(vcard_param_next(&params, &param));
	assert_true(vcard_param_has(prop, "type", "work"));
	assert_false(vcard_param_has(prop, "type", "hom"));
	prop = vcard_first(card, "TEL");
	assert_true(vcard_param_has(prop, "TYPE", "cell"));
	assert_int_equal(vcard_pref(prop), 1);
	assert_text(vcard_first(card, "NOTE")->value, "folded line");
	assert_text(vcard_first(card, "A")->value, "v");
	assert_text(vcard_next(prop, "TEL")->value, "2");
	arena_free(&arena);
}

static void structured_values_split_at_unescaped_separators(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct text n = TEXT("O\\;Neil;A,B\\,C;;\\\\");

	assert_text(vcard_unescape(arena, vcard_field(n, ';', 0)), "O;Neil");
	assert_text(vcard_field(vcard_field(n, ';', 1), ',', 1), "B\\,C");
	assert_text(vcard_field(n, ';', 2), "");
	assert_text(vcard_unescape(arena, vcard_field(n, ';', 3)), "\\");
	assert_null(vcard_field(n, ';', 4).ptr);
	assert_text(vcard_unescape(arena, TEXT("a\\nb\\Nc\\:d\\qe\\")), "a\nb\nc:d\\qe\\");
	assert_text(vcard_escape(arena, TEXT("a\r\nb\rc,d;e\\")), "a\\nb\\nc\\,d\\;e\\\\");
	arena_free(&arena);
}

static void parameters_are_added_dropped_and_decoded(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct text params = vcard_param_add(arena, TEXT("TYPE=home"), "LABEL", TEXT("a\n\"b\"^;"));

	assert_text(params, "TYPE=home;LABEL=\"a^n^'b^'^^;\"");
	assert_text(vcard_param_text(arena, TEXT("a^n^'b^'^^;^x")), "a\n\"b\"^;^x");
	assert_text(vcard_param_drop(arena, params, "type"), "LABEL=\"a^n^'b^'^^;\"");
	assert_text(vcard_param_drop(arena, params, "label"), "TYPE=home");
	arena_free(&arena);
}

static void long_lines_are_folded_between_characters(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct vcard *card = vcard_new(arena, VCARD_4);
	struct text body, rest, line;
	struct buf name;

	buf_init(&name, arena);
	for (int i = 0; i < 300; i++)
		buf_add(&name, i % 3 ? TEXT("\xE2\x82\xAC") : TEXT("x"));
	vcard_set_text(card, "FN", buf_text(&name));
	body = vcard_body(arena, card);
	for (rest = body; text_split(&rest, '\n', &line);) {
		assert_true(line.len <= 76);
		assert_true(text_is_utf8(line));
	}
	assert_text(vcard_value_text(arena, vcard_first(card_of(arena, body), "FN")),
	        buf_text(&name).ptr);
	arena_free(&arena);
}

static void cards_are_built_and_thinned(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct vcard *card = vcard_new(arena, VCARD_3);

	vcard_set_text(card, "FN", TEXT("A"));
	vcard_add(card, TEXT("item1"), "TEL", TEXT("TYPE=cell"), TEXT("1"));
	vcard_add(card, TEXT("item1"), "X-ABLabel", TEXT(""), TEXT("Boat"));
	vcard_add(card, TEXT_NONE, "TEL", TEXT(""), TEXT("2"));
	assert_text(vcard_beside(card, vcard_first(card, "TEL"), "X-ABLABEL")->value, "Boat");
	assert_text(vcard_body(arena, card),
	        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nitem1.TEL;TYPE=cell:1\r\n"
	        "item1.X-ABLabel:Boat\r\nTEL:2\r\nEND:VCARD\r\n");
	vcard_remove(card, vcard_next(vcard_first(card, "TEL"), "TEL"));
	vcard_remove_all(card, "x-ablabel");
	vcard_set_text(card, "FN", TEXT_NONE);
	vcard_set_text(card, "UID", TEXT("u"));
	assert_text(vcard_body(arena, card),
	        "BEGIN:VCARD\r\nVERSION:3.0\r\nitem1.TEL;TYPE=cell:1\r\nUID:u\r\nEND:VCARD\r\n");
	arena_free(&arena);
}

static void what_is_no_card_is_refused_with_its_line(void **state UNUSED)
{
	static const struct {
		const char *body, *why;
	} BAD[] = {
		{ "", "no vCard" },
		{ "\r\n\r\n", "no vCard" },
		{ "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "line 1" },
		{ "--BEGIN:VCARD\nEND:VCARD\n", "line 1" },
		{ "BEGIN:VCARD\nFN:A\n", "END:VCARD is missing" },
		{ "BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n", "line 4" },
		{ "BEGIN:VCARD\nFN:A\nEND:VCARD\nx\n", "line 4" },
		{ "BEGIN:VCARD\nBEGIN:VCARD\nEND:VCARD\nEND:VCARD\n", "line 2: something inside" },
		{ "BEGIN:VCARD\nEND:VCALENDAR\nEND:VCARD\n", "line 2: something inside" },
		{ "BEGIN:VCARD\nFN\nEND:VCARD\n", "line 2: this is not a property" },
		{ "BEGIN:VCARD\n***FN:A\nEND:VCARD\n", "line 2" },
		{ "BEGIN:VCARD\n:A\nEND:VCARD\n", "line 2" },
		{ "BEGIN:VCARD\n.FN:A\nEND:VCARD\n", "line 2" },
		{ "BEGIN:VCARD\na.b.FN:A\nEND:VCARD\n", "line 2" },
		{ "BEGIN:VCARD\nFN;X=1\nEND:VCARD\n", "line 2" },
		{ "BEGIN:VCARD\nFN;X=\"a:b\nEND:VCARD\n", "line 2" },
		{ "BEGIN:VCARD\nFN;X=\"a:b\"\nEND:VCARD\n", "line 2" },
		{ "BEGIN:VCARD\nFN;\"a;b:c\nEND:VCARD\n", "line 2" },
		{ "BEGIN:VCARD\nFN:a\rb\nEND:VCARD\n", "carriage return" },
		{ "BEGIN:VCARD\nFN:a\x07\nEND:VCARD\n", "control character" },
		{ "BEGIN:VCARD\nFN:a\xC3\nEND:VCARD\n", "UTF-8" },
	};
	struct arena *arena = arena_new();

	for (size_t i = 0; i < COUNT_OF(BAD); i++) {
		struct err err = { 0 };
		struct vcard *card = NULL;

		assert_false(vcard_parse(arena, &err, text_of(BAD[i].body), &card));
		assert_int_equal(err.id, ERR_VALID_ADDRESS_DATA);
		if (!strstr(err.detail, BAD[i].why))
			fail_msg("%zu: %s", i, err.detail);
	}
	arena_free(&arena);
}

static void every_truncation_of_a_card_is_refused(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct text body = card_file(arena, "davx5.vcf");

	/* Without its last line end, and without the last LF, it is still whole. */
	for (size_t len = 0; len < body.len - 2; len++) {
		struct err err = { 0 };
		struct vcard *card;

		assert_false(vcard_parse(arena, &err, text_sub(body, 0, len), &card));
		assert_int_equal(err.id, ERR_VALID_ADDRESS_DATA);
	}
	arena_free(&arena);
}

static void sloppy_line_ends_and_blank_lines_are_kept(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct text body = TEXT("\xEF\xBB\xBF\n\nBEGIN:vcard\n\nVERSION:3.0\r\r\nUID:u\n\n\nFN:A\n"
	                        "end:VCARD \n\n");
	struct vcard *card = card_of(arena, body);

	assert_int_equal(vcard_version(card), VCARD_3);
	assert_text(vcard_body(arena, card), body.ptr);
	vcard_set_text(card, "FN", TEXT("B"));
	assert_text(vcard_body(arena, card),
	        "\xEF\xBB\xBF\n\nBEGIN:vcard\n\nVERSION:3.0\r\r\nUID:u\n\n\nFN:B\n"
	        "end:VCARD \n\n");
	arena_free(&arena);
}

static void too_many_properties_are_refused(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct err err = { 0 };
	struct vcard *card;
	struct buf body;

	buf_init(&body, arena);
	buf_add(&body, TEXT("BEGIN:VCARD\nVERSION:3.0\n"));
	for (int i = 0; i < 100000; i++)
		buf_add(&body, TEXT("A:\n"));
	buf_add(&body, TEXT("END:VCARD\n"));
	assert_false(vcard_parse(arena, &err, buf_text(&body), &card));
	assert_non_null(strstr(err.detail, "too many"));
	arena_free(&arena);
}

static void a_file_of_many_is_split(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct text rest = card_file(arena, "google-export.vcf"), body;
	struct err err = { 0 };
	size_t count = 0;

	while (vcard_split(&err, &rest, &body)) {
		count++;
		assert_non_null(vcard_first(card_of(arena, body), "FN"));
	}
	assert_int_equal(count, 2);
	assert_false(err_is_set(&err));
	rest = TEXT("\nBEGIN:VCARD\nEND:VCARD\nrubbish\n");
	assert_true(vcard_split(&err, &rest, &body));
	assert_text(body, "BEGIN:VCARD\nEND:VCARD\n");
	assert_false(vcard_split(&err, &rest, &body));
	assert_int_equal(err.id, ERR_VALID_ADDRESS_DATA);
	err_clear(&err);
	rest = TEXT("BEGIN:VCARD\nFN:A\n");
	assert_false(vcard_split(&err, &rest, &body));
	assert_true(err_is_set(&err));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cards_of_real_clients_come_back_byte_for_byte),
		cmocka_unit_test(only_the_changed_property_is_written_anew),
		cmocka_unit_test(lines_are_taken_apart),
		cmocka_unit_test(structured_values_split_at_unescaped_separators),
		cmocka_unit_test(parameters_are_added_dropped_and_decoded),
		cmocka_unit_test(long_lines_are_folded_between_characters),
		cmocka_unit_test(cards_are_built_and_thinned),
		cmocka_unit_test(what_is_no_card_is_refused_with_its_line),
		cmocka_unit_test(every_truncation_of_a_card_is_refused),
		cmocka_unit_test(sloppy_line_ends_and_blank_lines_are_kept),
		cmocka_unit_test(too_many_properties_are_refused),
		cmocka_unit_test(a_file_of_many_is_split),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
