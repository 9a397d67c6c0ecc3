#include "cal.h"

#include "object/ical_merge.h"

static size_t count(struct text text, const char *part)
{
	size_t found = 0;
	ptrdiff_t at_part;

	while ((at_part = text_find(text, text_of(part))) >= 0) {
		text = text_from(text, (size_t)at_part + 1);
		found++;
	}
	return found;
}

#define NOON "DTSTART;TZID=Mine:20260601T120000\r\n"
#define MINE(offset) \
	"BEGIN:VTIMEZONE\r\nTZID:Mine\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n" \
	"TZOFFSETFROM:" offset "\r\nTZOFFSETTO:" offset "\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
#define OF(uid, inner) "BEGIN:VEVENT\r\nUID:" uid "\r\n" inner "END:VEVENT\r\n"

static struct ical_import split(struct text bytes)
{
	struct ical_import import;
	struct err err = { 0 };

	if (!ical_split(arena, &err, bytes, &import))
		fail_msg("%s", err.detail);
	return import;
}

static void many_objects_become_one_file(void **state UNUSED)
{
	struct ical_merge *merge = ical_merge_new(arena);
	struct buf out;
	struct text text;

	buf_init(&out, arena);
	ical_merge_head(merge, &out, TEXT("Work, and more"), TEXT("#ff0000ff"));
	ical_merge_add(merge, PARSE(MINE("+0100") OF("a", NOON)), &out);
	ical_merge_add(merge, PARSE(MINE("+0100") OF("b", NOON)), &out);
	ical_merge_add(
	        merge, PARSE(OF("c", "DTSTART;TZID=Europe/Berlin:20260601T120000\r\n")), &out);
	ical_merge_tail(merge, &out);
	text = buf_text(&out);
	parse_text(text);
	assert_int_equal(count(text, "TZID:Mine\r\n"), 1);
	assert_int_equal(count(text, "TZID:Europe/Berlin\r\n"), 1);
	assert_int_equal(count(text, "BEGIN:VEVENT"), 3);
	assert_int_equal(count(text, OF("b", NOON)), 1);
	assert_int_equal(count(text, "\nNAME:Work\\, and more\r\n"), 1);
	assert_int_equal(count(text, "X-WR-CALNAME:Work"), 1);
	assert_int_equal(count(text, "X-APPLE-CALENDAR-COLOR:#ff0000ff"), 1);
}

static void two_zones_of_one_name_stay_two(void **state UNUSED)
{
	struct ical_merge *merge = ical_merge_new(arena);
	const struct ical_comp *comp;
	struct ical *ical;
	struct when when;
	struct buf out;

	buf_init(&out, arena);
	ical_merge_head(merge, &out, TEXT_NONE, TEXT_NONE);
	ical_merge_add(merge, PARSE(MINE("+0100") OF("a", NOON)), &out);
	ical_merge_add(merge, PARSE(MINE("+0500") OF("b", NOON)), &out);
	ical_merge_add(merge, PARSE(MINE("+0500") OF("c", NOON)), &out);
	ical_merge_tail(merge, &out);
	ical = parse_text(buf_text(&out));
	assert_int_equal(count(buf_text(&out), "BEGIN:VTIMEZONE"), 2);
	comp = ical_first(ical_calendar(ical), ICAL_VEVENT);
	assert_true(when_of(ical, ical_prop(comp, ICAL_P_DTSTART), &when));
	assert_int_equal(when_utc(when, NULL), at("20260601T110000"));
	for (int i = 0; i < 2; i++) {
		comp = ical_next(comp, ICAL_VEVENT);
		assert_true(when_of(ical, ical_prop(comp, ICAL_P_DTSTART), &when));
		assert_int_equal(when_utc(when, NULL), at("20260601T070000"));
	}
}

