/* series_days.c - a series on one day of a month or a year moves to another one: from the 15th to
 * the 17th, from the second Tuesday to the second Thursday. Its occurrences do not all move as far
 * as the one that was moved; each stays in its month, or in its year. */
#include "object/series_impl.h"

enum { DAY = 86400, WEEK = 7, EVERY_MONTH_HAS = 28, EVERY_WEEKDAY_COMES = 4, NO_LEAP_YEAR = 2025 };

static const char *const WEEKDAYS[WEEK] = { "SU", "MO", "TU", "WE", "TH", "FR", "SA" };

/* One day of a month: by its number, or the nth of its weekday; negative: from the end. */
struct month_day {
	int month; /* 0: of any */
	int day;   /* 0: by weekday */
	int nth, weekday;
	bool implied; /* by DTSTART: no part of the rule names it */
};

struct day_move {
	struct month_day from, to;
	int64_t hours; /* seconds by which the time of the day moves */
};

static int weekday_of(int64_t day)
{
	return (int)(((day + 4) % WEEK + WEEK) % WEEK); /* 1970-01-01 was a Thursday */
}

static int64_t day_in(const struct month_day *d, int64_t year, int month)
{
	int64_t first, last;

	month = d->month ? d->month : month;
	first = days_of(year, month, 1);
	last = days_of(year, month, days_in_month(year, month));
	if (d->day)
		return d->day > 0 ? first + d->day - 1 : last + d->day + 1;
	if (d->nth > 0)
		return first + (d->weekday - weekday_of(first) + WEEK) % WEEK + WEEK * (d->nth - 1);
	return last - (weekday_of(last) - d->weekday + WEEK) % WEEK + WEEK * (d->nth + 1);
}

/* ---- what the rule says ---- */

static bool number_in(struct text text, int64_t most, int *number)
{
	int64_t n;

	if (!text_to_int(text_trim(text), &n) || !n || n > most || n < -most)
		return false;
	*number = (int)n;
	return true;
}

/* "2TU", "-1FR"; a weekday that does not come in every month does not count. */
static bool read_weekday(struct text word, struct month_day *d)
{
	struct text name;

	word = text_trim(word);
	if (word.len < 3)
		return false;
	name = text_from(word, word.len - 2);
	word = text_sub(word, 0, word.len - 2);
	if (word.ptr[0] == '+')
		word = text_from(word, 1);
	for (d->weekday = 0; d->weekday < WEEK; d->weekday++)
		if (text_eq_nocase(name, text_of(WEEKDAYS[d->weekday])))
			return number_in(word, EVERY_WEEKDAY_COMES, &d->nth);
	return false;
}

static bool read_day(const struct series *s, struct text rule, struct month_day *d)
{
	struct text days = rule_part(rule, "BYMONTHDAY"), weekdays = rule_part(rule, "BYDAY");
	int64_t year;
	int month;

	if (days.ptr && weekdays.ptr)
		return false;
	if (days.ptr)
		return number_in(days, 31, &d->day);
	if (weekdays.ptr)
		return read_weekday(weekdays, d);
	d->implied = true;
	days_to(wall_days(s->start.wall), &year, &month, &d->day);
	return rule_part(rule, "BYMONTH").ptr;
}

/* In years without a 29th of February, too. */
static bool comes_always(const struct month_day *d)
{
	int most = d->month ? days_in_month(NO_LEAP_YEAR, d->month) : EVERY_MONTH_HAS;

	return d->day ? d->day <= most && d->day >= -most
	              : d->nth <= EVERY_WEEKDAY_COMES && d->nth >= -EVERY_WEEKDAY_COMES;
}

static bool read_rule(const struct series *s, struct text rule, struct month_day *d)
{
	static const char *const OTHERS[] = { "BYYEARDAY", "BYWEEKNO", "BYSETPOS", "RSCALE" };
	struct text freq = rule_part(rule, "FREQ"), months = rule_part(rule, "BYMONTH");
	bool yearly = text_eq_nocase(freq, TEXT("YEARLY"));

	for (size_t i = 0; i < COUNT_OF(OTHERS); i++)
		if (rule_part(rule, OTHERS[i]).ptr)
			return false;
	if (!yearly && !text_eq_nocase(freq, TEXT("MONTHLY")))
		return false;
	if (yearly && months.ptr && text_find_char(months, ',') < 0 &&
	        (!number_in(months, 12, &d->month) || d->month < 0))
		return false;
	if (!read_day(s, rule, d))
		return false;
	/* The second Tuesday of a year is another matter. */
	return comes_always(d) && !(yearly && d->nth && !months.ptr);
}

