#include "../test.h"

#include "object/ical_time.h"

static struct arena *arena;

static int begin(void **state UNUSED)
{
	arena = arena_new();
	return 0;
}

static int end(void **state UNUSED)
{
	arena_free(&arena);
	return 0;
}

static int64_t at(const char *text)
{
	struct when when;

	assert_true(when_read(text_of(text), NULL, &when));
	return when.wall;
}

static void a_zone_goes_by_many_names(void **state UNUSED)
{
	const struct zone *berlin = zone_find(TEXT("Europe/Berlin"));

	assert_non_null(berlin);
	assert_ptr_equal(zone_find(TEXT("europe/BERLIN")), berlin);
	assert_ptr_equal(zone_find(TEXT("W. Europe Standard Time")), berlin);
	assert_ptr_equal(zone_find(TEXT("/freeassociation.sourceforge.net/Europe/Berlin")), berlin);
	assert_ptr_equal(zone_find(TEXT("/softwarestudio.org/Tzfile/Europe/Berlin")), berlin);
	assert_ptr_equal(zone_find(TEXT("UTC")), zone_utc());
	assert_ptr_equal(zone_find(TEXT("Etc/UTC")), zone_utc());
	assert_non_null(zone_find(TEXT("US/Eastern")));
	assert_non_null(zone_find(TEXT("America/Argentina/Buenos_Aires")));
}

static void names_are_never_paths(void **state UNUSED)
{
	assert_null(zone_find(TEXT("../../../etc/passwd")));
	assert_null(zone_find(TEXT("/etc/passwd")));
	assert_null(zone_find(TEXT("/../Europe")));
	assert_null(zone_find(TEXT("Europe")));
	assert_null(zone_find(TEXT("zone.tab")));
	assert_null(zone_find(TEXT("")));
	assert_null(zone_find(TEXT_NONE));
	assert_null(zone_find(TEXT("Bogus")));
}

static void every_windows_name_has_a_zone(void **state UNUSED)
{
#define ALIAS(alias, name) \
	if (!zone_find(TEXT(alias))) \
		fail_msg("%s has no zone %s", alias, name);
#include "object/zone_aliases.tbl.h"
#undef ALIAS
}

static void every_listed_zone_can_be_read(void **state UNUSED)
{
	size_t count;
	const struct text *names = zone_names(&count);

	assert_true(count > 400);
	for (size_t i = 0; i < count; i++)
		assert_non_null(zone_find(names[i]));
}

static void offsets_change_when_the_clocks_do(void **state UNUSED)
{
	const struct zone *berlin = zone_find(TEXT("Europe/Berlin"));
	const struct zone *sydney = zone_find(TEXT("Australia/Sydney"));

	assert_int_equal(zone_offset(berlin, at("20260329T005959")), 3600);
	assert_int_equal(zone_offset(berlin, at("20260329T010000")), 7200);
	assert_int_equal(zone_offset(berlin, at("20261025T010000")), 3600);
	assert_int_equal(zone_offset(berlin, at("19450601T120000")), 3 * 3600);
	assert_int_equal(zone_offset(berlin, at("20600701T120000")), 7200);
	assert_int_equal(zone_offset(berlin, at("21500701T120000")), 7200);
	assert_int_equal(zone_offset(berlin, at("99990101T120000")), 3600);
	assert_int_equal(zone_offset(sydney, at("20260101T000000")), 11 * 3600);
	assert_int_equal(zone_offset(sydney, at("20600701T000000")), 10 * 3600);
	assert_int_equal(zone_offset(zone_find(TEXT("Asia/Kolkata")), 0), 19800);
	assert_int_equal(zone_offset(zone_find(TEXT("Etc/GMT+9")), 0), -9 * 3600);
}

/* RFC 5545 3.3.5: a skipped time is read with the offset before the gap; of two, the first. */
static void skipped_and_doubled_times_are_read_as_before_the_change(void **state UNUSED)
{
	const struct zone *ny = zone_find(TEXT("America/New_York"));

	assert_true(zone_to_utc(ny, at("20070311T023000")) == at("20070311T073000"));
	assert_true(zone_to_utc(ny, at("20071104T013000")) == at("20071104T053000"));
	assert_true(zone_to_utc(ny, at("20071104T020000")) == at("20071104T070000"));
	assert_true(zone_to_utc(ny, at("20500701T120000")) == at("20500701T160000"));
	assert_true(zone_to_utc(ny, at("22000701T120000")) == at("22000701T160000"));
}

