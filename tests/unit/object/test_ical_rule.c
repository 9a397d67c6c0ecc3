#include "../test.h"

#include "object/ical_rule.h"

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

enum { SHOWN = 6, BUSY_MAX = 1000 };

/* The first times of the rule, separated by spaces, without seconds; "..." if there are more. */
static struct text walk(const char *start, const char *text, const char *skip)
{
	struct when from, to;
	struct rule_walk *w;
	struct rule *rule;
	struct err err = { 0 };
	struct buf out;

	assert_true(when_read(text_of(start), NULL, &from));
	if (!rule_read(arena, &err, text_of(text), &rule))
		return text_of(err_row(err.id)->element);
	w = rule_walk(arena, rule, from);
	if (skip) {
		assert_true(when_read(text_of(skip), NULL, &to));
		rule_walk_skip(w, to.wall);
	}
	buf_init(&out, arena);
	for (int i = 0, busy = 0; i < SHOWN && busy < BUSY_MAX;) {
		struct when found = { .is_date = from.is_date };
		enum rule_step step = rule_walk_next(w, &found.wall);

		if (step == RULE_END)
			return text_trim(buf_text(&out));
		busy += step == RULE_BUSY;
		if (step == RULE_BUSY || (skip && found.wall < to.wall))
			continue;
		buf_add(&out, text_sub(when_write(arena, found), 0, 13));
		buf_char(&out, ' ');
		i++;
	}
	buf_add(&out, TEXT("..."));
	return buf_text(&out);
}

#define WALK(start, rule, want) assert_text(walk(start, rule, NULL), want)

/* From RFC 5545 3.8.5.3. */
static void the_examples_of_the_rfc_come_out(void **state UNUSED)
{
	WALK("19970902T090000", "FREQ=DAILY;COUNT=2", "19970902T0900 19970903T0900");
	WALK("19970902T090000", "FREQ=DAILY;INTERVAL=10;COUNT=3",
	        "19970902T0900 19970912T0900 19970922T0900");
	WALK("19970902", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,TH;COUNT=5",
	        "19970902 19970904 19970916 19970918 19970930");
	WALK("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
	        "19970805 19970810 19970819 19970824");
	WALK("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
	        "19970805 19970817 19970819 19970831");
	WALK("19970905", "FREQ=MONTHLY;COUNT=3;BYDAY=1FR", "19970905 19971003 19971107");
	WALK("19970907", "FREQ=MONTHLY;INTERVAL=2;COUNT=5;BYDAY=1SU,-1SU",
	        "19970907 19970928 19971102 19971130 19980104");
	WALK("19970928", "FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=3", "19970928 19971029 19971128");
	WALK("19970902", "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=2,15",
	        "19970902 19970915 19971002 19971015");
	WALK("19970610", "FREQ=YEARLY;COUNT=4;BYMONTH=6,7", "19970610 19970710 19980610 19980710");
	WALK("19970101", "FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200",
	        "19970101 19970410 19970719 20000101");
	WALK("19970519", "FREQ=YEARLY;BYDAY=20MO;COUNT=3", "19970519 19980518 19990517");
	WALK("19970512", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "19970512 19980511 19990517");
	WALK("19970313", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=4",
	        "19970313 19970320 19970327 19980305");
	WALK("19980213", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3",
	        "19980213 19980313 19981113");
	WALK("19961105",
	        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3",
	        "19961105 20001107 20041102");
	WALK("19970904", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
	        "19970904 19971007 19971106");
	WALK("19970929", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=3",
	        "19970929 19971030 19971127");
	WALK("19970902T090000", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z",
	        "19970902T0900 19970902T1200 19970902T1500");
	WALK("19970902T090000", "FREQ=MINUTELY;INTERVAL=90;COUNT=3",
	        "19970902T0900 19970902T1030 19970902T1200");
	WALK("19970902T090000", "FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20;COUNT=5",
	        "19970902T0900 19970902T0920 19970902T1000 19970902T1020 19970903T0900");
	WALK("20070115", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
	        "20070115 20070130 20070215 20070315 20070330");
}

static void a_day_that_is_not_there_is_left_out_or_moved(void **state UNUSED)
{
	WALK("20160131", "FREQ=MONTHLY;COUNT=3", "20160131 20160331 20160531");
	WALK("20160131", "RSCALE=GREGORIAN;SKIP=FORWARD;FREQ=MONTHLY;COUNT=4",
	        "20160131 20160301 20160331 20160501");
	WALK("20160131", "RSCALE=GREGORIAN;SKIP=BACKWARD;FREQ=MONTHLY;COUNT=3",
	        "20160131 20160229 20160331");
	WALK("20160229", "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD;COUNT=3",
	        "20160229 20170301 20180301");
	WALK("20160229", "FREQ=YEARLY;COUNT=2", "20160229 20200229");
}

