/* Two records that are one, and leads that become contacts. */
#include "crm.h"

#include "edit/combine.h"
#include "edit/convert.h"

static struct plan *combine(
        struct fixture *f, enum crm_noun noun, int64_t keep, int64_t lose, const char *take)
{
	struct edit_combine *asked = arena_make(f->work.arena, struct edit_combine);

	*asked = (struct edit_combine){ .noun = noun,
		.keep = keep,
		.lose = lose,
		.base = -1,
		.take = take ? values(f, take) : NULL,
		.via = VIA_WEB };
	work_step_end(&f->work);
	err_clear(&f->work.err);
	return edit_combine(&f->work, asked);
}

static void the_one_kept_gets_what_the_other_has(void **state)
{
	struct fixture *f = *state;
	int64_t keep = make(f, CRM_CONTACT,
	        "{'name': 'Ada Byron', 'job_title': 'Countess',"
	        " 'emails': [{'value': 'ada@x.example'}]}");
	int64_t lose = make(f, CRM_CONTACT,
	        "{'name': 'Ada Lovelace', 'note': 'Engines',"
	        " 'job_title': 'Programmer',"
	        " 'emails': [{'value': 'ada@y.example'}]}");

	must(f, outcome(f, combine(f, CRM_CONTACT, keep, lose, "{'name': 'that'}")) == ERR_NONE);
	assert_field(f, CRM_CONTACT, keep, "name", "\"Ada Lovelace\"");
	assert_field(f, CRM_CONTACT, keep, "job_title", "\"Countess\"");
	assert_field(f, CRM_CONTACT, keep, "note", "\"Engines\"");
	assert_int_equal(
	        json_array_size(json_object_get(fields_of(f, CRM_CONTACT, keep), "emails")), 2);
	assert_null(entry_of(f, CRM_CONTACT, lose));
}

static void what_belonged_to_it_belongs_to_the_one_kept(void **state)
{
	struct fixture *f = *state;
	int64_t keep = make(f, CRM_ACCOUNT, "{'name': 'Acme'}");
	int64_t lose = make(f, CRM_ACCOUNT, "{'name': 'ACME GmbH'}");
	char json[200];
	int64_t deal, person;
	struct crm_known *known;
	struct text uid;

	snprintf(json, sizeof(json), "{'name': 'Ten bikes', 'account': %lld}", (long long)lose);
	deal = make(f, CRM_DEAL, json);
	snprintf(json, sizeof(json), "{'name': 'Bo', 'accounts': [{'account': %lld}]}",
	        (long long)lose);
	person = make(f, CRM_CONTACT, json);
	uid = entry_of(f, CRM_ACCOUNT, lose)->uid;
	must(f, outcome(f, combine(f, CRM_ACCOUNT, keep, lose, NULL)) == ERR_NONE);
	assert_int_equal(crm_get_int(fields_of(f, CRM_DEAL, deal), "account"), keep);
	assert_int_equal(
	        crm_get_int(
	                json_array_get(
	                        json_object_get(fields_of(f, CRM_CONTACT, person), "accounts"), 0),
	                "account"),
	        keep);
	must(f, crm_known_uid(&f->work, uid, &known));
	assert_int_equal(known->id, keep);
}

static void who_may_not_change_both_may_not_merge_them(void **state)
{
	struct fixture *f = *state;
	int64_t a = make(f, CRM_LEAD, "{'name': 'One'}"), b = make(f, CRM_LEAD, "{'name': 'Uno'}");

	become(f, &ben);
	assert_null(combine(f, CRM_LEAD, a, b, NULL));
	assert_int_equal(f->work.err.id, ERR_NOT_FOUND);
}

static void a_lead_becomes_a_contact_with_account_and_deal(void **state)
{
	struct fixture *f = *state;
	int64_t lead = make(f, CRM_LEAD, "{'name': 'Ada Byron', 'company': 'Acme'}");
	struct text uid = entry_of(f, CRM_LEAD, lead)->uid;
	struct edit_converted got;
	struct edit_convert asked = {
		.lead = lead, .base = -1, .account_name = TEXT("Acme GmbH"), .via = VIA_WEB
	};
	struct record *record;

	must(f, outcome(f, edit_reserve(&f->work, asked.ids, 2)) == ERR_NONE);
	asked.deal = values(f, "{'name': 'Ten bikes', 'amount': 1000000}");
	must(f, outcome(f, edit_convert(&f->work, &asked, &got)) == ERR_NONE);
	assert_int_equal(got.contact, lead);
	assert_null(entry_of(f, CRM_LEAD, lead));
	assert_true(text_eq(entry_of(f, CRM_CONTACT, lead)->uid, uid));
	assert_field(f, CRM_CONTACT, lead, "company", "\"Acme GmbH\"");
	assert_int_equal(crm_get_int(fields_of(f, CRM_DEAL, got.deal), "account"), got.account);
	assert_int_equal(crm_get_int(fields_of(f, CRM_DEAL, got.deal), "contact"), lead);
	must(f, record_get(&f->work, lead, &record));
	assert_true(text_find(record->body, TEXT("X-KONTOR-STATUS")) < 0);
	assert_true(text_find(record->body, TEXT("CATEGORIES")) < 0);
	must(f, record_get(&f->work, got.deal, &record));
	assert_true(text_find(record->body, TEXT("RELATED-TO")) > 0);
}

static void a_converted_lead_cannot_be_converted_again(void **state)
{
	struct fixture *f = *state;
	int64_t lead = make(f, CRM_LEAD, "{'name': 'Ada Byron'}");
	struct edit_convert asked = { .lead = lead, .base = -1, .via = VIA_WEB };
	struct edit_converted got;

	must(f, outcome(f, edit_convert(&f->work, &asked, &got)) == ERR_NONE);
	work_step_end(&f->work);
	assert_null(edit_convert(&f->work, &asked, &got));
	assert_int_equal(f->work.err.id, ERR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(the_one_kept_gets_what_the_other_has),
		CRM(what_belonged_to_it_belongs_to_the_one_kept),
		CRM(who_may_not_change_both_may_not_merge_them),
		CRM(a_lead_becomes_a_contact_with_account_and_deal),
		CRM(a_converted_lead_cannot_be_converted_again),
	};

	return RUN_GATES(tests);
}
