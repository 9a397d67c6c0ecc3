#include "cal.h"

#include "object/ical_filter.h"

#define NOON "DTSTART:20260601T120000Z\r\nDTEND:20260601T130000Z\r\n"

/* VCALENDAR > `name`; tests fill in the rest. */
static struct cal_filter filter_for(const char *name, struct cal_comp_filter **inner)
{
	struct cal_filter filter = { .calendar = { .name = TEXT("VCALENDAR") } };

	*inner = vec_push(arena, &filter.calendar.comps);
	(*inner)->name = text_of(name);
	return filter;
}

static bool matches(const struct cal_filter *filter, const struct ical *ical)
{
	struct err err = { 0 };
	struct cal_matcher *matcher = cal_matcher_new(arena, &err, filter, NULL);

	if (!matcher)
		fail_msg("%s", err.detail);
	return cal_matches(matcher, arena, ical);
}

static bool in_range(const char *name, const char *from, const char *to, const struct ical *ical)
{
	struct cal_comp_filter *comp;
	struct cal_filter filter = filter_for(name, &comp);

	comp->has_range = true;
	comp->range.start = from ? at(from) : ICAL_NEVER;
	comp->range.end = to ? at(to) : ICAL_EVER;
	return matches(&filter, ical);
}

static void components_are_defined_or_not(void **state UNUSED)
{
	struct cal_comp_filter *comp;
	struct cal_filter filter = filter_for("vevent", &comp);

	assert_true(matches(&filter, PARSE(EVENT(NOON))));
	assert_false(matches(&filter, PARSE(TASK(""))));
	comp->is_not_defined = true;
	assert_false(matches(&filter, PARSE(EVENT(NOON))));
	assert_true(matches(&filter, PARSE(TASK(""))));
}

static bool summary(struct cal_text_match match, const struct ical *ical)
{
	struct cal_comp_filter *comp;
	struct cal_filter filter = filter_for("VEVENT", &comp);

	*vec_push(arena, &comp->props) = (struct cal_prop_filter){
		.name = TEXT("SUMMARY"), .has_match = true, .match = match
	};
	return matches(&filter, ical);
}

static void text_is_compared_unescaped_in_its_collation(void **state UNUSED)
{
	struct ical *ical = PARSE(EVENT(NOON "SUMMARY:Tee\\, Kuchen \xc3\x84rger\r\n"));

#define MATCH(...) summary((struct cal_text_match){ __VA_ARGS__ }, ical)
	assert_true(MATCH(TEXT("tee, kuchen")));
	assert_false(MATCH(TEXT("Tee\\, Kuchen")));
	assert_false(MATCH(TEXT("\xc3\xa4rger")));
	assert_true(MATCH(TEXT("\xc3\xa4RGER"), .collation = CAL_UNICODE_CASEMAP));
	assert_true(MATCH(TEXT("Tee"), .collation = CAL_OCTET));
	assert_false(MATCH(TEXT("tee"), .collation = CAL_OCTET));
	assert_true(MATCH(TEXT("coffee"), .negate = true));
	assert_false(MATCH(TEXT("tee"), .negate = true));
	assert_true(MATCH(TEXT("TEE"), .match = CAL_STARTS_WITH));
	assert_false(MATCH(TEXT("kuchen"), .match = CAL_STARTS_WITH));
	assert_false(MATCH(TEXT("Tee"), .match = CAL_EQUALS));
	assert_false(MATCH(TEXT("tee"), .match = CAL_ENDS_WITH));
	assert_true(MATCH(TEXT("")));
	ical = PARSE(EVENT(NOON));
	assert_false(MATCH(TEXT("coffee"), .negate = true));
}

static void parameters_are_tested_value_by_value(void **state UNUSED)
{
	struct ical *ical = PARSE(EVENT(NOON "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:a@b\r\n"
	                                     "ATTENDEE;PARTSTAT=DECLINED:mailto:c@d\r\n"));
	struct cal_comp_filter *comp;
	struct cal_filter filter = filter_for("VEVENT", &comp);
	struct cal_prop_filter *prop = vec_push(arena, &comp->props);
	struct cal_param_filter *param = vec_push(arena, &prop->params);

	prop->name = TEXT("ATTENDEE");
	prop->has_match = true;
	prop->match.text = TEXT("MAILTO:A@");
	param->name = TEXT("partstat");
	param->has_match = true;
	param->match.text = TEXT("needs-action");
	assert_true(matches(&filter, ical));
	param->match.text = TEXT("declined"); /* of the same ATTENDEE */
	assert_false(matches(&filter, ical));
	prop->any = true;
	assert_true(matches(&filter, ical));
	prop->any = false;
	param->has_match = false;
	param->is_not_defined = true;
	assert_false(matches(&filter, ical));
	param->name = TEXT("CN");
	assert_true(matches(&filter, ical));
}

