#include "card.h"

#include "base/clock.h"
#include "object/vcard_facts.h"
#include "object/vcard_filter.h"
#include "object/vcard_trim.h"

static struct arena *arena;

static int setup(void **state UNUSED)
{
	arena = arena_new();
	return 0;
}

static int teardown(void **state UNUSED)
{
	arena_free(&arena);
	return 0;
}

static struct card_prop_filter *add_prop(struct card_filter *filter, const char *name)
{
	struct card_prop_filter *prop = vec_push(arena, &filter->props);

	prop->name = text_of(name);
	return prop;
}

static struct card_text_match *add_text(struct card_prop_filter *prop, const char *text)
{
	struct card_text_match *match = vec_push(arena, &prop->texts);

	match->text = text_of(text);
	return match;
}

static struct card_param_filter *add_param(
        struct card_prop_filter *prop, const char *name, const char *text)
{
	struct card_param_filter *param = vec_push(arena, &prop->params);

	param->name = text_of(name);
	param->has_match = text != NULL;
	param->match.text = text_of(text);
	return param;
}

static bool matches(const struct card_filter *filter, struct text body)
{
	struct err err = { 0 };
	struct card_matcher *matcher = card_matcher_new(arena, &err, filter);
	bool verdict = card_matches(matcher, body);

	/* A matcher keeps nothing of a card it has seen. */
	assert_int_equal(card_matches(matcher, body), verdict);
	return verdict;
}

/* One text-match on one property of the iPhone's card. */
static bool finds(const char *name, const char *text, enum card_match match,
        enum card_collation collation, bool negate)
{
	struct card_filter filter = { 0 };
	struct card_text_match *test = add_text(add_prop(&filter, name), text);

	test->match = match;
	test->collation = collation;
	test->negate = negate;
	return matches(&filter, card_file(arena, "apple-ios.vcf"));
}

static void an_empty_filter_matches_all(void **state UNUSED)
{
	struct card_filter filter = { 0 };

	assert_true(matches(&filter, card_file(arena, "davx5.vcf")));
}

static void the_four_match_types_differ(void **state UNUSED)
{
	const enum card_collation any = CARD_UNICODE_CASEMAP;

	assert_true(finds("FN", "jörg", CARD_CONTAINS, any, false));
	assert_false(finds("FN", "jorge", CARD_CONTAINS, any, false));
	assert_true(finds("fn", "DR. J", CARD_STARTS_WITH, any, false));
	assert_false(finds("FN", "jörg", CARD_STARTS_WITH, any, false));
	assert_true(finds("FN", "müller", CARD_ENDS_WITH, any, false));
	assert_false(finds("FN", "jörg", CARD_ENDS_WITH, any, false));
	assert_true(finds("FN", "dr. jörg müller", CARD_EQUALS, any, false));
	assert_false(finds("FN", "jörg", CARD_EQUALS, any, false));
}

static void the_three_collations_differ(void **state UNUSED)
{
	assert_true(finds("FN", "JÖRG", CARD_CONTAINS, CARD_UNICODE_CASEMAP, false));
	assert_false(finds("FN", "JÖRG", CARD_CONTAINS, CARD_ASCII_CASEMAP, false));
	assert_true(finds("FN", "jöRG", CARD_CONTAINS, CARD_ASCII_CASEMAP, false));
	assert_false(finds("FN", "jörg", CARD_CONTAINS, CARD_OCTET, false));
	assert_true(finds("FN", "Jörg", CARD_CONTAINS, CARD_OCTET, false));
}

static void attributes_are_read(void **state UNUSED)
{
	enum card_collation collation = CARD_OCTET;
	enum card_match match = CARD_EQUALS;
	enum card_test test = CARD_ALLOF;

	assert_true(card_collation_of(TEXT_NONE, &collation));
	assert_int_equal(collation, CARD_UNICODE_CASEMAP);
	assert_true(card_collation_of(TEXT("i;octet"), &collation));
	assert_int_equal(collation, CARD_OCTET);
	assert_false(card_collation_of(TEXT("i;klingon"), &collation));
	assert_true(card_match_of(TEXT_NONE, &match));
	assert_int_equal(match, CARD_CONTAINS);
	assert_true(card_match_of(TEXT("ends-with"), &match));
	assert_int_equal(match, CARD_ENDS_WITH);
	assert_false(card_match_of(TEXT("like"), &match));
	assert_true(card_test_of(TEXT_NONE, &test));
	assert_int_equal(test, CARD_ANYOF);
	assert_true(card_test_of(TEXT("allof"), &test));
	assert_false(card_test_of(TEXT("noneof"), &test));
}

