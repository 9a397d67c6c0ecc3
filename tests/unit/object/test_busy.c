#include "cal.h"

#include "object/busy.h"

static struct busy *day(void)
{
	struct ical_window window = { .range = { at("20260601T000000"), at("20260602T000000") } };

	return busy_new(arena, &window);
}

static struct text merged(struct busy *busy)
{
	struct busy_periods periods = busy_merge(busy);
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < periods.len; i++) {
		struct text from = utc_write(arena, periods.at[i].start);
		struct text to = utc_write(arena, periods.at[i].end);

		assert_true(periods.at[i].start < periods.at[i].end);
		buf_printf(&out, "%s%.4s-%.4s=%c", i ? " " : "", from.ptr + 9, to.ptr + 9,
		        "FBTU"[periods.at[i].type]);
	}
	return buf_text(&out);
}

#define BUSY(inner, want) \
	do { \
		struct busy *b = day(); \
		assert_int_equal(busy_add_object(b, PARSE(inner)), ICAL_WHOLE); \
		assert_text(merged(b), want); \
	} while (0)
#define TEN "DTSTART:20260601T100000Z\r\nDURATION:PT1H\r\n"

static void events_count_by_status_and_transparency(void **state UNUSED)
{
	BUSY(EVENT(TEN), "1000-1100=B");
	BUSY(EVENT(TEN "STATUS:TENTATIVE\r\n"), "1000-1100=T");
	BUSY(EVENT(TEN "X-MICROSOFT-CDO-BUSYSTATUS:OOF\r\n"), "1000-1100=U");
	BUSY(EVENT(TEN "X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\n"), "1000-1100=B");
	BUSY(EVENT(TEN "STATUS:CANCELLED\r\n"), "");
	BUSY(EVENT(TEN "TRANSP:TRANSPARENT\r\n"), "");
	BUSY(EVENT("DTSTART:20260601T100000Z\r\n"), "");
	BUSY(TASK(TEN), "");
	BUSY(EVENT("DTSTART:20260531T230000Z\r\nDTEND:20260603T100000Z\r\n"), "0000-0000=B");
	BUSY(EVENT(TEN "RRULE:FREQ=HOURLY;INTERVAL=3;COUNT=2\r\n"), "1000-1100=B 1300-1400=B");
	BUSY(EVENT(TEN "RRULE:FREQ=HOURLY;INTERVAL=3;COUNT=2\r\n")
	                EVENT("RECURRENCE-ID:20260601T130000Z\r\nDTSTART:20260601T200000Z\r\n"
	                      "DURATION:PT1H\r\nSTATUS:TENTATIVE\r\n"),
	        "1000-1100=B 2000-2100=T");
}

static void periods_of_one_type_are_merged(void **state UNUSED)
{
	struct busy *busy = day();

	busy_add(busy, at("20260601T100000"), at("20260601T120000"), ICAL_BUSY_TENTATIVE);
	busy_add(busy, at("20260601T110000"), at("20260601T113000"), ICAL_BUSY);
	busy_add(busy, at("20260601T120000"), at("20260601T130000"), ICAL_BUSY_TENTATIVE);
	busy_add(busy, at("20260601T125900"), at("20260601T140000"), ICAL_BUSY_UNAVAILABLE);
	busy_add(busy, at("20260601T150000"), at("20260601T160000"), ICAL_FREE);
	busy_add(busy, at("20260601T170000"), at("20260601T160000"), ICAL_BUSY);
	assert_text(merged(busy), "1000-1300=T 1100-1130=B 1259-1400=U");
}

static void stored_free_busy_counts(void **state UNUSED)
{
	BUSY("BEGIN:VFREEBUSY\r\nUID:a\r\nFREEBUSY:20260601T100000Z/PT1H,20260601T110000Z/PT1H\r\n"
	     "FREEBUSY;FBTYPE=\"BUSY-UNAVAILABLE\":20260601T130000Z/20260601T140000Z\r\n"
	     "FREEBUSY;FBTYPE=FREE:20260601T150000Z/PT1H\r\nEND:VFREEBUSY\r\n",
	        "1000-1200=B 1300-1400=U");
}

