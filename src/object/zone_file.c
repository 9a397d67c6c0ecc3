/* The part of zone.h that reads zoneinfo files (RFC 8536) and the rule at their end. */
#include "object/zone_impl.h"

#include "object/ical_time.h"

enum { HEADER = 44, TYPES_MAX = 256, CHANGES_MAX = 4000, DAY = 86400 };

struct counts {
	uint32_t isut, isstd, leap, time, type, chars;
};

static uint32_t big32(const char *at)
{
	const unsigned char *c = (const unsigned char *)at;

	return (uint32_t)c[0] << 24 | (uint32_t)c[1] << 16 | (uint32_t)c[2] << 8 | c[3];
}

static int64_t big64(const char *at)
{
	return (int64_t)((uint64_t)big32(at) << 32 | big32(at + 4));
}

static bool header_read(struct text bytes, struct counts *c)
{
	if (bytes.len < HEADER || memcmp(bytes.ptr, "TZif", 4) || bytes.ptr[4] < '2')
		return false;
	*c = (struct counts){ big32(bytes.ptr + 20), big32(bytes.ptr + 24), big32(bytes.ptr + 28),
		big32(bytes.ptr + 32), big32(bytes.ptr + 36), big32(bytes.ptr + 40) };
	return c->type && c->type <= TYPES_MAX && c->time <= CHANGES_MAX && c->chars <= 1024 &&
	       c->leap <= 100 && c->isut <= TYPES_MAX && c->isstd <= TYPES_MAX;
}

static size_t block_len(const struct counts *c, size_t time_size)
{
	return c->time * time_size + c->time + (size_t)c->type * 6 + c->chars +
	       c->leap * (time_size + 4) + c->isstd + c->isut;
}

static int64_t year_of(int64_t utc)
{
	int64_t year;
	int month, day;

	days_to((utc >= 0 ? utc : utc - DAY + 1) / DAY, &year, &month, &day);
	return year;
}

/* ---- the rule: std offset dst offset,start,end ---- */

static bool take_char(struct text *text, char c)
{
	if (!text->len || text->ptr[0] != c)
		return false;
	*text = text_from(*text, 1);
	return true;
}

static bool take_number(struct text *text, int *value)
{
	size_t i = 0;

	*value = 0;
	for (; i < text->len && i < 4 && text->ptr[i] >= '0' && text->ptr[i] <= '9'; i++)
		*value = *value * 10 + (text->ptr[i] - '0');
	*text = text_from(*text, i);
	return i > 0;
}

static bool take_abbr(struct text *text, struct text *abbr)
{
	size_t i = 0;
	bool angled = take_char(text, '<');

	while (i < text->len &&
	        (angled ? text->ptr[i] != '>'
	                : (text->ptr[i] >= 'A' && text->ptr[i] <= 'Z') ||
	                                (text->ptr[i] >= 'a' && text->ptr[i] <= 'z')))
		i++;
	*abbr = text_sub(*text, 0, i);
	*text = text_from(*text, angled ? i + 1 : i);
	return i > 0;
}

static bool take_time(struct text *text, int32_t *seconds)
{
	int sign = take_char(text, '-') ? -1 : 1, hours, minutes = 0, rest = 0;

	take_char(text, '+');
	if (!take_number(text, &hours) || (take_char(text, ':') && !take_number(text, &minutes)) ||
	        (take_char(text, ':') && !take_number(text, &rest)))
		return false;
	*seconds = sign * ((hours * 60 + minutes) * 60 + rest);
	return true;
}

static bool take_day(struct text *text, struct zone_day *day)
{
	bool good;

	day->time = 2 * 3600;
	if (take_char(text, 'M')) {
		day->form = ZONE_DAY_MONTH;
		good = take_number(text, &day->month) && take_char(text, '.') &&
		       take_number(text, &day->week) && take_char(text, '.') &&
		       take_number(text, &day->weekday) && day->month >= 1 && day->month <= 12 &&
		       day->week >= 1 && day->week <= 5 && day->weekday <= 6;
	} else {
		day->form = take_char(text, 'J') ? ZONE_DAY_JULIAN : ZONE_DAY_ZERO;
		good = take_number(text, &day->day);
	}
	return good && (!take_char(text, '/') || take_time(text, &day->time));
}

/* Offsets in TZ strings are west of Greenwich. */
static bool rule_of(struct text text, struct zone_rule *rule)
{
	*rule = (struct zone_rule){ 0 };
	if (!take_abbr(&text, &rule->standard.abbr) || !take_time(&text, &rule->standard.offset))
		return false;
	rule->standard.offset = -rule->standard.offset;
	if (!text.len)
		return true;
	rule->has_daylight = true;
	rule->daylight.dst = true;
	rule->daylight.offset = -rule->standard.offset - 3600;
	if (!take_abbr(&text, &rule->daylight.abbr))
		return false;
	if (text.len && text.ptr[0] != ',' && !take_time(&text, &rule->daylight.offset))
		return false;
	rule->daylight.offset = -rule->daylight.offset;
	return take_char(&text, ',') && take_day(&text, &rule->start) && take_char(&text, ',') &&
	       take_day(&text, &rule->end) && !text.len;
}

