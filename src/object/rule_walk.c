/* The part of ical_rule.h that expands rules.
 *
 * A rule is walked period by period (a year, a month, ... a second, by FREQ). A period has days and
 * times of day; its members are all pairs of them, or those that BYSETPOS names. */
#include "object/rule_impl.h"

enum { DAY = 86400, DAYS_MAX = 400, STEPS = 2000 };
/* Nothing is looked for after this day: 2600-01-01. */
#define LAST_DAY INT64_C(230097)

struct rule_walk {
	const struct rule *rule;
	struct when start;
	int64_t start_day;
	int32_t start_time; /* of day */
	int64_t until;      /* wall time, inclusive */
	int64_t left;       /* of COUNT; -1: no COUNT */
	int64_t last;       /* the last one given */
	int64_t period;     /* number of the next one: n * interval units from the base */
	int64_t base;       /* the unit `start` lies in */
	/* What the parts that are not said come to (RFC 5545 3.3.10). */
	uint32_t months, month_days, month_days_back, weekdays_any;
	int32_t *times; /* seconds of the day, resp. of the hour or minute */
	size_t times_len;
	/* The period now being given. */
	size_t days_len;
	size_t at, len; /* pairs, or positions */
	size_t *positions;
	size_t positions_len;
	struct rscale_walk *rscale;
	int64_t days[DAYS_MAX]; /* wall time the times are added to; the last, not cleared */
};

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int weekday(int64_t day)
{
	return (int)((day % 7 + 11) % 7); /* 1970-01-01 was a Thursday */
}

/* ---- which days ---- */

struct day {
	int64_t number, year;
	int month, day;
};

static struct day day_make(int64_t number)
{
	struct day d = { .number = number };

	days_to(number, &d.year, &d.month, &d.day);
	return d;
}

static bool nth_fits(const struct rule *rule, const struct day *d, int wd)
{
	bool in_month = rule->freq == RULE_MONTHLY || rule->months;
	int64_t first = in_month ? d->number - d->day + 1 : days_of(d->year, 1, 1);
	int64_t len =
	        in_month ? days_in_month(d->year, d->month) : days_of(d->year + 1, 1, 1) - first;
	int64_t nth = (d->number - first) / 7 + 1;
	int64_t back = -((first + len - 1 - d->number) / 7 + 1);

	for (size_t i = 0; i < rule->weekdays.len; i++) {
		struct rule_weekday w = rule->weekdays.at[i];

		if (w.day == wd && (w.nth == nth || w.nth == back))
			return true;
	}
	return false;
}

static bool weekday_fits(const struct rule_walk *w, const struct day *d)
{
	int wd = weekday(d->number);

	if (!w->weekdays_any && !w->rule->weekdays.len)
		return true;
	if (w->weekdays_any >> wd & 1)
		return true;
	return w->rule->weekdays_nth && nth_fits(w->rule, d, wd);
}

/* First day of week 1 of the year: the first week with four days in it. */
static int64_t week_one(const struct rule *rule, int64_t year)
{
	int64_t first = days_of(year, 1, 1);
	int64_t into = (weekday(first) - rule->week_start + 7) % 7;

	return into <= 3 ? first - into : first - into + 7;
}

static bool week_fits(const struct rule *rule, const struct day *d)
{
	int64_t year = d->year, one = week_one(rule, year), next = week_one(rule, year + 1);
	int64_t week, weeks;

	if (d->number < one) {
		next = one;
		one = week_one(rule, year - 1);
	} else if (d->number >= next) {
		one = next;
		next = week_one(rule, year + 2);
	}
	week = (d->number - one) / 7 + 1;
	weeks = (next - one) / 7;
	for (size_t i = 0; i < rule->weeks.len; i++)
		if (rule->weeks.at[i] == week || rule->weeks.at[i] == week - weeks - 1)
			return true;
	return false;
}

static bool year_day_fits(const struct rule *rule, const struct day *d)
{
	int64_t first = days_of(d->year, 1, 1), nth = d->number - first + 1;
	int64_t back = d->number - days_of(d->year + 1, 1, 1);

	for (size_t i = 0; i < rule->year_days.len; i++)
		if (rule->year_days.at[i] == nth || rule->year_days.at[i] == back)
			return true;
	return false;
}