static void text_is_compared_unfolded_and_unescaped(void **state UNUSED)
{
	struct card_filter filter = { 0 };
	struct text body =
	        card_lines(arena, "3.0", "NOTE:some\n thing\\, with\\nlines\nF\n N:far\n");

	add_text(add_prop(&filter, "NOTE"), "something, with\nlines");
	assert_true(matches(&filter, body));
	filter = (struct card_filter){ 0 };
	add_text(add_prop(&filter, "FN"), "far");
	assert_true(matches(&filter, body));
}

static void a_negated_text_wants_the_property(void **state UNUSED)
{
	assert_false(finds("EMAIL", "example", CARD_CONTAINS, CARD_UNICODE_CASEMAP, true));
	assert_true(finds("EMAIL", ".com", CARD_CONTAINS, CARD_UNICODE_CASEMAP, true));
	assert_false(finds("X-NOT-THERE", "x", CARD_CONTAINS, CARD_UNICODE_CASEMAP, true));
}

static void presence_and_absence_are_asked_for(void **state UNUSED)
{
	static const struct {
		const char *name;
		bool is_not_defined, wanted;
	} CASES[] = {
		{ "PHOTO", false, true },
		{ "PHOTO", true, false },
		{ "LOGO", false, false },
		{ "LOGO", true, true },
		{ "item1.EMAIL", false, true },
		{ "item2.EMAIL", false, false },
		{ "item2.EMAIL", true, true },
	};

	for (size_t i = 0; i < COUNT_OF(CASES); i++) {
		struct card_filter filter = { 0 };

		add_prop(&filter, CASES[i].name)->is_not_defined = CASES[i].is_not_defined;
		assert_int_equal(
		        matches(&filter, card_file(arena, "apple-ios.vcf")), CASES[i].wanted);
	}
}

static void anyof_and_allof_count_at_both_levels(void **state UNUSED)
{
	struct text body = card_lines(arena, "3.0", "FN:John Anderson\nEMAIL:j@x\nEMAIL:a@y\n");

	for (int i = 0; i < 16; i++) {
		struct card_filter filter = { .test = i & 1 };
		struct card_prop_filter *fn, *email;
		bool fn_holds, email_holds;

		add_prop(&filter, "FN");
		add_prop(&filter, "EMAIL");
		fn = &filter.props.at[0];
		email = &filter.props.at[1];
		fn->test = (i >> 1) & 1;
		email->test = (i >> 2) & 1;
		add_text(fn, "john");
		add_text(fn, i & 8 ? "anders" : "smith");
		/* Both are there, but not on one property. */
		add_text(email, "@x");
		add_text(email, "@y");
		fn_holds = fn->test == CARD_ANYOF || (i & 8);
		email_holds = email->test == CARD_ANYOF;
		assert_int_equal(matches(&filter, body), filter.test == CARD_ANYOF
		                                                 ? fn_holds || email_holds
		                                                 : fn_holds && email_holds);
	}
}

static void absence_is_an_alternative_to_tests(void **state UNUSED)
{
	struct card_filter filter = { .test = CARD_ALLOF };
	struct card_prop_filter *kind = add_prop(&filter, "KIND");

	kind->is_not_defined = true;
	add_text(kind, "individual")->match = CARD_EQUALS;
	assert_true(matches(&filter, card_lines(arena, "4.0", "FN:A\n")));
	assert_true(matches(&filter, card_lines(arena, "4.0", "KIND:individual\n")));
	assert_false(matches(&filter, card_lines(arena, "4.0", "KIND:group\n")));
}

static bool email_with(const char *line, const char *param, const char *text, int how)
{
	struct card_filter filter = { 0 };
	struct card_param_filter *test =
	        add_param(add_prop(&filter, "EMAIL"), param, how == 'u' ? NULL : text);

	test->match.match = how == 'c' ? CARD_CONTAINS : CARD_EQUALS;
	test->match.negate = how == 'n';
	test->is_not_defined = how == 'u';
	return matches(&filter, card_lines(arena, "3.0", line));
}

