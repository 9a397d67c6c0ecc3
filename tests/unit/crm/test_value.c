/* Values: their canonical form, and what is none. */
#include "../store/fixture.h"

#include "crm/field.h"
#include "crm/key.h"

static struct work work;

static json_t *json_of(const char *words)
{
	char *copy = arena_cstr(work.arena, text_of(words));

	for (char *c = copy; *c; c++)
		if (*c == '\'')
			*c = '"';
	return crm_json_own(work.arena, json_loads(copy, JSON_DECODE_ANY, NULL));
}

/* What becomes of it: JSON, "" for empty, "!" for refused. */
static const char *canonical(enum crm_noun noun, const char *key, const char *words)
{
	const struct crm_field *field = crm_field(noun, text_of(key));
	json_t *value;

	assert_non_null(field);
	err_clear(&work.err);
	if (!crm_value_check(&work, field, json_of(words), &value)) {
		assert_int_equal(work.err.id, ERR_CRM_VALUE);
		assert_string_equal(work.err.field, key);
		return "!";
	}
	return value ? crm_json_write(work.arena, value).ptr : "";
}

static const struct {
	enum crm_noun noun;
	const char *key, *words, *want;
} VALUES[] = {
	{ CRM_LEAD, "name", "' Ada\\n Byron '", "\"Ada  Byron\"" },
	{ CRM_LEAD, "name", "null", "" },
	{ CRM_LEAD, "name", "'  '", "" },
	{ CRM_LEAD, "name", "5", "!" },
	{ CRM_LEAD, "note", "'a\\r\\nb\\rc\\u0001'", "\"a\\nb\\nc\"" },
	{ CRM_LEAD, "score", "-3", "-3" },
	{ CRM_LEAD, "score", "1.5", "!" },
	{ CRM_LEAD, "score", "'3'", "!" },
	{ CRM_LEAD, "value", "0", "0" },
	{ CRM_LEAD, "value", "1000000000000001", "!" },
	{ CRM_DEAL, "probability", "101", "!" },
	{ CRM_DEAL, "probability", "100", "100" },
	{ CRM_LEAD, "do_not_call", "true", "true" },
	{ CRM_LEAD, "do_not_call", "false", "" },
	{ CRM_LEAD, "do_not_call", "1", "!" },
	{ CRM_DEAL, "expected_close", "'2028-02-29'", "\"2028-02-29\"" },
	{ CRM_DEAL, "expected_close", "'2027-02-29'", "!" },
	{ CRM_DEAL, "expected_close", "'27-02-01'", "!" },
	{ CRM_DEAL, "expected_close", "'--02-01'", "!" },
	{ CRM_LEAD, "birthday", "'--02-29'", "\"--02-29\"" },
	{ CRM_TASK, "due", "-1", "!" },
	{ CRM_LEAD, "owner", "0", "!" },
	{ CRM_CASE, "priority", "'High'", "\"High\"" },
	{ CRM_CASE, "priority", "'high'", "!" },
	{ CRM_CASE, "status", "'Resolved, to confirm'", "\"Resolved, to confirm\"" },
	{ CRM_LEAD, "tags", "[' a ', 'b', 'A', '']", "[\"a\",\"b\"]" },
	{ CRM_LEAD, "tags", "'a'", "!" },
	{ CRM_LEAD, "tags", "[]", "" },
	{ CRM_LEAD, "phones", "['+49 30 1', {'value': '2', 'type': 'cell'}, '']",
	        "[{\"value\":\"+49 30 1\"},{\"type\":\"cell\",\"value\":\"2\"}]" },
	{ CRM_LEAD, "phones", "[{'value': '2', 'kind': 'cell'}]", "!" },
	{ CRM_LEAD, "emails", "['ada']", "!" },
	{ CRM_LEAD, "emails", "['ada@example.org']", "[{\"value\":\"ada@example.org\"}]" },
	{ CRM_LEAD, "addresses", "[{'city': 'Berlin', 'type': 'work'}, {'type': 'home'}]",
	        "[{\"city\":\"Berlin\",\"type\":\"work\"}]" },
	{ CRM_CONTACT, "accounts", "[{'account': 5, 'primary': true, 'since': '2026-01-01'}]",
	        "[{\"account\":5,\"primary\":true,\"since\":\"2026-01-01\"}]" },
	{ CRM_CONTACT, "accounts", "[{'account': 5}, {'account': 5}]", "!" },
	{ CRM_CONTACT, "accounts", "[{'role': 'Boss'}]", "!" },
	{ CRM_LEAD, "photo", "'data:image/png;base64,iVBORw0KGgo='",
	        "\"data:image/png;base64,iVBORw0KGgo=\"" },
	{ CRM_LEAD, "photo", "'https://example.org/a.png'", "!" },
	{ CRM_LEAD, "photo", "'data:image/png;base64,###'", "!" },
	{ CRM_RULE, "conditions", "{'b': 1, 'a': [2]}", "{\"a\":[2],\"b\":1}" },
	{ CRM_RULE, "conditions", "5", "!" },
};

