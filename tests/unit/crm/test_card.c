/* Cards and values, one into the other. */
#include "bodies.h"

#include "../object/card.h"

static const char *const FILES[] = { "apple-ios.vcf", "apple-macos.vcf", "apple-old-photo.vcf",
	"davx5.vcf", "thunderbird.vcf", "evolution.vcf", "outlook-caldavsynchronizer.vcf" };

static json_t *read_card(struct fixture *f, struct vcard *card, enum crm_noun noun)
{
	json_t *values = crm_json_own(f->work.arena, json_object());

	must(f, crm_card_read(&f->work, card, noun, values));
	return values;
}

static json_t *read_lines(struct fixture *f, enum crm_noun noun, const char *lines)
{
	struct text body = card_lines(f->work.arena, "3.0", lines);

	return read_card(f, card_of(f->work.arena, body), noun);
}

static struct text write_lines(struct fixture *f, const char *version, enum crm_noun noun,
        const char *lines, const char *now)
{
	struct vcard *card = card_of(f->work.arena, card_lines(f->work.arena, version, lines));

	must(f, crm_card_write(&f->work, card, noun, read_card(f, card, noun), values_of(f, now)));
	return vcard_body(f->work.arena, card);
}

static void what_is_read_and_written_stays_byte_for_byte(void **state)
{
	static const enum crm_noun nouns[] = { CRM_ACCOUNT, CRM_CONTACT, CRM_LEAD };
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(FILES); i++)
		for (size_t k = 0; k < COUNT_OF(nouns); k++) {
			struct text body = card_file(f->work.arena, FILES[i]);
			struct vcard *card = card_of(f->work.arena, body);
			json_t *values = read_card(f, card, nouns[k]);

			must(f, crm_card_write(&f->work, card, nouns[k], values, values));
			assert_true(text_eq(vcard_body(f->work.arena, card), body));
		}
}

/* Into a new card of either version, and read from there: the same values. */
static void what_is_written_is_read(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(FILES); i++)
		for (enum vcard_version version = VCARD_3; version <= VCARD_4; version++) {
			struct arena *arena = f->work.arena;
			struct vcard *old = card_of(arena, card_file(arena, FILES[i]));
			struct vcard *made = vcard_new(arena, version), *card;
			json_t *values = read_card(f, old, CRM_CONTACT), *again;

			must(f, crm_card_write(&f->work, made, CRM_CONTACT, NULL, values));
			card = card_of(arena, vcard_body(arena, made));
			again = read_card(f, card, CRM_CONTACT);
			if (!json_equal(values, again))
				fail_msg("%s:\n%.*s\n%.*s", FILES[i],
				        TEXT_ARG(crm_json_write(arena, values)),
				        TEXT_ARG(crm_json_write(arena, again)));
		}
}

static void a_card_of_a_phone_is_understood(void **state)
{
	struct fixture *f = *state;
	json_t *values = read_lines(f, CRM_CONTACT,
	        "FN:Dr. Karl Kunde\nN:Kunde;Karl;;Dr.;\nORG:Acme GmbH;Einkauf\n"
	        "TEL;type=CELL;type=VOICE;type=pref:+49 171 234\nTEL;TYPE=WORK,FAX:030 5\n"
	        "item1.TEL:0815\nitem1.X-ABLabel:Laube\n"
	        "EMAIL;TYPE=INTERNET,WORK:karl@example.com\nEMAIL:nonsense\n"
	        "item2.ADR;TYPE=HOME:;;Weg 1\\nHinterhaus;Bonn;;53111;Germany\n"
	        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-04\nCATEGORIES:VIP,Beirat\n"
	        "NOTE:erste\\nzweite\nX-KONTOR-SOURCE:forged\n");

	assert_values(f, values,
	        "{'name':'Dr. Karl Kunde','family':'Kunde','given':'Karl','prefix':'Dr.',"
	        "'company':'Acme GmbH','department':'Einkauf','phones':[{'value':'+49 171 "
	        "234','type':'cell'},{'value':'030 5','type':'work fax'},"
	        "{'value':'0815','type':'Laube'}],"
	        "'emails':[{'value':'karl@example.com','type':'work'}],"
	        "'addresses':[{'street':'Weg 1, Hinterhaus','city':'Bonn','code':'53111',"
	        "'country':'Germany','type':'home'}],'birthday':'--03-04','tags':['VIP','Beirat'],"
	        "'note':'erste\\nzweite'}");
}