static int64_t day_wall(const struct zone_day *day, int64_t year)
{
	int64_t first = days_of(year, 1, 1), found;

	if (day->form == ZONE_DAY_MONTH) {
		int64_t month = days_of(year, day->month, 1);
		int64_t weekday = ((month + 4) % 7 + 7) % 7;

		found = month + (day->weekday - weekday + 7) % 7 + (day->week - 1) * 7;
		if (found >= month + days_in_month(year, day->month))
			found -= 7;
	} else if (day->form == ZONE_DAY_JULIAN) {
		found = first + day->day - 1 + (day->day >= 60 && days_in_month(year, 2) == 29);
	} else {
		found = first + day->day;
	}
	return found * DAY + day->time;
}

int64_t zone_rule_start(const struct zone_rule *rule, int64_t year)
{
	return day_wall(&rule->start, year) - rule->standard.offset;
}

int64_t zone_rule_end(const struct zone_rule *rule, int64_t year)
{
	return day_wall(&rule->end, year) - rule->daylight.offset;
}

/* ---- the file ---- */

static struct change type_of(
        struct arena *arena, const char *types, const struct counts *c, size_t i)
{
	const char *type = types + i * 6, *abbrs = types + (size_t)c->type * 6;
	size_t at = (unsigned char)type[5];
	struct text abbr = TEXT("");

	if (at < c->chars)
		abbr = (struct text){ abbrs + at, strnlen(abbrs + at, c->chars - at) };
	return (struct change){
		.offset = (int32_t)big32(type), .dst = type[4] != 0, .abbr = arena_text(arena, abbr)
	};
}

static void changes_read(
        struct arena *arena, struct zone *zone, const char *block, const struct counts *c)
{
	const char *index = block + c->time * 8, *types = index + c->time;
	struct change kinds[TYPES_MAX];

	for (size_t i = 0; i < c->type; i++)
		kinds[i] = type_of(arena, types, c, i);
	zone->first = kinds[0];
	for (size_t i = 0; i < c->time; i++) {
		size_t kind = (unsigned char)index[i];
		struct change change = kinds[kind < c->type ? kind : 0];

		change.at = big64(block + i * 8);
		*vec_push(arena, &zone->changes) = change;
	}
}

static void by_rule(struct arena *arena, struct zone *zone, int64_t at, struct change change)
{
	size_t len = zone->changes.len;

	if (len && zone->changes.at[len - 1].at >= at)
		return;
	change.at = at;
	*vec_push(arena, &zone->changes) = change;
}

/* Lists what the rule says from the last change on, so that most questions are one search. */
static void extend(struct arena *arena, struct zone *zone)
{
	size_t len = zone->changes.len;
	int64_t year = len ? year_of(zone->changes.at[len - 1].at) : 1970;

	for (; year <= ZONE_LAST_YEAR; year++) {
		int64_t start = zone_rule_start(&zone->rule, year);
		int64_t end = zone_rule_end(&zone->rule, year);

		if (start < end)
			by_rule(arena, zone, start, zone->rule.daylight);
		by_rule(arena, zone, end, zone->rule.standard);
		if (start > end)
			by_rule(arena, zone, start, zone->rule.daylight);
	}
}

static void find_ruled(struct zone *zone)
{
	size_t i = zone->changes.len;

	for (; i; i--) {
		const struct change *change = &zone->changes.at[i - 1];
		int64_t year = year_of(change->at + change->offset);
		const struct zone_rule *r = &zone->rule;
		bool starts = change->at == zone_rule_start(r, year) &&
		              change->offset == r->daylight.offset;
		bool ends = change->at == zone_rule_end(r, year) &&
		            change->offset == r->standard.offset;

		if (!starts && !ends)
			break;
		if (i < zone->changes.len && change[1].at - change->at > 366 * DAY)
			break;
	}
	/* What came before the first of them may be something else than the rule's other half. */
	if (i && i < zone->changes.len)
		i++;
	zone->ruled_from = i;
}

struct zone *zone_from_file(struct arena *arena, struct text name, struct text bytes)
{
	struct counts c;
	struct zone *zone;
	size_t skip;
	struct text rest;

	if (!header_read(bytes, &c))
		return NULL;
	skip = HEADER + block_len(&c, 4);
	rest = text_from(bytes, skip);
	if (!header_read(rest, &c) || rest.len < HEADER + block_len(&c, 8))
		return NULL;
	zone = arena_make(arena, struct zone);
	zone->name = arena_text(arena, name);
	changes_read(arena, zone, rest.ptr + HEADER, &c);
	rest = arena_text(arena, text_trim(text_from(rest, HEADER + block_len(&c, 8))));
	zone->has_rule = rule_of(rest, &zone->rule);
	zone->ruled_from = zone->changes.len;
	if (zone->has_rule && zone->rule.has_daylight) {
		extend(arena, zone);
		find_ruled(zone);
	}
	return zone;
}
