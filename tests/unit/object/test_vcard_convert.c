#include "card.h"

#include "object/vcard_check.h"
#include "object/vcard_convert.h"
#include "object/vcard_date.h"

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

static struct text convert(struct text body, enum vcard_version version)
{
	struct err err = { 0 };
	struct vcard *card = NULL;

	if (!vcard_convert(arena, &err, card_of(arena, body), version, &card))
		fail_msg("%s", err.detail);
	return vcard_body(arena, card);
}

/* Converts one card of these lines; gives the lines of the result in between, with LF. */
static const char *lines_as(enum vcard_version version, const char *lines)
{
	struct text body =
	        convert(card_lines(arena, version == VCARD_4 ? "3.0" : "4.0", lines), version);
	struct text rest, line;
	struct buf out;

	buf_init(&out, arena);
	vcard_body(arena, card_of(arena, body));
	for (rest = body; text_split(&rest, '\n', &line);) {
		line = text_trim(line);
		if (!line.len || text_starts(line, TEXT("BEGIN:")) ||
		        text_starts(line, TEXT("END:")) || text_starts(line, TEXT("VERSION:")))
			continue;
		buf_add(&out, line);
		buf_char(&out, '\n');
	}
	return buf_text(&out).ptr;
}

#define TO_4(lines, wanted) \
	assert_string_equal(lines_as(VCARD_4, "FN:f\nN:f\n" lines), "FN:f\nN:f\n" wanted)
#define TO_3(lines, wanted) \
	assert_string_equal(lines_as(VCARD_3, "FN:f\nN:f\n" lines), "FN:f\nN:f\n" wanted)
#define BOTH(three, four) \
	do { \
		TO_4(three, four); \
		TO_3(four, three); \
	} while (0)

static void a_card_in_that_version_is_given_as_it_is(void **state UNUSED)
{
	struct text body = card_file(arena, "davx5.vcf");

	assert_true(convert(body, VCARD_4).ptr == body.ptr);
	body = card_file(arena, "apple-ios.vcf");
	assert_true(convert(body, VCARD_3).ptr == body.ptr);
}

static void other_versions_are_not_converted(void **state UNUSED)
{
	struct err err = { 0 };
	struct vcard *card = card_of(arena, card_lines(arena, "2.1", "FN:A\n"));

	assert_false(vcard_convert(arena, &err, card, VCARD_4, &card));
	assert_int_equal(err.id, ERR_SUPPORTED_ADDRESS_CONVERSION);
}

static void cards_of_real_clients_stay_valid_there_and_back(void **state UNUSED)
{
	static const char *const FILES[] = { "apple-ios.vcf", "apple-macos.vcf", "apple-group.vcf",
		"apple-old-photo.vcf", "davx5.vcf", "davx5-group.vcf", "thunderbird.vcf",
		"evolution.vcf", "outlook-caldavsynchronizer.vcf" };

	for (size_t i = 0; i < COUNT_OF(FILES); i++) {
		struct text body = card_file(arena, FILES[i]), there, back;
		enum vcard_version version = vcard_version(card_of(arena, body));
		struct err err = { 0 };
		struct vcard *card;

		there = convert(body, version == VCARD_3 ? VCARD_4 : VCARD_3);
		assert_true(vcard_accept(arena, &err, there, 0, &card));
		assert_int_not_equal(vcard_version(card), version);
		back = convert(there, version);
		assert_true(vcard_accept(arena, &err, back, 0, &card));
		assert_true(text_eq(vcard_uid(card), vcard_uid(card_of(arena, body))));
	}
}

static void unknown_properties_and_groups_are_kept(void **state UNUSED)
{
	BOTH("item1.X-FOO;X-BAR=1:a\\,b\nitem1.X-ABLabel:_$!<Other>!$_\nNOTE:x\n",
	        "item1.X-FOO;X-BAR=1:a\\,b\nitem1.X-ABLabel:_$!<Other>!$_\nNOTE:x\n");
}

static void preference_changes_its_parameter(void **state UNUSED)
{
	TO_4("EMAIL;type=INTERNET;type=WORK;type=pref:a\n", "EMAIL;TYPE=WORK;PREF=1:a\n");
	TO_4("TEL;TYPE=\"WORK,PREF\":1\n", "TEL;TYPE=WORK;PREF=1:1\n");
	TO_4("TEL;CELL;PREF:1\n", "TEL;TYPE=CELL;PREF=1:1\n");
	TO_3("EMAIL;TYPE=work;PREF=1:a\n", "EMAIL;TYPE=work;TYPE=pref:a\n");
	TO_3("EMAIL;TYPE=work;PREF=2:a\n", "EMAIL;TYPE=work:a\n");
	TO_4("NOTE;CHARSET=UTF-8:a\n", "NOTE:a\n");
}

