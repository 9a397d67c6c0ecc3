#include "object/ical_time.h"

enum { DAY = 86400 };

/* Howard Hinnant's days_from_civil: years are counted from March, eras are 400 years. */
int64_t days_of(int64_t year, int month, int day)
{
	int64_t era, of_era, of_year;

	year -= month <= 2;
	era = (year >= 0 ? year : year - 399) / 400;
	of_era = year - era * 400;
	of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void days_to(int64_t days, int64_t *year, int *month, int *day)
{
	int64_t era, of_era, y, of_year, m;

	days += 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	of_era = days - era * 146097;
	y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * y + y / 4 - y / 100);
	m = (5 * of_year + 2) / 153;
	*day = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = y + era * 400 + (*month <= 2);
}

int days_in_month(int64_t year, int month)
{
	static const int8_t LENGTH[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return LENGTH[month - 1] + (month == 2 && leap);
}

/* `count` decimal digits at `at`; -1 if they are none. */
static int digits(struct text text, size_t at, size_t count)
{
	int value = 0;

	for (size_t i = at; i < at + count; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return -1;
		value = value * 10 + (text.ptr[i] - '0');
	}
	return value;
}

bool when_read(struct text text, const struct zone *zone, struct when *when)
{
	int year, month, day, hour, minute, second;

	if (text.len != 8 && text.len != 15 && text.len != 16)
		return false;
	year = digits(text, 0, 4);
	month = digits(text, 4, 2);
	day = digits(text, 6, 2);
	if (year < 0 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
		return false;
	*when = (struct when){ .wall = days_of(year, month, day) * DAY, .is_date = text.len == 8 };
	if (when->is_date)
		return true;
	hour = digits(text, 9, 2);
	minute = digits(text, 11, 2);
	second = digits(text, 13, 2);
	if (text.ptr[8] != 'T' || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
	        second < 0 || second > 60 || (text.len == 16 && text.ptr[15] != 'Z'))
		return false;
	when->wall += hour * 3600 + minute * 60 + (second == 60 ? 59 : second);
	when->zone = text.len == 16 ? zone_utc() : zone;
	return true;
}

const struct zone *prop_zone(const struct ical *ical, const struct ical_prop *prop)
{
	struct text tzid = prop->params.len ? ical_param(prop, "TZID") : TEXT_NONE;

	return tzid.len ? ical_zone(ical, tzid) : NULL;
}

bool when_of(const struct ical *ical, const struct ical_prop *prop, struct when *when)
{
	struct text value = prop->value, item;

	if (text_find_char(value, ',') >= 0)
		ical_item_next(&value, &item);
	else
		item = value;
	return when_read(text_trim(item), prop_zone(ical, prop), when);
}

int64_t when_utc(struct when when, const struct zone *floating)
{
	const struct zone *zone = when.zone ? when.zone : floating;

	return zone ? zone_to_utc(zone, when.wall) : when.wall;
}

static void put(char *to, int64_t value, int count)
{
	unsigned left = (unsigned)value;

	while (count--) {
		to[count] = (char)('0' + left % 10);
		left /= 10;
	}
}

int64_t wall_days(int64_t wall)
{
	return wall >= 0 ? wall / DAY : -((DAY - 1 - wall) / DAY);
}

void date_put(char to[8], int64_t days)
{
	int64_t year;
	int month, day;

	days_to(days, &year, &month, &day);
	put(to, year < 0 ? 0 : year, 4);
	put(to + 4, month, 2);
	put(to + 6, day, 2);
}

size_t clock_put(char to[8], int64_t seconds, bool is_utc)
{
	unsigned minutes = (unsigned)seconds / 60;

	to[0] = 'T';
	put(to + 1, minutes / 60, 2);
	put(to + 3, minutes % 60, 2);
	put(to + 5, (unsigned)seconds % 60, 2);
	to[7] = 'Z';
	return is_utc ? 8 : 7;
}

size_t wall_put(char to[16], int64_t wall, bool is_date, bool is_utc)
{
	int64_t days = wall_days(wall);

	date_put(to, days);
	return is_date ? 8 : 8 + clock_put(to + 8, wall - days * DAY, is_utc);
}

struct text when_write(struct arena *arena, struct when when)
{
	char *to = arena_alloc(arena, 17);

	return (struct text){ to, wall_put(to, when.wall, when.is_date, when.zone == zone_utc()) };
}

struct text utc_write(struct arena *arena, int64_t utc)
{
	return when_write(arena, (struct when){ .wall = utc, .zone = zone_utc() });
}

/* One "<digits><unit>" off the front; false if there is none. */
static bool take_amount(struct text *text, int64_t *amount, char *unit)
{
	size_t i = 0;

	*amount = 0;
	for (; i < text->len && text->ptr[i] >= '0' && text->ptr[i] <= '9'; i++)
		if ((*amount = *amount * 10 + (text->ptr[i] - '0')) > INT32_MAX)
			return false;
	if (!i || i == text->len)
		return false;
	*unit = text->ptr[i];
	*text = text_from(*text, i + 1);
	return true;
}

/* Lenient towards "P1DT", which Apple's calendars have sent for years. */
bool duration_read(struct text text, struct duration *duration)
{
	int64_t sign = 1, amount;
	bool time = false, any = false;
	char unit;

	*duration = (struct duration){ 0, 0 };
	if (text.len && (text.ptr[0] == '+' || text.ptr[0] == '-')) {
		sign = text.ptr[0] == '-' ? -1 : 1;
		text = text_from(text, 1);
	}
	if (!text.len || text.ptr[0] != 'P')
		return false;
	text = text_from(text, 1);
	while (text.len) {
		if (text.ptr[0] == 'T' && !time) {
			time = true;
			text = text_from(text, 1);
			continue;
		}
		if (!take_amount(&text, &amount, &unit))
			return false;
		if (!time && (unit == 'W' || unit == 'D'))
			duration->days += sign * amount * (unit == 'W' ? 7 : 1);
		else if (time && (unit == 'H' || unit == 'M' || unit == 'S'))
			duration->seconds += sign * amount *
			                     (unit == 'H'          ? 3600
			                             : unit == 'M' ? 60
			                                           : 1);
		else
			return false;
		any = true;
	}
	return any;
}

struct text duration_write(struct arena *arena, int64_t seconds)
{
	struct buf out;
	int64_t left = seconds < 0 ? -seconds : seconds;

	buf_init(&out, arena);
	buf_add(&out, seconds < 0 ? TEXT("-P") : TEXT("P"));
	if (left >= DAY)
		buf_printf(&out, "%lldD", (long long)(left / DAY));
	if (left % DAY || !left)
		buf_char(&out, 'T');
	if (left % DAY / 3600)
		buf_printf(&out, "%lldH", (long long)(left % DAY / 3600));
	if (left % 3600 / 60)
		buf_printf(&out, "%lldM", (long long)(left % 3600 / 60));
	if (left % 60 || !left)
		buf_printf(&out, "%lldS", (long long)(left % 60));
	return buf_text(&out);
}

/* Days move the wall clock, the rest is exact (RFC 5545 3.3.6). */
struct when when_add(struct when when, struct duration duration)
{
	when.wall += duration.days * DAY;
	if (!duration.seconds)
		return when;
	if (when.zone)
		when.wall = zone_to_wall(
		        when.zone, zone_to_utc(when.zone, when.wall) + duration.seconds);
	else
		when.wall += duration.seconds;
	return when;
}

bool period_read(struct text text, const struct zone *zone, struct when *start, struct when *end)
{
	ptrdiff_t slash = text_find_char(text, '/');
	struct duration duration;
	struct text rest;

	if (slash < 0 || !when_read(text_sub(text, 0, (size_t)slash), zone, start) ||
	        start->is_date)
		return false;
	rest = text_from(text, (size_t)slash + 1);
	if (when_read(rest, zone, end))
		return !end->is_date;
	if (!duration_read(rest, &duration))
		return false;
	*end = when_add(*start, duration);
	return true;
}

bool offset_read(struct text text, int32_t *seconds)
{
	int hours, minutes, rest = 0;

	if ((text.len != 5 && text.len != 7) || (text.ptr[0] != '+' && text.ptr[0] != '-'))
		return false;
	hours = digits(text, 1, 2);
	minutes = digits(text, 3, 2);
	if (text.len == 7)
		rest = digits(text, 5, 2);
	if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || rest < 0 || rest > 59)
		return false;
	*seconds = (hours * 60 + minutes) * 60 + rest;
	if (text.ptr[0] == '-')
		*seconds = -*seconds;
	return true;
}
