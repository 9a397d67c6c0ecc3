#include "cal.h"

#include "object/ical_facts.h"

static struct ical_window window(const char *from, const char *to)
{
	return (struct ical_window){ .range = { at(from), at(to) } };
}

#define FOUND(inner, from, to, want) \
	do { \
		struct ical_window w = window(from, to); \
		assert_text(instances(PARSE(inner), &w), want); \
	} while (0)

static void a_single_event_is_one_instance(void **state UNUSED)
{
	FOUND(EVENT("DTSTART:20260301T100000Z\r\nDTEND:20260301T110000Z\r\n"), "20260301T000000",
	        "20260302T000000", "20260301T1000/20260301T1100");
	FOUND(EVENT("DTSTART:20260301T100000Z\r\nDTEND:20260301T110000Z\r\n"), "20260301T110000",
	        "20260302T000000", "");
	FOUND(EVENT("DTSTART:20260301T100000Z\r\n"), "20260301T100000", "20260301T100001",
	        "20260301T1000/20260301T1000");
	FOUND(EVENT("DTSTART;VALUE=DATE:20260301\r\n"), "20260301T230000", "20260302T000000",
	        "20260301T0000/20260302T0000");
	FOUND(EVENT("DTSTART;TZID=Europe/Berlin:20260301T100000\r\nDURATION:PT30M\r\n"),
	        "20260301T000000", "20260302T000000", "20260301T0900/20260301T0930");
}

static void dates_and_floating_times_lie_in_the_zone_of_whoever_looks(void **state UNUSED)
{
	struct ical_window w = window("20260301T000000", "20260310T000000");

	w.floating = zone_find(TEXT("America/New_York"));
	assert_text(instances(PARSE(EVENT("DTSTART;VALUE=DATE:20260301\r\n")), &w),
	        "20260301T0500/20260302T0500");
	assert_text(instances(PARSE(EVENT("DTSTART:20260301T100000\r\nDURATION:PT1H\r\n")), &w),
	        "20260301T1500/20260301T1600");
}

static void a_series_keeps_its_wall_time_and_its_length(void **state UNUSED)
{
	FOUND(EVENT("DTSTART;TZID=Europe/Berlin:20260327T230000\r\n"
	            "DTEND;TZID=Europe/Berlin:20260328T030000\r\nRRULE:FREQ=DAILY;COUNT=3\r\n"),
	        "20260301T000000", "20260401T000000",
	        "20260327T2200/20260328T0200 20260328T2200/20260329T0200 "
	        "20260329T2100/20260330T0100");
	FOUND(EVENT("DTSTART;TZID=Europe/Berlin:20260327T230000\r\nDURATION:P1D\r\n"
	            "RRULE:FREQ=DAILY;COUNT=2\r\n"),
	        "20260301T000000", "20260401T000000",
	        "20260327T2200/20260328T2200 20260328T2200/20260329T2100");
}

static void only_what_overlaps_is_given(void **state UNUSED)
{
	FOUND(EVENT("DTSTART:20200101T120000Z\r\nDTEND:20200103T120000Z\r\nRRULE:FREQ=DAILY\r\n"),
	        "20260601T130000", "20260601T140000",
	        "20260531T1200/20260602T1200 20260601T1200/20260603T1200");
	FOUND(EVENT("DTSTART:20200101T120000Z\r\nRRULE:FREQ=DAILY\r\n"), "19990101T000000",
	        "20200102T120000", "20200101T1200/20200101T1200");
}

static void exdates_and_rdates_count(void **state UNUSED)
{
	FOUND(EVENT("DTSTART;TZID=Europe/Berlin:20260601T100000\r\nDURATION:PT1H\r\n"
	            "RRULE:FREQ=DAILY;COUNT=4\r\nEXDATE:20260602T080000Z\r\n"
	            "EXDATE;VALUE=DATE:20260603\r\nRDATE;TZID=Europe/Berlin:20260520T100000,"
	            "20260601T100000\r\nRDATE;VALUE=PERIOD:20260521T080000Z/PT3H\r\n"),
	        "20260501T000000", "20260701T000000",
	        "20260520T0800/20260520T0900 20260521T0800/20260521T1100 "
	        "20260601T0800/20260601T0900 20260604T0800/20260604T0900");
	FOUND(EVENT("DTSTART;VALUE=DATE:20260601\r\nRRULE:FREQ=DAILY;COUNT=3\r\n"
	            "EXDATE:20260602T000000\r\nEXRULE:FREQ=DAILY;INTERVAL=2;COUNT=1\r\n"),
	        "20260501T000000", "20260701T000000", "20260603T0000/20260604T0000");
}

#define SERIES \
	EVENT("DTSTART:20260601T100000Z\r\nDTEND:20260601T110000Z\r\nRRULE:FREQ=DAILY;COUNT=" \
	      "5\r\n")