static void tests_meet_one_and_the_same_component(void **state UNUSED)
{
	struct ical *ical = PARSE(EVENT(NOON "RRULE:FREQ=DAILY;COUNT=3\r\nSUMMARY:series\r\n")
	                EVENT("RECURRENCE-ID:20260602T120000Z\r\nDTSTART:20260701T120000Z\r\n"
	                      "SUMMARY:moved\r\n"));
	struct cal_comp_filter *comp;
	struct cal_filter filter = filter_for("VEVENT", &comp);
	struct cal_prop_filter *prop = vec_push(arena, &comp->props);

	prop->name = TEXT("SUMMARY");
	prop->has_match = true;
	prop->match.text = TEXT("moved");
	comp->has_range = true;
	comp->range = (struct ical_range){ at("20260601T000000"), at("20260604T000000") };
	assert_false(matches(&filter, ical));
	comp->range = (struct ical_range){ at("20260701T000000"), at("20260702T000000") };
	assert_true(matches(&filter, ical));
	assert_false(in_range("VEVENT", "20260602T000000", "20260603T000000", ical));
	assert_true(in_range("VEVENT", "20260603T000000", "20260604T000000", ical));
	comp->any = true;
	comp->range = (struct ical_range){ at("20260601T000000"), at("20260604T000000") };
	assert_true(matches(&filter, ical));
}

static void open_ranges_find_endless_series(void **state UNUSED)
{
	struct ical *ical = PARSE(EVENT(NOON "RRULE:FREQ=DAILY\r\n")
	                EVENT("RECURRENCE-ID:20260602T120000Z\r\nDTSTART:20260701T120000Z\r\n"));

	assert_true(in_range("VEVENT", "20500101T000000", NULL, ical));
	assert_true(in_range("VEVENT", NULL, "20260601T120001", ical));
	assert_false(in_range("VEVENT", NULL, "20260601T120000", ical));
}

/* RFC 4791 9.9: the table for VTODO. */
static void todos_follow_their_table(void **state UNUSED)
{
#define RANGE(from, to, inner) \
	in_range("VTODO", "20260601T" from, "20260601T" to, PARSE(TASK(inner)))
	assert_true(RANGE("120000", "130000", "DTSTART:20260601T100000Z\r\nDURATION:PT2H\r\n"));
	assert_false(
	        RANGE("120000", "130000", "DTSTART:20260601T100000Z\r\nDUE:20260601T120000Z\r\n"));
	assert_true(RANGE("120000", "130000", "DTSTART:20260601T125959Z\r\n"));
	assert_false(RANGE("120000", "130000", "DTSTART:20260601T130000Z\r\n"));
	assert_true(RANGE("120000", "130000", "DUE:20260601T130000Z\r\n"));
	assert_false(RANGE("120000", "130000", "DUE:20260601T120000Z\r\n"));
	assert_true(RANGE("120000", "130000", "COMPLETED:20260601T130000Z\r\n"));
	assert_false(RANGE("120000", "130000", "COMPLETED:20260601T130001Z\r\n"));
	assert_true(RANGE(
	        "120000", "130000", "CREATED:20260501T130000Z\r\nCOMPLETED:20260701T130000Z\r\n"));
	assert_true(RANGE("120000", "130000", "CREATED:20260601T125959Z\r\n"));
	assert_false(RANGE("120000", "130000", "CREATED:20260601T130000Z\r\n"));
	assert_true(RANGE("120000", "130000", "SUMMARY:any time\r\n"));
}

#define COMP(name, inner) "BEGIN:" name "\r\nUID:a\r\n" inner "END:" name "\r\n"

