/* One component changed, everything around it as it was. */
#include "cal.h"

#include "object/ical_edit.h"

static struct ical_edit *edit_of(struct ical *ical, enum ical_kind kind)
{
	return ical_edit_of(arena, ical, ical_first(ical_calendar(ical), (unsigned)kind));
}

#define ZONE \
	"BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n" \
	"TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
#define ALARM "BEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\n"
#define LONG_LINE \
	"DESCRIPTION:a very long line that is folded where nobody else would fold it\r\n" \
	" , for it came so\r\n"

static void what_is_not_touched_keeps_its_bytes(void **state UNUSED)
{
	struct ical *ical = PARSE(ZONE TASK(LONG_LINE "SUMMARY:a\r\n" ALARM "X-B:1\r\n"));
	struct ical_edit *edit = edit_of(ical, ICAL_VTODO);

	assert_false(ical_edit_changed(edit));
	assert_true(ical_edit_body(edit).ptr == ical_bytes(ical).ptr);
	ical_edit_set(edit, "summary", TEXT(""), TEXT("a"));
	assert_false(ical_edit_changed(edit));
	ical_edit_set(edit, "summary", TEXT(""), TEXT("b"));
	assert_true(ical_edit_changed(edit));
	assert_text(
	        ical_edit_body(edit), CAL(ZONE TASK(LONG_LINE "SUMMARY:b\r\n" ALARM "X-B:1\r\n")));
}

static void new_properties_stand_before_components(void **state UNUSED)
{
	struct ical_edit *edit = edit_of(PARSE(TASK("SUMMARY:a\r\n" ALARM)), ICAL_VTODO);

	ical_edit_set(edit, "STATUS", TEXT(""), TEXT("COMPLETED"));
	ical_edit_add(edit, TEXT("RELATED-TO"), TEXT("RELTYPE=PARENT"), TEXT("x"));
	ical_edit_add_comp(edit, TEXT("BEGIN:X-C\r\nEND:X-C\r\n"));
	assert_text(ical_edit_body(edit),
	        CAL(TASK("SUMMARY:a\r\nSTATUS:COMPLETED\r\nRELATED-TO;RELTYPE=PARENT:x\r\n" ALARM
	                 "BEGIN:X-C\r\nEND:X-C\r\n")));
}

static void properties_and_components_go(void **state UNUSED)
{
	struct ical *ical = PARSE(TASK("X-A:1\r\nx-a:2\r\nX-B:3\r\n" ALARM) EVENT("X-A:4\r\n"));
	struct ical_edit *edit = edit_of(ical, ICAL_VTODO);

	assert_text(ical_edit_prop(edit, TEXT("X-A"), 1)->value, "2");
	assert_null(ical_edit_prop(edit, TEXT("X-A"), 2));
	ical_edit_remove(edit, ical_edit_prop(edit, TEXT("X-A"), 1));
	ical_edit_remove_all(edit, "x-b");
	ical_edit_remove_comp(edit, ical_first(ical_calendar(ical), ICAL_VTODO)->children);
	assert_text(ical_edit_body(edit), CAL(TASK("X-A:1\r\n") EVENT("X-A:4\r\n")));
}

static void lines_of_others_are_copied_as_they_stand(void **state UNUSED)
{
	struct ical *other = PARSE(TASK(LONG_LINE));
	struct ical_edit *edit = edit_of(PARSE(TASK("")), ICAL_VTODO);

	ical_edit_copy(
	        edit, ical_prop(ical_first(ical_calendar(other), ICAL_VTODO), ICAL_P_DESCRIPTION));
	assert_text(ical_edit_body(edit), CAL(TASK(LONG_LINE)));
}

static void line_ends_may_be_bare(void **state UNUSED)
{
	struct ical *ical =
	        parse_text(TEXT("BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:a\nEND:VTODO\nEND:VCALENDAR"));
	struct ical_edit *edit = edit_of(ical, ICAL_VTODO);

	ical_edit_set(edit, "SUMMARY", TEXT(""), TEXT("b"));
	assert_text(ical_edit_body(edit),
	        "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:a\nSUMMARY:b\r\nEND:VTODO\nEND:VCALENDAR");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(what_is_not_touched_keeps_its_bytes),
		T(new_properties_stand_before_components),
		T(properties_and_components_go),
		T(lines_of_others_are_copied_as_they_stand),
		T(line_ends_may_be_bare),
	};

	if (!ical_setup())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
