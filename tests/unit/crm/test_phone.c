/* What phones do to records that have more to them than a phone can know. */
#include "crm.h"

DB_STATEMENT(LAST_AUDIT, "SELECT id FROM crm_audit WHERE record = ?1 ORDER BY id DESC LIMIT 1");
DB_STATEMENT(REQUESTS, "SELECT count(*) FROM crm_row WHERE noun = 36 AND parent = ?1");
DB_STATEMENT(MENTIONS,
        "SELECT count(*) FROM crm_key a JOIN crm_key b ON b.key = a.key AND b.role = 1"
        " WHERE a.record = ?1 AND a.role = 0");

enum { MONDAY_9 = 1795420800 };

/* Where a record appears in somebody's collection. */
static const char *place(struct fixture *f, const char *in, enum crm_noun noun, int64_t id)
{
	bool is_card = noun == CRM_LEAD || noun == CRM_ACCOUNT || noun == CRM_CONTACT;
	struct text uid = entry_of(f, noun, id)->uid;

	return arena_printf(f->work.arena, "%s%.*s%s", in, TEXT_ARG(uid), is_card ? ".vcf" : ".ics")
	        .ptr;
}

static const char *body_of(struct fixture *f, const char *href)
{
	work_step_end(&f->work);
	err_clear(&f->work.err);
	return body_at(f, href);
}

/* PUT of what is there, `from` become `to`. */
static void save(struct fixture *f, const char *href, const char *from, const char *to)
{
	struct text body = text_of(body_of(f, href)), out;
	ptrdiff_t at = text_find(body, text_of(from));
	struct buf buf;

	assert_true(at >= 0);
	buf_init(&buf, f->work.arena);
	buf_add(&buf, text_sub(body, 0, (size_t)at));
	buf_printf(&buf, "%s", to);
	buf_add(&buf, text_from(body, (size_t)at + strlen(from)));
	out = buf_text(&buf);
	must(f, put(f, href, arena_cstr(f->work.arena, out)) == ERR_NONE);
}

static int64_t make_case(struct fixture *f, const char *json)
{
	work_step_end(&f->work);
	f->work.now = MONDAY_9;
	become(f, &ben);
	return make(f, CRM_CASE, json);
}

static void what_a_phone_cannot_say_stays_exact(void **state)
{
	struct fixture *f = *state;
	int64_t id = make_case(f, "{'subject':'P','priority':'Urgent','channel':'Chat'}");
	const char *href;

	change(f, CRM_CASE, id, with_id(f, "{'owner':%lld,'status':'Pending'}", ben.id));
	href = place(f, "/calendars/ben/cases/", CRM_CASE, id);
	save(f, href, "PRIORITY:1", "PRIORITY:2");
	save(f, href, "STATUS:IN-PROCESS", "STATUS:NEEDS-ACTION");
	assert_field(f, CRM_CASE, id, "status", "\"Pending\"");
	assert_field(f, CRM_CASE, id, "priority", "\"Urgent\"");
	assert_field(f, CRM_CASE, id, "channel", "\"Chat\"");
	save(f, href, "PRIORITY:1", "PRIORITY:9");
	assert_field(f, CRM_CASE, id, "priority", "\"Low\"");
}

static void opened_again_it_is_counted(void **state)
{
	struct fixture *f = *state;
	int64_t id = make_case(f, "{'subject':'P'}");
	const char *href;

	change(f, CRM_CASE, id, with_id(f, "{'owner':%lld}", ben.id));
	href = place(f, "/calendars/ben/cases/", CRM_CASE, id);
	save(f, href, "STATUS:NEEDS-ACTION", "STATUS:COMPLETED");
	assert_field(f, CRM_CASE, id, "status", "\"Closed\"");
	save(f, href, "STATUS:COMPLETED", "STATUS:IN-PROCESS");
	assert_field(f, CRM_CASE, id, "status", "\"Working\"");
	assert_field(f, CRM_CASE, id, "reopen_count", "1");
}

static void a_complaint_waits_for_its_cause(void **state)
{
	struct fixture *f = *state;
	int64_t id = make_case(f, "{'subject':'P','kind':'Complaint'}");

	change(f, CRM_CASE, id, with_id(f, "{'owner':%lld}", ben.id));
	save(f, place(f, "/calendars/ben/cases/", CRM_CASE, id), "STATUS:NEEDS-ACTION",
	        "STATUS:COMPLETED");
	assert_field(f, CRM_CASE, id, "status", "\"Resolved, to confirm\"");
	assert_int_equal(ask_number(f, &REQUESTS, id), 1);
	assert_non_null(strstr(body_of(f, place(f, "/calendars/ben/cases/", CRM_CASE, id)),
	        "STATUS:COMPLETED\r\n"));
}