static void other_kinds_follow_theirs(void **state UNUSED)
{
	const char *from = "20260601T120000", *to = "20260601T130000";

	assert_true(in_range(
	        "VJOURNAL", from, to, PARSE(COMP("VJOURNAL", "DTSTART;VALUE=DATE:20260601\r\n"))));
	assert_false(in_range(
	        "VJOURNAL", from, to, PARSE(COMP("VJOURNAL", "DTSTART:20260601T110000Z\r\n"))));
	assert_false(in_range("VJOURNAL", from, to, PARSE(COMP("VJOURNAL", ""))));
	assert_true(in_range("VFREEBUSY", from, to,
	        PARSE(COMP(
	                "VFREEBUSY", "DTSTART:20260601T000000Z\r\nDTEND:20260601T120000Z\r\n"))));
	assert_true(in_range("VFREEBUSY", from, to,
	        PARSE(COMP(
	                "VFREEBUSY", "FREEBUSY:20260101T000000Z/PT1H,20260601T110000Z/PT2H\r\n"))));
	assert_false(in_range("VFREEBUSY", from, to, PARSE(COMP("VFREEBUSY", ""))));
	assert_true(in_range("VAVAILABILITY", from, to, PARSE(COMP("VAVAILABILITY", ""))));
	assert_false(in_range("VAVAILABILITY", from, to,
	        PARSE(COMP("VAVAILABILITY", "DTSTART:20260601T130000Z\r\n"))));
}

static bool alarm_rings(const char *from, const char *to, const struct ical *ical)
{
	struct cal_comp_filter *comp, *alarm;
	struct cal_filter filter = filter_for("VEVENT", &comp);

	alarm = vec_push(arena, &comp->comps);
	alarm->name = TEXT("VALARM");
	alarm->has_range = true;
	alarm->range = (struct ical_range){ at(from), at(to) };
	return matches(&filter, ical);
}

#define ALARM(inner) "BEGIN:VALARM\r\nACTION:AUDIO\r\n" inner "END:VALARM\r\n"

static void alarms_ring_when_their_instances_say(void **state UNUSED)
{
	struct ical *ical = PARSE(EVENT(NOON "RRULE:FREQ=DAILY;COUNT=3\r\n" ALARM(
	        "TRIGGER:-PT1H\r\nREPEAT:2\r\nDURATION:PT10M\r\n"))
	                EVENT("RECURRENCE-ID:20260602T120000Z\r\nDTSTART:"
	                      "20260702T120000Z\r\n" ALARM("TRIGGER;RELATED=END:PT5M\r\n")));

	assert_true(alarm_rings("20260601T110000", "20260601T110001", ical));
	assert_false(alarm_rings("20260601T110001", "20260601T111000", ical));
	assert_true(alarm_rings("20260601T111900", "20260601T112100", ical));
	assert_false(alarm_rings("20260601T112100", "20260601T200000", ical));
	assert_false(alarm_rings("20260602T000000", "20260603T000000", ical));
	assert_true(alarm_rings("20260603T000000", "20260604T000000", ical));
	assert_true(alarm_rings("20260702T120500", "20260702T120501", ical));
	ical = PARSE(EVENT(NOON ALARM("TRIGGER;VALUE=DATE-TIME:20260101T000000Z\r\n")));
	assert_true(alarm_rings("20260101T000000", "20260101T000001", ical));
	assert_false(alarm_rings("20260601T000000", "20260602T000000", ical));
	ical = PARSE(EVENT(NOON ALARM("TRIGGER:-P1D\r\nREPEAT:999999999\r\nDURATION:PT1S\r\n")));
	assert_true(alarm_rings("20260531T130000", "20260531T130001", ical));
}

static void properties_have_times_too(void **state UNUSED)
{
	struct cal_comp_filter *comp;
	struct cal_filter filter = filter_for("VEVENT", &comp);
	struct cal_prop_filter *prop = vec_push(arena, &comp->props);

	prop->name = TEXT("LAST-MODIFIED");
	prop->has_range = true;
	prop->range = (struct ical_range){ at("20260101T000000"), at("20260201T000000") };
	assert_true(matches(&filter, PARSE(EVENT(NOON "LAST-MODIFIED:20260101T000000Z\r\n"))));
	assert_false(matches(&filter, PARSE(EVENT(NOON "LAST-MODIFIED:20260201T000000Z\r\n"))));
	assert_false(matches(&filter, PARSE(EVENT(NOON))));
}

static void refuse(const struct cal_filter *filter)
{
	struct err err = { 0 };

	assert_null(cal_matcher_new(arena, &err, filter, NULL));
	assert_int_equal(err.id, ERR_CAL_VALID_FILTER);
}

