/* A case: its number, its status, the clock of its service level. */
#include "crm.h"

DB_STATEMENT(STATE, "SELECT state FROM crm_item WHERE record = ?1");
DB_STATEMENT(NUMBER, "SELECT number FROM crm_item WHERE record = ?1");
DB_STATEMENT(REQUESTS, "SELECT count(*) FROM crm_row WHERE noun = 36 AND parent = ?1");

enum { HOUR = 3600, DAY = 86400 };

/* 2026-11-23 is a Monday; nine o'clock in Berlin. */
enum { MONDAY_9 = 1795420800 };

static int64_t at_nine(struct fixture *f, const char *json)
{
	work_step_end(&f->work);
	f->work.now = MONDAY_9;
	become(f, &ben);
	return make(f, CRM_CASE, json);
}

static int64_t number_in(struct fixture *f, int64_t id, const char *key)
{
	return crm_get_int(fields_of(f, CRM_CASE, id), key);
}

static void cases_are_numbered_one_after_the_other(void **state)
{
	struct fixture *f = *state;
	int64_t first = at_nine(f, "{'subject': 'Printer down'}");
	int64_t second = make(f, CRM_CASE, "{'subject': 'Printer still down'}");

	assert_int_equal(ask_number(f, &NUMBER, first), 1001);
	assert_int_equal(ask_number(f, &NUMBER, second), 1002);
	assert_field(f, CRM_CASE, second, "number", "1002");
	assert_true(body_has(f, second, "SUMMARY:[#1002] Printer still down"));
	assert_true(text_find(record_at(f, second)->private, TEXT("\"number\":1002")) >= 0);
	assert_false(body_has(f, second, "999999"));
}

static void many_at_once_have_a_number_each(void **state)
{
	struct fixture *f = *state;
	struct plan *plans[3];

	for (int i = 0; i < 3; i++)
		plans[i] = plan_set(f, CRM_CASE, 0, "{'subject': 'Printer down'}");
	for (int i = 0; i < 3; i++) {
		must(f, apply(f, plans[i]));
		assert_int_equal(ask_number(f, &NUMBER, edit_crm_id(plans[i])), 1001 + i);
	}
}

static void the_owner_makes_it_assigned(void **state)
{
	struct fixture *f = *state;
	int64_t id = at_nine(f, with_id(f, "{'subject': 'P', 'team': %lld}", north));

	assert_field(f, CRM_CASE, id, "status", "\"New\"");
	assert_field(f, CRM_CASE, id, "priority", "\"Normal\"");
	change(f, CRM_CASE, id, with_id(f, "{'owner': %lld}", ben.id));
	assert_field(f, CRM_CASE, id, "status", "\"Assigned\"");
	change(f, CRM_CASE, id, "{'status': 'Working'}");
	change(f, CRM_CASE, id, "{'priority': 'High'}");
	assert_field(f, CRM_CASE, id, "status", "\"Working\"");
}

static void targets_are_counted_in_business_hours(void **state)
{
	struct fixture *f = *state;
	int64_t id = at_nine(f, "{'subject': 'P', 'priority': 'High'}");

	/* High: four hours, sixteen: Monday 13:00, Tuesday 17:00. */
	assert_int_equal(number_in(f, id, "response_due"), MONDAY_9 + 4 * HOUR);
	assert_int_equal(number_in(f, id, "due"), MONDAY_9 + DAY + 8 * HOUR);
	change(f, CRM_CASE, id, "{'priority': 'Urgent'}");
	assert_int_equal(number_in(f, id, "due"), MONDAY_9 + 4 * HOUR);
}

static void pending_stops_the_clock(void **state)
{
	struct fixture *f = *state;
	int64_t id = at_nine(f, "{'subject': 'P', 'priority': 'Urgent'}");

	wait_for(f, HOUR);
	change(f, CRM_CASE, id, "{'status': 'Pending'}");
	wait_for(f, DAY);
	/* Eight business hours later. */
	change(f, CRM_CASE, id, "{'status': 'Working'}");
	assert_int_equal(number_in(f, id, "pending_seconds"), DAY);
	assert_int_equal(number_in(f, id, "due"), MONDAY_9 + DAY + 4 * HOUR);
	/* Another level counts from the beginning, the pause left out again. */
	change(f, CRM_CASE, id, "{'priority': 'High'}");
	assert_int_equal(number_in(f, id, "due"), MONDAY_9 + 2 * DAY + 8 * HOUR);
}

static void a_tier_may_have_a_level_of_its_own(void **state)
{
	struct fixture *f = *state;
	int64_t account, id;

	become(f, &root);
	make(f, CRM_SLA,
	        "{'name': 'Urgent A', 'priority': 'Urgent', 'tier': 'A',"
	        " 'response': 15, 'resolution': 60, 'clock': 'calendar'}");
	account = make(f, CRM_ACCOUNT, "{'name': 'Acme', 'tier': 'A'}");
	id = at_nine(
	        f, with_id(f, "{'subject': 'P', 'priority': 'Urgent', 'account': %lld}", account));
	assert_int_equal(number_in(f, id, "due"), MONDAY_9 + HOUR);
	assert_true(body_has(f, id, "SUMMARY:[#1001] P - Acme"));
}

