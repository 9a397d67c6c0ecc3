#include "base/base.h"
#include "base/err.h"
#include "base/str.h"
#include "crm/hours.h"

enum { DAY = 86400, WEEK = 7 * DAY };

static bool bad(struct err *err, struct text words)
{
	return err_set(err, ERR_BAD_REQUEST, "not business hours: %.*s", TEXT_ARG(words));
}

/* ---- reading ---- */

static int weekday_of(struct text name)
{
	static const char *const NAMES[7] = { "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su" };

	for (int i = 0; i < 7; i++)
		if (text_eq_nocase(name, text_of(NAMES[i])))
			return i;
	return -1;
}

static bool read_clock(struct text words, int32_t *seconds)
{
	int64_t hour, minute;

	if (words.len != 5 || words.ptr[2] != ':' || !text_to_int(text_sub(words, 0, 2), &hour) ||
	        !text_to_int(text_sub(words, 3, 2), &minute))
		return false;
	*seconds = (int32_t)(hour * 3600 + minute * 60);
	return hour >= 0 && minute >= 0 && minute < 60 && *seconds <= DAY;
}

static bool read_span(struct text words, struct hours_span *span)
{
	struct text from;

	if (!text_split(&words, '-', &from))
		return false;
	return read_clock(from, &span->from) && read_clock(words, &span->to) &&
	       span->from < span->to;
}

static bool add_span(struct hours_span day[HOURS_SPANS], struct hours_span span)
{
	int n = 0;

	while (n < HOURS_SPANS && day[n].to)
		n++;
	if (n == HOURS_SPANS || (n && span.from < day[n - 1].to))
		return false;
	day[n] = span;
	return true;
}

/* "Mo-Fr", "Sa": the first and the last day, which may lie beyond the end of the week. */
static bool read_days(struct text words, int *first, int *last)
{
	struct text name;

	if (!text_split(&words, '-', &name))
		return false;
	*first = weekday_of(name);
	*last = words.len ? weekday_of(words) : *first;
	if (*first >= 0 && *last >= 0 && *last < *first)
		*last += 7;
	return *first >= 0 && *last >= 0;
}

/* "Mo-Fr 09:00-12:00 13:00-17:00" */
static bool read_part(struct text part, struct hours *hours)
{
	struct text piece, rest = text_trim(part);
	int first, last, spans = 0;

	if (!text_split(&rest, ' ', &piece) || !read_days(piece, &first, &last))
		return false;
	while (text_split(&rest, ' ', &piece)) {
		struct hours_span span;

		if (!piece.len)
			continue;
		if (!read_span(piece, &span))
			return false;
		for (int day = first; day <= last; day++)
			if (!add_span(hours->day[day % 7], span))
				return false;
		spans++;
	}
	return spans > 0;
}

bool hours_read(struct err *err, struct text words, const struct zone *zone, struct hours *hours)
{
	struct text part, rest = words;

	*hours = (struct hours){ .zone = zone };
	while (text_split(&rest, ',', &part))
		if (!read_part(part, hours))
			return bad(err, words);
	for (int day = 0; day < 7; day++)
		for (int i = 0; i < HOURS_SPANS; i++)
			hours->week += hours->day[day][i].to - hours->day[day][i].from;
	return hours->week > 0 || bad(err, words);
}

/* ---- counting ---- */

/* The day a wall time lies in, as its midnight. */
static int64_t midnight(int64_t wall)
{
	int64_t rest = wall % DAY;

	return wall - (rest < 0 ? rest + DAY : rest);
}

/* 1970-01-01 was a Thursday. */
static int weekday(int64_t wall)
{
	int64_t day = (midnight(wall) / DAY + 3) % 7;

	return (int)(day < 0 ? day + 7 : day);
}

/* Business seconds of the day that begins at `start`, within [from, to). */
static int64_t of_day(const struct hours *hours, int64_t start, int64_t from, int64_t to)
{
	const struct hours_span *spans = hours->day[weekday(start)];
	int64_t sum = 0;

	for (int i = 0; i < HOURS_SPANS && spans[i].to; i++) {
		int64_t first = start + spans[i].from, last = start + spans[i].to;

		first = first < from ? from : first;
		last = last > to ? to : last;
		sum += last > first ? last - first : 0;
	}
	return sum;
}

int64_t hours_between(const struct hours *hours, int64_t from, int64_t to)
{
	int64_t first = zone_to_wall(hours->zone, from), last = zone_to_wall(hours->zone, to);
	int64_t sum = 0, weeks;

	if (to <= from || last <= first)
		return 0;
	weeks = (last - first) / WEEK;
	sum = weeks * hours->week;
	first += weeks * WEEK;
	for (int64_t day = midnight(first); day < last; day += DAY)
		sum += of_day(hours, day, first, last);
	return sum;
}

/* The wall time within this day at which `seconds` have passed since `first`. */
static int64_t within_day(const struct hours *hours, int64_t start, int64_t first, int64_t seconds)
{
	const struct hours_span *spans = hours->day[weekday(start)];
	int64_t from = first;

	for (int i = 0; i < HOURS_SPANS && spans[i].to; i++) {
		int64_t last = start + spans[i].to;

		from = start + spans[i].from > first ? start + spans[i].from : first;
		if (last > from && seconds <= last - from)
			break;
		seconds -= last > from ? last - from : 0;
	}
	return from + seconds;
}

int64_t hours_after(const struct hours *hours, int64_t from, int64_t seconds)
{
	int64_t first = zone_to_wall(hours->zone, from), day, here;

	if (seconds <= 0)
		return from;
	/* A whole week less one second, so that what ends with an hour ends there, not at the
	 * beginning of the next one. */
	first += (seconds - 1) / hours->week * WEEK;
	seconds -= (seconds - 1) / hours->week * hours->week;
	day = midnight(first);
	while ((here = of_day(hours, day, first, day + DAY)) < seconds) {
		seconds -= here;
		day += DAY;
	}
	return zone_to_utc(hours->zone, within_day(hours, day, first, seconds));
}
