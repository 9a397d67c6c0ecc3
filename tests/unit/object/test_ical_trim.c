#include "cal.h"

#include "object/ical_trim.h"

static struct text shaped(const struct cal_shape *shape, const struct ical *ical)
{
	struct err err = { 0 };
	struct buf out;

	buf_init(&out, arena);
	if (!ical_shape(arena, &err, ical, shape, &out))
		fail_msg("%s", err.detail);
	parse_text(buf_text(&out));
	return buf_text(&out);
}

static void has(struct text text, const char *part)
{
	if (text_find(text, text_of(part)) < 0)
		fail_msg("no \"%s\" in:\n%.*s", part, TEXT_ARG(text));
}

static void lacks(struct text text, const char *part)
{
	if (text_find(text, text_of(part)) >= 0)
		fail_msg("\"%s\" in:\n%.*s", part, TEXT_ARG(text));
}

static struct ical_range range(const char *from, const char *to)
{
	return (struct ical_range){ at(from), at(to) };
}

#define BERLIN \
	"BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n" \
	"TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
#define SERIES \
	BERLIN EVENT("DTSTART;TZID=Europe/Berlin:20260601T100000\r\n" \
	             "DTEND;TZID=Europe/Berlin:20260601T110000\r\nRRULE:FREQ=DAILY;COUNT=5\r\n" \
	             "EXDATE;TZID=Europe/Berlin:20260602T100000\r\nSUMMARY:series\r\n" \
	             "X-A;TZID=Europe/Berlin:20260601T100000\r\n" \
	             "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\n") \
	        EVENT("RECURRENCE-ID;TZID=Europe/Berlin:20260603T100000\r\n" \
	              "DTSTART;TZID=Europe/" \
	              "Berlin:20260701T120000\r\nDURATION:PT2H\r\nSUMMARY:moved\r\n")

static void nothing_asked_is_the_bytes_themselves(void **state UNUSED)
{
	struct cal_shape shape = { 0 };

	assert_true(cal_shape_is_plain(&shape));
	assert_text(shaped(&shape, PARSE(SERIES)), CAL(SERIES));
}

static void expanding_leaves_no_rule_and_no_zone(void **state UNUSED)
{
	struct cal_shape shape = { .expand = true,
		.expand_range = range("20260601T000000", "20260801T000000") };
	struct text text = shaped(&shape, PARSE(SERIES));

	has(text, "DTSTART:20260601T080000Z\r\nDTEND:20260601T090000Z\r\n"
	          "RECURRENCE-ID:20260601T080000Z\r\n");
	has(text, "DTSTART:20260604T080000Z\r\n");
	has(text,
	        "DTSTART:20260701T100000Z\r\nDURATION:PT2H\r\nRECURRENCE-ID:20260603T080000Z\r\n");
	has(text, "X-A:20260601T080000Z\r\n");
	has(text, "TRIGGER:-PT5M");
	has(text, "VERSION:2.0");
	lacks(text, "RRULE");
	lacks(text, "EXDATE");
	lacks(text, "TZID");
	lacks(text, "VTIMEZONE");
	lacks(text, "DTSTART:20260602");
	lacks(text, "DTSTART:20260603");
}

static void expanded_days_stay_days_and_floating_times_float(void **state UNUSED)
{
	struct cal_shape shape = { .expand = true,
		.expand_range = range("20260601T000000", "20260603T000000") };
	struct text text = shaped(
	        &shape, PARSE(EVENT("DTSTART;VALUE=DATE:20260601\r\nDTEND;VALUE=DATE:20260603\r\n"
	                            "RRULE:FREQ=WEEKLY\r\n")));

	has(text, "DTSTART;VALUE=DATE:20260601\r\nDTEND;VALUE=DATE:20260603\r\n"
	          "RECURRENCE-ID;VALUE=DATE:20260601\r\n");
	text = shaped(&shape, PARSE(EVENT("DTSTART:20260601T100000\r\nDTEND:20260601T110000\r\n")));
	has(text, "DTSTART:20260601T100000\r\nDTEND:20260601T110000\r\n");
	lacks(text, "RECURRENCE-ID");
}

#define THREE_KINDS \
	EVENT("DTSTART:20260601T100000Z\r\nDTEND:20260602T110000Z\r\nRRULE:FREQ=DAILY;COUNT=6\r\n" \
	      "SUMMARY:series <b>\r\nBEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\n") \
	EVENT("RECURRENCE-ID:20260602T100000Z\r\nDTSTART:20260602T120000Z\r\nDURATION:PT2H\r\n" \
	      "SUMMARY:second <i>\r\n") \
	EVENT("RECURRENCE-ID:20260604T100000Z\r\nDTSTART:20260604T090000Z\r\n" \
	      "DTEND:20260604T093000Z\r\nSUMMARY:fourth <u>\r\n")