/* ---- where it goes ---- */

static bool stands_on(const struct month_day *d, int64_t date)
{
	int64_t year;
	int month, day;

	days_to(date, &year, &month, &day);
	return day_in(d, year, month) == date;
}

/* The day of the same kind; false: it would be in another month, or year, or not come always. */
static bool find_to(const struct month_day *from, int64_t was, int64_t is, struct month_day *to)
{
	int64_t was_year, year;
	int was_month, was_day, month, day, rest;

	days_to(was, &was_year, &was_month, &was_day);
	days_to(is, &year, &month, &day);
	if (year != was_year || (!from->month && month != was_month))
		return false;
	rest = days_in_month(year, month) - day;
	*to = (struct month_day){ .month = from->month ? month : 0, .implied = from->implied };
	if (from->day) {
		to->day = from->day > 0 ? day : -1 - rest;
	} else {
		to->weekday = weekday_of(is);
		to->nth = from->nth > 0 ? (day - 1) / WEEK + 1 : -1 - rest / WEEK;
	}
	return comes_always(to);
}

void series_find_day(struct series *s)
{
	const struct ical_prop *prop = ical_prop(s->master, ICAL_P_RRULE);
	int64_t was = wall_days(series_when(s, s->at.start, &s->start).wall);
	int64_t is = wall_days(series_when(s, s->from, &s->start).wall);
	struct day_move move = { .hours = s->delta - (is - was) * DAY };

	if (!prop || is == was || !read_rule(s, prop->value, &move.from) ||
	        !stands_on(&move.from, was) || !stands_on(&move.from, wall_days(s->start.wall)) ||
	        !find_to(&move.from, was, is, &move.to))
		return;
	s->day = arena_make(s->arena, struct day_move);
	*s->day = move;
}

/* ---- what that comes to ---- */

bool series_day_moved(const struct series *s, int64_t *wall)
{
	int64_t date = wall_days(*wall), year;
	int month, day;

	if (!s->day || !stands_on(&s->day->from, date))
		return false;
	days_to(date, &year, &month, &day);
	*wall += (day_in(&s->day->to, year, month) - date) * DAY + s->day->hours;
	return true;
}

/* The last one stays the last one: behind the one of its month, or before it. */
static void move_until(struct series *s, struct text *rule)
{
	struct text until = rule_part(*rule, "UNTIL");
	int64_t time = s->start.wall - wall_days(s->start.wall) * DAY, year, wall, old;
	int month, day;
	struct when when, at;

	if (!until.ptr || !when_read(until, NULL, &when))
		return;
	at = series_when(s, when_utc(when, s->ask->floating), &s->start);
	days_to(wall_days(at.wall), &year, &month, &day);
	old = day_in(&s->day->from, year, month) * DAY + time;
	wall = day_in(&s->day->to, year, month) * DAY + time + s->day->hours;
	if (when.is_date ? wall_days(at.wall) < wall_days(old) : at.wall < old)
		wall -= DAY;
	at.wall = wall;
	*rule = rule_with(s->arena, *rule, "UNTIL",
	        when_write(s->arena, series_when(s, when_utc(at, s->ask->floating), &when)));
}

void series_day_rule(struct series *s, struct text *rule)
{
	const struct month_day *from = &s->day->from, *to = &s->day->to;

	if (to->month != from->month)
		*rule = rule_with(
		        s->arena, *rule, "BYMONTH", arena_printf(s->arena, "%d", to->month));
	if (!to->day)
		*rule = rule_with(s->arena, *rule, "BYDAY",
		        arena_printf(s->arena, "%d%s", to->nth, WEEKDAYS[to->weekday]));
	else if (!to->implied)
		*rule = rule_with(
		        s->arena, *rule, "BYMONTHDAY", arena_printf(s->arena, "%d", to->day));
	move_until(s, rule);
}