static void values_have_one_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(VALUES); i++) {
		const char *got = canonical(VALUES[i].noun, VALUES[i].key, VALUES[i].words);

		if (strcmp(got, VALUES[i].want) != 0)
			fail_msg("%s %s: %s, not %s", VALUES[i].key, VALUES[i].words, got,
			        VALUES[i].want);
		/* What is canonical stays as it is. */
		if (*got && *got != '!')
			assert_string_equal(
			        canonical(VALUES[i].noun, VALUES[i].key, got), VALUES[i].want);
	}
}

static void texts_have_an_end(void **state)
{
	char *words = arena_alloc(work.arena, 504);

	(void)state;
	memset(words, 'x', 503);
	words[0] = words[502] = '\'';
	assert_string_equal(canonical(CRM_LEAD, "name", words), "!");
	words[501] = '\'';
	words[502] = '\0';
	assert_true(canonical(CRM_LEAD, "name", words)[0] == '"');
}

/* The tables agree with each other: what a field names is there. */
static void fields_name_what_is_there(void **state)
{
	const struct crm_noun_row *noun;
	const struct crm_field *field;

	(void)state;
	for (size_t n = 0; (noun = crm_noun_at(n)); n++) {
		assert_non_null(crm_field_at(noun->noun, 0));
		for (size_t i = 0; (field = crm_field_at(noun->noun, i)); i++) {
			assert_int_equal(field->noun, noun->noun);
			assert_ptr_equal(crm_field(noun->noun, text_of(field->key)), field);
			if (field->type == CRM_TYPE_REF && strcmp(field->of, "*") != 0)
				assert_non_null(crm_noun_find(text_of(field->of)));
			if (field->type == CRM_TYPE_CHOICE || field->type == CRM_TYPE_LIST)
				assert_non_null(field->of);
			assert_non_null(crm_type_name(field->type));
		}
	}
}

static void one_number_has_one_key(void **state)
{
	static const char *const same[] = { "+49 (0)30 1234567", "0049 30 1234567", "030/1234567",
		"tel:+49-30-1234567", "+49301234567;ext=3", "30 1234567" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(same); i++)
		assert_string_equal(crm_key_tel(work.arena, text_of(same[i])).ptr, "tel:301234567");
	assert_string_equal(crm_key_tel(work.arena, TEXT("+1 202 555 0143")).ptr, "tel:2025550143");
	assert_string_equal(crm_key_tel(work.arena, TEXT("+353 1 555 0143")).ptr, "tel:15550143");
	assert_null(crm_key_tel(work.arena, TEXT("1234")).ptr);
}

static void names_and_addresses_are_folded(void **state)
{
	(void)state;
	assert_string_equal(crm_key_name(work.arena, TEXT("ACME GmbH & Co. KG")).ptr, "name:acme");
	assert_string_equal(
	        crm_key_name(work.arena, TEXT("Müller, Söhne")).ptr, "name:muller sohne");
	assert_null(crm_key_name(work.arena, TEXT("GmbH")).ptr);
	assert_string_equal(crm_key_mail(work.arena, TEXT(" mailto:Ada@Example.org")).ptr,
	        "mail:ada@example.org");
	assert_null(crm_key_mail(work.arena, TEXT("ada")).ptr);
}

static int setup(void **state)
{
	(void)state;
	work.arena = arena_new();
	return 0;
}

static int finish(void **state)
{
	(void)state;
	arena_free(&work.arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(values_have_one_form, setup, finish),
		cmocka_unit_test_setup_teardown(texts_have_an_end, setup, finish),
		cmocka_unit_test_setup_teardown(fields_name_what_is_there, setup, finish),
		cmocka_unit_test_setup_teardown(one_number_has_one_key, setup, finish),
		cmocka_unit_test_setup_teardown(names_and_addresses_are_folded, setup, finish),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
