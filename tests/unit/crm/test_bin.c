/* Deleted and had back; one change taken back; followed. */
#include "crm.h"

DB_STATEMENT(LAST_AUDIT, "SELECT id FROM crm_audit WHERE record = ?1 ORDER BY id DESC LIMIT 1");
DB_STATEMENT(FIRST_AUDIT, "SELECT id FROM crm_audit WHERE record = ?1 ORDER BY id LIMIT 1");
DB_STATEMENT(BINNED, "SELECT count(*) FROM crm_bin WHERE record = ?1");
DB_STATEMENT(VERSIONS, "SELECT count(*) FROM crm_version WHERE record = ?1");
DB_STATEMENT(PLACES, "SELECT count(*) FROM member WHERE record = ?1");

static enum err_id delete_it(struct fixture *f, enum crm_noun noun, int64_t id)
{
	struct edit_crm asked = { .noun = noun, .id = id, .base = -1 };

	work_step_end(&f->work);
	err_clear(&f->work.err);
	return outcome(f, edit_crm_delete(&f->work, &asked));
}

static enum err_id restore(struct fixture *f, int64_t id)
{
	work_step_end(&f->work);
	err_clear(&f->work.err);
	return outcome(f, edit_crm_restore(&f->work, id, VIA_WEB, TEXT("")));
}

static enum err_id undo(struct fixture *f, int64_t audit)
{
	work_step_end(&f->work);
	err_clear(&f->work.err);
	return outcome(f, edit_crm_undo(&f->work, audit, VIA_WEB, TEXT("")));
}

static void what_is_deleted_is_nowhere_and_comes_back_whole(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_LEAD, "{'name': 'Ada Byron', 'source': 'Event', 'value': 500}");
	struct record *before = record_at(f, id);

	wait_for(f, 60);
	must(f, delete_it(f, CRM_LEAD, id) == ERR_NONE);
	assert_null(entry_of(f, CRM_LEAD, id));
	assert_null(record_at(f, id));
	assert_int_equal(ask_number(f, &PLACES, id), 0);
	assert_int_equal(ask_number(f, &BINNED, id), 1);
	assert_int_equal(ask_number(f, &VERSIONS, id), 0);
	wait_for(f, 60);
	must(f, restore(f, id) == ERR_NONE);
	assert_int_equal(ask_number(f, &BINNED, id), 0);
	assert_field(f, CRM_LEAD, id, "source", "\"Event\"");
	assert_field(f, CRM_LEAD, id, "value", "500");
	assert_true(text_eq(record_at(f, id)->body, before->body));
	assert_int_equal(record_at(f, id)->created, before->created);
	assert_true(record_at(f, id)->revision > before->revision);
	assert_string_equal(events_of(f, id), "1:>New 3:> 12:New> 13:>New");
	assert_int_equal(restore(f, id), ERR_NOT_FOUND);
}

static void only_who_commands_it_deletes_it(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_ACCOUNT, "{'name': 'Acme'}");

	become(f, &ben);
	change(f, CRM_ACCOUNT, id, "{'note': 'calls often'}");
	assert_int_equal(delete_it(f, CRM_ACCOUNT, id), ERR_NEED_PRIVILEGES);
	become(f, &carla);
	must(f, delete_it(f, CRM_ACCOUNT, id) == ERR_NONE);
	become(f, &ben);
	assert_int_equal(restore(f, id), ERR_NOT_FOUND);
	become(f, &ann);
	must(f, restore(f, id) == ERR_NONE);
}

static void one_change_is_taken_back_alone(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_LEAD, "{'name': 'Ada Byron'}"), audit;

	change(f, CRM_LEAD, id, "{'job_title': 'Countess', 'department': 'Engines'}");
	audit = ask_number(f, &LAST_AUDIT, id);
	change(f, CRM_LEAD, id, "{'company': 'Acme'}");
	must(f, undo(f, audit) == ERR_NONE);
	assert_field(f, CRM_LEAD, id, "job_title", "");
	assert_field(f, CRM_LEAD, id, "department", "");
	assert_field(f, CRM_LEAD, id, "company", "\"Acme\"");
	must(f, undo(f, ask_number(f, &LAST_AUDIT, id)) == ERR_NONE);
	assert_field(f, CRM_LEAD, id, "job_title", "\"Countess\"");
}

static void making_and_deleting_are_taken_back_too(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_LEAD, "{'name': 'Ada Byron'}");

	must(f, undo(f, ask_number(f, &FIRST_AUDIT, id)) == ERR_NONE);
	assert_null(entry_of(f, CRM_LEAD, id));
	must(f, undo(f, ask_number(f, &LAST_AUDIT, id)) == ERR_NONE);
	assert_non_null(entry_of(f, CRM_LEAD, id));
	become(f, &ben);
	assert_int_equal(undo(f, ask_number(f, &FIRST_AUDIT, id)), ERR_NOT_FOUND);
}

static void what_is_followed_is_in_ones_own_book(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_ACCOUNT, "{'name': 'Acme'}");
	int64_t places = ask_number(f, &PLACES, id);

	become(f, &ben);
	must(f, outcome(f, edit_crm_follow(&f->work, id, true)) == ERR_NONE);
	assert_int_equal(ask_number(f, &PLACES, id), places + 1);
	work_step_end(&f->work);
	must(f, outcome(f, edit_crm_follow(&f->work, id, false)) == ERR_NONE);
	assert_int_equal(ask_number(f, &PLACES, id), places);
}

static void what_is_not_seen_cannot_be_followed(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_LEAD, "{'name': 'Ada Byron'}");

	become(f, &ben);
	assert_int_equal(outcome(f, edit_crm_follow(&f->work, id, true)), ERR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(what_is_deleted_is_nowhere_and_comes_back_whole),
		CRM(only_who_commands_it_deletes_it),
		CRM(one_change_is_taken_back_alone),
		CRM(making_and_deleting_are_taken_back_too),
		CRM(what_is_followed_is_in_ones_own_book),
		CRM(what_is_not_seen_cannot_be_followed),
	};

	return RUN_GATES(tests);
}
