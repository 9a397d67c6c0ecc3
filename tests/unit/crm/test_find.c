/* One search box: any scrap of a name, an address, a note; any run of a number's digits; and only
 * what whoever asks may see. */
#include "crm.h"

#include "crm/find.h"
#include "view/find.h"

/* "Ada Byron, Acme GmbH": what is found, the best first. */
static const char *found(struct fixture *f, const char *query)
{
	struct founds founds;
	struct buf buf;

	work_step_end(&f->work);
	must(f, view_find(&f->work, text_of(query), 0, 20, &founds));
	buf_init(&buf, f->work.arena);
	for (size_t i = 0; i < founds.len; i++)
		buf_printf(&buf, "%s%.*s", i ? ", " : "", TEXT_ARG(founds.at[i].title));
	return buf_text(&buf).ptr;
}

static void scraps_find_whatever_their_accents_and_case(void **state)
{
	struct fixture *f = *state;

	make(f, CRM_LEAD,
	        "{'name': 'J\xc3\xbcrgen M\xc3\xbcller', 'company': 'Stra\xc3\x9f"
	        "enbau AG'}");
	make(f, CRM_LEAD,
	        "{'name': 'Nguy\xe1\xbb\x85n Th\xe1\xbb\x8b Lan',"
	        " 'emails': [{'value': 'lan@example.vn', 'type': 'work'}]}");
	assert_string_equal(found(f, "muller"), "J\xc3\xbcrgen M\xc3\xbcller");
	assert_string_equal(found(f, "M\xc3\x9cLL"), "J\xc3\xbcrgen M\xc3\xbcller");
	assert_string_equal(found(f, "strasse"), "J\xc3\xbcrgen M\xc3\xbcller");
	assert_string_equal(found(f, "nguyen lan"), "Nguy\xe1\xbb\x85n Th\xe1\xbb\x8b Lan");
	assert_string_equal(found(f, "n@example"), "Nguy\xe1\xbb\x85n Th\xe1\xbb\x8b Lan");
	assert_string_equal(found(f, "nguyen muller"), "");
	assert_string_equal(found(f, "%"), "");
	assert_string_equal(found(f, ""), "");
}

static void one_and_two_letters_find_too(void **state)
{
	struct fixture *f = *state;

	make(f, CRM_LEAD, "{'name': 'Bo Li'}");
	assert_string_equal(found(f, "li"), "Bo Li");
	assert_string_equal(found(f, "b"), "Bo Li");
}

static void any_run_of_digits_finds_a_phone(void **state)
{
	struct fixture *f = *state;

	make(f, CRM_LEAD, "{'name': 'Ada', 'phones': [{'value': '+49 (0)30 1234-567'}]}");
	assert_string_equal(found(f, "030 1234567"), "Ada");
	assert_string_equal(found(f, "+49 30 1234567"), "Ada");
	assert_string_equal(found(f, "0049301234567"), "Ada");
	assert_string_equal(found(f, "1234-56"), "Ada");
	assert_string_equal(found(f, "45 67"), "Ada");
	assert_string_equal(found(f, "1234568"), "");
}

static void the_beginning_of_a_name_comes_before_the_middle(void **state)
{
	struct fixture *f = *state;

	make(f, CRM_LEAD, "{'name': 'Bertram', 'company': 'Annaberg'}");
	make(f, CRM_LEAD, "{'name': 'Joanna'}");
	make(f, CRM_LEAD, "{'name': 'Eva Anna'}");
	make(f, CRM_LEAD, "{'name': 'Anna'}");
	assert_string_equal(found(f, "anna"), "Anna, Eva Anna, Joanna, Bertram");
}

static void nobody_finds_what_is_not_theirs_to_see(void **state)
{
	struct fixture *f = *state;

	make(f, CRM_LEAD, "{'name': 'Ada Byron'}");
	become(f, &ben);
	assert_string_equal(found(f, "byron"), "");
	become(f, &carla);
	assert_string_equal(found(f, "byron"), "Ada Byron");
}

static void what_is_changed_is_found_by_its_new_words_alone(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_LEAD, "{'name': 'Ada Byron'}");

	change(f, CRM_LEAD, id, "{'name': 'Ada Lovelace'}");
	assert_string_equal(found(f, "byron"), "");
	assert_string_equal(found(f, "lovelace"), "Ada Lovelace");
}

/* More of the first word than are looked at: the others must narrow, not be lost. */
static void the_second_word_counts_among_many_of_the_first(void **state)
{
	struct fixture *f = *state;
	char json[80];

	for (int i = 1000; i < 1450; i++) {
		snprintf(json, sizeof(json), "{'name': 'Bertram %d'}", i);
		make(f, CRM_LEAD, json);
	}
	assert_string_equal(found(f, "ertram 1449"), "Bertram 1449");
	assert_string_equal(found(f, "1001 ertram"), "Bertram 1001");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(scraps_find_whatever_their_accents_and_case),
		CRM(one_and_two_letters_find_too),
		CRM(any_run_of_digits_finds_a_phone),
		CRM(the_beginning_of_a_name_comes_before_the_middle),
		CRM(nobody_finds_what_is_not_theirs_to_see),
		CRM(what_is_changed_is_found_by_its_new_words_alone),
		CRM(the_second_word_counts_among_many_of_the_first),
	};

	return RUN_GATES(tests);
}
