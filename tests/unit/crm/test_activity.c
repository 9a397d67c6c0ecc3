/* Tasks, meetings, notes: in whose calendar, for what, and what comes next. */
#include "crm.h"

DB_STATEMENT(HOME, "SELECT c.owner FROM record r JOIN collection c ON c.id = r.home"
                   " WHERE r.id = ?1");
DB_STATEMENT(ACCOUNT, "SELECT account FROM crm_item WHERE record = ?1");

/* 2026-11-27 is a Friday; ten o'clock in Berlin. The Monday after it, midnight there. */
enum { FRIDAY_10 = 1795770000, MONDAY = 1795993200 };

static void a_task_is_in_its_owners_tasks(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_TASK, "{'subject': 'Call Ada', 'due': 1800003600}");

	assert_int_equal(ask_number(f, &HOME, id), ann.id);
	assert_true(body_has(f, id, "BEGIN:VTODO"));
	assert_true(body_has(f, id, "SUMMARY:Call Ada"));
	assert_true(body_has(f, id, "DTSTAMP:"));
	assert_string_equal(titles(f, CRM_TASK, "owner:eq:me", ASK()), "Call Ada");
	become(f, &carla);
	change(f, CRM_TASK, id, with_id(f, "{'owner': %lld}", carla.id));
	assert_int_equal(ask_number(f, &HOME, id), carla.id);
	assert_true(body_has(f, id, "SUMMARY:Call Ada"));
}

static void a_meeting_is_in_the_calendar(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(
	        f, CRM_MEETING, "{'subject': 'Demo', 'start': 1800003600, 'category': 'Visit'}");

	assert_true(body_has(f, id, "BEGIN:VEVENT"));
	assert_field(f, CRM_MEETING, id, "end", "1800007200");
	assert_field(f, CRM_MEETING, id, "outcome", "\"planned\"");
	assert_true(is_refused(f, CRM_MEETING, id, "{'end': 1800000000}", "end"));
	assert_true(is_refused(f, CRM_MEETING, 0, "{'subject': 'Demo'}", "start"));
}

static void without_a_next_step_one_is_asked_for(void **state)
{
	struct fixture *f = *state;
	int64_t deal, first, second;

	work_step_end(&f->work);
	f->work.now = FRIDAY_10;
	deal = make(f, CRM_DEAL, "{'name': 'Engines'}");
	first = make(f, CRM_TASK, with_id(f, "{'subject': 'Call', 'parent': %lld}", deal));
	second = make(f, CRM_TASK, with_id(f, "{'subject': 'Write', 'parent': %lld}", deal));
	change(f, CRM_TASK, first, "{'status': 'Done'}");
	assert_string_equal(titles(f, CRM_TASK, "state:eq:0", ASK()), "Write");
	change(f, CRM_TASK, second, "{'percent': 100}");
	assert_field(f, CRM_TASK, second, "status", "\"Done\"");
	assert_string_equal(titles(f, CRM_TASK, "state:eq:0", ASK()), "Choose the next step");
	assert_string_equal(
	        titles(f, CRM_TASK, arena_printf(f->work.arena, "due:eq:%d", MONDAY).ptr, ASK()),
	        "Choose the next step");
	assert_int_equal(crm_get_int(fields_of(f, CRM_DEAL, deal), "stage"),
	        row_named(f, CRM_STAGE, "Prospecting"));
}

static void what_is_over_needs_no_next_step(void **state)
{
	struct fixture *f = *state;
	int64_t deal = make(f, CRM_DEAL, "{'name': 'Engines'}");
	int64_t task = make(f, CRM_TASK, with_id(f, "{'subject': 'Call', 'parent': %lld}", deal));

	change(f, CRM_DEAL, deal, with_id(f, "{'stage': %lld}", row_named(f, CRM_STAGE, "Won")));
	change(f, CRM_TASK, task, "{'status': 'Done'}");
	assert_string_equal(titles(f, CRM_TASK, NULL, ASK()), "Call");
}

static void a_meeting_that_was_held_answers_a_lead(void **state)
{
	struct fixture *f = *state;
	int64_t lead = make(f, CRM_LEAD, "{'name': 'Ada Byron'}");
	int64_t meeting = make(f, CRM_MEETING,
	        with_id(f, "{'subject': 'Demo', 'start': 1800003600, 'parent': %lld}", lead));

	assert_field(f, CRM_LEAD, lead, "first_responded_at", "");
	change(f, CRM_MEETING, meeting, "{'outcome': 'held'}");
	assert_field(f, CRM_LEAD, lead, "first_responded_at", "1800003600");
	assert_non_null(strstr(events_of(f, lead), "9:>Meeting 3600s"));
}

static void what_happens_with_a_deal_belongs_to_its_account(void **state)
{
	struct fixture *f = *state;
	int64_t account = make(f, CRM_ACCOUNT, "{'name': 'Acme'}"), deal, note;

	deal = make(f, CRM_DEAL, with_id(f, "{'name': 'Engines', 'account': %lld}", account));
	note = make(f, CRM_NOTE, with_id(f, "{'text': 'Spoke to Ada', 'parent': %lld}", deal));
	assert_int_equal(ask_number(f, &ACCOUNT, note), account);
	assert_string_equal(
	        titles(f, CRM_NOTE, with_id(f, "account:eq:%lld", account), ASK()), "Spoke to Ada");
	assert_true(is_refused(f, CRM_NOTE, 0, "{'category': 'Call'}", "text"));
}