/* Instances of several components, in turn: each has the lines of its own. */
static void each_instance_has_the_lines_of_its_component(void **state UNUSED)
{
	static const char *const IN_ORDER[] = { "DTSTART:20260601T100000Z", "series",
		"DTSTART:20260602T120000Z", "second", "DTSTART:20260603T100000Z", "series",
		"DTSTART:20260604T090000Z", "fourth", "DTSTART:20260605T100000Z", "series" };
	struct cal_shape shape = { .expand = true,
		.expand_range = range("20260601T000000", "20260801T000000") };
	struct text rest = shaped(&shape, PARSE(THREE_KINDS));

	for (size_t i = 0; i < COUNT_OF(IN_ORDER); i++) {
		ptrdiff_t at = text_find(rest, text_of(IN_ORDER[i]));

		if (at < 0 || at > 120)
			fail_msg("%s does not follow in:\n%.*s", IN_ORDER[i], TEXT_ARG(rest));
		rest = text_from(rest, (size_t)at + strlen(IN_ORDER[i]));
	}
}

static void dress(struct buf *out, struct text text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '<' || text.ptr[i] == '\r')
			buf_printf(out, "[%d]", text.ptr[i]);
		else
			buf_char(out, text.ptr[i]);
	}
}

static void what_is_dressed_is_the_same_dressed_afterwards(void **state UNUSED)
{
	struct ical *ical = PARSE(SERIES THREE_KINDS TASK("SUMMARY:timeless <t>\r\n"));
	struct ical_range summer = range("20260601T000000", "20260801T000000");
	struct cal_shape shapes[] = { { 0 }, { .expand = true, .expand_range = summer },
		{ .limit_recurrence = true, .recurrence_range = summer },
		{ .zones = CAL_ZONES_NONE } };

	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		struct text plain = shaped(&shapes[i], ical);
		struct err err = { 0 };
		struct buf afterwards, out;

		buf_init(&afterwards, arena);
		buf_init(&out, arena);
		dress(&afterwards, plain);
		shapes[i].dress = dress;
		assert_true(ical_shape(arena, &err, ical, &shapes[i], &out));
		assert_text(buf_text(&out), arena_cstr(arena, buf_text(&afterwards)));
	}
}

/* 24 hours by the clock on the wall are 23 by any other on that day. */
static void a_nominal_day_does_not_grow_when_expanded(void **state UNUSED)
{
	struct cal_shape shape = { .expand = true,
		.expand_range = range("20260301T000000", "20260401T000000") };
	struct text text = shaped(&shape,
	        PARSE(EVENT("DTSTART;TZID=Europe/Berlin:20260328T120000\r\nDURATION:P1D\r\n")));

	has(text, "DTSTART:20260328T110000Z\r\nDTEND:20260329T100000Z\r\n");
	lacks(text, "DURATION");
}

static void todos_expand_by_due(void **state UNUSED)
{
	struct cal_shape shape = { .expand = true,
		.expand_range = range("20260601T000000", "20260701T000000") };
	struct text text = shaped(
	        &shape, PARSE(TASK("DUE:20260601T100000Z\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n")));

	has(text, "DUE:20260601T100000Z\r\nRECURRENCE-ID:20260601T100000Z\r\n");
	has(text, "DUE:20260608T100000Z\r\n");
	lacks(text, "DTSTART");
	has(shaped(&shape, PARSE(TASK("SUMMARY:timeless\r\n"))), "SUMMARY:timeless");
}

static void too_many_instances_are_an_error_and_leave_nothing(void **state UNUSED)
{
	struct cal_shape shape = { .expand = true,
		.expand_range = range("20260601T000000", "20360801T000000"),
		.max_instances = 100 };
	struct err err = { 0 };
	struct buf out;

	buf_init(&out, arena);
	buf_add(&out, TEXT("before"));
	assert_false(ical_shape(arena, &err,
	        PARSE(EVENT("DTSTART:20260601T100000Z\r\nRRULE:FREQ=DAILY\r\n")), &shape, &out));
	assert_int_equal(err.id, ERR_MAX_INSTANCES);
	assert_text(buf_text(&out), "before");
}

static void overrides_outside_a_limited_set_are_left_out(void **state UNUSED)
{
	struct cal_shape shape = { .limit_recurrence = true,
		.recurrence_range = range("20260604T000000", "20260605T000000") };
	struct text text = shaped(&shape, PARSE(SERIES));

	has(text, "RRULE:");
	has(text, "VTIMEZONE");
	lacks(text, "moved");
	/* Where it was, and where it is. */
	shape.recurrence_range = range("20260603T000000", "20260604T000000");
	has(shaped(&shape, PARSE(SERIES)), "moved");
	shape.recurrence_range = range("20260701T000000", "20260702T000000");
	has(shaped(&shape, PARSE(SERIES)), "moved");
	has(shaped(&shape, PARSE(SERIES)), "series");
}

