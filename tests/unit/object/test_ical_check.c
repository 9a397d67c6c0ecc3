#include "cal.h"

#include "object/ical_check.h"

static struct ical_limits limits(void)
{
	return (struct ical_limits){ .max_instances = 1000,
		.max_attendees = 2,
		.min_time = at("19000101T000000"),
		.max_time = at("21000101T000000") };
}

static void check(struct ical *ical, enum err_id want)
{
	struct ical_limits l = limits();
	struct err err = { 0 };
	bool good = ical_check(&err, ical, &l);

	if (err.id != want)
		fail_msg("%s (%s) instead of %s", err.id ? err_row(err.id)->words : "taken",
		        err.detail, want ? err_row(want)->words : "taken");
	assert_int_equal(good, want == ERR_NONE);
}

#define GOOD(inner)    check(PARSE(inner), ERR_NONE)
#define BAD(id, inner) check(PARSE(inner), ERR_##id)
#define NOON           "DTSTART:20260601T120000Z\r\n"

static void what_careless_clients_send_is_taken(void **state UNUSED)
{
	GOOD(EVENT(NOON));
	GOOD(EVENT(NOON "DTEND;VALUE=DATE:20200101\r\n"));
	GOOD(EVENT("DTSTART;VALUE=DATE:20260601\r\nDTEND:20260602T120000Z\r\nDURATION-X:1\r\n"));
	GOOD(EVENT("DTSTART;VALUE=DATE:20260601\r\nDURATION:P1DT\r\nCREATED:   5T2\r\n"));
	GOOD(EVENT(
	        NOON "X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-A=ab\\://c;X-T=\"1\\n\":geo:1\r\n"));
	GOOD(EVENT(NOON "REQUEST-STATUS:2.0\r\nURL:http://a/\\,b\r\nX-T:\\q\r\n"));
	GOOD(EVENT(NOON "BEGIN:VALARM\r\nX-WR-ALARMUID:1\r\nACTION:NONE\r\nTRIGGER;VALUE=DATE-TIME:"
	                "19760401T005545Z\r\nEND:VALARM\r\n"));
	GOOD("BEGIN:VEVENT\r\nUID:a\r\n" NOON "END:VEVENT\r\n");
	GOOD(TASK("SUMMARY:x\r\n"));
	GOOD(TASK("RRULE:FREQ=DAILY\r\nDUE;VALUE=DATE:20260101\r\n"));
	GOOD(EVENT("RECURRENCE-ID:20260602T120000Z\r\n" NOON) EVENT(NOON "RRULE:FREQ=DAILY\r\n"));
	GOOD(EVENT(NOON "RRULE:FREQ=WEEKLY\r\n")
	                EVENT("RECURRENCE-ID:20260602T120000Z\r\n" NOON "RRULE:FREQ=DAILY\r\n"));
	GOOD(EVENT(NOON "RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20260601T130000Z;\r\n"));
	GOOD("X-WR-CALNAME:x\r\nBEGIN:X-THING\r\nEND:X-THING\r\n" EVENT(NOON));
}

static void zones_are_known_or_defined(void **state UNUSED)
{
#define MINE(offset) \
	"BEGIN:VTIMEZONE\r\nTZID:Mine\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n" \
	"TZOFFSETFROM:+0100\r\nTZOFFSETTO:" offset "\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
	GOOD(EVENT("DTSTART;TZID=Europe/Berlin:20260601T120000\r\n"));
	GOOD(EVENT("DTSTART;TZID=Eastern Standard Time:20260601T120000\r\n"));
	GOOD(MINE("+0100") EVENT("DTSTART;TZID=Mine:20260601T120000\r\n"));
	BAD(VALID_CALENDAR_DATA, MINE("1") EVENT("DTSTART;TZID=Mine:20260601T120000\r\n"));
	BAD(VALID_TIMEZONE, EVENT("DTSTART;TZID=Bogus:20260601T120000\r\n"));
	BAD(VALID_TIMEZONE, EVENT(NOON "EXDATE;TZID=Bogus:20260601T120000\r\n"));
}

