#include "card.h"

#include "object/jcard.h"
#include "object/vcard_check.h"

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

static struct text json_of(struct text body)
{
	struct err err = { 0 };
	struct text json = TEXT_NONE;

	if (!jcard_write(arena, &err, card_of(arena, body), &json))
		fail_msg("%s", err.detail);
	return json;
}

static struct text card_in(struct text json)
{
	struct err err = { 0 };
	struct text body = TEXT_NONE;

	if (!jcard_read(arena, &err, json, &body))
		fail_msg("%s", err.detail);
	return body;
}

static void a_card_is_written_as_rfc_7095_says(void **state UNUSED)
{
	static const struct {
		const char *line, *row;
	} ROWS[] = {
		{ "FN:a\\, \"b\"\\nc\n", "[\"fn\",{},\"text\",\"a, \\\"b\\\"\\nc\"]" },
		{ "N:P;S;;;ing. jr,M.Sc.\n",
		        "[\"n\",{},\"text\",[\"P\",\"S\",\"\",\"\",[\"ing. jr\",\"M.Sc.\"]]]" },
		{ "item1.TEL;TYPE=\"work,voice\";PREF=1;VALUE=uri:tel:+1\n",
		        "[\"tel\",{\"type\":[\"work\",\"voice\"],\"pref\":\"1\","
		        "\"group\":\"item1\"},\"uri\",\"tel:+1\"]" },
		{ "BDAY:--0203\n", "[\"bday\",{},\"date-and-or-time\",\"--02-03\"]" },
		{ "BDAY;VALUE=text:circa 1800\n", "[\"bday\",{},\"text\",\"circa 1800\"]" },
		{ "BDAY:nonsense\n", "[\"bday\",{},\"text\",\"nonsense\"]" },
		{ "REV:20240402T101112Z\n", "[\"rev\",{},\"timestamp\",\"2024-04-02T10:11:12Z\"]" },
		{ "CATEGORIES:a,b\\,c\n", "[\"categories\",{},\"text\",\"a\",\"b,c\"]" },
		{ "ORG:Acme\\, Inc;R,D\n", "[\"org\",{},\"text\",[\"Acme, Inc\",\"R,D\"]]" },
		{ "GENDER:F\n", "[\"gender\",{},\"text\",\"F\"]" },
		{ "URL:http\\://x/\n", "[\"url\",{},\"uri\",\"http://x/\"]" },
		{ "X-FOO;X-BAR=a^nb:raw\\,value\n",
		        "[\"x-foo\",{\"x-bar\":\"a\\nb\"},\"unknown\",\"raw\\\\,value\"]" },
		{ "X-N;VALUE=integer:12\n", "[\"x-n\",{},\"integer\",12]" },
		{ "X-B;VALUE=boolean:TRUE\n", "[\"x-b\",{},\"boolean\",true]" },
		{ "TZ;VALUE=utc-offset:-0500\n", "[\"tz\",{},\"utc-offset\",\"-05:00\"]" },
	};

	for (size_t i = 0; i < COUNT_OF(ROWS); i++) {
		struct text json = json_of(card_lines(arena, "4.0", ROWS[i].line));

		assert_true(
		        text_starts(json, TEXT("[\"vcard\",[[\"version\",{},\"text\",\"4.0\"]")));
		if (!has(json, ROWS[i].row))
			fail_msg("%.*s", TEXT_ARG(json));
	}
}

static void cards_come_back_from_json(void **state UNUSED)
{
	struct text body = card_lines(arena, "4.0",
	        "FN:a\\, b\\nc\nN:P;S;;;ing. jr,M.Sc.\nitem1.TEL;TYPE=work,voice;PREF=1;VALUE=uri:"
	        "tel:+1\nBDAY:--0203\nANNIVERSARY;VALUE=text:long ago\nREV:20240402T101112Z\n"
	        "CATEGORIES:a,b\\,c\nORG:Acme\\, Inc;R\nADR;LABEL=\"x^ny, z\":;;1 Road;Town;;;\n"
	        "X-FOO:raw\\,value\nUID:urn:uuid:1\nTZ;VALUE=utc-offset:-0500\n"
	        "X-N;VALUE=integer:12\nX-F;VALUE=float:1.5\nX-B;VALUE=boolean:TRUE\nX-E:\n");

	assert_text(card_in(json_of(body)), body.ptr);
}