static bool day_fits(const struct rule_walk *w, int64_t number)
{
	struct day d;

	if (!w->months && !w->month_days && !w->month_days_back && !w->rule->year_days.len &&
	        !w->rule->weeks.len && !w->rule->weekdays_nth)
		return !w->weekdays_any || w->weekdays_any >> weekday(number) & 1;
	d = day_make(number);
	if (w->months && !(w->months >> d.month & 1))
		return false;
	if ((w->month_days || w->month_days_back) && !(w->month_days >> d.day & 1) &&
	        !(w->month_days_back >> (days_in_month(d.year, d.month) - d.day + 1) & 1))
		return false;
	if (w->rule->year_days.len && !year_day_fits(w->rule, &d))
		return false;
	if (w->rule->weeks.len && !week_fits(w->rule, &d))
		return false;
	return weekday_fits(w, &d);
}

static void add_day(struct rule_walk *w, int64_t number)
{
	if (w->days_len < DAYS_MAX)
		w->days[w->days_len++] = number * DAY;
}

static void days_between(struct rule_walk *w, int64_t from, int64_t to)
{
	for (int64_t number = from; number < to; number++)
		if (day_fits(w, number))
			add_day(w, number);
}

/* A month of which only some days are wanted; SKIP moves those that it does not have (RFC 7529). */
static void days_of_month(struct rule_walk *w, int64_t year, int month)
{
	int len = days_in_month(year, month);
	int64_t before = days_of(year, month, 1) - 1;
	uint32_t days = w->month_days;
	uint32_t missing = days & ~((UINT32_C(2) << len) - 1);
	struct day d = { .year = year, .month = month };

	for (int i = 1; i <= len; i++)
		if (w->month_days_back >> i & 1)
			days |= UINT32_C(1) << (len - i + 1);
	if (missing && w->rule->skip == RULE_BACKWARD)
		days |= UINT32_C(1) << len;
	for (d.day = 1; d.day <= len; d.day++) {
		d.number = before + d.day;
		if (days >> d.day & 1 && weekday_fits(w, &d))
			add_day(w, d.number);
	}
	if (missing && w->rule->skip == RULE_FORWARD) {
		d = day_make(before + len + 1);
		if (weekday_fits(w, &d))
			add_day(w, d.number);
	}
}

static bool only_month_days(const struct rule_walk *w)
{
	return (w->month_days || w->month_days_back) && !w->rule->year_days.len &&
	       !w->rule->weeks.len;
}

static void days_of_year(struct rule_walk *w, int64_t year)
{
	if (only_month_days(w) || w->months) {
		for (int month = 1; month <= 12; month++) {
			int64_t first;

			if (w->months && !(w->months >> month & 1))
				continue;
			first = days_of(year, month, 1);
			if (only_month_days(w))
				days_of_month(w, year, month);
			else
				days_between(w, first, first + days_in_month(year, month));
		}
		return;
	}
	days_between(w, days_of(year, 1, 1), days_of(year + 1, 1, 1));
}

static void days_of_month_number(struct rule_walk *w, int64_t number)
{
	int64_t year = floor_div(number, 12), first;
	int month = (int)(number - year * 12) + 1;

	if (w->months && !(w->months >> month & 1))
		return;
	if (only_month_days(w)) {
		days_of_month(w, year, month);
		return;
	}
	first = days_of(year, month, 1);
	days_between(w, first, first + days_in_month(year, month));
}

/* ---- which times ---- */

static int time_order(const void *a, const void *b)
{
	return *(const int32_t *)a - *(const int32_t *)b;
}

static uint64_t or_start(uint64_t mask, int64_t start)
{
	return mask ? mask : UINT64_C(1) << start;
}

/* All BYHOUR x BYMINUTE x BYSECOND, as far as the frequency leaves them open. */
static void times_make(struct arena *arena, struct rule_walk *w)
{
	const struct rule *rule = w->rule;
	uint64_t hours = 1, minutes = 1, seconds = 1;

	if (rule->freq >= RULE_DAILY)
		hours = or_start(w->start.is_date ? 0 : rule->hours, w->start_time / 3600);
	if (rule->freq >= RULE_HOURLY)
		minutes = or_start(w->start.is_date ? 0 : rule->minutes, w->start_time / 60 % 60);
	if (rule->freq >= RULE_MINUTELY)
		seconds = or_start(w->start.is_date ? 0 : rule->seconds, w->start_time % 60);
	w->times = arena_array(arena,
	        (size_t)(__builtin_popcountll(hours) * __builtin_popcountll(minutes) *
	                 __builtin_popcountll(seconds)),
	        sizeof(int32_t));
	for (int h = 0; h < 24; h++)
		for (int m = 0; hours >> h & 1 && m < 60; m++)
			for (int s = 0; minutes >> m & 1 && s < 60; s++)
				if (seconds >> s & 1)
					w->times[w->times_len++] = (h * 60 + m) * 60 + s;
	qsort(w->times, w->times_len, sizeof(int32_t), time_order);
}