/* RFC 7953 */
static void what_is_not_offered_is_unavailable(void **state UNUSED)
{
#define OFFICE \
	"BEGIN:VAVAILABILITY\r\nUID:a\r\nDTSTART:20260101T000000Z\r\nBEGIN:AVAILABLE\r\nUID:b\r\n" \
	"DTSTART:20260105T090000Z\r\nDTEND:20260105T170000Z\r\n" \
	"RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\r\nEND:AVAILABLE\r\nEND:VAVAILABILITY\r\n"
	struct busy *busy = day();

	BUSY(OFFICE, "0000-0900=U 1700-0000=U");
	BUSY("BEGIN:VAVAILABILITY\r\nUID:a\r\nBUSYTYPE:BUSY\r\nDTEND:20260601T060000Z\r\n"
	     "END:VAVAILABILITY\r\n",
	        "0000-0600=B");
	assert_int_equal(busy_add_object(busy, PARSE(OFFICE)), ICAL_WHOLE);
	busy_add(busy, at("20260601T080000"), at("20260601T100000"), ICAL_BUSY_TENTATIVE);
	assert_text(merged(busy), "0000-0800=U 0800-1000=T 1700-0000=U");
}

#define SPAN(props, from, to, inner) \
	"BEGIN:VAVAILABILITY\r\nUID:a\r\n" props "DTSTART:20260601T" from \
	"Z\r\nDTEND:20260601T" to "Z\r\n" inner "END:VAVAILABILITY\r\n"
#define OPEN(from, to) \
	"BEGIN:AVAILABLE\r\nUID:b\r\nDTSTART:20260601T" from "Z\r\nDTEND:20260601T" to \
	"Z\r\nEND:AVAILABLE\r\n"

/* RFC 7953 3.2, 4: the higher priority says what holds, free or not; 1 is the highest, 0 and none
 * the lowest. */
static void the_higher_priority_wins(void **state UNUSED)
{
	BUSY(OFFICE SPAN("PRIORITY:1\r\n", "120000", "140000", ""),
	        "0000-0900=U 1200-1400=U 1700-0000=U");
	BUSY(OFFICE SPAN("PRIORITY:5\r\nBUSYTYPE:BUSY\r\n", "160000", "200000",
	             OPEN("180000", "190000")),
	        "0000-0900=U 1600-1800=B 1900-2000=B 2000-0000=U");
	BUSY(SPAN("PRIORITY:9\r\nBUSYTYPE:BUSY\r\n", "100000", "140000", "")
	                SPAN("PRIORITY:2\r\n", "110000", "120000", OPEN("110000", "113000")),
	        "1000-1100=B 1130-1200=U 1200-1400=B");
	BUSY(SPAN("PRIORITY:2\r\n", "110000", "120000", OPEN("110000", "113000"))
	                SPAN("PRIORITY:0\r\nBUSYTYPE:BUSY\r\n", "100000", "140000", ""),
	        "1000-1100=B 1130-1200=U 1200-1400=B");
}

static void of_one_priority_what_any_offers_is_free(void **state UNUSED)
{
	BUSY(SPAN("PRIORITY:3\r\n", "100000", "140000", OPEN("100000", "110000"))
	                SPAN("PRIORITY:3\r\nBUSYTYPE:BUSY\r\n", "120000", "150000",
	                        OPEN("130000", "150000")),
	        "1100-1200=U 1200-1300=B");
	/* Nothing is offered outside of the span it is offered in. */
	BUSY(SPAN("", "100000", "120000", OPEN("110000", "130000"))
	                SPAN("", "120000", "140000", ""),
	        "1000-1100=U 1200-1400=U");
}

static void the_answer_is_a_calendar(void **state UNUSED)
{
	struct busy *busy = day();
	struct busy_reply reply = { .now = at("20260101T000000"), .uid = TEXT("x") };

	busy_add(busy, at("20260601T100000"), at("20260601T120000"), ICAL_BUSY_TENTATIVE);
	busy_add(busy, at("20260601T200000"), at("20260601T210000"), ICAL_BUSY);
	assert_text(busy_write(busy, &reply),
	        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kontor//"
	        "EN\r\nBEGIN:VFREEBUSY\r\nUID:x\r\n"
	        "DTSTAMP:20260101T000000Z\r\nDTSTART:20260601T000000Z\r\nDTEND:20260602T000000Z\r\n"
	        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260601T100000Z/20260601T120000Z\r\n"
	        "FREEBUSY;FBTYPE=BUSY:20260601T200000Z/20260601T210000Z\r\n"
	        "END:VFREEBUSY\r\nEND:VCALENDAR\r\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(events_count_by_status_and_transparency),
		T(periods_of_one_type_are_merged),
		T(stored_free_busy_counts),
		T(what_is_not_offered_is_unavailable),
		T(the_higher_priority_wins),
		T(of_one_priority_what_any_offers_is_free),
		T(the_answer_is_a_calendar),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
