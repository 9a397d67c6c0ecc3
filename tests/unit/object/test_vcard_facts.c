#include "card.h"

#include "object/vcard_facts.h"

static struct vcard_facts facts_of(struct arena *arena, struct text body)
{
	struct vcard_facts facts;

	vcard_facts(arena, card_of(arena, body), &facts);
	return facts;
}

static const struct vcard_indexed *row(const struct vcard_facts *facts, const char *name)
{
	for (size_t i = 0; i < facts->indexed.len; i++)
		if (text_eq(facts->indexed.at[i].name, text_of(name)))
			return &facts->indexed.at[i];
	return NULL;
}

static void an_iphone_card_is_understood(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct vcard_facts facts = facts_of(arena, card_file(arena, "apple-ios.vcf"));

	assert_int_equal(facts.version, VCARD_3);
	assert_int_equal(facts.kind, VCARD_INDIVIDUAL);
	assert_text(facts.uid, "3C7A1F0E-58F1-4C9D-8E5B-0B6C8B4E2F11");
	assert_text(facts.fn, "Dr. Jörg Müller");
	assert_text(facts.family, "Müller");
	assert_text(facts.given, "Jörg");
	assert_text(facts.org, "Stadtwerke Köln");
	assert_text(facts.unit, "Netze");
	assert_text(facts.title, "Leiter, Netzplanung");
	assert_text(facts.sort_key, "muller jorg");
	assert_int_equal(facts.emails.len, 2);
	assert_text(facts.emails.at[0].key, "joerg.mueller@example.com");
	assert_text(facts.emails.at[0].types, "work");
	assert_int_equal(facts.emails.at[0].pref, 1);
	assert_int_equal(facts.emails.at[1].pref, 0);
	assert_int_equal(facts.tels.len, 2);
	assert_text(facts.tels.at[0].key, "+491712345678");
	assert_text(facts.tels.at[0].types, "cell,voice");
	assert_text(facts.tels.at[1].key, "+4930901820");
	assert_true(facts.has_photo);
	arena_free(&arena);
}

static void a_davx5_card_is_understood(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct vcard_facts facts = facts_of(arena, card_file(arena, "davx5.vcf"));

	assert_int_equal(facts.version, VCARD_4);
	assert_text(facts.nickname, "Zo");
	assert_text(facts.org, "Åse & Söhne, GmbH");
	assert_text(facts.tels.at[1].text, "+90-212-555-01-02;ext=17");
	assert_text(facts.tels.at[1].key, "+902125550102");
	assert_text(facts.tels.at[1].types, "work,voice");
	arena_free(&arena);
}

static void groups_of_both_kinds_are_groups(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct vcard_facts apple = facts_of(arena, card_file(arena, "apple-group.vcf"));
	struct vcard_facts rfc = facts_of(arena, card_file(arena, "davx5-group.vcf"));

	assert_int_equal(apple.kind, VCARD_GROUP);
	assert_int_equal(apple.members.len, 2);
	assert_text(apple.members.at[0], "3C7A1F0E-58F1-4C9D-8E5B-0B6C8B4E2F11");
	assert_int_equal(rfc.kind, VCARD_GROUP);
	assert_int_equal(rfc.members.len, 2);
	assert_text(rfc.members.at[1], "mailto:chef@example.com");
	arena_free(&arena);
}

static void a_name_is_found_where_fn_is_missing(void **state UNUSED)
{
	static const struct {
		const char *lines, *name;
	} CARDS[] = {
		{ "FN:Full\nN:F;G;;;\n", "Full" },
		{ "FN: \nN:F;G;;;\n", "G F" },
		{ "N:F\n", "F" },
		{ "N:;;;;\nORG:Acme\\, Inc;x\n", "Acme, Inc" },
		{ "NICKNAME:Nick\nEMAIL:a@b\n", "Nick" },
		{ "EMAIL;VALUE=uri:mailto:a@b\nTEL:1\n", "a@b" },
		{ "TEL;VALUE=uri:tel:+1\n", "+1" },
		{ "NOTE:x\n", "" },
	};
	struct arena *arena = arena_new();

	for (size_t i = 0; i < COUNT_OF(CARDS); i++)
		assert_text(facts_of(arena, card_lines(arena, "4.0", CARDS[i].lines)).fn,
		        CARDS[i].name);
	arena_free(&arena);
}

static void values_are_indexed_folded_and_unescaped(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct vcard_facts facts = facts_of(arena, card_file(arena, "apple-ios.vcf"));

	assert_text(row(&facts, "TITLE")->key, "leiter, netzplanung");
	assert_text(row(&facts, "N")->key, "muller;jorg;;dr.;");
	assert_null(row(&facts, "PHOTO"));
	assert_null(row(&facts, "VERSION"));
	assert_null(row(&facts, "X-ABLABEL"));
	assert_non_null(row(&facts, "X-ABRELATEDNAMES"));
	assert_false(vcard_is_indexed(TEXT("photo")));
	arena_free(&arena);
}

static void long_values_are_cut_between_characters(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct vcard_facts facts;
	struct buf lines;

	for (int shift = 0; shift < 3; shift++) {
		buf_init(&lines, arena);
		buf_printf(&lines, "NOTE:%.*s", shift, "xx");
		for (int i = 0; i < VCARD_KEY_MAX; i++)
			buf_add(&lines, TEXT("\xE2\x82\xAC"));
		buf_char(&lines, '\n');
		facts = facts_of(arena, card_lines(arena, "3.0", buf_text(&lines).ptr));
		assert_true(row(&facts, "NOTE")->cut);
		assert_true(row(&facts, "NOTE")->key.len <= VCARD_KEY_MAX);
		assert_true(text_is_utf8(row(&facts, "NOTE")->key));
	}
	arena_free(&arena);
}

static void telephone_keys_are_digits(void **state UNUSED)
{
	struct arena *arena = arena_new();

	assert_text(vcard_tel_key(arena, TEXT("+49 (0)30 12-34")), "+49301234");
	assert_text(vcard_tel_key(arena, TEXT("(030) 12/34")), "0301234");
	assert_text(vcard_tel_key(arena, TEXT("tel:+1-555;ext=3")), "+1555");
	assert_text(vcard_tel_key(arena, TEXT("call me")), "");
	assert_text(vcard_email_key(arena, TEXT(" MAILTO:A.B@Example.COM ")), "a.b@example.com");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_iphone_card_is_understood),
		cmocka_unit_test(a_davx5_card_is_understood),
		cmocka_unit_test(groups_of_both_kinds_are_groups),
		cmocka_unit_test(a_name_is_found_where_fn_is_missing),
		cmocka_unit_test(values_are_indexed_folded_and_unescaped),
		cmocka_unit_test(long_values_are_cut_between_characters),
		cmocka_unit_test(telephone_keys_are_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
