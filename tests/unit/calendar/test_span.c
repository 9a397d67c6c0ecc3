/* Tests of calendar/span.h: what the one row of an object says, and which rows a search walks. */
#include "../test.h"

#include "calendar/span.h"

struct state {
	struct arena *arena;
};

static int setup(void **state)
{
	struct state *s = calloc(1, sizeof(*s));

	assert_true(ical_setup());
	s->arena = arena_new();
	*state = s;
	return 0;
}

static int teardown(void **state)
{
	struct state *s = *state;

	arena_free(&s->arena);
	free(s);
	return 0;
}

static struct event_span span_of(struct state *s, const char *inside)
{
	struct text bytes = arena_printf(s->arena,
	        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:u\r\n"
	        "DTSTAMP:20260101T000000Z\r\n%sEND:VEVENT\r\nEND:VCALENDAR\r\n",
	        inside);
	struct err err = { 0 };
	struct ical_facts facts;
	struct ical *ical;

	assert_true(ical_parse(s->arena, &err, bytes, &ical));
	ical_facts(s->arena, ical, &facts);
	return span_of_facts(&facts);
}

static int64_t utc(const char *text)
{
	struct when when;

	assert_true(when_read(text_of(text), NULL, &when));
	return when_utc(when, NULL);
}

static void a_single_event_with_a_zone_is_plain(void **state)
{
	struct event_span span = span_of(*state, "DTSTART;TZID=Europe/Berlin:20260701T100000\r\n"
	                                         "DTEND;TZID=Europe/Berlin:20260701T113000\r\n");

	assert_int_equal(span.flags, SPAN_PLAIN);
	assert_int_equal(span.first, utc("20260701T080000Z"));
	assert_int_equal(span.last, utc("20260701T093000Z"));
}

static void what_depends_on_more_than_its_span_is_not_plain(void **state)
{
	static const char *const odd[] = {
		"DTSTART;VALUE=DATE:20260701\r\n",
		"DTSTART:20260701T100000\r\nDURATION:PT1H\r\n",
		"DTSTART:20260701T100000Z\r\nRRULE:FREQ=DAILY;COUNT=1\r\n",
		"DTSTART:20260701T100000Z\r\nRDATE:20260702T100000Z\r\n",
		"DTSTART:20260701T100000Z\r\nRECURRENCE-ID:20260701T090000Z\r\n",
		("DTSTART:20260701T100000Z\r\nBEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER:-PT5M\r\n"
		 "END:VALARM\r\n"),
	};

	for (size_t i = 0; i < COUNT_OF(odd); i++)
		assert_false(span_of(*state, odd[i]).flags & SPAN_PLAIN);
}

static void flags_say_who_is_free(void **state)
{
	const char *when = "DTSTART:20260701T100000Z\r\nDURATION:PT1H\r\n";
	struct state *s = *state;
	const char *tentative =
	        arena_cstr(s->arena, arena_printf(s->arena, "%sSTATUS:tentative\r\n", when));
	const char *transparent =
	        arena_cstr(s->arena, arena_printf(s->arena, "%sTRANSP:TRANSPARENT\r\n", when));

	assert_int_equal(span_of(s, when).flags, SPAN_PLAIN);
	assert_int_equal(span_of(s, tentative).flags, SPAN_PLAIN | SPAN_TENTATIVE);
	assert_int_equal(span_of(s, transparent).flags, SPAN_PLAIN | SPAN_FREE);
}

static void ranges_are_half_open_and_no_length_is_a_moment(void **state)
{
	struct event_span hour = { ICAL_VEVENT, 100, 200, SPAN_PLAIN };
	struct event_span moment = { ICAL_VEVENT, 100, 100, SPAN_PLAIN };

	(void)state;
	assert_true(span_meets(&hour, &(struct ical_range){ 199, 300 }));
	assert_false(span_meets(&hour, &(struct ical_range){ 200, 300 }));
	assert_false(span_meets(&hour, &(struct ical_range){ 50, 100 }));
	assert_true(span_meets(&hour, &(struct ical_range){ 50, 101 }));
	assert_true(span_meets(&moment, &(struct ical_range){ 100, 101 }));
	assert_false(span_meets(&moment, &(struct ical_range){ 50, 100 }));
	assert_true(span_meets(&moment, &(struct ical_range){ ICAL_NEVER, ICAL_EVER }));
}

/* Whatever the width, a span that meets the range stands in the walk of its width. */
static void every_span_stands_in_its_walk(void **state)
{
	static const int64_t lengths[] = { 0, 1, 3600, 86400 * 3, 86400 * 3 + 1, 86400 * 96,
		86400 * 97, (int64_t)86400 * 3000, (int64_t)86400 * 3001 };
	const struct ical_range range = { 1000000000, 1000086400 };
	struct event_span span = { .component = ICAL_VEVENT };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		struct span_walk walk = span_walk_of(&range, span_width(0, lengths[i]));

		/* ends just inside the range, and begins just inside it */
		span.last = range.start + 1;
		span.first = span.last - lengths[i];
		assert_true(span.first >= walk.from && span.first <= walk.to);
		assert_true(span.last >= walk.last);
		span.first = range.end - 1;
		assert_true(span.first >= walk.from && span.first <= walk.to);
	}
	assert_int_equal(span_width(ICAL_NEVER, 0), SPAN_WIDTHS - 1);
	assert_int_equal(span_width(0, ICAL_EVER), SPAN_WIDTHS - 1);
	assert_int_equal(
	        span_walk_of(&(struct ical_range){ ICAL_NEVER, ICAL_EVER }, 0).from, INT64_MIN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		        a_single_event_with_a_zone_is_plain, setup, teardown),
		cmocka_unit_test_setup_teardown(
		        what_depends_on_more_than_its_span_is_not_plain, setup, teardown),
		cmocka_unit_test_setup_teardown(flags_say_who_is_free, setup, teardown),
		cmocka_unit_test(ranges_are_half_open_and_no_length_is_a_moment),
		cmocka_unit_test(every_span_stands_in_its_walk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