static void what_has_no_meaning_is_refused(void **state UNUSED)
{
	BAD(VALID_CALENDAR_DATA, EVENT("SUMMARY:x\r\n"));
	BAD(VALID_CALENDAR_DATA, "BEGIN:VEVENT\r\n" NOON "END:VEVENT\r\n");
	BAD(VALID_CALENDAR_DATA, "BEGIN:VEVENT\r\nUID:\r\n" NOON "END:VEVENT\r\n");
	BAD(VALID_CALENDAR_DATA, EVENT("DTSTART:20260631T120000Z\r\n"));
	BAD(VALID_CALENDAR_DATA, EVENT("DTSTART:2026\r\n"));
	BAD(VALID_CALENDAR_DATA, EVENT(NOON NOON));
	BAD(VALID_CALENDAR_DATA, EVENT(NOON "DTEND:x\r\n"));
	BAD(VALID_CALENDAR_DATA, EVENT(NOON "DURATION:1H\r\n"));
	BAD(VALID_CALENDAR_DATA, EVENT(NOON "DURATION:PT1H\r\nDTEND:20260602T120000Z\r\n"));
	BAD(VALID_CALENDAR_DATA, EVENT(NOON "RDATE:x\r\n"));
	BAD(VALID_CALENDAR_DATA, EVENT(NOON "EXDATE:20260101,\r\n"));
	BAD(VALID_CALENDAR_DATA, EVENT(NOON "DESCRIPTION:Bad \\\"escape\\\"\r\n"));
	BAD(VALID_CALENDAR_DATA, EVENT(NOON "DESCRIPTION:at the end\\\r\n"));
	BAD(VALID_CALENDAR_DATA, EVENT(NOON "BEGIN:VALARM\r\nTRIGGER:soon\r\nEND:VALARM\r\n"));
	BAD(VALID_CALENDAR_DATA, TASK("DURATION:PT1H\r\n"));
	BAD(VALID_CALENDAR_DATA, "CALSCALE:JULIAN\r\n" EVENT(NOON));
	check(parse_text(TEXT("BEGIN:VCALENDAR\nEND:VCALENDAR\n")), ERR_VALID_CALENDAR_DATA);
	check(parse_text(TEXT("BEGIN:VCALENDAR\nVERSION:1.0\n" EVENT(NOON) "END:VCALENDAR\n")),
	        ERR_SUPPORTED_CALENDAR_DATA);
}

/* RFC 4791 4.1 */
static void an_object_is_one_thing_without_method(void **state UNUSED)
{
	BAD(VALID_CALENDAR_OBJECT, "METHOD:PUBLISH\r\n" EVENT(NOON));
	BAD(VALID_CALENDAR_OBJECT, "");
	BAD(VALID_CALENDAR_OBJECT, EVENT(NOON) TASK(""));
	BAD(VALID_CALENDAR_OBJECT, EVENT(NOON) EVENT(NOON));
	BAD(VALID_CALENDAR_OBJECT,
	        EVENT(NOON) "BEGIN:VEVENT\r\nUID:b\r\nRECURRENCE-ID:20260601T120000Z\r\n" NOON
	                    "END:VEVENT\r\n");
	BAD(VALID_CALENDAR_OBJECT,
	        EVENT(NOON "RRULE:FREQ=DAILY\r\n") EVENT("RECURRENCE-ID:20260602T120000Z\r\n" NOON)
	                EVENT("RECURRENCE-ID;TZID=Europe/Berlin:20260602T140000\r\n" NOON));
	BAD(VALID_CALENDAR_OBJECT, EVENT(NOON) EVENT("RECURRENCE-ID:20260602T120000Z\r\n" NOON));
	BAD(SUPPORTED_CALENDAR_COMPONENT, "BEGIN:VPOLL\r\nUID:a\r\nEND:VPOLL\r\n");
}

static void a_calendar_takes_only_its_kinds(void **state UNUSED)
{
	struct ical_limits l = { .kinds = ICAL_VTODO };
	struct err err = { 0 };

	assert_true(ical_check(&err, PARSE(TASK("")), &l));
	assert_false(ical_check(&err, PARSE(EVENT(NOON)), &l));
	assert_int_equal(err.id, ERR_SUPPORTED_CALENDAR_COMPONENT);
}