/* ---- frequencies below the day ---- */

/* The first period that does not begin before this wall time. */
static int64_t period_from(const struct rule_walk *w, int64_t wall, int64_t unit)
{
	int64_t units = -floor_div(-wall, unit) - w->base;

	return units <= 0 ? 0 : -floor_div(-units, w->rule->interval);
}

/* Loads the period if the rule lets it be; else moves on as far as nothing can match. */
static void load_short(struct rule_walk *w)
{
	static const int64_t UNITS[] = { 1, 60, 3600 };
	const struct rule *rule = w->rule;
	int64_t unit = UNITS[rule->freq];
	int64_t wall = (w->base + w->period * rule->interval) * unit;
	int64_t day = floor_div(wall, DAY), next = w->period + 1;
	int64_t time = wall - day * DAY;

	if (!day_fits(w, day)) {
		next = period_from(w, (day + 1) * DAY, unit);
	} else if (rule->hours && !(rule->hours >> (time / 3600) & 1)) {
		next = period_from(w, day * DAY + (time / 3600 + 1) * 3600, unit);
	} else if (rule->freq < RULE_HOURLY && rule->minutes &&
	           !(rule->minutes >> (time / 60 % 60) & 1)) {
		next = period_from(w, day * DAY + (time / 60 + 1) * 60, unit);
	} else if (rule->freq > RULE_SECONDLY || !rule->seconds ||
	           rule->seconds >> (time % 60) & 1) {
		w->days[0] = wall;
		w->days_len = 1;
	}
	w->period = next > w->period ? next : w->period + 1;
}

/* ---- periods ---- */

static int64_t period_first_day(const struct rule_walk *w)
{
	int64_t unit = w->base + w->period * w->rule->interval;

	switch (w->rule->freq) {
	case RULE_YEARLY: return days_of(unit, 1, 1);
	case RULE_MONTHLY: return days_of(floor_div(unit, 12), 1, 1);
	case RULE_WEEKLY: return unit * 7 + w->rule->week_start - 11;
	case RULE_DAILY: return unit;
	case RULE_HOURLY: return floor_div(unit, 24);
	case RULE_MINUTELY: return floor_div(unit, 1440);
	case RULE_SECONDLY: break;
	}
	return floor_div(unit, DAY);
}

static void set_positions(struct rule_walk *w)
{
	int64_t pairs = (int64_t)(w->days_len * w->times_len);
	const struct rule_numbers *numbers = &w->rule->positions;

	w->positions_len = 0;
	for (size_t i = 0; i < numbers->len; i++) {
		int64_t at = numbers->at[i] > 0 ? numbers->at[i] - 1 : pairs + numbers->at[i];
		size_t to = w->positions_len;

		if (at < 0 || at >= pairs)
			continue;
		while (to && w->positions[to - 1] > (size_t)at) {
			w->positions[to] = w->positions[to - 1];
			to--;
		}
		w->positions[to] = (size_t)at;
		w->positions_len++;
	}
}

static void load(struct rule_walk *w)
{
	int64_t unit = w->base + w->period * w->rule->interval, first;

	w->days_len = 0;
	if (w->rule->freq < RULE_DAILY) {
		load_short(w);
	} else {
		first = period_first_day(w);
		w->period++;
		switch (w->rule->freq) {
		case RULE_YEARLY: days_of_year(w, unit); break;
		case RULE_MONTHLY: days_of_month_number(w, unit); break;
		case RULE_WEEKLY: days_between(w, first, first + 7); break;
		default: days_between(w, first, first + 1); break;
		}
	}
	w->at = 0;
	w->len = w->days_len * w->times_len;
	if (w->rule->positions.len) {
		set_positions(w);
		w->len = w->positions_len;
	}
}

/* ---- the walk ---- */

static void set_base(struct rule_walk *w)
{
	struct day d = day_make(w->start_day);

	switch (w->rule->freq) {
	case RULE_YEARLY: w->base = d.year; break;
	case RULE_MONTHLY: w->base = d.year * 12 + d.month - 1; break;
	case RULE_WEEKLY: w->base = floor_div(w->start_day + 11 - w->rule->week_start, 7); break;
	case RULE_DAILY: w->base = w->start_day; break;
	case RULE_HOURLY: w->base = floor_div(w->start.wall, 3600); break;
	case RULE_MINUTELY: w->base = floor_div(w->start.wall, 60); break;
	case RULE_SECONDLY: w->base = w->start.wall; break;
	}
}

