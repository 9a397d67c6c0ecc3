/* What a client's card or case really changes: each rule of docs/crm.md 5 on its own. */
#include "crm.h"

#include "crm/merge.h"

enum { SEEN = 5 };

static struct text card(struct fixture *f, const char *version, const char *lines)
{
	struct buf out;

	buf_init(&out, f->work.arena);
	buf_printf(&out, "BEGIN:VCARD\r\nVERSION:%s\r\n", version);
	for (; *lines; lines++) {
		if (*lines == '\n')
			buf_char(&out, '\r');
		buf_char(&out, *lines);
	}
	buf_add(&out, TEXT("END:VCARD\r\n"));
	return buf_text(&out);
}

static struct vcard *card_of(struct fixture *f, struct text body)
{
	struct vcard *parsed;

	must(f, vcard_parse(f->work.arena, &f->work.err, body, &parsed));
	return parsed;
}

static struct crm_merge merge_body(
        struct fixture *f, struct text stored, const char *beside, struct text sent)
{
	struct record *old = arena_make(f->work.arena, struct record);
	struct crm_merge m = { .noun = CRM_LEAD, .old = old, .base = SEEN };

	old->id = 4711;
	old->revision = SEEN;
	old->kind = KIND_LEAD;
	old->body = stored;
	old->private = crm_json_write(f->work.arena, values(f, beside));
	m.sent = card_of(f, sent);
	m.uid = TEXT("u");
	work_step_end(&f->work);
	err_clear(&f->work.err);
	must(f, crm_merge(&f->work, &m));
	return m;
}

/* The lines between VERSION and END that are stored; "idle" when nothing is. */
static const char *merged(struct fixture *f, const char *stored, const char *sent)
{
	int64_t status = row_named(f, CRM_LEAD_STATUS, "New");
	const char *beside = arena_printf(f->work.arena,
	        "{'status':%lld,'source':'Phone','company':'Acme'}", (long long)status)
	                             .ptr;
	struct crm_merge m = merge_body(f, card(f, "3.0", stored), beside, card(f, "3.0", sent));
	size_t head = strlen("BEGIN:VCARD\r\nVERSION:3.0\r\n"), tail = strlen("END:VCARD\r\n");
	struct text inside = text_sub(m.body, head, m.body.len - head - tail), line;
	struct buf out;

	if (m.idle)
		return "idle";
	buf_init(&out, f->work.arena);
	while (text_split(&inside, '\n', &line))
		buf_printf(&out, "%.*s%s", TEXT_ARG(text_trim(line)), line.len ? "\n" : "");
	return buf_text(&out).ptr;
}

#define HEAD "UID:u\nFN:Karl Kunde\nN:Kunde;Karl;;;\nORG:Acme\n"
#define TAIL "X-KONTOR-SOURCE:Phone\nX-KONTOR-STATUS:New\nCATEGORIES:New\n"

static void what_is_the_same_to_a_client_is_no_edit(void **state)
{
	static const char *const STORED =
	        HEAD "TEL;TYPE=CELL:+49 171 23\nTEL;TYPE=WORK:030 1\nEMAIL:Karl@example.com\n"
	             "NOTE:a\\nb\n" TAIL;
	static const char *const SENT[] = {
		/* as it was; digits; order and types; a space in a note; what the client dropped */
		HEAD "TEL;TYPE=CELL:+49 171 23\nTEL;TYPE=WORK:030 1\nEMAIL:Karl@example.com\n"
		     "NOTE:a\\nb\n" TAIL,
		HEAD "TEL;TYPE=CELL:+49-171-23\nTEL;TYPE=WORK:0301\nEMAIL:karl@example.com\n"
		     "NOTE:a\\nb\n" TAIL,
		HEAD "TEL;TYPE=HOME:030 1\nTEL;TYPE=VOICE:+49 171 23\nEMAIL:Karl@example.com\n"
		     "NOTE:a\\nb\n" TAIL,
		HEAD "TEL;TYPE=CELL:+49 171 23\nTEL;TYPE=WORK:030 1\nEMAIL:Karl@example.com\n"
		     "NOTE:a \\nb\\n\n" TAIL,
		HEAD "TEL;TYPE=CELL:+49 171 23\nTEL;TYPE=WORK:030 1\nEMAIL:Karl@example.com\n"
		     "NOTE:a\\nb\nREV:20270101T000000Z\nPRODID:-//Phone//EN\n",
		"UID:u\nFN:Kunde\\, Karl\nN:Kunde;Karl;;;\nTEL:+49 171 23\nTEL:030 1\n"
		"EMAIL:Karl@example.com\nNOTE:a\\nb\n",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(SENT); i++)
		assert_string_equal(merged(f, STORED, SENT[i]), "idle");
}