static void closing_and_reopening_are_counted(void **state)
{
	struct fixture *f = *state;
	int64_t id = at_nine(f, "{'subject': 'P', 'priority': 'Urgent'}");

	wait_for(f, HOUR);
	change(f, CRM_CASE, id, "{'status': 'Closed'}");
	assert_int_equal(number_in(f, id, "closed_at"), MONDAY_9 + HOUR);
	assert_int_equal(ask_number(f, &STATE, id), 1);
	assert_true(body_has(f, id, "STATUS:COMPLETED"));
	wait_for(f, HOUR);
	change(f, CRM_CASE, id, "{'status': 'Working'}");
	assert_int_equal(number_in(f, id, "reopen_count"), 1);
	assert_int_equal(number_in(f, id, "closed_at"), 0);
	assert_int_equal(number_in(f, id, "due"), MONDAY_9 + 5 * HOUR);
	assert_non_null(strstr(events_of(f, id), "10:Closed>Working"));
	assert_false(body_has(f, id, "STATUS:COMPLETED"));
}

static void a_complaint_is_closed_when_its_cause_is_known(void **state)
{
	struct fixture *f = *state;
	int64_t id = at_nine(f, "{'subject': 'P', 'kind': 'Complaint'}");

	change(f, CRM_CASE, id, "{'status': 'Closed'}");
	assert_field(f, CRM_CASE, id, "status", "\"Resolved, to confirm\"");
	assert_int_equal(ask_number(f, &STATE, id), 0);
	assert_int_equal(ask_number(f, &REQUESTS, id), 1);
	wait_for(f, DAY);
	change(f, CRM_CASE, id, "{'cause': 'Delivery'}");
	assert_field(f, CRM_CASE, id, "status", "\"Closed\"");
	assert_int_equal(number_in(f, id, "closed_at"), MONDAY_9);
	assert_int_equal(number_in(f, id, "reopen_count"), 0);
	assert_int_equal(ask_number(f, &REQUESTS, id), 0);
}

static void rejecting_and_duplicates_say_why(void **state)
{
	struct fixture *f = *state;
	int64_t first = at_nine(f, "{'subject': 'P'}"), id = make(f, CRM_CASE, "{'subject': 'Q'}");

	assert_true(is_refused(f, CRM_CASE, id, "{'status': 'Rejected'}", "reject_reason"));
	assert_true(is_refused(f, CRM_CASE, id, "{'status': 'Duplicate'}", "duplicate_of"));
	assert_true(is_refused(f, CRM_CASE, id,
	        with_id(f, "{'status': 'Duplicate', 'duplicate_of': %lld}", id), "duplicate_of"));
	change(f, CRM_CASE, id, with_id(f, "{'status': 'Duplicate', 'duplicate_of': %lld}", first));
	assert_int_equal(ask_number(f, &STATE, id), 2);
}

static void the_first_answer_is_told_once(void **state)
{
	struct fixture *f = *state;
	int64_t id = at_nine(f, "{'subject': 'P'}"), note;

	make(f, CRM_NOTE, with_id(f, "{'text': 'Thinking', 'parent': %lld}", id));
	assert_int_equal(number_in(f, id, "first_responded_at"), 0);
	make(f, CRM_NOTE,
	        with_id(f,
	                "{'text': 'Got it', 'category': 'Mail', 'direction': 'out',"
	                " 'automatic': true, 'parent': %lld}",
	                id));
	assert_int_equal(number_in(f, id, "first_responded_at"), 0);
	wait_for(f, 600);
	note = make(f, CRM_NOTE,
	        with_id(f,
	                "{'text': 'Hello', 'category': 'Mail', 'direction': 'out',"
	                " 'parent': %lld}",
	                id));
	assert_int_equal(number_in(f, id, "first_responded_at"), MONDAY_9 + 600);
	assert_non_null(strstr(events_of(f, id), "9:>Mail 600s"));
	wait_for(f, 600);
	make(f, CRM_NOTE,
	        with_id(f,
	                "{'text': 'Again', 'category': 'Mail', 'direction': 'out',"
	                " 'parent': %lld}",
	                id));
	assert_int_equal(number_in(f, id, "first_responded_at"), MONDAY_9 + 600);
	assert_true(note > 0);
}

static void whoever_reports_a_case_sees_what_becomes_of_it(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_CASE, "{'subject': 'Printer down'}");

	assert_non_null(entry_of(f, CRM_CASE, id));
	assert_string_equal(titles(f, CRM_CASE, NULL, ASK()), "Printer down");
	assert_string_equal(titles(f, CRM_CASE, "state:eq:0", ASK()), "Printer down");
	become(f, &ben);
	change(f, CRM_CASE, id, with_id(f, "{'owner': %lld}", ben.id));
	make(f, CRM_CASE, "{'subject': 'Not hers'}");
	become(f, &ann);
	assert_string_equal(titles(f, CRM_CASE, NULL, ASK()), "Printer down");
	assert_int_equal(try_set(f, CRM_CASE, &id, "{'status': 'Closed'}"), ERR_NEED_PRIVILEGES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(cases_are_numbered_one_after_the_other),
		CRM(many_at_once_have_a_number_each),
		CRM(the_owner_makes_it_assigned),
		CRM(targets_are_counted_in_business_hours),
		CRM(pending_stops_the_clock),
		CRM(a_tier_may_have_a_level_of_its_own),
		CRM(closing_and_reopening_are_counted),
		CRM(a_complaint_is_closed_when_its_cause_is_known),
		CRM(rejecting_and_duplicates_say_why),
		CRM(the_first_answer_is_told_once),
		CRM(whoever_reports_a_case_sees_what_becomes_of_it),
	};

	return RUN_GATES(tests);
}