static void compare(const struct zone *a, const struct zone *b)
{
	for (int64_t t = at("19710101T000000"); t < at("20370101T000000"); t += 86400 * 9 + 1234)
		if (zone_offset(a, t) != zone_offset(b, t))
			fail_msg("%.*s differs at %.*s: %d, %d", TEXT_ARG(zone_name(a)),
			        TEXT_ARG(utc_write(arena, t)), zone_offset(a, t),
			        zone_offset(b, t));
}

static void a_written_vtimezone_reads_as_the_same_zone(void **state UNUSED)
{
	size_t count;
	const struct text *names = zone_names(&count);

	for (size_t i = 0; i < count; i++) {
		const struct zone *zone = zone_find(names[i]), *read;
		struct text tzid = arena_printf(arena, "X %.*s, copy", TEXT_ARG(names[i]));
		struct text inner = zone_vtimezone(arena, zone, tzid);
		struct err err = { 0 };

		inner = arena_printf(
		        arena, "BEGIN:VCALENDAR\r\n%.*sEND:VCALENDAR\r\n", TEXT_ARG(inner));
		if (!zone_from_calendar(arena, &err, inner, &read))
			fail_msg("%.*s: %s", TEXT_ARG(names[i]), err.detail);
		assert_true(text_eq(zone_name(read), tzid));
		compare(zone, read);
	}
}

static void todays_zones_are_written_with_rules(void **state UNUSED)
{
	struct text text = zone_vcalendar(arena, zone_find(TEXT("Europe/Berlin")));

	assert_true(text_find(text, TEXT("TZID:Europe/Berlin\r\n")) > 0);
	assert_true(text_find(text, TEXT("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n")) > 0);
	assert_true(text_find(text, TEXT("RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n")) > 0);
	assert_true(text.len < 2500);
}

#define TZ(inner) \
	"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VTIMEZONE\nTZID:Mine\nBEGIN:STANDARD\n" inner \
	"TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nBEGIN:DAYLIGHT\n" \
	"DTSTART:16010325T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\n" \
	"TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE\nEND:VCALENDAR\n"

static void an_unknown_vtimezone_is_taken_at_its_word(void **state UNUSED)
{
	const struct zone *zone;
	struct err err = { 0 };

	assert_true(zone_from_calendar(arena, &err,
	        TEXT(TZ("DTSTART:16011028T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n")),
	        &zone));
	assert_int_equal(zone_offset(zone, at("20260701T000000")), 7200);
	assert_int_equal(zone_offset(zone, at("20261201T000000")), 3600);
	compare(zone_find(TEXT("Europe/Berlin")), zone_find(TEXT("Europe/Berlin")));
}

static void refuse(struct text bytes)
{
	const struct zone *zone;
	struct err err = { 0 };

	assert_false(zone_from_calendar(arena, &err, bytes, &zone));
	assert_int_equal(err.id, ERR_VALID_CALENDAR_DATA);
}

static void zones_that_could_hold_a_thread_are_refused(void **state UNUSED)
{
	struct buf many;

	refuse(TEXT(TZ("DTSTART:16011028T030000\nRRULE:FREQ=SECONDLY\n")));
	refuse(TEXT(TZ("DTSTART:16011028T030000\nRRULE:FREQ=DAILY;COUNT=2\n")));
	refuse(TEXT(TZ("DTSTART:16011028T030000\nRRULE:FREQ=YEARLY;BYHOUR=x\n")));
	refuse(TEXT(TZ("")));
	refuse(TEXT("BEGIN:VCALENDAR\nEND:VCALENDAR\n"));
	refuse(TEXT("no calendar"));
	buf_init(&many, arena);
	buf_add(&many, TEXT("BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Many\n"));
	for (int i = 0; i < 2000; i++)
		buf_add(&many, TEXT("BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0200\n"
		                    "TZOFFSETTO:+0100\nRRULE:FREQ=YEARLY\nEND:STANDARD\n"));
	buf_add(&many, TEXT("END:VTIMEZONE\nEND:VCALENDAR\n"));
	refuse(buf_text(&many));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
		T(a_zone_goes_by_many_names),
		T(names_are_never_paths),
		T(every_windows_name_has_a_zone),
		T(every_listed_zone_can_be_read),
		T(offsets_change_when_the_clocks_do),
		T(skipped_and_doubled_times_are_read_as_before_the_change),
		T(a_written_vtimezone_reads_as_the_same_zone),
		T(todays_zones_are_written_with_rules),
		T(an_unknown_vtimezone_is_taken_at_its_word),
		T(zones_that_could_hold_a_thread_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