static void an_override_counts_where_it_is_and_not_where_it_was(void **state UNUSED)
{
#define MOVED \
	SERIES EVENT("RECURRENCE-ID:20260602T100000Z\r\nDTSTART:20260701T100000Z\r\n" \
	             "DURATION:PT2H\r\n")
	FOUND(MOVED, "20260602T000000", "20260603T000000", "");
	FOUND(MOVED, "20260701T000000", "20260702T000000", "20260701T1000/20260701T1200");
	FOUND(MOVED, "20260601T000000", "20260801T000000",
	        "20260601T1000/20260601T1100 20260603T1000/20260603T1100 "
	        "20260604T1000/20260604T1100 20260605T1000/20260605T1100 "
	        "20260701T1000/20260701T1200");
}

static void an_override_may_stand_alone_and_may_name_its_instance_in_another_zone(
        void **state UNUSED)
{
	FOUND(EVENT("RECURRENCE-ID:20260602T100000Z\r\nDTSTART:20260602T120000Z\r\n"),
	        "20260602T000000", "20260603T000000", "20260602T1200/20260602T1200");
	FOUND(EVENT("DTSTART;TZID=Europe/Berlin:20260601T100000\r\nRRULE:FREQ=DAILY;COUNT=2\r\n")
	                EVENT("RECURRENCE-ID:20260602T080000Z\r\nDTSTART:20260602T090000Z\r\n"),
	        "20260601T000000", "20260701T000000",
	        "20260601T0800/20260601T0800 20260602T0900/20260602T0900");
}

static void this_and_future_moves_what_follows(void **state UNUSED)
{
	FOUND(SERIES EVENT("RECURRENCE-ID;RANGE=THISANDFUTURE:20260603T100000Z\r\n"
	                   "DTSTART:20260603T140000Z\r\nDURATION:PT30M\r\n")
	                EVENT("RECURRENCE-ID:20260605T100000Z\r\nDTSTART:20260605T200000Z\r\n"),
	        "20260601T000000", "20260701T000000",
	        "20260601T1000/20260601T1100 20260602T1000/20260602T1100 "
	        "20260603T1400/20260603T1430 20260604T1400/20260604T1430 "
	        "20260605T2000/20260605T2000");
}

static void expansion_is_bounded(void **state UNUSED)
{
	struct ical_window w = { .range = { at("20260101T000000"), ICAL_EVER }, .max = 2 };
	struct ical *ical = PARSE(EVENT("DTSTART:20200101T120000Z\r\nRRULE:FREQ=YEARLY\r\n"));

	assert_text(
	        instances(ical, &w), "20260101T1200/20260101T1200 20270101T1200/20270101T1200...");
	w.range.start = ICAL_NEVER;
	assert_text(
	        instances(ical, &w), "20200101T1200/20200101T1200 20210101T1200/20210101T1200...");
	w = (struct ical_window){ .range = { at("20260101T000000"), at("20260102T000000") } };
	ical = PARSE(EVENT("DTSTART:20200101T120000Z\r\nRRULE:FREQ=SECONDLY\r\n"));
	assert_true(text_ends(instances(ical, &w), TEXT("...")));
	w.range.end = at("20260101T000002");
	assert_text(instances(ical, &w), "20260101T0000/20260101T0000 20260101T0000/20260101T0000");
	w.deadline = 1;
	w.range.end = at("20270101T000000");
	assert_true(text_ends(instances(ical, &w), TEXT("...")));
}

static void a_rule_that_yields_nothing_ends(void **state UNUSED)
{
	FOUND(EVENT("DTSTART:20260101T000001Z\r\nRRULE:FREQ=SECONDLY;INTERVAL=2;BYSECOND=0\r\n"),
	        "20270101T000000", "20280101T000000", "");
}

static void todos_have_instances_by_start_or_due(void **state UNUSED)
{
	FOUND(TASK("DUE:20260301T100000Z\r\nRRULE:FREQ=DAILY;COUNT=2\r\n"), "20260301T000000",
	        "20260401T000000", "20260301T1000/20260301T1000 20260302T1000/20260302T1000");
	FOUND(TASK("DTSTART:20260301T100000Z\r\nDUE:20260301T120000Z\r\n"), "20260301T000000",
	        "20260401T000000", "20260301T1000/20260301T1200");
	FOUND(TASK("SUMMARY:timeless\r\n"), "20260301T000000", "20260401T000000", "");
}

static void other_calendars_recur(void **state UNUSED)
{
	FOUND(EVENT("DTSTART;VALUE=DATE:20160308\r\n"
	            "RRULE:RSCALE=CHINESE;FREQ=MONTHLY;BYMONTHDAY=30;SKIP=FORWARD\r\n"),
	        "20160401T000000", "20160601T000000",
	        "20160407T0000/20160408T0000 20160506T0000/20160507T0000");
}

