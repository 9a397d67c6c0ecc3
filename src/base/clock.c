#include "base/clock.h"

#include "base/str.h"

#include <pthread.h>

static int64_t fixed;
static bool is_fixed;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* A date taken apart; month and weekday count from 0 (January, Sunday). */
struct date {
	int64_t year;
	int month, day, hour, minute, second, weekday;
};

static const char DAYS[7][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
static const char MONTHS[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
	"Oct", "Nov", "Dec" };

static int64_t read_clock(clockid_t id, int64_t per_second)
{
	struct timespec t;

	if (clock_gettime(id, &t))
		abort();
	return t.tv_sec * per_second + t.tv_nsec / (1000000000 / per_second);
}

static void read_environment(void)
{
	const char *value = getenv("KONTOR_CLOCK");

	is_fixed = value && text_to_int(text_of(value), &fixed);
}

int64_t clock_now(void)
{
	pthread_once(&once, read_environment);
	return is_fixed ? fixed : read_clock(CLOCK_REALTIME, 1);
}

int64_t clock_mono_ms(void)
{
	return read_clock(CLOCK_MONOTONIC, 1000);
}

int64_t clock_mono_us(void)
{
	return read_clock(CLOCK_MONOTONIC, 1000000);
}

/* Days since 1970 of the Gregorian calendar: years begin in March here, so that the leap day is the
 * last one; 400 years have 146097 days. */
static int64_t days_of(int64_t year, int month, int day)
{
	int64_t y = year - (month < 2), era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month + (month < 2 ? 10 : -2)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static struct date date_of(int64_t time)
{
	int64_t days = time / 86400 - (time % 86400 < 0), z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097, d = z - era * 146097;
	int64_t y = (d - d / 1460 + d / 36524 - d / 146096) / 365;
	int64_t of_year = d - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;
	int second = (int)(time - days * 86400);

	return (struct date){
		.year = y + era * 400 + (m >= 10),
		.month = (int)(m < 10 ? m + 2 : m - 10),
		.day = (int)(of_year - (153 * m + 2) / 5 + 1),
		.hour = second / 3600,
		.minute = second / 60 % 60,
		.second = second % 60,
		.weekday = (int)(((days + 4) % 7 + 7) % 7),
	};
}

struct text clock_http(struct arena *arena, int64_t time)
{
	struct date d = date_of(time);

	return arena_printf(arena, "%s, %02d %s %04lld %02d:%02d:%02d GMT", DAYS[d.weekday], d.day,
	        MONTHS[d.month], (long long)d.year, d.hour, d.minute, d.second);
}

struct text clock_rfc3339(struct arena *arena, int64_t time)
{
	struct date d = date_of(time);

	return arena_printf(arena, "%04lld-%02d-%02dT%02d:%02d:%02dZ", (long long)d.year,
	        d.month + 1, d.day, d.hour, d.minute, d.second);
}

/* ---- reading ---- */

static bool digits(struct text text, int *value)
{
	*value = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
		*value = *value * 10 + (text.ptr[i] - '0');
	}
	return text.len > 0;
}

static bool month_of(struct text text, int *month)
{
	for (*month = 0; *month < 12; ++*month)
		if (text_eq(text, text_of(MONTHS[*month])))
			return true;
	return false;
}

/* "08:49:37"; 60 is a leap second. */
static bool time_of_day(struct text text, struct date *d)
{
	return text.len == 8 && text.ptr[2] == ':' && text.ptr[5] == ':' &&
	       digits(text_sub(text, 0, 2), &d->hour) && digits(text_sub(text, 3, 2), &d->minute) &&
	       digits(text_sub(text, 6, 2), &d->second) && d->hour < 24 && d->minute < 60 &&
	       d->second <= 60;
}

/* "06 Nov 1994 08:49:37 GMT", with ' ' or '-' between the parts of the date. */
static bool after_comma(struct text text, char between, size_t year_len, struct date *d)
{
	int year;

	if (text.len != 20 + year_len || text.ptr[2] != between || text.ptr[6] != between ||
	        text.ptr[7 + year_len] != ' ' || !text_ends(text, TEXT(" GMT")))
		return false;
	if (!digits(text_sub(text, 0, 2), &d->day) || !month_of(text_sub(text, 3, 3), &d->month) ||
	        !digits(text_sub(text, 7, year_len), &year) ||
	        !time_of_day(text_sub(text, 8 + year_len, 8), d))
		return false;
	d->year = year;
	return true;
}

/* "Sun Nov  6 08:49:37 1994" */
static bool from_asctime(struct text text, struct date *d)
{
	struct text day = text_sub(text, 8, 2);
	int year;

	if (text.len != 24 || text.ptr[3] != ' ' || text.ptr[7] != ' ' || text.ptr[10] != ' ' ||
	        text.ptr[19] != ' ')
		return false;
	if (day.ptr[0] == ' ')
		day = text_from(day, 1);
	if (!month_of(text_sub(text, 4, 3), &d->month) || !digits(day, &d->day) ||
	        !time_of_day(text_sub(text, 11, 8), d) || !digits(text_sub(text, 20, 4), &year))
		return false;
	d->year = year;
	return true;
}

/* RFC 9110 5.6.7: a year that seems more than 50 years ahead is the last one with these digits. */
static void place_century(struct date *d)
{
	int64_t now = date_of(clock_now()).year;

	d->year += now - now % 100;
	if (d->year > now + 50)
		d->year -= 100;
}

bool clock_from_http(struct text text, int64_t *time)
{
	ptrdiff_t comma = text_find_char(text, ',');
	struct text rest = comma < 0 ? text : text_from(text, (size_t)comma + 2);
	struct date d = { 0 };
	int64_t days;

	if (comma == 3 && text.len == 29 && text.ptr[4] == ' ') {
		if (!after_comma(rest, ' ', 4, &d))
			return false;
	} else if (comma > 3 && rest.len == 22 && text.ptr[comma + 1] == ' ') {
		if (!after_comma(rest, '-', 2, &d))
			return false;
		place_century(&d);
	} else if (comma >= 0 || !from_asctime(text, &d)) {
		return false;
	}
	days = days_of(d.year, d.month, d.day);
	/* 31 February and the like come back as another day. */
	if (date_of(days * 86400).day != d.day || !d.day)
		return false;
	*time = days * 86400 + d.hour * 3600 + d.minute * 60 + d.second;
	return true;
}
