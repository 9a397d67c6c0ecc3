/* cal.h - what the tests of calendar objects share: objects from lines, instances as text. */
#ifndef KONTOR_TESTS_CAL_H
#define KONTOR_TESTS_CAL_H

#include "../test.h"

#include "object/ical_recur.h"

static struct arena *arena;

UNUSED static int begin(void **state UNUSED)
{
	arena = arena_new();
	return 0;
}

UNUSED static int end(void **state UNUSED)
{
	arena_free(&arena);
	return 0;
}

#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
#define CAL(inner) \
	"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n" inner "END:VCALENDAR\r\n"
#define EVENT(inner) "BEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260101T000000Z\r\n" inner "END:VEVENT\r\n"
#define TASK(inner)  "BEGIN:VTODO\r\nUID:a\r\nDTSTAMP:20260101T000000Z\r\n" inner "END:VTODO\r\n"

UNUSED static struct ical *parse_text(struct text bytes)
{
	struct err err = { 0 };
	struct ical *ical;

	if (!ical_parse(arena, &err, bytes, &ical))
		fail_msg("%s", err.detail);
	return ical;
}

#define PARSE(inner) parse_text(TEXT(CAL(inner)))

UNUSED static int64_t at(const char *text)
{
	struct when when;

	assert_true(when_read(text_of(text), zone_utc(), &when));
	return when.wall;
}

/* "start/end start/end ..." in UTC, without seconds; "..." behind what was cut. */
UNUSED static struct text instances(const struct ical *ical, const struct ical_window *window)
{
	struct ical_instances found;
	enum ical_cut cut = ical_expand(arena, ical, window, &found);
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < found.len; i++) {
		struct text from = utc_write(arena, found.at[i].start);
		struct text to = utc_write(arena, found.at[i].end);

		buf_printf(&out, "%s%.*s/%.*s", i ? " " : "", 13, from.ptr, 13, to.ptr);
	}
	if (cut != ICAL_WHOLE)
		buf_add(&out, TEXT("..."));
	return buf_text(&out);
}

#endif