static void other_calendars_are_known(void **state UNUSED)
{
	WALK("20140910", "RSCALE=ETHIOPIC;FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=-1;COUNT=3",
	        "20140910 20150911 20160910");
	WALK("20160308", "RSCALE=CHINESE;FREQ=MONTHLY;BYMONTHDAY=30;SKIP=FORWARD;COUNT=4",
	        "20160308 20160407 20160506 20160605");
	WALK("20160210", "RSCALE=CHINESE;FREQ=DAILY;INTERVAL=2;COUNT=2", "20160210 20160212");
	WALK("20160308", "RSCALE=FOOBAR;FREQ=YEARLY", "supported-rscale");
	WALK("20160308T000000", "RSCALE=CHINESE;FREQ=SECONDLY;BYMONTH=2", "max-instances");
}

static void skipping_ahead_changes_nothing_but_the_beginning(void **state UNUSED)
{
	static const char *const RULES[] = { "FREQ=DAILY;INTERVAL=3",
		"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=31,-2",
		"FREQ=YEARLY;INTERVAL=3;BYMONTH=3,10", "FREQ=HOURLY;INTERVAL=7;BYDAY=MO",
		"FREQ=MINUTELY;INTERVAL=100;BYHOUR=3", "FREQ=SECONDLY;INTERVAL=7001",
		"FREQ=DAILY;COUNT=9000" };

	for (size_t i = 0; i < COUNT_OF(RULES); i++) {
		struct text jumped = walk("20010131T010203", RULES[i], "20190101T000000");
		struct when start, found = { 0 }, to;
		struct rule_walk *w;
		struct rule *rule;
		struct err err = { 0 };

		assert_true(when_read(TEXT("20010131T010203"), NULL, &start));
		assert_true(when_read(TEXT("20190101T000000"), NULL, &to));
		assert_true(rule_read(arena, &err, text_of(RULES[i]), &rule));
		w = rule_walk(arena, rule, start);
		while (found.wall < to.wall)
			assert_int_not_equal(rule_walk_next(w, &found.wall), RULE_END);
		assert_true(text_starts(jumped, text_sub(when_write(arena, found), 0, 13)));
	}
}

static void what_has_no_meaning_is_refused(void **state UNUSED)
{
	static const char *const RULES[] = { "", "FREQ=", "FREQ=FORTNIGHTLY", "COUNT=3",
		"FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;INTERVAL=0",
		"FREQ=DAILY;COUNT=3;UNTIL=20260101", "FREQ=DAILY;FREQ=DAILY",
		"FREQ=MONTHLY;BYDAY=+1,3MO", "FREQ=MONTHLY;BYDAY=0MO", "FREQ=MONTHLY;BYDAY=XX",
		"FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=YEARLY;BYMONTH=13", "FREQ=YEARLY;BYMONTH=5L",
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
		"FREQ=YEARLY;BYMONTH=4,6;BYMONTHDAY=-31", "FREQ=DAILY;BYHOUR=24",
		"FREQ=DAILY;BYWEEKNO=3", "FREQ=DAILY;BYSETPOS=1", "FREQ=DAILY;UNTIL=20260231",
		"FREQ=DAILY;SKIP=FOOBAR", "FREQ=DAILY;BOGUS=1",
		"FREQ=DAILY;BYHOUR=99999999999999999999" };

	for (size_t i = 0; i < COUNT_OF(RULES); i++)
		WALK("20260101T000000", RULES[i], "valid-calendar-data");
}

static void what_never_comes_says_so_in_time(void **state UNUSED)
{
	WALK("20260301T000001", "FREQ=SECONDLY;INTERVAL=2;BYSECOND=0", "...");
	WALK("20250101T000000", "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "");
	WALK("20260101T000000", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=5;COUNT=2",
	        "20280229T0500 20280229T0500");
	WALK("20260101T000000", "FREQ=SECONDLY;COUNT=1000000000",
	        "20260101T0000 20260101T0000 20260101T0000 20260101T0000 20260101T0000 "
	        "20260101T0000 ...");
}

static void until_takes_its_own_instant_in(void **state UNUSED)
{
	struct when start;
	struct rule_walk *w;
	struct rule *rule;
	struct err err = { 0 };
	int64_t wall;

	assert_true(when_read(TEXT("20260601T100000"), zone_find(TEXT("Europe/Berlin")), &start));
	assert_true(rule_read(arena, &err, TEXT("FREQ=DAILY;UNTIL=20260602T080000Z"), &rule));
	w = rule_walk(arena, rule, start);
	assert_int_equal(rule_walk_next(w, &wall), RULE_TIME);
	assert_int_equal(rule_walk_next(w, &wall), RULE_TIME);
	assert_int_equal(rule_walk_next(w, &wall), RULE_END);
	WALK("20260601T100000", "FREQ=DAILY;UNTIL=20260602", "20260601T1000 20260602T1000");
	WALK("20260601", "FREQ=DAILY;UNTIL=20260602T220000Z", "20260601 20260602");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
		T(the_examples_of_the_rfc_come_out),
		T(a_day_that_is_not_there_is_left_out_or_moved),
		T(other_calendars_are_known),
		T(skipping_ahead_changes_nothing_but_the_beginning),
		T(what_has_no_meaning_is_refused),
		T(what_never_comes_says_so_in_time),
		T(until_takes_its_own_instant_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
