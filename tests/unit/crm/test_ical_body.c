/* Calendar objects and values, one into the other. */
#include "bodies.h"

static struct ical *parse(struct fixture *f, struct text body)
{
	struct ical *ical;

	must(f, ical_parse(f->work.arena, &f->work.err, body, &ical));
	return ical;
}

/* Lines "A:b\n" as an object of that component. */
static struct text object(struct fixture *f, const char *component, const char *lines)
{
	struct buf out;

	buf_init(&out, f->work.arena);
	buf_printf(&out,
	        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//EN\r\nBEGIN:%s\r\nUID:u\r\n",
	        component);
	for (; *lines; lines++) {
		if (*lines == '\n')
			buf_char(&out, '\r');
		buf_char(&out, *lines);
	}
	buf_printf(&out, "END:%s\r\nEND:VCALENDAR\r\n", component);
	return buf_text(&out);
}

static json_t *read_body(struct fixture *f, enum crm_noun noun, struct text body)
{
	json_t *values = crm_json_own(f->work.arena, json_object());

	must(f, crm_ical_read(&f->work, parse(f, body), noun, values));
	return values;
}

static struct text write_over(
        struct fixture *f, enum crm_noun noun, struct text old, const char *before, const char *now)
{
	struct crm_writing writing = { .noun = noun,
		.old = parse(f, old),
		.before = before ? values_of(f, before) : read_body(f, noun, old),
		.now = values_of(f, now),
		.at = NOW };
	struct text body;

	must(f, crm_ical_write(&f->work, &writing, &body));
	return body;
}

static struct text write_new(struct fixture *f, enum crm_noun noun, const char *now)
{
	struct crm_writing writing = {
		.noun = noun, .now = values_of(f, now), .uid = TEXT("u"), .at = NOW
	};
	struct text body;

	must(f, crm_ical_write(&f->work, &writing, &body));
	return body;
}

static bool says(struct text body, const char *line)
{
	return text_find(body, text_of(line)) >= 0;
}

static void a_case_is_a_task_with_number_and_account(void **state)
{
	struct fixture *f = *state;
	struct text body;

	make_item(f, 11, CRM_ACCOUNT, "acme", "Acme");
	make_item(f, 12, CRM_CONTACT, "karl", "Karl Kunde");
	body = write_new(f, CRM_CASE,
	        "{'subject':'Printer "
	        "down','number':1042,'account':11,'contact':12,'status':'Pending',"
	        "'priority':'High','kind':'Incident','tags':['Drucker'],'due':1800003600,"
	        "'description':'Rauch'}");
	assert_body(body,
	        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kontor//EN\r\nBEGIN:VTODO\r\nUID:u\r\n"
	        "DTSTAMP:20270115T080000Z\r\nCREATED:20270115T080000Z\r\n"
	        "LAST-MODIFIED:20270115T080000Z\r\n"
	        "SUMMARY:[#1042] Printer down - Acme\r\nX-KONTOR-ACCOUNT:Acme\r\n"
	        "DUE:20270115T090000Z\r\nPRIORITY:3\r\nSTATUS:IN-PROCESS\r\nDESCRIPTION:Rauch\r\n"
	        "RELATED-TO:acme\r\nCONTACT:Karl Kunde\r\nCATEGORIES:Incident,Waiting,Drucker\r\n"
	        "END:VTODO\r\nEND:VCALENDAR\r\n");
	assert_values(f, read_body(f, CRM_CASE, body),
	        "{'subject':'Printer down','account':11,'status':'Working','priority':'High',"
	        "'kind':'Incident','tags':['Drucker'],'due':1800003600,'description':'Rauch'}");
}

static void a_case_that_is_done_says_so_three_times(void **state)
{
	struct fixture *f = *state;
	struct text open = object(f, "VTODO", "SUMMARY:[#7] A\nSTATUS:NEEDS-ACTION\n"), done;

	done = write_over(f, CRM_CASE, open, "{'subject':'A','number':7,'status':'New'}",
	        "{'subject':'A','number':7,'status':'Closed','closed_at':1800000000}");
	assert_true(says(done, "\r\nSTATUS:COMPLETED\r\n"));
	assert_true(says(done, "\r\nCOMPLETED:20270115T080000Z\r\n"));
	assert_true(says(done, "\r\nPERCENT-COMPLETE:100\r\n"));
	done = write_over(f, CRM_CASE, done,
	        "{'subject':'A','number':7,'status':'Closed','closed_at':1800000000}",
	        "{'subject':'A','number':7,'status':'Assigned'}");
	assert_true(says(done, "\r\nSTATUS:NEEDS-ACTION\r\n"));
	assert_false(says(done, "COMPLETED:"));
	assert_false(says(done, "PERCENT-COMPLETE"));
}

