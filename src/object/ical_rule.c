#include "object/rule_impl.h"

struct reader {
	struct arena *arena;
	struct err *err;
	struct rule *rule;
	unsigned seen;
};

static bool refuse(struct reader *r, struct text part)
{
	return err_set(
	        r->err, ERR_VALID_CALENDAR_DATA, "RRULE: %.*s", TEXT_ARG(text_sub(part, 0, 80)));
}

static bool number(struct text text, int64_t low, int64_t high, int64_t *value)
{
	return text_to_int(text, value) && *value >= low && *value <= high;
}

static int weekday_of(struct text name)
{
	static const char *const DAYS[] = { "SU", "MO", "TU", "WE", "TH", "FR", "SA" };

	for (int i = 0; i < 7; i++)
		if (text_eq_nocase(name, text_of(DAYS[i])))
			return i;
	return -1;
}

/* ---- the parts ---- */

static bool read_freq(struct reader *r, struct text value)
{
	static const char *const NAMES[] = {
		[RULE_SECONDLY] = "SECONDLY",
		[RULE_MINUTELY] = "MINUTELY",
		[RULE_HOURLY] = "HOURLY",
		[RULE_DAILY] = "DAILY",
		[RULE_WEEKLY] = "WEEKLY",
		[RULE_MONTHLY] = "MONTHLY",
		[RULE_YEARLY] = "YEARLY",
	};

	for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
		if (!text_eq_nocase(value, text_of(NAMES[i])))
			continue;
		r->rule->freq = (enum rule_freq)i;
		return true;
	}
	return false;
}

static bool read_until(struct reader *r, struct text value)
{
	r->rule->has_until = true;
	return when_read(value, NULL, &r->rule->until);
}

static bool read_count(struct reader *r, struct text value)
{
	return number(value, 1, INT64_MAX, &r->rule->count);
}

static bool read_interval(struct reader *r, struct text value)
{
	return number(value, 1, INT32_MAX, &r->rule->interval);
}

static bool read_wkst(struct reader *r, struct text value)
{
	r->rule->week_start = weekday_of(value);
	return r->rule->week_start >= 0;
}

static bool read_skip(struct reader *r, struct text value)
{
	static const char *const NAMES[] = {
		[RULE_OMIT] = "OMIT", [RULE_BACKWARD] = "BACKWARD", [RULE_FORWARD] = "FORWARD"
	};

	for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
		if (!text_eq_nocase(value, text_of(NAMES[i])))
			continue;
		r->rule->skip = (enum rule_skip)i;
		return true;
	}
	return false;
}

static bool read_rscale(struct reader *r, struct text value)
{
	if (text_eq_nocase(value, TEXT("GREGORIAN")))
		return true;
	if (!rscale_known(value))
		return err_set(r->err, ERR_SUPPORTED_RSCALE, "RSCALE=%.*s",
		        TEXT_ARG(text_sub(value, 0, 40)));
	r->rule->rscale = value;
	return true;
}

static bool read_mask(struct text value, int64_t low, int64_t high, uint64_t *mask)
{
	struct text piece;
	int64_t bit;

	while (text_split(&value, ',', &piece)) {
		if (!number(piece, low, high, &bit))
			return false;
		*mask |= UINT64_C(1) << bit;
	}
	return true;
}

static bool read_seconds(struct reader *r, struct text value)
{
	bool good = read_mask(value, 0, 60, &r->rule->seconds);

	/* A leap second is never seen: RFC 5545 3.3.10 lets it be the one before. */
	if (r->rule->seconds >> 60 & 1)
		r->rule->seconds = (r->rule->seconds | UINT64_C(1) << 59) & ~(UINT64_C(1) << 60);
	return good;
}

static bool read_minutes(struct reader *r, struct text value)
{
	return read_mask(value, 0, 59, &r->rule->minutes);
}

static bool read_hours(struct reader *r, struct text value)
{
	return read_mask(value, 0, 23, &r->rule->hours);
}