static void cards_of_real_clients_stay_valid_as_json(void **state UNUSED)
{
	static const char *const FILES[] = { "apple-ios.vcf", "apple-macos.vcf", "apple-group.vcf",
		"apple-old-photo.vcf", "davx5.vcf", "davx5-group.vcf", "thunderbird.vcf",
		"evolution.vcf", "outlook-caldavsynchronizer.vcf" };

	for (size_t i = 0; i < COUNT_OF(FILES); i++) {
		struct text body = card_file(arena, FILES[i]), json = json_of(body), again;
		struct err err = { 0 };
		struct vcard *card;

		body = card_in(json);
		assert_true(vcard_accept(arena, &err, body, 0, &card));
		again = json_of(body);
		assert_true(text_eq(json, again));
	}
}

static void what_is_no_jcard_is_refused(void **state UNUSED)
{
	static const char *const BAD[] = {
		"",
		"{}",
		"[",
		"[\"vcalendar\",[]]",
		"[\"vcard\"]",
		"[\"vcard\",{}]",
		"[\"vcard\",[],[]]",
		"[\"vcard\",[1]]",
		"[\"vcard\",[[]]]",
		"[\"vcard\",[[\"fn\",{},\"text\"]]]",
		"[\"vcard\",[[\"fn\",[],\"text\",\"a\"]]]",
		"[\"vcard\",[[\"\",{},\"text\",\"a\"]]]",
		"[\"vcard\",[[\"end\",{},\"text\",\"vcard\"]]]",
		"[\"vcard\",[[\"f n\",{},\"text\",\"a\"]]]",
		"[\"vcard\",[[\"fn\\r\\nX\",{},\"text\",\"a\"]]]",
		"[\"vcard\",[[\"fn\",{},\"te:xt\",\"a\"]]]",
		"[\"vcard\",[[\"fn\",{\"a\\nb\":\"c\"},\"text\",\"a\"]]]",
		"[\"vcard\",[[\"fn\",{\"a\":{}},\"text\",\"a\"]]]",
		"[\"vcard\",[[\"fn\",{\"a\":[]},\"text\",\"a\"]]]",
		"[\"vcard\",[[\"fn\",{\"group\":\"a:b\"},\"text\",\"a\"]]]",
		"[\"vcard\",[[\"fn\",{},\"text\",null]]]",
		"[\"vcard\",[[\"fn\",{},\"text\",{}]]]",
		"[\"vcard\",[[\"fn\",{},\"text\",[[[\"a\"]]]]]]",
		"[\"vcard\",[[\"fn\",{},\"text\",\"a\\u0000b\"]]]",
		"[\"vcard\",[[\"fn\",{},\"text\",\"a\\u0007b\"]]]",
		"[\"vcard\",[[\"url\",{},\"uri\",\"a\\r\\nEND:VCARD\"]]]",
		"[\"vcard\",[[\"x-a\",{},\"unknown\",\"a\\nX:y\"]]]",
		"[\"vcard\",[[\"bday\",{},\"date\",\"yesterday\"]]]",
	};

	for (size_t i = 0; i < COUNT_OF(BAD); i++) {
		struct err err = { 0 };
		struct text body;

		if (jcard_read(arena, &err, text_of(BAD[i]), &body))
			fail_msg("%s", BAD[i]);
		assert_int_equal(err.id, ERR_VALID_ADDRESS_DATA);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_card_is_written_as_rfc_7095_says),
		cmocka_unit_test(cards_come_back_from_json),
		cmocka_unit_test(cards_of_real_clients_stay_valid_as_json),
		cmocka_unit_test(what_is_no_jcard_is_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