static void pictures_become_data_uris_and_back(void **state UNUSED)
{
	BOTH("PHOTO;ENCODING=b;TYPE=JPEG:/9j/AAAA\n", "PHOTO:data:image/jpeg;base64,/9j/AAAA\n");
	BOTH("LOGO;X-A=1;ENCODING=b;TYPE=PNG:AAAA\n", "LOGO;X-A=1:data:image/png;base64,AAAA\n");
	BOTH("KEY;ENCODING=b;TYPE=X509:MIIB\n", "KEY:data:application/pkix-cert;base64,MIIB\n");
	BOTH("PHOTO;VALUE=uri;TYPE=GIF:http://x/y.gif\n",
	        "PHOTO;MEDIATYPE=image/gif:http://x/y.gif\n");
	TO_4("PHOTO;BASE64:/9j/ AA AA\n", "PHOTO:data:image/jpeg;base64,/9j/AAAA\n");
	TO_4("PHOTO;ENCODING=B;TYPE=image/jpeg:AAAA\n", "PHOTO:data:image/jpeg;base64,AAAA\n");
	TO_4("PHOTO;ENCODING=b:AAAA\n", "PHOTO:data:application/octet-stream;base64,AAAA\n");
	TO_3("PHOTO:data:image/png\\;base64\\,AAAA\n", "PHOTO;ENCODING=b;TYPE=PNG:AAAA\n");
	TO_3("PHOTO:data:image/gif,%00%01\n", "PHOTO;ENCODING=b;TYPE=GIF:AAE=\n");
	TO_3("PHOTO:data:image/gif;base64,a\\nb\n", "PHOTO;ENCODING=b;TYPE=GIF:a\\nb\n");
	TO_3("PHOTO:data:,%zz\n", "PHOTO;VALUE=uri:data:,%zz\n");
}

static void groups_change_their_properties(void **state UNUSED)
{
	BOTH("X-ADDRESSBOOKSERVER-KIND:group\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:a\n",
	        "KIND:group\nMEMBER:urn:uuid:a\n");
	TO_4("X-ABShowAs:COMPANY\n", "KIND:org\n");
	TO_3("KIND:org\n", "X-ABShowAs:COMPANY\n");
}

static void days_change_their_style(void **state UNUSED)
{
	BOTH("BDAY:1985-04-12\n", "BDAY:19850412\n");
	BOTH("BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-04\n", "BDAY:--0304\n");
	BOTH("X-ANNIVERSARY:2009-08-08\n", "ANNIVERSARY:20090808\n");
	BOTH("REV:2024-04-02T10:11:12Z\n", "REV:20240402T101112Z\n");
	BOTH("BDAY;VALUE=text:circa 1800\n", "BDAY;VALUE=text:circa 1800\n");
	TO_4("X-EVOLUTION-ANNIVERSARY;VALUE=DATE:2001-05-06\n",
	        "ANNIVERSARY;VALUE=DATE:20010506\n");
	TO_4("item1.X-ABDATE;type=pref:2009-06-20\nitem1.X-ABLabel:_$!<Anniversary>!$_\n",
	        "ANNIVERSARY;PREF=1:20090620\n");
	TO_4("item1.X-ABDATE:2009-06-20\nitem1.X-ABLabel:Hired\n",
	        "item1.X-ABDATE:2009-06-20\nitem1.X-ABLabel:Hired\n");
	TO_3("BDAY:1985-04\n", "BDAY:1985-04\n");
}

static void addresses_take_and_lose_their_labels(void **state UNUSED)
{
	TO_4("LABEL;TYPE=HOME:a\\nb\nADR;TYPE=WORK:w\nADR;TYPE=HOME:h\n",
	        "ADR;TYPE=WORK:w\nADR;TYPE=HOME;LABEL=a^nb:h\n");
	TO_4("LABEL:lonely\\, \"x\"\n", "ADR;LABEL=\"lonely, ^'x^'\":;;;;;;\n");
	TO_3("ADR;TYPE=home;LABEL=\"a^nb, c\":h\n",
	        "ADR;TYPE=home:h\nLABEL;TYPE=home:a\\nb\\, c\n");
	TO_3("ADR;TYPE=home;LABEL=\"a\\nb, c\":h\n",
	        "ADR;TYPE=home:h\nLABEL;TYPE=home:a\\nb\\, c\n");
}