static void parameters_are_asked_for(void **state UNUSED)
{
	assert_true(email_with("EMAIL;type=INTERNET;type=WORK:a\n", "TYPE", "work", 'e'));
	assert_true(email_with("EMAIL;TYPE=INTERNET,WORK:a\n", "type", "work", 'e'));
	assert_true(email_with("EMAIL;TYPE=\"internet,work\":a\n", "TYPE", "work", 'e'));
	assert_true(email_with("EMAIL;WORK:a\n", "TYPE", "work", 'e'));
	assert_false(email_with("EMAIL;TYPE=WORKER:a\n", "TYPE", "work", 'e'));
	assert_true(email_with("EMAIL;TYPE=WORKER:a\n", "TYPE", "work", 'c'));
	assert_false(email_with("EMAIL:a\n", "TYPE", "work", 'c'));
	assert_true(email_with("EMAIL;TYPE=HOME:a\n", "TYPE", "work", 'n'));
	assert_false(email_with("EMAIL;TYPE=HOME;TYPE=WORK:a\n", "TYPE", "work", 'n'));
	assert_true(email_with("EMAIL:a\n", "TYPE", NULL, 'u'));
	assert_false(email_with("EMAIL;TYPE=HOME:a\n", "TYPE", NULL, 'u'));
	assert_true(email_with("EMAIL;X-L=\"a^nb\":a\n", "X-L", "a\nb", 'e'));
}

static void parameter_and_text_meet_on_one_property(void **state UNUSED)
{
	struct card_filter filter = { 0 };
	struct card_prop_filter *email = add_prop(&filter, "EMAIL");

	email->test = CARD_ALLOF;
	add_text(email, "@x");
	add_param(email, "TYPE", "home");
	assert_false(matches(
	        &filter, card_lines(arena, "3.0", "EMAIL;TYPE=HOME:a@y\nEMAIL;TYPE=WORK:a@x\n")));
	assert_true(matches(
	        &filter, card_lines(arena, "3.0", "EMAIL;TYPE=WORK:a@x\nEMAIL;TYPE=HOME:a@x\n")));
}

static void a_filter_of_many_conditions_is_refused(void **state UNUSED)
{
	struct card_filter filter = { 0 };
	struct err err = { 0 };

	for (int i = 0; i < 300; i++)
		add_prop(&filter, "FN");
	assert_null(card_matcher_new(arena, &err, &filter));
	assert_int_equal(err.id, ERR_CARD_SUPPORTED_FILTER);
}

/* Whatever a filter finds, its hints must find too. */
static bool hints_find(const struct card_filter *filter, struct text body)
{
	struct card_hints hints = card_filter_hints(arena, filter);
	struct vcard_facts facts;

	vcard_facts(arena, card_of(arena, body), &facts);
	for (size_t i = 0; i < hints.len; i++)
		for (size_t j = 0; j < facts.indexed.len; j++)
			if (text_eq(hints.at[i].name, facts.indexed.at[j].name) &&
			        text_find(facts.indexed.at[j].key, hints.at[i].key) >= 0)
				return true;
	return !hints.len;
}

static void hints_never_hide_a_match(void **state UNUSED)
{
	static const char *const NEEDLES[] = { "É", "é", "e", "e\xCC\x81", "\xCC\x81", "ß", "SS",
		"ﬁ", "Fi", "İ", "ı", "i", "Å", "\xE2\x84\xAB", "か\xE3\x82\x99", "が", "か", "각",
		"\xE1\x84\x80", "ÐŁØ", "ǅ", "σ", "ς", "Σ", "½", "" };

	for (size_t i = 0; i < COUNT_OF(NEEDLES); i++)
		for (size_t j = 0; j < COUNT_OF(NEEDLES); j++) {
			struct card_filter filter = { 0 };
			struct text body = card_lines(
			        arena, "3.0", arena_printf(arena, "FN:a%sb\n", NEEDLES[j]).ptr);

			add_text(add_prop(&filter, "fn"), NEEDLES[i]);
			if (matches(&filter, body) && !hints_find(&filter, body))
				fail_msg("'%s' in '%s'", NEEDLES[i], NEEDLES[j]);
		}
}

