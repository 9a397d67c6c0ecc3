/* One occurrence, later ones, all: what is meant changes, the rest keeps its bytes. */
#include "cal.h"

#include "../cpu.h"

#include "object/ical_series.h"

enum { DAY = 86400, HOUR = 3600 };
/* 2026-01-05, a Monday, nine o'clock UTC. */
static const int64_t FIRST = 1767603600;

#define ALARM "BEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\n"
#define REST  "X-NOBODY;X-P=\"a;b\":knows\r\nATTENDEE;CN=\"B, C\":mailto:b@example.com\r\n" ALARM
#define WEEKLY(rule) \
	EVENT("DTSTART:20260105T090000Z\r\nDTEND:20260105T100000Z\r\nRRULE:" rule \
	      "\r\nSUMMARY:a\r\n" REST)

static struct series_ask asked(
        enum series_scope scope, int64_t occurrence, const struct series_change *change)
{
	return (struct series_ask){ .scope = scope,
		.occurrence = occurrence,
		.floating = zone_find(TEXT("Europe/Berlin")),
		.now = 1767312000,
		.uid = TEXT("new"),
		.change = change };
}

static struct series_done run(struct ical *ical, const struct series_ask *ask)
{
	struct err err = { 0 };
	struct series_done done;

	if (!series_do(arena, &err, ical, ask, &done))
		fail_msg("%s", err.detail);
	return done;
}

static bool refuses(struct ical *ical, const struct series_ask *ask)
{
	struct err err = { 0 };
	struct series_done done;

	return !series_do(arena, &err, ical, ask, &done) && err.id == ERR_UNPROCESSABLE;
}

/* The starts of a year, in hours since the first: "0 168 336". */
static struct text starts(struct text body)
{
	struct ical_window window = { .range = { FIRST - 30 * DAY, FIRST + 365 * DAY } };
	struct ical_instances all = VEC_EMPTY;
	struct buf out;

	buf_init(&out, arena);
	assert_int_equal(ical_expand(arena, parse_text(body), &window, &all), ICAL_WHOLE);
	for (size_t i = 0; i < all.len; i++)
		buf_printf(&out, "%s%lld", i ? " " : "",
		        (long long)((all.at[i].start - FIRST) / HOUR));
	return buf_text(&out);
}

static struct text find_rule(struct text body)
{
	struct text line;

	while (text_split(&body, '\n', &line))
		if (text_starts(line, TEXT("RRULE:")))
			return text_trim(text_from(line, 6));
	return TEXT_NONE;
}

static bool holds(struct text body, const char *words)
{
	return strstr(arena_cstr(arena, body), words);
}

static void one_becomes_an_override_beside_what_stays(void **state UNUSED)
{
	struct series_change change = { .title = TEXT("b") };
	struct series_ask ask = asked(SERIES_THIS, FIRST + 7 * DAY, &change);
	struct text body = run(PARSE(WEEKLY("FREQ=WEEKLY;COUNT=3")), &ask).body;

	assert_true(holds(body, WEEKLY("FREQ=WEEKLY;COUNT=3")));
	assert_true(holds(body, "RECURRENCE-ID:20260112T090000Z\r\n"));
	assert_true(holds(body, "SUMMARY:b\r\n"));
	assert_text(starts(body), "0 168 336");
}

static void one_is_struck_out(void **state UNUSED)
{
	struct series_ask ask = asked(SERIES_THIS, FIRST + 7 * DAY, NULL);
	struct text body = run(PARSE(WEEKLY("FREQ=WEEKLY;COUNT=3")), &ask).body;

	assert_true(holds(body, "EXDATE:20260112T090000Z\r\n"));
	assert_true(holds(body, "X-NOBODY;X-P=\"a;b\":knows\r\n") && holds(body, ALARM));
	assert_text(starts(body), "0 336");
}

