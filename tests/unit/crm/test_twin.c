/* Who may be one and the same: by mail, by the digits of a phone, by name and company. */
#include "crm.h"

#include "crm/twin.h"

/* "Ada 90 mail phone": the likely twins of these values. */
static const char *twins(struct fixture *f, enum crm_noun noun, const char *json)
{
	struct twins found;
	struct buf buf;

	work_step_end(&f->work);
	must(f, twins_of(&f->work, noun, values(f, json), 0, &found));
	buf_init(&buf, f->work.arena);
	for (size_t i = 0; i < found.len; i++) {
		buf_printf(&buf, "%s%.*s %d", i ? ", " : "", TEXT_ARG(found.at[i].record->title),
		        found.at[i].score);
		for (size_t bit = 0; twin_why(bit); bit++)
			if (found.at[i].why >> bit & 1)
				buf_printf(&buf, " %s", twin_why(bit));
	}
	return buf_text(&buf).ptr;
}

static void a_shared_phone_or_mail_is_worth_a_question(void **state)
{
	struct fixture *f = *state;

	make(f, CRM_LEAD,
	        "{'name': 'Ada Byron', 'company': 'Acme GmbH',"
	        " 'phones': [{'value': '+49 30 1234567'}],"
	        " 'emails': [{'value': 'ada@acme.example'}]}");
	assert_string_equal(
	        twins(f, CRM_LEAD, "{'name': 'A. B.', 'phones': [{'value': '030/123 45 67'}]}"),
	        "Ada Byron 40 phone");
	assert_string_equal(twins(f, CRM_CONTACT,
	                            "{'name': 'Ada Byron', 'emails':"
	                            " [{'value': 'ADA@acme.example'}]}"),
	        "Ada Byron 75 mail name");
}

static void a_name_alone_is_no_twin_but_with_a_company_it_is(void **state)
{
	struct fixture *f = *state;

	make(f, CRM_LEAD, "{'name': 'Ada Byron', 'company': 'Acme GmbH'}");
	assert_string_equal(twins(f, CRM_LEAD, "{'name': 'Ada Byron'}"), "");
	assert_string_equal(twins(f, CRM_LEAD, "{'name': 'ada byron', 'company': 'ACME'}"),
	        "Ada Byron 40 name company");
	assert_string_equal(twins(f, CRM_DEAL, "{'name': 'Ada Byron', 'company': 'Acme'}"), "");
}

static void pairs_of_the_whole_book_are_found_page_by_page(void **state)
{
	struct fixture *f = *state;
	struct text after = TEXT_NONE;
	struct twin_pairs pairs;

	make(f, CRM_LEAD, "{'name': 'One', 'emails': [{'value': 'a@example.com'}]}");
	make(f, CRM_LEAD, "{'name': 'Two', 'emails': [{'value': 'b@example.com'}]}");
	make(f, CRM_LEAD, "{'name': 'Uno', 'emails': [{'value': 'a@example.com'}]}");
	make(f, CRM_LEAD, "{'name': 'Dos', 'emails': [{'value': 'B@example.com'}]}");
	work_step_end(&f->work);
	must(f, twin_pairs(&f->work, CRM_LEAD, &after, 1, &pairs));
	assert_int_equal(pairs.len, 1);
	assert_true(text_eq(pairs.at[0].a->title, TEXT("One")));
	assert_true(text_eq(pairs.at[0].b->title, TEXT("Uno")));
	must(f, twin_pairs(&f->work, CRM_LEAD, &after, 10, &pairs));
	assert_int_equal(pairs.len, 1);
	assert_true(text_eq(pairs.at[0].a->title, TEXT("Two")));
	assert_null(after.ptr);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(a_shared_phone_or_mail_is_worth_a_question),
		CRM(a_name_alone_is_no_twin_but_with_a_company_it_is),
		CRM(pairs_of_the_whole_book_are_found_page_by_page),
	};

	return RUN_GATES(tests);
}