static void contacts_carry_their_accounts_name(void **state)
{
	struct fixture *f = *state;
	int64_t account = make(f, CRM_ACCOUNT, "{'name': 'Acme'}");
	int64_t contact = make(f, CRM_CONTACT,
	        with_id(f,
	                "{'given': 'Ada', 'family': 'Byron',"
	                " 'accounts': [{'account': %lld, 'role': 'Owner', 'primary': true}]}",
	                account));
	int64_t deal;

	assert_field(f, CRM_CONTACT, contact, "company", "\"Acme\"");
	assert_int_equal(ask_number(f, &ACCOUNT, contact), account);
	change(f, CRM_ACCOUNT, account, "{'name': 'Acme Engines'}");
	assert_field(f, CRM_CONTACT, contact, "company", "\"Acme Engines\"");
	assert_true(body_has(f, contact, "ORG:Acme Engines"));
	deal = make(f, CRM_DEAL, with_id(f, "{'name': 'E', 'contact': %lld}", contact));
	assert_int_equal(ask_number(f, &ACCOUNT, deal), account);
}

static const char *todo(struct fixture *f, const char *more)
{
	return arena_printf(f->work.arena,
	        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//T//EN\r\nBEGIN:VTODO\r\nUID:t1\r\n"
	        "DTSTAMP:20260101T000000Z\r\nSUMMARY:Call\r\n%sEND:VTODO\r\nEND:VCALENDAR\r\n",
	        more)
	        .ptr;
}

static void a_step_that_a_phone_completes_is_done_and_followed_by_another(void **state)
{
	struct fixture *f = *state;
	int64_t deal = make(f, CRM_DEAL, "{'name': 'Engines'}");
	const char *uid = arena_cstr(f->work.arena, entry_of(f, CRM_DEAL, deal)->uid), *related;
	struct crm_known *task;

	related = arena_printf(f->work.arena, "RELATED-TO;RELTYPE=PARENT:%s\r\n", uid).ptr;
	must(f, put(f, "/calendars/ann/tasks/t1.ics", todo(f, related)) == ERR_NONE);
	must(f, crm_known_uid(&f->work, TEXT("t1"), &task));
	assert_non_null(task);
	assert_int_equal(task->parent, deal);
	assert_int_equal(task->owner, ann.id);
	assert_string_equal(events_of(f, task->id), "1:>Open 3:>");
	must(f, put(f, "/calendars/ann/tasks/t1.ics",
	                todo(f, arena_printf(f->work.arena,
	                                "%sSTATUS:COMPLETED\r\nCOMPLETED:"
	                                "20260102T000000Z\r\n",
	                                related)
	                                .ptr)) == ERR_NONE);
	assert_field(f, CRM_TASK, task->id, "status", "\"Done\"");
	assert_string_equal(events_of(f, task->id), "1:>Open 3:> 2:Open>Done");
	assert_string_equal(titles(f, CRM_TASK, "state:eq:0", ASK()), "Choose the next step");
}

static void what_somebody_keeps_for_themselves_leaves_no_trace(void **state)
{
	struct fixture *f = *state;
	struct crm_known *task;

	must(f, put(f, "/calendars/ann/tasks/t1.ics", todo(f, "")) == ERR_NONE);
	must(f, crm_known_uid(&f->work, TEXT("t1"), &task));
	assert_string_equal(events_of(f, task->id), "");
}

static void stale_changes_of_tasks_are_refused(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_TASK, "{'subject': 'Call'}");
	struct edit_crm asked = { .noun = CRM_TASK,
		.id = id,
		.base = entry_of(f, CRM_TASK, id)->revision,
		.set = values(f, "{'description': 'at noon'}") };

	change(f, CRM_TASK, id, "{'subject': 'Write'}");
	work_step_end(&f->work);
	assert_int_equal(outcome(f, edit_crm_put(&f->work, &asked)), ERR_PRECONDITION_FAILED);
}

static void only_those_around_fill_a_calendar(void **state)
{
	struct fixture *f = *state;

	make(f, CRM_TASK, with_id(f, "{'subject': 'Call', 'owner': %lld}", ben.id));
	become(f, &ben);
	assert_string_equal(titles(f, CRM_TASK, "owner:eq:me", ASK()), "Call");
	assert_true(is_refused(f, CRM_TASK, 0,
	        with_id(f, "{'subject': 'Call', 'owner': %lld}", root.id), "owner"));
}

static void an_account_is_not_below_itself(void **state)
{
	struct fixture *f = *state;
	int64_t top = make(f, CRM_ACCOUNT, "{'name': 'Acme'}");
	int64_t below = make(f, CRM_ACCOUNT, with_id(f, "{'name': 'Ads', 'parent': %lld}", top));

	assert_true(
	        is_refused(f, CRM_ACCOUNT, top, with_id(f, "{'parent': %lld}", below), "parent"));
	assert_true(is_refused(f, CRM_ACCOUNT, top, with_id(f, "{'parent': %lld}", top), "parent"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(a_task_is_in_its_owners_tasks),
		CRM(a_meeting_is_in_the_calendar),
		CRM(without_a_next_step_one_is_asked_for),
		CRM(what_is_over_needs_no_next_step),
		CRM(a_meeting_that_was_held_answers_a_lead),
		CRM(what_happens_with_a_deal_belongs_to_its_account),
		CRM(contacts_carry_their_accounts_name),
		CRM(a_step_that_a_phone_completes_is_done_and_followed_by_another),
		CRM(what_somebody_keeps_for_themselves_leaves_no_trace),
		CRM(stale_changes_of_tasks_are_refused),
		CRM(only_those_around_fill_a_calendar),
		CRM(an_account_is_not_below_itself),
	};

	return RUN_GATES(tests);
}