/* ---- facts ---- */

static struct ical_facts facts_of(struct ical *ical)
{
	struct ical_facts facts;

	ical_facts(arena, ical, &facts);
	return facts;
}

static void facts_say_what_is_worth_indexing(void **state UNUSED)
{
	struct ical_facts f = facts_of(PARSE(EVENT(
	        "DTSTART;TZID=Europe/Berlin:20260601T100000\r\nDTEND;TZID=Europe/"
	        "Berlin:20260601T110000\r\n"
	        "SUMMARY:Tee\\, Kuchen\r\nLOCATION:Haus\r\nSTATUS:Tentative\r\nPRIORITY:3\r\n"
	        "CATEGORIES:A,B\\,C\r\nORGANIZER;CN=Ann:MAILTO:Ann@Example.com\r\n"
	        "ATTENDEE;PARTSTAT=accepted:mailto:bob@example.com\r\nSEQUENCE:2\r\n"
	        "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT10M\r\nREPEAT:2\r\nDURATION:PT15M\r\n"
	        "END:VALARM\r\n")));

	assert_int_equal(f.kind, ICAL_VEVENT);
	assert_text(f.uid, "a");
	assert_text(f.summary, "Tee, Kuchen");
	assert_text(f.status, "TENTATIVE");
	assert_int_equal(f.categories.len, 2);
	assert_text(f.categories.at[1], "B,C");
	assert_text(f.organizer.key, "ann@example.com");
	assert_text(f.organizer.name, "Ann");
	assert_int_equal(f.attendees.len, 1);
	assert_text(f.attendees.at[0].partstat, "ACCEPTED");
	assert_int_equal(f.sequence, 2);
	assert_int_equal(f.priority, 3);
	assert_int_equal(f.first, at("20260601T080000"));
	assert_true(f.last >= at("20260601T090000") && f.last <= at("20260601T110000"));
	assert_false(f.floating);
	assert_false(f.transparent);
	assert_true(f.has_alarm);
	assert_int_equal(f.alarm_before, -600);
	assert_int_equal(f.alarm_after, 1200);
}

static void the_span_of_a_series_is_known(void **state UNUSED)
{
	struct ical_facts f =
	        facts_of(PARSE(EVENT("DTSTART:20260601T100000Z\r\nRRULE:FREQ=DAILY;COUNT=10\r\n")));

	assert_true(f.recurring);
	assert_true(f.last >= at("20260610T100000") && f.last < at("20260611T100000"));
	f = facts_of(PARSE(EVENT("DTSTART:20260601T100000Z\r\nRRULE:FREQ=DAILY\r\n")));
	assert_true(f.last == ICAL_EVER);
	f = facts_of(PARSE(
	        EVENT("DTSTART:20260601T100000Z\r\nRRULE:FREQ=DAILY;UNTIL=20260605T100000Z\r\n")));
	assert_true(f.last >= at("20260605T100000") && f.last < at("20260607T100000"));
	f = facts_of(PARSE(
	        SERIES EVENT("RECURRENCE-ID:20260602T100000Z\r\nDTSTART:20250101T100000Z\r\n")));
	assert_true(f.first == at("20250101T100000"));
	assert_true(f.has_overrides);
	f = facts_of(PARSE(EVENT("DTSTART;VALUE=DATE:20260601\r\nTRANSP:TRANSPARENT\r\n")));
	assert_true(f.floating && f.all_day && f.transparent);
	assert_true(f.first == at("20260531T100000"));
	f = facts_of(PARSE(TASK("SUMMARY:x\r\n")));
	assert_true(f.first == ICAL_NEVER && f.last == ICAL_EVER);
	f = facts_of(PARSE(TASK("COMPLETED:20260601T100000Z\r\nPERCENT-COMPLETE:100\r\n")));
	assert_true(f.first == at("20260601T100000") && f.last == f.first && f.percent == 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_single_event_is_one_instance),
		T(dates_and_floating_times_lie_in_the_zone_of_whoever_looks),
		T(a_series_keeps_its_wall_time_and_its_length),
		T(only_what_overlaps_is_given),
		T(exdates_and_rdates_count),
		T(an_override_counts_where_it_is_and_not_where_it_was),
		T(an_override_may_stand_alone_and_may_name_its_instance_in_another_zone),
		T(this_and_future_moves_what_follows),
		T(expansion_is_bounded),
		T(a_rule_that_yields_nothing_ends),
		T(todos_have_instances_by_start_or_due),
		T(other_calendars_recur),
		T(facts_say_what_is_worth_indexing),
		T(the_span_of_a_series_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
