/* A lead from its first word to its last: made, found, changed, traced. */
#include "crm.h"

DB_STATEMENT(AUDITED, "SELECT action, changes FROM crm_audit WHERE record = ?1 ORDER BY id");
DB_STATEMENT(VERSIONS, "SELECT count(*) FROM crm_version WHERE record = ?1");

static const char *audit_of(struct fixture *f, int64_t id)
{
	struct db_rows *rows;
	struct buf buf;

	buf_init(&buf, f->work.arena);
	work_step_end(&f->work);
	rows = db_query(work_reader(&f->work), &f->work.err, &AUDITED, DB_ARGS(DB_INT(id)));
	while (rows && db_next(rows)) {
		buf.len = 0;
		buf_printf(
		        &buf, "%.*s %.*s", TEXT_ARG(db_text(rows, 0)), TEXT_ARG(db_text(rows, 1)));
	}
	must(f, db_done(rows));
	return buf_text(&buf).ptr;
}

static void a_new_lead_is_its_makers_and_new(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_LEAD, "{'given': 'Ada', 'family': 'Byron', 'company': 'Acme'}");

	assert_field(f, CRM_LEAD, id, "name", "\"Ada Byron\"");
	assert_int_equal(crm_get_int(fields_of(f, CRM_LEAD, id), "owner"), ann.id);
	assert_int_equal(crm_get_int(fields_of(f, CRM_LEAD, id), "status"),
	        row_named(f, CRM_LEAD_STATUS, "New"));
	assert_string_equal(titles(f, CRM_LEAD, NULL, ASK()), "Ada Byron");
	assert_string_equal(events_of(f, id), "1:>New 3:>");
}

static void what_phones_are_served_is_a_card(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_LEAD, "{'name': 'Ada Byron', 'phones': ['+49 30 1234567']}");
	struct record *record;

	must(f, record_get(&f->work, id, &record));
	assert_int_equal(record->kind, KIND_LEAD);
	assert_true(text_starts(record->body, TEXT("BEGIN:VCARD\r\n")));
	assert_true(text_find(record->body, TEXT("FN:Ada Byron\r\n")) > 0);
	assert_true(text_find(record->body, TEXT("+49 30 1234567")) > 0);
	assert_true(text_find(record->body, TEXT("CATEGORIES:New")) > 0);
	assert_true(text_find(record->body, TEXT("owner")) < 0);
}

static void a_change_is_told_and_audited(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_LEAD, "{'name': 'Ada Byron'}");
	char json[100];

	snprintf(json, sizeof(json), "{'status': %lld}",
	        (long long)row_named(f, CRM_LEAD_STATUS, "Working"));
	change(f, CRM_LEAD, id, json);
	assert_string_equal(events_of(f, id), "1:>New 3:> 2:New>Working");
	assert_true(strncmp(audit_of(f, id), "change {\"status\":[", 18) == 0);
	assert_int_equal(ask_number(f, &VERSIONS, id), 1);
}

static void setting_what_it_is_changes_nothing(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_LEAD, "{'name': 'Ada Byron'}");
	int64_t revision = entry_of(f, CRM_LEAD, id)->revision;

	change(f, CRM_LEAD, id, "{'name': '  Ada Byron '}");
	assert_int_equal(entry_of(f, CRM_LEAD, id)->revision, revision);
}

static void only_so_many_versions_are_kept(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_LEAD, "{'name': 'Ada 0'}");
	char json[40];

	for (int i = 1; i <= 6; i++) {
		snprintf(json, sizeof(json), "{'name': 'Ada %d'}", i);
		change(f, CRM_LEAD, id, json);
	}
	assert_int_equal(ask_number(f, &VERSIONS, id), 3);
}

static void what_is_missing_or_wrong_is_named(void **state)
{
	struct fixture *f = *state;
	int64_t id = 0;

	assert_int_equal(try_set(f, CRM_LEAD, &id, "{'job_title': 'Countess'}"), ERR_CRM_VALUE);
	assert_string_equal(f->work.err.field, "name");
	assert_int_equal(
	        try_set(f, CRM_LEAD, &id, "{'name': 'A', 'source': 'Nowhere'}"), ERR_CRM_VALUE);
	assert_string_equal(f->work.err.field, "source");
	assert_int_equal(
	        try_set(f, CRM_LEAD, &id, "{'name': 'A', 'owner': 999999}"), ERR_CRM_VALUE);
	assert_string_equal(f->work.err.field, "owner");
	assert_int_equal(
	        try_set(f, CRM_LEAD, &id, "{'name': 'A', 'converted_at': 5}"), ERR_CRM_VALUE);
	assert_string_equal(f->work.err.field, "converted_at");
}

static void converted_is_nothing_to_be_set(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_LEAD, "{'name': 'Ada Byron'}");
	char json[100];

	snprintf(json, sizeof(json), "{'status': %lld}",
	        (long long)row_named(f, CRM_LEAD_STATUS, "Converted"));
	assert_int_equal(try_set(f, CRM_LEAD, &id, json), ERR_CRM_VALUE);
	assert_string_equal(f->work.err.field, "status");
}

static void others_do_not_see_it_but_who_manages_them_does(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_LEAD, "{'name': 'Ada Byron'}");

	become(f, &ben);
	assert_null(entry_of(f, CRM_LEAD, id));
	assert_string_equal(titles(f, CRM_LEAD, NULL, ASK()), "");
	assert_int_equal(try_set(f, CRM_LEAD, &id, "{'name': 'Mine'}"), ERR_NOT_FOUND);
	become(f, &carla);
	assert_non_null(entry_of(f, CRM_LEAD, id));
	assert_string_equal(titles(f, CRM_LEAD, NULL, ASK()), "Ada Byron");
	change(f, CRM_LEAD, id, "{'job_title': 'Countess'}");
	become(f, &root);
	assert_string_equal(titles(f, CRM_LEAD, NULL, ASK()), "Ada Byron");
}

static void disjoint_changes_merge_and_overlapping_ones_do_not(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_LEAD, "{'name': 'Ada Byron'}");
	struct edit_crm asked = { .noun = CRM_LEAD,
		.id = id,
		.base = entry_of(f, CRM_LEAD, id)->revision,
		.position = -1 };

	change(f, CRM_LEAD, id, "{'job_title': 'Countess'}");
	work_step_end(&f->work);
	asked.set = values(f, "{'department': 'Engines'}");
	must(f, outcome(f, edit_crm_put(&f->work, &asked)) == ERR_NONE);
	asked.set = values(f, "{'job_title': 'Engineer'}");
	assert_int_equal(outcome(f, edit_crm_put(&f->work, &asked)), ERR_PRECONDITION_FAILED);
	assert_field(f, CRM_LEAD, id, "job_title", "\"Countess\"");
	assert_field(f, CRM_LEAD, id, "department", "\"Engines\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(a_new_lead_is_its_makers_and_new),
		CRM(what_phones_are_served_is_a_card),
		CRM(a_change_is_told_and_audited),
		CRM(setting_what_it_is_changes_nothing),
		CRM(only_so_many_versions_are_kept),
		CRM(what_is_missing_or_wrong_is_named),
		CRM(converted_is_nothing_to_be_set),
		CRM(others_do_not_see_it_but_who_manages_them_does),
		CRM(disjoint_changes_merge_and_overlapping_ones_do_not),
	};

	return RUN_GATES(tests);
}