static void a_lost_deal_is_asked_for_its_reason(void **state)
{
	struct fixture *f = *state;
	int64_t id;

	become(f, &ann);
	id = make(f, CRM_DEAL, "{'name':'Big one','amount':500000,'expected_close':'2027-03-01'}");
	save(f, place(f, "/calendars/ann/deals/", CRM_DEAL, id), "STATUS:DRAFT",
	        "STATUS:CANCELLED");
	assert_int_equal(ask_number(f, &REQUESTS, id), 1);
	assert_field(f, CRM_DEAL, id, "amount", "500000");
	assert_field(f, CRM_DEAL, id, "expected_close", "\"2027-03-01\"");
}

static void what_left_can_be_had_back(void **state)
{
	struct fixture *f = *state;
	const char *href;
	int64_t id;

	become(f, &ann);
	id = make(f, CRM_LEAD, "{'name':'Ada Byron','source':'Event','value':500}");
	href = place(f, "/addressbooks/ann/leads/", CRM_LEAD, id);
	work_step_end(&f->work);
	must(f, delete (f, href) == ERR_NONE);
	assert_null(body_of(f, href));
	become(f, &root);
	assert_field(f, CRM_LEAD, id, "value", "500");
	assert_field(f, CRM_LEAD, id, "owner", "");
	must(f, outcome(f, edit_crm_undo(&f->work, ask_number(f, &LAST_AUDIT, id), VIA_WEB,
	                           TEXT(""))) == ERR_NONE);
	become(f, &ann);
	assert_non_null(body_of(f, href));
}

#define EVENT_OF(inside) \
	"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//EN\r\nBEGIN:VEVENT\r\nUID:m\r\n" \
	"DTSTAMP:20270101T000000Z\r\nDTSTART:20270101T090000Z\r\nSUMMARY:Meeting\r\n" inside \
	"END:VEVENT\r\nEND:VCALENDAR\r\n"

static void events_are_found_by_whom_they_mention(void **state)
{
	static const struct {
		const char *body;
		int64_t found;
	} EVENTS[] = {
		{ EVENT_OF("ORGANIZER:mailto:ann@example.org\r\n"
		           "ATTENDEE;CN=Ada:mailto:ADA@example.com\r\n"),
		        1 },
		{ EVENT_OF("DESCRIPTION:Ring 030 / 1234-567 first\r\n"), 1 },
		{ EVENT_OF("LOCATION:+49 30 1234567\r\nATTENDEE:mailto:ada@example.com\r\n"), 2 },
		{ EVENT_OF("DESCRIPTION:Room 1234567 of 2027\r\n"), 0 },
		{ EVENT_OF(""), 0 },
	};
	struct fixture *f = *state;
	int64_t id;

	become(f, &ann);
	id = make(f, CRM_LEAD,
	        "{'name':'Ada','emails':['ada@example.com'],'phones':['+49 30 1234567']}");
	for (size_t i = 0; i < COUNT_OF(EVENTS); i++) {
		must(f, put(f, "/calendars/ann/calendar/m.ics", EVENTS[i].body) == ERR_NONE);
		assert_int_equal(ask_number(f, &MENTIONS, id), EVENTS[i].found);
		/* Plain events stay as they were sent. */
		assert_string_equal(body_of(f, "/calendars/ann/calendar/m.ics"), EVENTS[i].body);
	}
	must(f, delete (f, "/calendars/ann/calendar/m.ics") == ERR_NONE);
	assert_int_equal(ask_number(f, &MENTIONS, id), 0);
}

static int phone_setup(void **state)
{
	struct fixture *f;
	int failed = crm_setup(state);

	f = *state;
	f->settings.limits_min_year = 1900;
	f->settings.limits_max_year = 2100;
	f->settings.limits_attendees = 100;
	f->settings.limits_instances = 100;
	return failed;
}

#define PHONE(test) cmocka_unit_test_setup_teardown(test, phone_setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PHONE(what_a_phone_cannot_say_stays_exact),
		PHONE(opened_again_it_is_counted),
		PHONE(a_complaint_waits_for_its_cause),
		PHONE(a_lost_deal_is_asked_for_its_reason),
		PHONE(what_left_can_be_had_back),
		PHONE(events_are_found_by_whom_they_mention),
	};

	return RUN_GATES(tests);
}