static void writing_what_was_read_changes_nothing(void **state)
{
	static const struct {
		enum crm_noun noun;
		const char *component, *lines;
	} BODIES[] = {
		{ CRM_TASK, "VTODO",
		        "SUMMARY:Call\nDUE;VALUE=DATE:20270301\nPRIORITY:2\nX-APPLE-SORT-ORDER:5\n"
		        "RELATED-TO;RELTYPE=PARENT:acme\nBEGIN:VALARM\nACTION:DISPLAY\n"
		        "TRIGGER:-PT5M\nEND:VALARM\n" },
		{ CRM_CASE, "VTODO",
		        "SUMMARY:[#7] A\nSTATUS:COMPLETED\nCATEGORIES:Incident,Waiting\n" },
		{ CRM_DEAL, "VJOURNAL", "SUMMARY:Deal\nSTATUS:DRAFT\nRELATED-TO:acme\n" },
		{ CRM_NOTE, "VJOURNAL",
		        "DTSTART;VALUE=DATE:20270301\nSUMMARY:N\nCATEGORIES:Call\n" },
		{ CRM_MEETING, "VEVENT",
		        "SUMMARY:M\nDTSTART;TZID=Europe/Berlin:20270301T100000\nDURATION:PT1H\n"
		        "LOCATION:Bonn\nCATEGORIES:Visit\n" },
	};
	struct fixture *f = *state;

	make_item(f, 11, CRM_ACCOUNT, "acme", "Acme");
	for (size_t i = 0; i < COUNT_OF(BODIES); i++) {
		struct text body = object(f, BODIES[i].component, BODIES[i].lines), after;
		json_t *values = read_body(f, BODIES[i].noun, body);
		char *same = arena_cstr(f->work.arena, crm_json_write(f->work.arena, values));

		after = write_over(f, BODIES[i].noun, body, same, same);
		assert_true(after.ptr == body.ptr || text_eq(after, body));
	}
}

static void tasks_and_meetings_are_read_as_clients_write_them(void **state)
{
	struct fixture *f = *state;

	make_item(f, 11, CRM_DEAL, "deal", "Big one");
	assert_values(f,
	        read_body(f, CRM_TASK,
	                object(f, "VTODO",
	                        "SUMMARY:Call\nDUE;VALUE=DATE:20270301\nPRIORITY:4\n"
	                        "RELATED-TO:unknown\nRELATED-TO;RELTYPE=PARENT:deal\n"
	                        "COMPLETED:20270115T080000Z\n")),
	        "{'subject':'Call','due':1803855600,'due_date':true,'priority':'High',"
	        "'status':'Done','parent':11,'closed_at':1800000000}");
	assert_values(f,
	        read_body(f, CRM_MEETING,
	                object(f, "VEVENT",
	                        "SUMMARY:M\nDTSTART;TZID=Europe/Berlin:20270301T100000\n"
	                        "DURATION:PT1H\nCATEGORIES:Call\nRELATED-TO:deal\n")),
	        "{'subject':'M','start':1803891600,'end':1803895200,'category':'Call','parent':"
	        "11}");
	assert_values(f,
	        read_body(f, CRM_MEETING,
	                object(f, "VEVENT", "SUMMARY:M\nDTSTART;VALUE=DATE:20270301\n")),
	        "{'subject':'M','start':1803855600,'end':1803942000,'all_day':true}");
}

static void a_deal_shows_where_it_stands(void **state)
{
	struct fixture *f = *state;
	struct text body;

	make_row(f, 801, CRM_STAGE, "{\"name\":\"Proposal\",\"type\":\"open\"}");
	make_row(f, 802, CRM_STAGE, "{\"name\":\"Won\",\"type\":\"won\"}");
	body = write_new(f, CRM_DEAL, "{'name':'Big one','stage':801,'amount':100}");
	assert_true(says(body, "\r\nSTATUS:DRAFT\r\nX-KONTOR-STAGE:Proposal\r\n"));
	assert_false(says(body, "100"));
	body = write_over(f, CRM_DEAL, body, "{'name':'Big one','stage':801}",
	        "{'name':'Big one','stage':802}");
	assert_true(says(body, "\r\nSTATUS:FINAL\r\nX-KONTOR-STAGE:Won\r\n"));
}

static void a_due_before_the_start_takes_the_start_away(void **state)
{
	struct fixture *f = *state;
	struct text body = object(f, "VTODO",
	        "SUMMARY:A\nDTSTART:20270201T080000Z\nDUE:20270201T090000Z\nSTATUS:NEEDS-ACTION\n");

	body = write_over(
	        f, CRM_CASE, body, NULL, "{'subject':'A','status':'New','due':1800000000}");
	assert_true(says(body, "\r\nDUE:20270115T080000Z\r\n"));
	assert_false(says(body, "DTSTART"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BODIES(a_case_is_a_task_with_number_and_account),
		BODIES(a_case_that_is_done_says_so_three_times),
		BODIES(writing_what_was_read_changes_nothing),
		BODIES(tasks_and_meetings_are_read_as_clients_write_them),
		BODIES(a_deal_shows_where_it_stands),
		BODIES(a_due_before_the_start_takes_the_start_away),
	};

	if (!ical_setup())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