static void free_busy_sets_are_limited(void **state UNUSED)
{
	struct cal_shape shape = { .limit_freebusy = true,
		.freebusy_range = range("20260108T120000", "20260108T180000") };
	struct text text = shaped(
	        &shape, PARSE("BEGIN:VFREEBUSY\r\nUID:a\r\n"
	                      "FREEBUSY;FBTYPE=BUSY:20260108T100000Z/PT1H,20260108T173000Z/PT1H\r\n"
	                      "FREEBUSY:20260109T000000Z/PT1H\r\nEND:VFREEBUSY\r\n"));

	has(text, "FREEBUSY;FBTYPE=BUSY:20260108T173000Z/PT1H\r\n");
	lacks(text, "T1000");
	lacks(text, "20260109");
}

static void only_what_was_asked_for_is_given(void **state UNUSED)
{
	struct cal_wanted calendar = { .name = TEXT("VCALENDAR") };
	struct cal_wanted *event = vec_push(arena, &calendar.comps);
	struct cal_shape shape = { .wanted = &calendar };
	struct text text;

	event->name = TEXT("vevent");
	*vec_push(arena, &event->props) = (struct cal_wanted_prop){ .name = TEXT("summary") };
	*vec_push(arena, &event->props) =
	        (struct cal_wanted_prop){ .name = TEXT("DTSTART"), .novalue = true };
	text = shaped(&shape, PARSE(SERIES));
	has(text, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:\r\n"
	          "SUMMARY:series\r\nEND:VEVENT\r\n");
	lacks(text, "UID");
	lacks(text, "VALARM");
	lacks(text, "VTIMEZONE");
	/* RFC 4791 7.8.1: a component without anything in it is wanted whole. */
	event->props.len = 0;
	text = shaped(&shape, PARSE(SERIES));
	has(text, "UID:a");
	has(text, "VALARM");
	calendar.comps.len = 0;
	assert_text(shaped(&shape, PARSE(SERIES)), CAL(SERIES));
}

static void a_part_of_an_expansion_can_be_asked_for(void **state UNUSED)
{
	struct cal_wanted calendar = { .name = TEXT("VCALENDAR"), .all_props = true };
	struct cal_wanted *event = vec_push(arena, &calendar.comps);
	struct cal_shape shape = { .wanted = &calendar, .expand = true };
	struct text text;

	shape.expand_range = range("20260601T000000", "20260602T000000");
	event->name = TEXT("VEVENT");
	*vec_push(arena, &event->props) = (struct cal_wanted_prop){ .name = TEXT("DTSTART") };
	text = shaped(&shape, PARSE(SERIES));
	has(text, "BEGIN:VEVENT\r\nDTSTART:20260601T080000Z\r\nEND:VEVENT\r\n");
}

/* RFC 7809 */
static void zones_are_left_out_and_put_back(void **state UNUSED)
{
	struct cal_shape shape = { .zones = CAL_ZONES_NONE };
	struct text text = shaped(&shape, PARSE(SERIES));

#define OWN \
	"BEGIN:VTIMEZONE\r\nTZID:Mine\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n" \
	"TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
	lacks(text, "VTIMEZONE");
	has(text, "DTSTART;TZID=Europe/Berlin:");
	has(shaped(&shape, PARSE(OWN EVENT("DTSTART;TZID=Mine:20260601T100000\r\n"))), "TZID:Mine");
	shape.zones = CAL_ZONES_ALL;
	text = shaped(
	        &shape, PARSE(EVENT("DTSTART;TZID=Europe/Berlin:20260601T100000\r\n"
	                            "DTEND;TZID=Europe/Berlin:20260601T110000\r\n"
	                            "EXDATE;TZID=\"Eastern Standard Time\":20260601T100000\r\n")));
	has(text, "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n");
	has(text, "TZID:Eastern Standard Time\r\n");
	text = shaped(&shape, PARSE(SERIES));
	has(text, BERLIN);
	lacks(text, "RRULE:FREQ=YEARLY");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(nothing_asked_is_the_bytes_themselves),
		T(expanding_leaves_no_rule_and_no_zone),
		T(expanded_days_stay_days_and_floating_times_float),
		T(each_instance_has_the_lines_of_its_component),
		T(what_is_dressed_is_the_same_dressed_afterwards),
		T(a_nominal_day_does_not_grow_when_expanded),
		T(todos_expand_by_due),
		T(too_many_instances_are_an_error_and_leave_nothing),
		T(overrides_outside_a_limited_set_are_left_out),
		T(free_busy_sets_are_limited),
		T(only_what_was_asked_for_is_given),
		T(a_part_of_an_expansion_can_be_asked_for),
		T(zones_are_left_out_and_put_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