static void a_newer_version_is_no_edit(void **state)
{
	struct fixture *f = *state;
	struct text stored = card(f, "3.0", HEAD "TEL;TYPE=CELL:1\nBDAY:1980-05-31\n" TAIL);
	struct text sent = card(f, "4.0", HEAD "TEL;VALUE=uri;TYPE=cell:tel:1\nBDAY:19800531\n");
	char beside[80];

	snprintf(beside, sizeof(beside), "{'status':%lld,'source':'Phone','company':'Acme'}",
	        (long long)row_named(f, CRM_LEAD_STATUS, "New"));
	assert_true(merge_body(f, stored, beside, sent).idle);
}

static void what_is_free_goes_and_what_is_guarded_comes_back(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(merged(f, HEAD "TITLE:Chef\nTEL:1\nTEL:2\n" TAIL,
	                            "UID:u\nFN:Karl Kunde\nN:Kunde;Karl;;;\nTEL:2\n"),
	        "UID:u\nFN:Karl Kunde\nN:Kunde;Karl;;;\nTEL:2\nORG:Acme\nX-KONTOR-SOURCE:Phone\n"
	        "X-KONTOR-STATUS:New\nCATEGORIES:New\n");
}

static void what_was_sent_is_kept_to_the_byte(void **state)
{
	static const char *const SENT =
	        HEAD "X-Z:1\nTEL;TYPE=HOME;X-A=\"b\":+49 171 24\nTITLE:Neu\n" TAIL;
	struct fixture *f = *state;

	assert_string_equal(merged(f, HEAD "TEL:+49 171 23\n" TAIL, SENT), SENT);
}

static void private_values_are_not_read(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(merged(f, HEAD TAIL,
	                            HEAD "TITLE:Chef\nX-KONTOR-SOURCE:Forged\nX-KONTOR-OWNER:7\n"
	                                 "X-KONTOR-STATUS:Dead\nCATEGORIES:New\n"),
	        HEAD "TITLE:Chef\nCATEGORIES:New\nX-KONTOR-SOURCE:Phone\nX-KONTOR-STATUS:New\n");
}

static void unknown_properties_come_back_with_their_labels(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(merged(f,
	                            HEAD "item1.X-ABDATE:2009-06-20\nitem1.X-ABLabel:Feier\n"
	                                 "X-A:1\nX-A:2\nNICKNAME:Kalle\n" TAIL,
	                            HEAD "item1.TEL:1\nitem1.X-ABLabel:Laube\nX-A:2\n" TAIL),
	        HEAD "item1.TEL:1\nitem1.X-ABLabel:Laube\nX-A:2\n" TAIL
	             "item2.X-ABDATE:2009-06-20\nitem2.X-ABLabel:Feier\nNICKNAME:Kalle\n");
}

static void unknown_properties_have_64_kib(void **state)
{
	struct fixture *f = *state;
	struct buf sent;

	buf_init(&sent, f->work.arena);
	buf_printf(&sent, "%s", HEAD);
	for (int i = 0; i < 100; i++)
		buf_printf(&sent, "X-BIG-%d:%01000d\n", i, i);
	buf_printf(&sent, "TEL:1\n");
	assert_in_range(strlen(merged(f, HEAD TAIL, buf_text(&sent).ptr)), 60000, 68000);
	assert_non_null(strstr(merged(f, HEAD TAIL, buf_text(&sent).ptr), "TEL:1\n"));
}

static void a_status_is_taken_by_its_name_and_only_where_it_is_allowed(void **state)
{
	struct fixture *f = *state;

	assert_non_null(strstr(merged(f, HEAD TAIL, HEAD "CATEGORIES:Working,VIP\n"),
	        "CATEGORIES:Working,VIP\nX-KONTOR-SOURCE:Phone\nX-KONTOR-STATUS:Working\n"));
	/* Nobody is converted by a phone: the tag is taken, the status is not. */
	assert_non_null(strstr(merged(f, HEAD TAIL, HEAD "CATEGORIES:Converted,VIP\n"),
	        "X-KONTOR-STATUS:New\nCATEGORIES:New,VIP\n"));
}

static void text_that_is_appended_is_told(void **state)
{
	struct fixture *f = *state;
	struct crm_merge m = merge_body(f, card(f, "3.0", HEAD "NOTE:a\n"), "{'company':'Acme'}",
	        card(f, "3.0", HEAD "NOTE:a\\nb\\nc\n"));

	assert_text(m.appended, "b\nc");
	m = merge_body(f, card(f, "3.0", HEAD "NOTE:a\n"), "{'company':'Acme'}",
	        card(f, "3.0", HEAD "NOTE:b\n"));
	assert_null(m.appended.ptr);
	assert_text(crm_get_text(m.draft->now, "note"), "b");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(what_is_the_same_to_a_client_is_no_edit),
		CRM(a_newer_version_is_no_edit),
		CRM(what_is_free_goes_and_what_is_guarded_comes_back),
		CRM(what_was_sent_is_kept_to_the_byte),
		CRM(private_values_are_not_read),
		CRM(unknown_properties_come_back_with_their_labels),
		CRM(unknown_properties_have_64_kib),
		CRM(a_status_is_taken_by_its_name_and_only_where_it_is_allowed),
		CRM(text_that_is_appended_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
