/* What people bring in files, read as they mean it. */
#include "crm.h"

#include "crm/sheet.h"
#include "edit/import.h"

/* A cell as JSON; "" empty, "?" not understood. */
static const char *cell(struct fixture *f, enum crm_noun noun, const char *key, const char *typed)
{
	json_t *value;
	size_t len;
	char *to;

	work_step_end(&f->work);
	err_clear(&f->work.err);
	if (!sheet_value(&f->work, crm_field(noun, text_of(key)), text_of(typed), &value))
		return "?";
	if (!value)
		return "";
	len = json_dumpb(value, NULL, 0, JSON_COMPACT | JSON_ENCODE_ANY);
	to = arena_alloc(f->work.arena, len + 1);
	json_dumpb(value, to, len, JSON_COMPACT | JSON_ENCODE_ANY);
	return to;
}

static void money_is_read_as_people_write_it(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(cell(f, CRM_DEAL, "amount", "1.234,50"), "123450");
	assert_string_equal(cell(f, CRM_DEAL, "amount", "1,234.50"), "123450");
	assert_string_equal(cell(f, CRM_DEAL, "amount", "EUR 1.200"), "120000");
	assert_string_equal(cell(f, CRM_DEAL, "amount", "12 000"), "1200000");
	assert_string_equal(cell(f, CRM_DEAL, "amount", "-7,5"), "-750");
	assert_string_equal(cell(f, CRM_DEAL, "amount", "1.000.000"), "100000000");
	assert_string_equal(cell(f, CRM_DEAL, "amount", "much"), "?");
	assert_string_equal(cell(f, CRM_DEAL, "amount", " "), "");
}

static void dates_words_and_names_are_understood(void **state)
{
	struct fixture *f = *state;
	char want[40];

	assert_string_equal(cell(f, CRM_DEAL, "expected_close", "31.05.2026"), "\"2026-05-31\"");
	assert_string_equal(cell(f, CRM_DEAL, "expected_close", "5/31/2026"), "\"2026-05-31\"");
	assert_string_equal(
	        cell(f, CRM_DEAL, "expected_close", "2026-05-31T10:00"), "\"2026-05-31\"");
	assert_string_equal(cell(f, CRM_LEAD, "do_not_call", "Ja"), "true");
	assert_string_equal(cell(f, CRM_ACCOUNT, "type", "customer"), "\"Customer\"");
	assert_string_equal(cell(f, CRM_ACCOUNT, "type", "friend"), "?");
	snprintf(want, sizeof(want), "%lld", (long long)ann.id);
	assert_string_equal(cell(f, CRM_LEAD, "owner", "ann"), want);
	assert_string_equal(cell(f, CRM_LEAD, "owner", "nobody"), "?");
}

static struct crm_import *bring(struct fixture *f, const char *csv)
{
	struct crm_import *import = arena_make(f->work.arena, struct crm_import);

	*import = (struct crm_import){ .noun = CRM_LEAD,
		.format = TEXT("csv"),
		.name = TEXT("leads.csv"),
		.text = text_of(csv) };
	work_step_end(&f->work);
	must(f, outcome(f, edit_import_make(&f->work, import)) == ERR_NONE);
	return import;
}

static void a_file_is_brought_in_and_taken_back(void **state)
{
	struct fixture *f = *state;
	int64_t ada = make(f, CRM_LEAD, "{'name': 'Ada', 'emails': [{'value': 'ada@x.example'}]}");
	struct crm_import *import = bring(f, "Vorname;Nachname;E-Mail;Telefon;Firma\r\n"
	                                     "Ada;Byron;ada@x.example;;Acme\r\n"
	                                     "Ben;Bolt;;030 1234567;\"Bolt; Sons\"\r\n"
	                                     "Bo;Bolt;;+49 30 1234567;\r\n"
	                                     ";;;;\r\n");

	must(f, edit_import_run(&f->work, import, true));
	assert_string_equal(titles(f, CRM_LEAD, NULL, ASK()), "Ada");
	must(f, edit_import_get(&f->work, import->id, &import));
	must(f, edit_import_run(&f->work, import, false));
	assert_int_equal(import->made, 1);
	assert_int_equal(import->changed, 2);
	assert_string_equal(titles(f, CRM_LEAD, NULL, ASK()), "Ada Byron,Bo Bolt");
	assert_field(f, CRM_LEAD, ada, "family", "\"Byron\"");
	assert_field(f, CRM_LEAD, ada, "company", "\"Acme\"");
	must(f, edit_import_get(&f->work, import->id, &import));
	must(f, edit_import_take_back(&f->work, import));
	assert_string_equal(titles(f, CRM_LEAD, NULL, ASK()), "Ada");
	assert_field(f, CRM_LEAD, ada, "family", "");
}

static void what_is_not_understood_is_told_with_its_line(void **state)
{
	struct fixture *f = *state;
	struct crm_import *import = bring(f, "name,owner\nAda,ann\nBen,nobody\n");
	const json_t *problem;

	must(f, edit_import_run(&f->work, import, false));
	assert_int_equal(import->made, 1);
	assert_int_equal(import->skipped, 1);
	problem = json_array_get(import->problems, 0);
	assert_int_equal(crm_get_int(problem, "line"), 3);
	assert_true(text_find(crm_get_text(problem, "detail"), TEXT("nobody")) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(money_is_read_as_people_write_it),
		CRM(dates_words_and_names_are_understood),
		CRM(a_file_is_brought_in_and_taken_back),
		CRM(what_is_not_understood_is_told_with_its_line),
	};

	return RUN_GATES(tests);
}
