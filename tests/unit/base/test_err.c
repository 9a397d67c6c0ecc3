#include "../test.h"

#include "base/err.h"

static void the_first_one_wins(void **state UNUSED)
{
	struct err err = { 0 };

	assert_false(err_is_set(&err));
	assert_false(err_set(&err, ERR_NOT_FOUND, "no %s", "bread"));
	assert_false(err_set(&err, ERR_INTERNAL, "later"));
	assert_false(err_href(&err, ERR_INTERNAL, TEXT("/x"), "later"));
	assert_false(err_privilege(&err, TEXT("/x"), "read"));
	assert_int_equal(err.id, ERR_NOT_FOUND);
	assert_string_equal(err.detail, "no bread");
	assert_string_equal(err.href, "");
	err_clear(&err);
	assert_false(err_is_set(&err));
	assert_false(err_privilege(&err, TEXT("/x/"), "write"));
	assert_string_equal(err.privilege, "write");
	assert_string_equal(err.href, "/x/");
	assert_int_equal(err.id, ERR_NEED_PRIVILEGES);
}

static void every_row_is_complete(void **state UNUSED)
{
	for (enum err_id id = ERR_NONE + 1; id < ERR_COUNT; id++) {
		const struct err_row *row = err_row(id);

		assert_in_range(row->status, 400, 599);
		assert_true(strlen(row->words) > 10);
		assert_int_equal(row->ns == ERR_NS_NONE, row->element == NULL);
	}
}

static void long_details_end_at_a_character(void **state UNUSED)
{
	struct err err = { 0 };

	for (int shift = 0; shift < 3; shift++) {
		char text[400] = "abc";

		for (size_t i = 0; i < 100; i++)
			memcpy(text + (size_t)shift + 3 * i, "\xE2\x82\xAC", 3);
		err_clear(&err);
		err_set(&err, ERR_INTERNAL, "%s", text);
		assert_in_range(strlen(err.detail), 235, 239);
		assert_true(text_is_utf8(text_of(err.detail)));
	}
}

static void an_href_that_is_too_long_is_left_out(void **state UNUSED)
{
	struct err err = { 0 };
	char href[1200];

	memset(href, 'h', sizeof(href));
	err_href(&err, ERR_CAL_NO_UID_CONFLICT, (struct text){ href, 1200 }, "x");
	assert_string_equal(err.href, "");
	err_clear(&err);
	err_href(&err, ERR_CAL_NO_UID_CONFLICT, (struct text){ href, 1199 }, "x");
	assert_int_equal(strlen(err.href), 1199);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_one_wins),
		cmocka_unit_test(every_row_is_complete),
		cmocka_unit_test(long_details_end_at_a_character),
		cmocka_unit_test(an_href_that_is_too_long_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