static void later_ones_become_a_series_of_their_own(void **state UNUSED)
{
	struct series_change change = {
		.moves = true, .start = FIRST + 14 * DAY + HOUR, .end = FIRST + 14 * DAY + 2 * HOUR
	};
	struct series_ask ask = asked(SERIES_LATER, FIRST + 14 * DAY, &change);
	struct series_done done = run(PARSE(WEEKLY("FREQ=WEEKLY;COUNT=5")), &ask);

	assert_text(starts(done.body), "0 168");
	assert_text(starts(done.later), "337 505 673");
	assert_true(holds(done.later, "UID:new\r\n") && holds(done.later, ALARM));
	assert_true(holds(done.body, "UID:a\r\n") && holds(done.body, ALARM));
}

static void later_from_the_first_on_is_all(void **state UNUSED)
{
	struct series_ask ask = asked(SERIES_LATER, FIRST, NULL);

	assert_null(run(PARSE(WEEKLY("FREQ=WEEKLY;COUNT=5")), &ask).body.ptr);
}

static void all_move_with_what_was_left_out(void **state UNUSED)
{
	struct series_change change = {
		.moves = true, .start = FIRST + DAY, .end = FIRST + DAY + 2 * HOUR
	};
	struct series_ask ask = asked(SERIES_ALL, FIRST, &change);
	struct text body =
	        run(PARSE(EVENT("DTSTART:20260105T090000Z\r\nDURATION:PT1H\r\n"
	                        "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260121T090000Z\r\n"
	                        "EXDATE:20260107T090000Z,20260112T090000Z\r\n")),
	                &ask)
	                .body;

	assert_text(starts(body), "24 240 360 408");
	assert_true(holds(body, "BYDAY=TU,TH") && holds(body, "UNTIL=20260122T090000Z"));
}

/* The days of 2026 that a series comes to when it moves by so many days, and its rule: "8/1 12/2".
 */
static struct text days_after(const char *lines, int64_t occurrence, int64_t by)
{
	struct series_change change = {
		.moves = true, .start = occurrence + by * DAY, .end = occurrence + by * DAY + HOUR
	};
	struct series_ask ask = asked(SERIES_ALL, occurrence, &change);
	struct text body = run(parse_text(arena_printf(arena, CAL(EVENT("%s")), lines)), &ask).body;
	struct ical_window window = { .range = { FIRST - 30 * DAY, FIRST + 365 * DAY } };
	struct ical_instances all = VEC_EMPTY;
	struct buf out;

	buf_init(&out, arena);
	assert_int_equal(ical_expand(arena, parse_text(body), &window, &all), ICAL_WHOLE);
	for (size_t i = 0; i < all.len; i++) {
		int64_t year;
		int month, day;

		days_to(all.at[i].start / DAY, &year, &month, &day);
		assert_int_equal(all.at[i].start % DAY, 9 * HOUR);
		buf_printf(&out, "%s%d/%d", i ? " " : "", day, month);
	}
	buf_printf(&out, " %.*s", TEXT_ARG(find_rule(body)));
	return buf_text(&out);
}

#define ON(rule, more) "DTSTART:20260113T090000Z\r\nDURATION:PT1H\r\nRRULE:" rule "\r\n" more

/* 2026-01-13 is the second Tuesday, and the 19th before the end. */
static const int64_t TUESDAY = 1768294800;

