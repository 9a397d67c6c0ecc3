#include "../fake_call.h"

#include "wire/names.h"

static void every_name_is_found_again(void UNUSED **state)
{
	for (unsigned id = NAME_UNKNOWN + 1; id < NAME_COUNT; id++) {
		struct xml_name name = name_of(id);
		struct xml_name found = name_find(name.uri, name.local);

		assert_int_equal(found.id, id);
		assert_int_equal(found.ns, name.ns);
		assert_true(name.uri.len && name.local.len);
		assert_true(name_eq(&name, &found));
	}
}

static void every_condition_of_the_error_table_has_a_name(void UNUSED **state)
{
	for (int id = ERR_NONE + 1; id < ERR_COUNT; id++) {
		const struct err_row *row = err_row(id);

		if (!row->element)
			assert_int_equal(ns_of_err(row->ns), NS_NONE);
		else if (!name_id_of(ns_of_err(row->ns), text_of(row->element)))
			fail_msg("names.tbl.h lacks %s", row->element);
	}
}

static void names_we_do_not_know_keep_what_they_say(void UNUSED **state)
{
	struct xml_name a = name_find(TEXT("DAV:"), TEXT("no-such"));
	struct xml_name b = name_find(TEXT("http://example.com/"), TEXT("href"));
	struct xml_name c = name_find(TEXT_NONE, TEXT("href"));

	assert_int_equal(a.id, NAME_UNKNOWN);
	assert_int_equal(a.ns, NS_DAV);
	assert_text(a.local, "no-such");
	assert_int_equal(b.ns, NS_OTHER);
	assert_text(b.uri, "http://example.com/");
	assert_int_equal(c.ns, NS_NONE);
	assert_int_equal(c.id, NAME_UNKNOWN);
	assert_false(name_eq(&a, &b));
	assert_false(name_eq(&b, &c));
	assert_true(name_eq(&b, &b));
}

static void names_are_case_sensitive(void UNUSED **state)
{
	assert_int_equal(name_find(TEXT("DAV:"), TEXT("HREF")).id, NAME_UNKNOWN);
	assert_int_equal(name_find(TEXT("dav:"), TEXT("href")).id, NAME_UNKNOWN);
	assert_int_equal(name_find(TEXT("DAV:"), TEXT("href")).id, DAV_href);
}

static void one_local_name_in_two_namespaces_is_two_names(void UNUSED **state)
{
	assert_int_equal(name_find(TEXT("DAV:"), TEXT("prop")).id, DAV_prop);
	assert_int_equal(name_find(ns_uri(NS_CAL), TEXT("prop")).id, CAL_prop);
	assert_int_equal(name_find(ns_uri(NS_CARD), TEXT("prop")).id, CARD_prop);
}

static void every_namespace_is_found_by_its_uri(void UNUSED **state)
{
	for (enum xml_ns ns = NS_DAV; ns < NS_OTHER; ns++) {
		assert_int_equal(ns_of(ns_uri(ns)), ns);
		assert_true(ns_prefix(ns).len > 0);
	}
	assert_int_equal(ns_of(TEXT("")), NS_NONE);
	assert_int_equal(ns_of(TEXT_NONE), NS_NONE);
	assert_int_equal(ns_of(TEXT("DAV")), NS_OTHER);
	assert_absent(ns_uri(NS_NONE));
	assert_absent(ns_prefix(NS_OTHER));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(every_name_is_found_again),
		CLAIM(every_condition_of_the_error_table_has_a_name),
		CLAIM(names_we_do_not_know_keep_what_they_say),
		CLAIM(names_are_case_sensitive),
		CLAIM(one_local_name_in_two_namespaces_is_two_names),
		CLAIM(every_namespace_is_found_by_its_uri),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