/* RFC 5545 3.3.10: "Information, not contained in the rule, necessary to determine the various
 * recurrence instance start time and dates are derived from the Start Time". */
static void set_missing(struct rule_walk *w)
{
	const struct rule *rule = w->rule;
	struct day d = day_make(w->start_day);
	bool dated = rule->month_days || rule->month_days_back || rule->year_days.len;

	w->months = rule->months;
	w->month_days = rule->month_days;
	w->month_days_back = rule->month_days_back;
	w->weekdays_any = rule->weekdays_any;
	if (rule->weekdays.len || dated)
		return;
	if (rule->freq == RULE_WEEKLY || rule->weeks.len) {
		w->weekdays_any = UINT32_C(1) << weekday(w->start_day);
	} else if (rule->freq >= RULE_MONTHLY) {
		w->month_days = UINT32_C(1) << d.day;
		if (rule->freq == RULE_YEARLY && !rule->months)
			w->months = UINT32_C(1) << d.month;
	}
}

/* UNTIL as wall time of the start's zone. A date among times means all of that day. */
static int64_t until_wall(const struct rule *rule, struct when start)
{
	struct when until = rule->until;

	if (!rule->has_until)
		return INT64_MAX;
	if (until.is_date)
		return until.wall + DAY - 1;
	if (until.zone && start.zone && !start.is_date)
		return zone_to_wall(start.zone, zone_to_utc(until.zone, until.wall));
	return until.wall;
}

struct rule_walk *rule_walk(struct arena *arena, const struct rule *rule, struct when start)
{
	struct rule_walk *w = arena_raw(arena, sizeof(*w));

	memset(w, 0, offsetof(struct rule_walk, days));
	w->rule = rule;
	w->start = start;
	w->start_day = floor_div(start.wall, DAY);
	w->start_time = (int32_t)(start.wall - w->start_day * DAY);
	w->until = until_wall(rule, start);
	w->left = rule->count ? rule->count : -1;
	w->last = start.wall - 1;
	if (rule->rscale.ptr && rule->freq >= RULE_MONTHLY) {
		w->rscale = rscale_walk(arena, rule, start);
		w->left = w->rscale ? w->left : 0;
		return w;
	}
	set_base(w);
	set_missing(w);
	times_make(arena, w);
	w->positions = arena_array(arena, rule->positions.len, sizeof(*w->positions));
	return w;
}

void rule_walk_skip(struct rule_walk *w, int64_t wall)
{
	static const int64_t LONGEST[] = { 1, 60, 3600, DAY, 7 * DAY, 31 * DAY, 366 * DAY };
	int64_t unit = LONGEST[w->rule->freq], periods;

	if (w->rule->count || w->rscale || wall <= w->start.wall)
		return;
	periods = (wall - w->start.wall) / unit / w->rule->interval - 2;
	if (periods > w->period) {
		w->period = periods;
		w->at = w->len = 0;
	}
}

void rule_walk_stop(struct rule_walk *w, int64_t wall)
{
	if (wall < w->until)
		w->until = wall;
}

static enum rule_step give(struct rule_walk *w, int64_t found, int64_t *wall)
{
	if (found > w->until)
		return RULE_END;
	w->last = found;
	if (w->left > 0)
		w->left--;
	*wall = found;
	return RULE_TIME;
}

static enum rule_step rscale_next(struct rule_walk *w, int64_t *wall)
{
	int64_t found;

	do {
		if (!rscale_walk_next(w->rscale, &found))
			return RULE_END;
	} while (found <= w->last);
	return give(w, found, wall);
}

enum rule_step rule_walk_next(struct rule_walk *w, int64_t *wall)
{
	if (!w->left)
		return RULE_END;
	if (w->rscale)
		return rscale_next(w, wall);
	for (int steps = 0; steps < STEPS; steps++) {
		size_t pair;
		int64_t found;

		if (w->at == w->len) {
			int64_t first = period_first_day(w);

			if (first > LAST_DAY || first * DAY > w->until)
				return RULE_END;
			load(w);
			continue;
		}
		pair = w->positions_len ? w->positions[w->at] : w->at;
		w->at++;
		found = w->days[pair / w->times_len] + w->times[pair % w->times_len];
		if (found > w->last)
			return give(w, found, wall);
	}
	return RULE_BUSY;
}