static void one_file_becomes_an_object_for_each_uid(void **state UNUSED)
{
	struct ical_import import =
	        split(TEXT(CAL("METHOD:PUBLISH\r\nX-WR-CALNAME:Old\\, one\r\n" MINE("+0100") OF(
	                "a", NOON "RRULE:FREQ=DAILY\r\n") OF("b", "DTSTART:20260101T000000Z\r\n")
	                        OF("a", NOON "RECURRENCE-ID;TZID=Mine:20260602T120000\r\n")
	                                TASK("") "BEGIN:VPOLL\r\nEND:VPOLL\r\n")
	                        CAL(OF("c", "DTSTART:20260101T000000Z\r\n"))));
	struct text a;

	assert_text(import.name, "Old, one");
	assert_int_equal(import.skipped, 1);
	assert_int_equal(import.parts.len, 4);
	a = import.parts.at[0].body;
	assert_text(import.parts.at[0].uid, "a");
	assert_int_equal(count(a, "BEGIN:VEVENT"), 2);
	assert_int_equal(count(a, "TZID:Mine\r\n"), 1);
	assert_int_equal(count(a, "METHOD"), 0);
	assert_int_equal(count(a, OF("a", NOON "RRULE:FREQ=DAILY\r\n")), 1);
	assert_int_equal(count(import.parts.at[1].body, "VTIMEZONE"), 0);
	assert_int_equal(import.parts.at[2].kind, ICAL_VTODO);
	assert_text(import.parts.at[3].uid, "c");
	for (size_t i = 0; i < import.parts.len; i++)
		parse_text(import.parts.at[i].body);
}

static void what_has_no_uid_gets_the_same_one_every_time(void **state UNUSED)
{
	struct text file =
	        TEXT(CAL("BEGIN:VEVENT\r\nDTSTART:20260101T000000Z\r\nEND:VEVENT\r\n"
	                 "BEGIN:VEVENT\r\nUID: \r\nDTSTART:20260102T000000Z\r\nEND:VEVENT\r\n"));
	struct ical_import one = split(file), two = split(file);

	assert_int_equal(one.parts.len, 2);
	for (size_t i = 0; i < 2; i++) {
		struct ical *ical = parse_text(one.parts.at[i].body);
		const struct ical_comp *event = ical_first(ical_calendar(ical), ICAL_VEVENT);

		assert_true(one.parts.at[i].uid.len > 8);
		assert_true(text_eq(one.parts.at[i].uid, two.parts.at[i].uid));
		assert_true(text_eq(ical_prop(event, ICAL_P_UID)->value, one.parts.at[i].uid));
		assert_null(ical_prop_next(ical_prop(event, ICAL_P_UID)));
	}
}

static void the_same_thing_twice_is_one(void **state UNUSED)
{
	struct ical_import import = split(TEXT(CAL(OF("a", NOON)) CAL(OF("a", NOON))));

	assert_int_equal(import.parts.len, 1);
	assert_int_equal(count(import.parts.at[0].body, "BEGIN:VEVENT"), 1);
}

static void files_of_any_length_are_split_in_time(void **state UNUSED)
{
	struct buf out;

	buf_init(&out, arena);
	buf_add(&out, TEXT("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" MINE("+0100")));
	for (int i = 0; i < 30000; i++)
		buf_printf(&out, "BEGIN:VEVENT\r\nUID:u%d\r\n" NOON "END:VEVENT\r\n", i);
	buf_add(&out, TEXT("END:VCALENDAR\r\n"));
	assert_int_equal(split(buf_text(&out)).parts.len, 30000);
}

static void what_is_no_calendar_is_refused(void **state UNUSED)
{
	struct ical_import import;
	struct err err = { 0 };

	assert_false(ical_split(arena, &err, TEXT("BEGIN:VCARD\r\nEND:VCARD\r\n"), &import));
	assert_int_equal(err.id, ERR_VALID_CALENDAR_DATA);
	err_clear(&err);
	assert_false(ical_split(arena, &err, TEXT(""), &import));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(many_objects_become_one_file),
		T(two_zones_of_one_name_stay_two),
		T(one_file_becomes_an_object_for_each_uid),
		T(what_has_no_uid_gets_the_same_one_every_time),
		T(the_same_thing_twice_is_one),
		T(files_of_any_length_are_split_in_time),
		T(what_is_no_calendar_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