static void hints_take_the_best_that_is_certain(void **state UNUSED)
{
	struct card_filter filter = { .test = CARD_ALLOF };
	struct card_hints hints;

	add_text(add_prop(&filter, "FN"), "ab");
	add_text(add_prop(&filter, "item1.email"), "LÖNGER");
	add_text(add_prop(&filter, "PHOTO"), "the longest");
	add_prop(&filter, "TEL")->is_not_defined = true;
	hints = card_filter_hints(arena, &filter);
	assert_int_equal(hints.len, 1);
	assert_text(hints.at[0].name, "EMAIL");
	assert_text(hints.at[0].key, "longer");
	filter.test = CARD_ANYOF;
	assert_int_equal(card_filter_hints(arena, &filter).len, 0);
	filter.props.len = 2;
	assert_int_equal(card_filter_hints(arena, &filter).len, 2);
	filter.props.at[0].texts.at[0].negate = true;
	hints = card_filter_hints(arena, &filter);
	assert_text(hints.at[0].key, "");
}

static void ten_thousand_cards_are_searched_at_once(void **state UNUSED)
{
	struct card_filter filter = { 0 };
	struct text body = card_file(arena, "thunderbird.vcf");
	struct card_matcher *matcher;
	struct err err = { 0 };
	int64_t start;

	add_text(add_prop(&filter, "FN"), "nobody");
	add_text(add_prop(&filter, "EMAIL"), "nobody");
	matcher = card_matcher_new(arena, &err, &filter);
	start = clock_mono_us();
	for (int i = 0; i < 10000; i++)
		assert_false(card_matches(matcher, body));
	print_message("%.2f us a card\n", (double)(clock_mono_us() - start) / 10000);
	/* Far off, since the machine may be busy or the build a slow one. */
	assert_true(clock_mono_us() - start < 2000000);
}

/* ---- partial retrieval ---- */

static struct text trimmed(struct text body, const char *name, bool novalue)
{
	struct card_wanted wanted = { 0 };

	if (name) {
		struct card_wanted_prop *prop = vec_push(arena, &wanted.props);

		prop->name = text_of(name);
		prop->novalue = novalue;
	}
	return vcard_trim(arena, body, &wanted);
}

static void only_wanted_properties_are_given(void **state UNUSED)
{
	struct text body = card_file(arena, "apple-ios.vcf");

	assert_true(trimmed(body, NULL, false).ptr == body.ptr);
	assert_text(trimmed(body, "fn", false),
	        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Dr. Jörg Müller\r\nEND:VCARD\r\n");
	assert_text(trimmed(body, "ITEM1.EMAIL", false),
	        "BEGIN:VCARD\r\nVERSION:3.0\r\nitem1.EMAIL;type=INTERNET:jm@example.net\r\n"
	        "END:VCARD\r\n");
	assert_true(has(trimmed(body, "EMAIL", false), "\r\nitem1.EMAIL;"));
	assert_true(has(trimmed(body, "EMAIL", false), "\r\nEMAIL;"));
	assert_true(
	        text_eq(vcard_first(card_of(arena, trimmed(body, "PHOTO", false)), "PHOTO")->line,
	                vcard_first(card_of(arena, body), "PHOTO")->line));
}

static void values_are_left_out_where_not_wanted(void **state UNUSED)
{
	assert_text(trimmed(card_file(arena, "apple-ios.vcf"), "PHOTO", true),
	        "BEGIN:VCARD\r\nVERSION:3.0\r\n"
	        "PHOTO;ENCODING=b;TYPE=JPEG;X-ABCROP-RECTANGLE=ABClipRect_1&0&0&96&96&x:\r\n"
	        "END:VCARD\r\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_filter_matches_all),
		cmocka_unit_test(the_four_match_types_differ),
		cmocka_unit_test(the_three_collations_differ),
		cmocka_unit_test(attributes_are_read),
		cmocka_unit_test(text_is_compared_unfolded_and_unescaped),
		cmocka_unit_test(a_negated_text_wants_the_property),
		cmocka_unit_test(presence_and_absence_are_asked_for),
		cmocka_unit_test(anyof_and_allof_count_at_both_levels),
		cmocka_unit_test(absence_is_an_alternative_to_tests),
		cmocka_unit_test(parameters_are_asked_for),
		cmocka_unit_test(parameter_and_text_meet_on_one_property),
		cmocka_unit_test(a_filter_of_many_conditions_is_refused),
		cmocka_unit_test(hints_never_hide_a_match),
		cmocka_unit_test(hints_take_the_best_that_is_certain),
		cmocka_unit_test(ten_thousand_cards_are_searched_at_once),
		cmocka_unit_test(only_wanted_properties_are_given),
		cmocka_unit_test(values_are_left_out_where_not_wanted),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