static void recurrence_bombs_are_refused(void **state UNUSED)
{
	BAD(MAX_INSTANCES, EVENT(NOON "RRULE:FREQ=SECONDLY\r\n"));
	BAD(MAX_INSTANCES, EVENT(NOON "RRULE:FREQ=MINUTELY;BYHOUR=1\r\n"));
	BAD(MAX_INSTANCES, EVENT(NOON "RRULE:FREQ=DAILY;COUNT=1000000000\r\n"));
	BAD(MAX_INSTANCES, EVENT(NOON "RRULE:FREQ=DAILY;UNTIL=20990101T000000Z\r\n"));
	BAD(MAX_INSTANCES, EVENT(NOON "RRULE:FREQ=SECONDLY;UNTIL=20260602T120000Z\r\n"));
	BAD(VALID_CALENDAR_DATA, EVENT(NOON "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n"));
	BAD(VALID_CALENDAR_DATA, EVENT(NOON "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\n"));
	BAD(VALID_CALENDAR_DATA, EVENT("DTSTART:20250101T000000Z\r\n"
	                               "RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29\r\n"));
	BAD(VALID_CALENDAR_DATA, EVENT("DTSTART:20260101T000001Z\r\n"
	                               "RRULE:FREQ=SECONDLY;INTERVAL=2;BYSECOND=0\r\n"));
	BAD(VALID_CALENDAR_DATA, EVENT("DTSTART;VALUE=DATE:20260601\r\nRRULE:FREQ=HOURLY\r\n"));
	BAD(SUPPORTED_RSCALE, EVENT(NOON "RRULE:RSCALE=BOGUS;FREQ=DAILY\r\n"));
#define FIVE \
	"RRULE:FREQ=DAILY\r\nRRULE:FREQ=DAILY\r\nRRULE:FREQ=DAILY\r\nRRULE:FREQ=DAILY\r\n" \
	"RRULE:FREQ=DAILY\r\n"
#define TWENTY FIVE FIVE FIVE FIVE
	BAD(MAX_INSTANCES, EVENT(NOON TWENTY TWENTY TWENTY));
	GOOD(EVENT(NOON "RRULE:FREQ=DAILY\r\n"));
	GOOD(EVENT(NOON "RRULE:FREQ=MINUTELY;INTERVAL=1440\r\n"));
	GOOD(EVENT(NOON "RRULE:FREQ=DAILY;COUNT=1000\r\n"));
}

static void limits_are_kept(void **state UNUSED)
{
	struct ical_limits l = { .max_size = 10 };
	struct err err = { 0 };

	BAD(MIN_DATE_TIME, EVENT("DTSTART:18991231T120000Z\r\n"));
	BAD(MAX_DATE_TIME, EVENT("DTSTART:21000101T000000Z\r\n"));
	BAD(MAX_DATE_TIME, EVENT(NOON "DTEND:99991231T235959Z\r\n"));
	BAD(MAX_DATE_TIME, EVENT(NOON "RDATE:21010101T000000Z\r\n"));
	GOOD(EVENT("DTSTART;VALUE=DATE:20991231\r\nDTEND;VALUE=DATE:21000101\r\n"));
	BAD(MAX_ATTENDEES, EVENT(NOON "ATTENDEE:a:1\r\nATTENDEE:a:2\r\nATTENDEE:a:3\r\n"));
	GOOD(EVENT(NOON "ATTENDEE:a:1\r\nATTENDEE:a:2\r\n"));
	assert_true(ical_check_size(&err, TEXT("0123456789"), &l));
	assert_false(ical_check_size(&err, TEXT("01234567890"), &l));
	assert_int_equal(err.id, ERR_CAL_MAX_RESOURCE_SIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(what_careless_clients_send_is_taken),
		T(zones_are_known_or_defined),
		T(what_has_no_meaning_is_refused),
		T(an_object_is_one_thing_without_method),
		T(a_calendar_takes_only_its_kinds),
		T(recurrence_bombs_are_refused),
		T(limits_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
