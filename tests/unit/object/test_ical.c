#include "cal.h"

static void refuse(struct text bytes, const char *words)
{
	struct err err = { 0 };
	struct ical *ical;

	if (ical_parse(arena, &err, bytes, &ical))
		fail_msg("taken: %.*s", TEXT_ARG(bytes));
	assert_int_equal(err.id, ERR_VALID_CALENDAR_DATA);
	if (text_find(text_of(err.detail), text_of(words)) < 0)
		fail_msg("\"%s\" does not say \"%s\"", err.detail, words);
}

static void the_tree_has_the_bytes_as_sent(void **state UNUSED)
{
	struct text bytes = TEXT("\xef\xbb\xbf"
	                         "begin:vcalendar\nVERSION:2.0\n\nBEGIN:VEVENT\r\n"
	                         "SUMMARY;X-A=\"b:c;d\":fol\n\tded\nX-odd_name.1:a:b\nEND:VEVENT\n"
	                         "END:vCalendar");
	struct ical *ical = parse_text(bytes);
	const struct ical_comp *event = ical_first(ical_calendar(ical), ICAL_VEVENT);
	const struct ical_prop *prop = event->props;

	assert_true(text_eq(ical_bytes(ical), bytes));
	assert_int_equal(prop->id, ICAL_P_SUMMARY);
	assert_text(prop->value, "folded");
	assert_text(prop->params, "X-A=\"b:c;d\"");
	assert_text(prop->line, "SUMMARY;X-A=\"b:c;d\":fol\n\tded\n");
	assert_text(ical_param(prop, "x-a"), "b:c;d");
	assert_text(prop->next->name, "X-odd_name.1");
	assert_text(prop->next->value, "a:b");
	assert_true(text_starts(event->raw, TEXT("BEGIN:VEVENT\r\n")));
	assert_true(text_ends(event->raw, TEXT("END:VEVENT\n")));
}

static void what_is_not_one_calendar_is_refused(void **state UNUSED)
{
	refuse(TEXT(""), "exactly one");
	refuse(TEXT("hello\n"), "line 1");
	refuse(TEXT("BEGIN:VCARD\nEND:VCARD\n"), "exactly one");
	refuse(TEXT("BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\n"), "exactly");
	refuse(TEXT("BEGIN:VCALENDAR\nEND:VCALENDAR\nX:1\n"), "line 3");
	refuse(TEXT("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\nEND:VEVENT\n"), "line 3");
	refuse(TEXT("END:VCALENDAR\n"), "line 1");
	refuse(TEXT("BEGIN:VCALENDAR\nA:1\n :2\nB\nEND:VCALENDAR\n"), "line 4");
	refuse(TEXT("BEGIN:VCALENDAR\nA;B=\"c:d\nEND:VCALENDAR\n"), "line 2");
	refuse(TEXT("BEGIN:VCALENDAR\n:novalue\nEND:VCALENDAR\n"), "line 2");
	refuse(TEXT("BEGIN:VCALENDAR\nA:b\rc\nEND:VCALENDAR\n"), "carriage return");
}

static void every_truncation_is_refused(void **state UNUSED)
{
	struct text whole = TEXT(CAL(EVENT("SUMMARY:fol\r\n ded\r\nDTSTART:20260101T000000Z\r\n")));

	for (size_t len = 0; len < whole.len - 2; len++)
		refuse(text_sub(whole, 0, len), "");
}

static void bytes_that_are_no_text_are_refused(void **state UNUSED)
{
	refuse(TEXT(CAL(EVENT("SUMMARY:a\0b\r\n"))), "control");
	refuse(TEXT(CAL(EVENT("SUMMARY:a\x01"
	                      "b\r\n"))),
	        "control");
	refuse(TEXT(CAL(EVENT("SUMMARY:\xe4\r\n"))), "UTF-8");
	refuse(TEXT(CAL(EVENT("SUMMARY:\xed\xa0\x80\r\n"))), "UTF-8");
}

static void too_much_is_refused_in_time(void **state UNUSED)
{
	struct buf out;

	buf_init(&out, arena);
	buf_add(&out, TEXT("BEGIN:VCALENDAR\n"));
	for (int i = 0; i < 100000; i++)
		buf_add(&out, TEXT("X-A:b\n"));
	buf_add(&out, TEXT("END:VCALENDAR\n"));
	refuse(buf_text(&out), "too many");

	buf_init(&out, arena);
	for (int i = 0; i < 100; i++)
		buf_add(&out, TEXT("BEGIN:VCALENDAR\n"));
	refuse(buf_text(&out), "too deep");
}

static void a_long_line_costs_no_more_than_its_length(void **state UNUSED)
{
	struct buf out;

	buf_init(&out, arena);
	buf_add(&out, TEXT("BEGIN:VCALENDAR\nDESCRIPTION:"));
	for (int i = 0; i < 500000; i++)
		buf_add(&out, TEXT("abcdefgh"));
	for (int i = 0; i < 500000; i++)
		buf_add(&out, TEXT("\n a"));
	buf_add(&out, TEXT("\nEND:VCALENDAR\n"));
	assert_int_equal(
	        ical_calendar(parse_text(buf_text(&out)))->props->value.len, 4000000 + 500000);
}