static bool read_months(struct reader *r, struct text value)
{
	struct text piece;
	int64_t month;

	while (text_split(&value, ',', &piece)) {
		if (text_ends(piece, TEXT("L"))) {
			r->rule->leap_months = true;
			piece.len--;
		}
		if (!number(piece, 1, 13, &month))
			return false;
		r->rule->months |= UINT32_C(1) << month;
	}
	return true;
}

static bool read_month_days(struct reader *r, struct text value)
{
	struct text piece;
	int64_t day;

	while (text_split(&value, ',', &piece)) {
		if (!number(piece, -31, 31, &day) || !day)
			return false;
		if (day > 0)
			r->rule->month_days |= UINT32_C(1) << day;
		else
			r->rule->month_days_back |= UINT32_C(1) << -day;
	}
	return true;
}

static bool read_numbers(
        struct reader *r, struct text value, int64_t max, struct rule_numbers *numbers)
{
	struct text piece;
	int64_t n;

	while (text_split(&value, ',', &piece)) {
		if (!number(piece, -max, max, &n) || !n || numbers->len == RULE_LIST_MAX)
			return false;
		*vec_push(r->arena, numbers) = (int16_t)n;
	}
	return true;
}

static bool read_year_days(struct reader *r, struct text value)
{
	return read_numbers(r, value, 366, &r->rule->year_days);
}

static bool read_weeks(struct reader *r, struct text value)
{
	return read_numbers(r, value, 53, &r->rule->weeks);
}

static bool read_positions(struct reader *r, struct text value)
{
	return read_numbers(r, value, 366, &r->rule->positions);
}

static bool read_weekdays(struct reader *r, struct text value)
{
	struct rule *rule = r->rule;
	struct text piece;

	while (text_split(&value, ',', &piece)) {
		struct rule_weekday day = { 0 };
		int64_t nth = 0;

		if (piece.len < 2 || rule->weekdays.len == RULE_LIST_MAX)
			return false;
		if (piece.len > 2 &&
		        (!number(text_sub(piece, 0, piece.len - 2), -53, 53, &nth) || !nth))
			return false;
		day.nth = (int8_t)nth;
		day.day = (int8_t)weekday_of(text_from(piece, piece.len - 2));
		if (day.day < 0)
			return false;
		if (nth)
			rule->weekdays_nth = true;
		else
			rule->weekdays_any |= UINT32_C(1) << day.day;
		*vec_push(r->arena, &rule->weekdays) = day;
	}
	return true;
}

static const struct {
	const char *name;
	bool (*read)(struct reader *r, struct text value);
} PARTS[] = {
	{ "FREQ", read_freq },
	{ "UNTIL", read_until },
	{ "COUNT", read_count },
	{ "INTERVAL", read_interval },
	{ "WKST", read_wkst },
	{ "RSCALE", read_rscale },
	{ "SKIP", read_skip },
	{ "BYSECOND", read_seconds },
	{ "BYMINUTE", read_minutes },
	{ "BYHOUR", read_hours },
	{ "BYDAY", read_weekdays },
	{ "BYMONTHDAY", read_month_days },
	{ "BYYEARDAY", read_year_days },
	{ "BYWEEKNO", read_weeks },
	{ "BYMONTH", read_months },
	{ "BYSETPOS", read_positions },
};

static bool read_part(struct reader *r, struct text part)
{
	ptrdiff_t equals = text_find_char(part, '=');
	struct text name = text_sub(part, 0, equals < 0 ? 0 : (size_t)equals);
	struct text value = text_from(part, (size_t)equals + 1);

	if (equals <= 0)
		return refuse(r, part);
	for (size_t i = 0; i < COUNT_OF(PARTS); i++) {
		if (!text_eq_nocase(name, text_of(PARTS[i].name)))
			continue;
		if (r->seen >> i & 1)
			return refuse(r, part);
		r->seen |= 1u << i;
		return PARTS[i].read(r, value) || refuse(r, part);
	}
	/* x-name parts were lawful once (RFC 2445): they are not understood, and not refused. */
	return text_starts_nocase(name, TEXT("X-")) || refuse(r, part);
}