static void one_day_of_a_month_becomes_another(void **state UNUSED)
{
	assert_text(days_after(ON("FREQ=MONTHLY;BYMONTHDAY=13;COUNT=3", ""), TUESDAY, 2),
	        "15/1 15/2 15/3 FREQ=MONTHLY;COUNT=3;BYMONTHDAY=15");
	/* Whose first is not the second Thursday behind it: May begins with a Friday. */
	assert_text(
	        days_after(ON("FREQ=MONTHLY;BYDAY=2TU;UNTIL=20260512T090000Z", ""), TUESDAY, -5),
	        "8/1 12/2 12/3 9/4 14/5 FREQ=MONTHLY;BYDAY=2TH;UNTIL=20260514T090000Z");
	assert_text(days_after(ON("FREQ=MONTHLY;BYMONTHDAY=-19;COUNT=3", ""), TUESDAY, 1),
	        "14/1 11/2 14/3 FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-18");
	assert_text(days_after(ON("FREQ=MONTHLY;BYDAY=-3TU;COUNT=3", ""), TUESDAY, 7),
	        "20/1 17/2 24/3 FREQ=MONTHLY;COUNT=3;BYDAY=-2TU");
	assert_text(
	        days_after(ON("FREQ=MONTHLY;BYMONTH=1,3;BYMONTHDAY=13;COUNT=2", ""), TUESDAY, 2),
	        "15/1 15/3 FREQ=MONTHLY;BYMONTH=1,3;COUNT=2;BYMONTHDAY=15");
	assert_text(days_after(ON("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=13;COUNT=2", ""), TUESDAY, 47),
	        "1/3 FREQ=YEARLY;COUNT=2;BYMONTH=3;BYMONTHDAY=1");
	assert_text(days_after(ON("FREQ=YEARLY;BYMONTH=1;BYDAY=2TU;COUNT=2", ""), TUESDAY, 21),
	        "3/2 FREQ=YEARLY;COUNT=2;BYMONTH=2;BYDAY=1TU");
	assert_text(days_after(ON("FREQ=YEARLY;BYMONTH=1,4;COUNT=2", ""), TUESDAY, 1),
	        "14/1 14/4 FREQ=YEARLY;BYMONTH=1,4;COUNT=2");
}

static void what_was_of_a_month_stays_of_it(void **state UNUSED)
{
	struct text days = days_after(ON("FREQ=MONTHLY;BYDAY=2TU;COUNT=5",
	                                      "EXDATE:20260414T090000Z\r\nEND:VEVENT\r\n"
	                                      "BEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260101T000000Z"
	                                      "\r\nRECURRENCE-ID:20260512T090000Z\r\n"
	                                      "DTSTART:20260520T090000Z\r\nDURATION:PT1H\r\n"),
	        TUESDAY, -5);

	/* Moved by five days back, April's exception and May's own day would miss their months'. */
	assert_text(days, "8/1 12/2 12/3 20/5 FREQ=MONTHLY;COUNT=5;BYDAY=2TH");
}

static void the_last_one_stays_the_last(void **state UNUSED)
{
	/* The end of February lies behind February's, the 11th of March before March's. */
	assert_text(days_after(ON("FREQ=MONTHLY;BYMONTHDAY=13;UNTIL=20260228T090000Z", ""), TUESDAY,
	                    15),
	        "28/1 28/2 FREQ=MONTHLY;BYMONTHDAY=28;UNTIL=20260228T090000Z");
	assert_text(days_after(ON("FREQ=MONTHLY;BYMONTHDAY=13;UNTIL=20260311T090000Z", ""), TUESDAY,
	                    -12),
	        "1/1 1/2 FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=20260228T090000Z");
}