static void parameters_are_taken_apart(void **state UNUSED)
{
	struct ical *ical =
	        parse_text(TEXT("BEGIN:VCALENDAR\n"
	                        "A;MEMBER=\"mailto:a,b\",\"c;d\",e;BARE;CN=^'x^'^n^^:v\n"
	                        "END:VCALENDAR\n"));
	struct text params = ical_calendar(ical)->props->params, value;
	struct ical_param param;

	assert_true(ical_param_next(&params, &param));
	assert_true(ical_param_value_next(&param.values, &value));
	assert_text(value, "mailto:a,b");
	assert_true(ical_param_value_next(&param.values, &value));
	assert_text(value, "c;d");
	assert_true(ical_param_value_next(&param.values, &value));
	assert_text(value, "e");
	assert_false(ical_param_value_next(&param.values, &value));
	assert_true(ical_param_next(&params, &param));
	assert_text(param.name, "BARE");
	assert_true(ical_param_next(&params, &param));
	assert_text(ical_param_text(arena, param.values), "\"x\"\n^");
	assert_false(ical_param_next(&params, &param));
}

static void text_is_escaped_and_unescaped(void **state UNUSED)
{
	assert_text(ical_unescape(arena, TEXT("a\\nb\\N\\,\\;\\\\\\")), "a\nb\n,;\\\\");
	assert_text(ical_escape(arena, TEXT("a\r\nb,;\\")), "a\\nb\\,\\;\\\\");
}

static void lines_are_folded_between_characters(void **state UNUSED)
{
	struct buf out;
	struct text line = arena_printf(arena, "SUMMARY:%066d\xc3\xa4%080d", 0, 0);
	struct text folded, rest, piece;

	buf_init(&out, arena);
	ical_line(&out, line);
	folded = rest = buf_text(&out);
	while (text_split(&rest, '\n', &piece)) {
		assert_true(piece.len <= 76);
		assert_true(text_is_utf8(piece));
	}
	folded = arena_printf(arena, "BEGIN:VCALENDAR\r\n%.*sEND:VCALENDAR\r\n", TEXT_ARG(folded));
	assert_true(text_eq(ical_calendar(parse_text(folded))->props->value, text_from(line, 8)));
}

static void every_property_is_found_by_its_name(void **state UNUSED)
{
	for (int id = 1; id < ICAL_P_COUNT; id++)
		assert_int_equal(ical_prop_id_of(ical_prop_name((enum ical_prop_id)id)), id);
	assert_int_equal(ical_prop_id_of(TEXT("dtstart")), ICAL_P_DTSTART);
	assert_int_equal(ical_prop_id_of(TEXT("DTSTARTS")), ICAL_P_OTHER);
	assert_int_equal(ical_prop_id_of(TEXT("")), ICAL_P_OTHER);
}

static void times_read_only_if_they_exist(void **state UNUSED)
{
	static const char *const BAD[] = { "", "2026010", "20260229", "20261301", "20260100",
		"20260101T", "20260101T240000", "20260101T006000", "20260101T000061",
		"20260101T000000X", "20260101 000000", "2026-01-01" };
	struct when when;

	for (size_t i = 0; i < COUNT_OF(BAD); i++)
		assert_false(when_read(text_of(BAD[i]), NULL, &when));
	assert_true(when_read(TEXT("20240229"), NULL, &when));
	assert_true(when.is_date);
	assert_text(when_write(arena, when), "20240229");
	assert_true(when_read(TEXT("19691231T235960Z"), NULL, &when));
	assert_int_equal(when.wall, -1);
	assert_text(when_write(arena, when), "19691231T235959Z");
}

static void durations_read_and_write(void **state UNUSED)
{
	static const char *const BAD[] = { "", "P", "PT", "1D", "P1", "PT1D", "P1H", "-",
		"P99999999999D", "PT1X" };
	struct duration d;

	for (size_t i = 0; i < COUNT_OF(BAD); i++)
		assert_false(duration_read(text_of(BAD[i]), &d));
	assert_true(duration_read(TEXT("-P1DT2H3M4S"), &d));
	assert_int_equal(d.days, -1);
	assert_int_equal(d.seconds, -(2 * 3600 + 3 * 60 + 4));
	assert_true(duration_read(TEXT("P2W"), &d));
	assert_int_equal(d.days, 14);
	assert_true(duration_read(TEXT("P1DT"), &d)); /* as Apple sends it */
	assert_text(duration_write(arena, 90061), "P1DT1H1M1S");
	assert_text(duration_write(arena, 0), "PT0S");
	assert_text(duration_write(arena, -86400), "-P1D");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_tree_has_the_bytes_as_sent),
		T(what_is_not_one_calendar_is_refused),
		T(every_truncation_is_refused),
		T(bytes_that_are_no_text_are_refused),
		T(too_much_is_refused_in_time),
		T(a_long_line_costs_no_more_than_its_length),
		T(parameters_are_taken_apart),
		T(text_is_escaped_and_unescaped),
		T(lines_are_folded_between_characters),
		T(every_property_is_found_by_its_name),
		T(times_read_only_if_they_exist),
		T(durations_read_and_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