static void the_rest_of_the_table_holds(void **state UNUSED)
{
	BOTH("GEO:37.38;-122.08\n", "GEO:geo:37.38,-122.08\n");
	TO_3("GEO:geo:1,2,3;u=5\n", "GEO:1;2\n");
	BOTH("TZ:-05:00\n", "TZ;VALUE=utc-offset:-0500\n");
	BOTH("TZ:Europe/Berlin\n", "TZ:Europe/Berlin\n");
	BOTH("X-GENDER:F\n", "GENDER:F\n");
	TO_4("X-GENDER:Male\n", "GENDER:M\n");
	TO_4("X-GENDER:it's complicated\n", "GENDER:;it's complicated\n");
	BOTH("AGENT;VALUE=uri:urn:uuid:a\n", "RELATED;TYPE=agent:urn:uuid:a\n");
	TO_4("AGENT:BEGIN:VCARD\\nFN:x\\nEND:VCARD\n", "AGENT:BEGIN:VCARD\\nFN:x\\nEND:VCARD\n");
	BOTH("UID:abc\n", "UID;VALUE=text:abc\n");
	BOTH("UID:urn:uuid:abc\n", "UID:urn:uuid:abc\n");
	TO_3("TEL;VALUE=uri;TYPE=cell:tel:+1-555;ext=3\n", "TEL;TYPE=cell:+1-555\\;ext=3\n");
	TO_3("TEL;VALUE=uri:tel:1%0D%0AX:y\n", "TEL:1\\nX:y\n");
	TO_4("X-JABBER;TYPE=HOME:me@x\nX-AIM:a b\n", "IMPP;TYPE=HOME:xmpp:me@x\nIMPP:aim:a%20b\n");
	TO_4("IMPP:xmpp:me@x\nX-JABBER:me@x\n", "IMPP:xmpp:me@x\n");
	assert_string_equal(
	        lines_as(VCARD_4, "FN:f\nN:f\nSORT-STRING:s\n"), "FN:f\nN;SORT-AS=s:f\n");
	assert_string_equal(
	        lines_as(VCARD_3, "FN:f\nN;SORT-AS=\"s,t\":f\n"), "FN:f\nN:f\nSORT-STRING:s\\,t\n");
}

static void names_that_a_version_wants_are_added(void **state UNUSED)
{
	assert_string_equal(
	        lines_as(VCARD_3, "FN:Acme, Inc\n"), "FN:Acme, Inc\nN:Acme\\, Inc;;;;\n");
	assert_string_equal(lines_as(VCARD_4, "EMAIL:a@b\n"), "EMAIL:a@b\nFN:a@b\n");
}

static void lf_stays_lf(void **state UNUSED)
{
	struct text body =
	        convert(TEXT("BEGIN:VCARD\nVERSION:3.0\nUID:a\nFN:f\nEND:VCARD\n"), VCARD_4);

	assert_text(body, "BEGIN:VCARD\nVERSION:4.0\nUID;VALUE=text:a\nFN:f\nEND:VCARD\n");
}

static void dates_are_rewritten_or_refused(void **state UNUSED)
{
	static const struct {
		const char *basic, *extended;
	} DATES[] = {
		{ "19850412", "1985-04-12" },
		{ "1985-04", "1985-04" },
		{ "1985", "1985" },
		{ "--0412", "--04-12" },
		{ "---12", "---12" },
		{ "19850412T102200", "1985-04-12T10:22:00" },
		{ "19850412T1022-0500", "1985-04-12T10:22-05:00" },
		{ "T102200Z", "T10:22:00Z" },
		{ "T-2200", "T-22:00" },
		{ "--0412T10+01", "--04-12T10+01" },
	};
	static const char *const BAD[] = { "", "x", "198504", "1985-4-12", "1985/04/12", "T",
		"19850412T", "19850412TZ", "2024-04-02T10:11:12Z(3)", "19850412T10220", "T10+0" };
	struct text out;

	for (size_t i = 0; i < COUNT_OF(DATES); i++) {
		const char *both[] = { DATES[i].basic, DATES[i].extended };

		for (size_t j = 0; j < 4; j++) {
			assert_true(vcard_date(arena, text_of(both[j & 1]), j >> 1, &out));
			assert_text(out, both[j >> 1]);
		}
	}
	for (size_t i = 0; i < COUNT_OF(BAD); i++)
		assert_false(vcard_date(arena, text_of(BAD[i]), VCARD_BASIC, &out));
	assert_true(vcard_date(arena, TEXT("2024-04-02T10:11:12.345Z"), VCARD_BASIC, &out));
	assert_text(out, "20240402T101112Z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_card_in_that_version_is_given_as_it_is),
		cmocka_unit_test(other_versions_are_not_converted),
		cmocka_unit_test(cards_of_real_clients_stay_valid_there_and_back),
		cmocka_unit_test(unknown_properties_and_groups_are_kept),
		cmocka_unit_test(preference_changes_its_parameter),
		cmocka_unit_test(pictures_become_data_uris_and_back),
		cmocka_unit_test(groups_change_their_properties),
		cmocka_unit_test(days_change_their_style),
		cmocka_unit_test(addresses_take_and_lose_their_labels),
		cmocka_unit_test(the_rest_of_the_table_holds),
		cmocka_unit_test(names_that_a_version_wants_are_added),
		cmocka_unit_test(lf_stays_lf),
		cmocka_unit_test(dates_are_rewritten_or_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