static void one_day_of_a_month_stays_where_others_have_none(void **state UNUSED)
{
	static const struct {
		const char *lines;
		int64_t by;
	} NOT[] = {
		{ ON("FREQ=MONTHLY;BYMONTHDAY=13;COUNT=3", ""), 16 },         /* the 29th */
		{ ON("FREQ=MONTHLY;BYMONTHDAY=13;COUNT=3", ""), 20 },         /* another month */
		{ ON("FREQ=MONTHLY;BYDAY=2TU;COUNT=3", ""), 16 },             /* a fifth Thursday */
		{ ON("FREQ=MONTHLY;BYMONTHDAY=13,20;COUNT=3", ""), 1 },       /* two */
		{ ON("FREQ=MONTHLY;BYDAY=2TU,4TU;COUNT=3", ""), 1 },          /* two */
		{ ON("FREQ=MONTHLY;BYDAY=TU;COUNT=3", ""), 1 },               /* all */
		{ ON("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2;COUNT=3", ""), 1 },    /* of a set */
		{ ON("FREQ=MONTHLY;BYDAY=TU;BYMONTHDAY=13;COUNT=3", ""), 1 }, /* both */
		{ ON("FREQ=YEARLY;BYDAY=2TU;COUNT=3", ""), 1 },               /* of the year */
		{ ON("FREQ=YEARLY;BYYEARDAY=13;COUNT=3", ""), 1 },            /* of the year */
		{ ON("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=13;COUNT=3", ""), -13 }, /* another year */
		{ ON("FREQ=MONTHLY;BYMONTHDAY=20;COUNT=3", ""), 1 },            /* not its first */
	};

	for (size_t i = 0; i < COUNT_OF(NOT); i++) {
		struct series_change change = { .moves = true,
			.start = TUESDAY + NOT[i].by * DAY,
			.end = TUESDAY + NOT[i].by * DAY + HOUR };
		struct series_ask ask = asked(SERIES_ALL, TUESDAY, &change);

		if (!refuses(parse_text(arena_printf(arena, CAL(EVENT("%s")), NOT[i].lines)), &ask))
			fail_msg("%s", NOT[i].lines);
	}
}

static void what_nobody_could_say_is_refused(void **state UNUSED)
{
	static const char *const RULES[] = { "FREQ=MONTHLY;BYDAY=1MO,3MO;COUNT=3",
		"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=3",
		"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1;COUNT=3" };
	struct series_change change = {
		.moves = true, .start = FIRST + DAY, .end = FIRST + DAY + HOUR
	};
	struct series_ask ask = asked(SERIES_ALL, FIRST, &change);

	for (size_t i = 0; i < COUNT_OF(RULES); i++) {
		struct text body = arena_printf(
		        arena, CAL(EVENT("DTSTART:20260105T090000Z\r\nRRULE:%s\r\n")), RULES[i]);

		assert_true(refuses(parse_text(body), &ask));
	}
	change.all_day = true;
	assert_true(refuses(PARSE(WEEKLY("FREQ=WEEKLY;COUNT=3")), &ask));
}

/* An object may hold thousands of overrides: none of them costs a look at all. */
static void many_overrides_take_no_longer_than_their_bytes(void **state UNUSED)
{
	struct series_change change = {
		.moves = true, .start = FIRST + HOUR, .end = FIRST + 2 * HOUR
	};
	struct series_ask ask = asked(SERIES_ALL, FIRST, &change);
	int64_t begun = cpu_ms();
	struct buf body;

	buf_init(&body, arena);
	buf_add(&body, TEXT("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" EVENT(
	                       "DTSTART:20260105T090000Z\r\nRRULE:FREQ=DAILY\r\n")));
	for (int64_t i = 1; i < 2000; i++) {
		struct text at = utc_write(arena, FIRST + i * DAY);

		buf_printf(&body, EVENT("RECURRENCE-ID:%.*s\r\nDTSTART:%.*s\r\nSUMMARY:%d\r\n"),
		        TEXT_ARG(at), TEXT_ARG(at), (int)i);
	}
	buf_add(&body, TEXT("END:VCALENDAR\r\n"));
	assert_true(holds(run(parse_text(buf_text(&body)), &ask).body, "SUMMARY:1999"));
	assert_true(cpu_ms() - begun < 5000);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		T(one_becomes_an_override_beside_what_stays),
		T(one_is_struck_out),
		T(later_ones_become_a_series_of_their_own),
		T(later_from_the_first_on_is_all),
		T(all_move_with_what_was_left_out),
		T(one_day_of_a_month_becomes_another),
		T(what_was_of_a_month_stays_of_it),
		T(the_last_one_stays_the_last),
		T(one_day_of_a_month_stays_where_others_have_none),
		T(what_nobody_could_say_is_refused),
		T(many_overrides_take_no_longer_than_their_bytes),
	};

	return ical_setup() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