static void filters_that_make_no_sense_are_refused(void **state UNUSED)
{
	static const char *const PATHS[][3] = { { "VALARM" }, { "STANDARD" },
		{ "VEVENT", "VEVENT" }, { "VEVENT", "VALARM", "VEVENT" } };
	static const char *const TIMELESS[][2] = { { "VTIMEZONE" }, { "VTIMEZONE", "STANDARD" },
		{ "VEVENT", "X-COMP" } };
	struct cal_comp_filter *comp;
	struct cal_filter filter = filter_for("VEVENT", &comp);

	filter.calendar.name = TEXT("VEVENT");
	refuse(&filter);
	for (size_t i = 0; i < COUNT_OF(PATHS); i++) {
		filter = filter_for(PATHS[i][0], &comp);
		for (int j = 1; j < 3 && PATHS[i][j]; j++) {
			comp = vec_push(arena, &comp->comps);
			comp->name = text_of(PATHS[i][j]);
		}
		refuse(&filter);
	}
	for (size_t i = 0; i < COUNT_OF(TIMELESS); i++) {
		filter = filter_for(TIMELESS[i][0], &comp);
		if (TIMELESS[i][1]) {
			comp = vec_push(arena, &comp->comps);
			comp->name = text_of(TIMELESS[i][1]);
		}
		comp->has_range = true;
		refuse(&filter);
	}
	filter = filter_for("VEVENT", &comp);
	*vec_push(arena, &comp->props) =
	        (struct cal_prop_filter){ .name = TEXT("SUMMARY"), .has_range = true };
	refuse(&filter);
	filter = filter_for("VEVENT", &comp);
	filter.calendar.has_range = true;
	refuse(&filter);
}

static void ranges_are_in_utc_and_in_order(void **state UNUSED)
{
	struct ical_range range;
	struct err err = { 0 };

	assert_true(cal_range_of(&err, TEXT("20260101T000000Z"), TEXT_NONE, &range));
	assert_true(range.start == at("20260101T000000") && range.end == ICAL_EVER);
	assert_true(cal_range_of(&err, TEXT_NONE, TEXT("20260101T000000Z"), &range));
	assert_true(range.start == ICAL_NEVER);
	assert_false(cal_range_of(&err, TEXT_NONE, TEXT_NONE, &range));
	assert_false(cal_range_of(&err, TEXT("20260101"), TEXT("20260102"), &range));
	assert_false(cal_range_of(&err, TEXT("20260101T000000"), TEXT_NONE, &range));
	assert_false(
	        cal_range_of(&err, TEXT("20260101T000000Z"), TEXT("20260101T000000Z"), &range));
}

static void hints_say_what_the_index_can_tell(void **state UNUSED)
{
	struct cal_comp_filter *comp, *alarm;
	struct cal_filter filter = filter_for("VEVENT", &comp);
	struct cal_hint hint;

	comp->has_range = true;
	comp->range = (struct ical_range){ 1, 2 };
	hint = cal_filter_hint(&filter);
	assert_true(hint.exact && hint.has_range && hint.kinds == ICAL_VEVENT);
	*vec_push(arena, &comp->props) = (struct cal_prop_filter){
		.name = TEXT("UID"), .has_match = true, .match = { .text = TEXT("x") }
	};
	hint = cal_filter_hint(&filter);
	assert_false(hint.exact);
	assert_text(hint.uid, "x");
	filter = filter_for("VTODO", &comp);
	alarm = vec_push(arena, &comp->comps);
	alarm->name = TEXT("VALARM");
	alarm->has_range = true;
	hint = cal_filter_hint(&filter);
	assert_true(!hint.exact && hint.alarms && hint.has_range && hint.kinds == ICAL_VTODO);
	filter = filter_for("VEVENT", &comp);
	comp->is_not_defined = true;
	hint = cal_filter_hint(&filter);
	assert_true(hint.exact && hint.kinds == (ICAL_OBJECTS & ~(unsigned)ICAL_VEVENT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(components_are_defined_or_not),
		T(text_is_compared_unescaped_in_its_collation),
		T(parameters_are_tested_value_by_value),
		T(tests_meet_one_and_the_same_component),
		T(open_ranges_find_endless_series),
		T(todos_follow_their_table),
		T(other_kinds_follow_theirs),
		T(alarms_ring_when_their_instances_say),
		T(properties_have_times_too),
		T(filters_that_make_no_sense_are_refused),
		T(ranges_are_in_utc_and_in_order),
		T(hints_say_what_the_index_can_tell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