/* Some day exists in one of the months, in some year. */
static bool has_real_day(const struct rule *rule)
{
	static const int8_t LONGEST[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	uint32_t days = rule->month_days | rule->month_days_back;
	int first = days ? __builtin_ctz(days) : 1;

	for (int month = 1; month <= 12; month++)
		if ((!rule->months || rule->months >> month & 1) && first <= LONGEST[month - 1])
			return true;
	return false;
}

static int times_of_day(const struct rule *rule)
{
	int hours = __builtin_popcountll(rule->hours | !rule->hours);
	int minutes = __builtin_popcountll(rule->minutes | !rule->minutes);
	int seconds = __builtin_popcountll(rule->seconds | !rule->seconds);

	return hours * minutes * seconds;
}

/* What the table in RFC 5545 3.3.10 forbids. Deviations that have a plain meaning (BYMONTHDAY in
 * WEEKLY, ordinals in DAILY) are read as limits, which is what clients that send them mean. */
static bool judge(struct reader *r)
{
	struct rule *rule = r->rule;
	bool gregorian = !rule->rscale.ptr;

	if (!(r->seen & 1))
		return err_set(r->err, ERR_VALID_CALENDAR_DATA, "RRULE: FREQ is missing");
	if (rule->count && rule->has_until)
		return err_set(r->err, ERR_VALID_CALENDAR_DATA, "RRULE: both COUNT and UNTIL");
	if (rule->weeks.len && rule->freq != RULE_YEARLY)
		return err_set(r->err, ERR_VALID_CALENDAR_DATA, "RRULE: BYWEEKNO is for YEARLY");
	if (gregorian && (rule->leap_months || rule->months >> 13))
		return err_set(r->err, ERR_VALID_CALENDAR_DATA, "RRULE: no such month");
	if (gregorian && rule->skip == RULE_OMIT && !has_real_day(rule))
		return err_set(r->err, ERR_VALID_CALENDAR_DATA, "RRULE: there is no such day");
	if (!gregorian && rule->freq < RULE_DAILY)
		return err_set(r->err, ERR_MAX_INSTANCES, "RRULE: too often for RSCALE");
	if (!gregorian && rule->freq < RULE_MONTHLY &&
	        (rule->months || rule->month_days || rule->month_days_back || rule->year_days.len))
		return err_set(r->err, ERR_MAX_INSTANCES, "RRULE: too complicated for RSCALE");
	if (rule->freq >= RULE_DAILY && times_of_day(rule) > RULE_TIMES_MAX)
		return err_set(r->err, ERR_MAX_INSTANCES, "RRULE: too many times of day");
	if (rule->positions.len && !(r->seen >> 7 & 0xff))
		return err_set(r->err, ERR_VALID_CALENDAR_DATA, "RRULE: BYSETPOS alone");
	return true;
}

bool rule_read(struct arena *arena, struct err *err, struct text value, struct rule **out)
{
	struct reader r = { .arena = arena, .err = err, .rule = arena_make(arena, struct rule) };
	struct text rest = text_trim(value), part;

	r.rule->value = value;
	r.rule->interval = 1;
	r.rule->week_start = 1;
	while (text_split(&rest, ';', &part))
		if (part.len && !read_part(&r, part)) /* a semicolon at the end is seen often */
			return false;
	if (!judge(&r))
		return false;
	*out = r.rule;
	return true;
}

enum rule_freq rule_freq(const struct rule *rule)
{
	return rule->freq;
}

int64_t rule_count(const struct rule *rule)
{
	return rule->count;
}

bool rule_until(const struct rule *rule, struct when *until)
{
	*until = rule->until;
	return rule->has_until;
}
