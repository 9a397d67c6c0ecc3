/* jCal (RFC 7265): there and back again. */
#include "../test.h"

#include "object/jcal.h"

static const char EVENT[] =
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VEVENT\r\nUID:a-1\r\n"
        "DTSTAMP:20261101T000000Z\r\nDTSTART;TZID=Europe/Berlin:20261124T090000\r\n"
        "DURATION:PT1H\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU;COUNT=5\r\n"
        "RDATE;VALUE=PERIOD:20261203T100000Z/PT2H,20261204T100000Z/20261204T113000Z\r\n"
        "EXDATE;VALUE=DATE:20261201,20261202\r\nSUMMARY:Tee\\, Kuchen\\nund mehr\r\n"
        "GEO:53.5;9.9\r\nCATEGORIES:A,B\r\n"
        "ATTENDEE;CN=\"Ahlers, Ann\";PARTSTAT=ACCEPTED:mailto:ann@example.com\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n";

static void an_event_goes_to_jcal_and_back(void **state)
{
	struct arena *arena = arena_new();
	struct err err = { 0 };
	struct ical *ical;
	struct text json, body;

	(void)state;
	assert_true(ical_parse(arena, &err, text_of(EVENT), &ical));
	json = jcal_write(arena, ical);
	assert_true(text_find(json, TEXT("[\"dtstart\",{\"tzid\":\"Europe/Berlin\"},\"date-time\","
	                                 "\"2026-11-24T09:00:00\"]")) > 0);
	assert_true(text_find(json, TEXT("\"byday\":[\"MO\",\"TU\"]")) > 0);
	assert_true(text_find(json, TEXT("[\"geo\",{},\"float\",[53.5,9.9")) > 0);
	assert_true(
	        text_find(json, TEXT("[\"rdate\",{},\"period\",[\"2026-12-03T10:00:00Z\",\"PT2H\"],"
	                             "[\"2026-12-04T10:00:00Z\",\"2026-12-04T11:30:00Z\"]]")) > 0);
	assert_true(jcal_read(arena, &err, json, &body));
	assert_true(text_find(body, TEXT("RDATE;VALUE=PERIOD:20261203T100000Z/PT2H,20261204T100000Z"
	                                 "/20261204T113000Z\r\n")) > 0);
	assert_true(text_find(body, TEXT("SUMMARY:Tee\\, Kuchen\\nund mehr\r\n")) > 0);
	assert_true(text_find(body, TEXT("RRULE:FREQ=WEEKLY;BYDAY=MO,TU;COUNT=5\r\n")) > 0);
	assert_true(text_find(body, TEXT("EXDATE;VALUE=DATE:20261201,20261202\r\n")) > 0);
	assert_true(text_find(body, TEXT("CN=\"Ahlers, Ann\"")) > 0);
	assert_true(text_find(body, TEXT("CATEGORIES:A,B\r\n")) > 0);
	arena_free(&arena);
}

static void what_is_no_jcal_is_refused(void **state)
{
	static const char *const bad[] = { "", "[]", "{}", "[\"vcalendar\"]",
		"[\"vcalendar\",[],[],[]]", "[\"vevent\",[],[]]", "[\"vcalendar\",[[\"a\"]],[]]",
		"[\"vcalendar\",[[\"a b\",{},\"text\",\"x\"]],[]]",
		"[\"vcalendar\",[[\"a\",{},\"uri\",\"x\\ny:z\"]],[]]",
		"[\"vcalendar\",[[\"a\",{},\"period\",\"2026-12-03T10:00:00Z\"]],[]]",
		"[\"vcalendar\",[[\"a\",{},\"period\",[\"2026-12-03T10:00:00Z\",1]]],[]]",
		"[\"vcalendar\",[[\"a\",{},\"period\",[\"2026\\n\",\"PT1H\"]]],[]]",
		"[\"vcalendar\",[[\"a\",{\"b\":1},\"text\",\"x\"]],[]]" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct arena *arena = arena_new();
		struct err err = { 0 };
		struct text body;

		assert_false(jcal_read(arena, &err, text_of(bad[i]), &body));
		assert_int_equal(err.id, ERR_VALID_CALENDAR_DATA);
		arena_free(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_goes_to_jcal_and_back),
		cmocka_unit_test(what_is_no_jcal_is_refused),
	};

	assert(ical_setup());
	return cmocka_run_group_tests(tests, NULL, NULL);
}