static void only_what_differs_is_written(void **state)
{
	struct fixture *f = *state;

	assert_body(
	        write_lines(f, "3.0", CRM_CONTACT,
	                "FN:A B\nN:B;A;;;\nitem1.TEL;TYPE=WORK;X-Q=1:+49 30 1\n"
	                "item1.X-ABLabel:_$!<Work>!$_\nTEL;TYPE=HOME:2\nX-FOO:bar\n",
	                "{'name':'A B','given':'A','family':'B','phones':[{'value':'+49 30 1',"
	                "'type':'work'},{'value':'3','type':'home'},{'value':'4','type':'cell'}],"
	                "'job_title':'Chef'}"),
	        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A B\r\nN:B;A;;;\r\n"
	        "item1.TEL;TYPE=WORK;X-Q=1:+49 30 1\r\nitem1.X-ABLabel:_$!<Work>!$_\r\n"
	        "TEL;TYPE=HOME:3\r\nX-FOO:bar\r\nTITLE:Chef\r\nTEL;TYPE=CELL:4\r\nEND:VCARD\r\n");
}

static void what_goes_takes_its_label_with_it(void **state)
{
	struct fixture *f = *state;

	assert_body(write_lines(f, "3.0", CRM_CONTACT,
	                    "FN:A\nN:;A;;;\nitem1.TEL:1\nitem1.X-ABLabel:Laube\nTEL:2\n",
	                    "{'name':'A','given':'A','phones':[{'value':'2'}]}"),
	        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nN:;A;;;\r\nTEL:2\r\nEND:VCARD\r\n");
}

static void another_order_is_written(void **state)
{
	struct fixture *f = *state;

	assert_body(write_lines(f, "4.0", CRM_CONTACT, "FN:A\nN:;A;;;\nTEL:1\nTEL:2\nX-A:b\n",
	                    "{'name':'A','given':'A','phones':[{'value':'2'},{'value':'1',"
	                    "'type':'work'}]}"),
	        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nN:;A;;;\r\nTEL:2\r\nX-A:b\r\n"
	        "TEL;TYPE=work:1\r\nEND:VCARD\r\n");
}

static void leads_have_one_status_among_their_categories(void **state)
{
	struct fixture *f = *state;

	make_row(f, 901, CRM_LEAD_STATUS, "{\"name\":\"New\",\"type\":\"new\"}");
	make_row(f, 902, CRM_LEAD_STATUS, "{\"name\":\"In Arbeit\",\"type\":\"working\"}");
	assert_values(f,
	        read_lines(f, CRM_LEAD, "FN:A\nCATEGORIES:VIP,in arbeit\nCATEGORIES:Messe\n"),
	        "{'name':'A','status':902,'tags':['VIP','Messe']}");
	assert_body(write_lines(f, "3.0", CRM_LEAD,
	                    "FN:A\nN:A;;;;\nCATEGORIES:New,VIP\nX-KONTOR-STATUS:New\n",
	                    "{'name':'A','family':'A','status':902,'tags':['VIP'],'source':'Web'}"),
	        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nN:A;;;;\r\nX-KONTOR-STATUS:In Arbeit\r\n"
	        "X-KONTOR-SOURCE:Web\r\nCATEGORIES:In Arbeit,VIP\r\nEND:VCARD\r\n");
}

static void accounts_are_shown_as_companies(void **state)
{
	struct fixture *f = *state;
	json_t *values = values_of(f, "{'name':'Acme','type':'Customer','tags':['A']}");
	struct vcard *v3 = vcard_new(f->work.arena, VCARD_3);
	struct vcard *v4 = vcard_new(f->work.arena, VCARD_4);

	must(f, crm_card_write(&f->work, v3, CRM_ACCOUNT, NULL, values));
	must(f, crm_card_write(&f->work, v4, CRM_ACCOUNT, NULL, values));
	assert_body(vcard_body(f->work.arena, v3),
	        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Acme\r\nCATEGORIES:Customer,A\r\n"
	        "X-ABShowAs:COMPANY\r\nN:;;;;\r\nORG:Acme\r\nEND:VCARD\r\n");
	assert_body(vcard_body(f->work.arena, v4),
	        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Acme\r\nCATEGORIES:Customer,A\r\n"
	        "KIND:org\r\nN:;;;;\r\nORG:Acme\r\nEND:VCARD\r\n");
	assert_values(
	        f, read_card(f, v3, CRM_ACCOUNT), "{'name':'Acme','type':'Customer','tags':['A']}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BODIES(what_is_read_and_written_stays_byte_for_byte),
		BODIES(what_is_written_is_read),
		BODIES(a_card_of_a_phone_is_understood),
		BODIES(only_what_differs_is_written),
		BODIES(what_goes_takes_its_label_with_it),
		BODIES(another_order_is_written),
		BODIES(leads_have_one_status_among_their_categories),
		BODIES(accounts_are_shown_as_companies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
