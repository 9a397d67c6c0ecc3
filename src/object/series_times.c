/* series_times.c - where a series and its occurrences stand in time, and how that is written. */
#include "object/series_impl.h"

enum { DAY = 86400, WEEK = 7 };

static const struct zone *clock_of(const struct series *s, const struct when *like)
{
	return like->zone ? like->zone : s->ask->floating;
}

struct when series_when(const struct series *s, int64_t utc, const struct when *like)
{
	struct when when = *like;

	when.wall = zone_to_wall(clock_of(s, like), utc);
	if (like->is_date)
		when.wall = wall_days(when.wall) * DAY;
	return when;
}

int64_t series_key(const struct series *s, const struct ical_prop *prop)
{
	struct when when;

	return when_of(s->ical, prop, &when) ? when_utc(when, s->ask->floating) : ICAL_NEVER;
}

int64_t series_moved(const struct series *s, int64_t utc)
{
	struct when when = series_when(s, utc, &s->start);

	if (!series_day_moved(s, &when.wall))
		when.wall += s->delta;
	return when_utc(when, s->ask->floating);
}

/* ---- DTSTART, DTEND ---- */

/* "TZID=..." as the property has it; what else stood there belonged to another value. */
static struct text zone_params(const struct ical_prop *prop)
{
	struct text rest = prop ? prop->params : TEXT("");
	struct ical_param param;

	while (ical_param_next(&rest, &param))
		if (text_eq_nocase(param.name, TEXT("TZID")))
			return (struct text){ param.name.ptr,
				(size_t)(param.values.ptr + param.values.len - param.name.ptr) };
	return TEXT("");
}

static void set_when(const struct series *s, struct ical_edit *edit, const char *name,
        const struct ical_prop *like, struct when when)
{
	struct text params = when.is_date ? TEXT("VALUE=DATE") : zone_params(like);

	ical_edit_set(edit, name, params, when_write(s->arena, when));
}

/* What it is written as: as before, unless whole days become hours or the other way round. */
static struct when dress(const struct when *was, bool all_day)
{
	if (all_day == was->is_date)
		return *was;
	return (struct when){ .zone = all_day ? NULL : zone_utc(), .is_date = all_day };
}

void series_set_times(struct series *s, struct ical_edit *edit, const struct ical_comp *comp,
        struct ical_range was, struct ical_range is)
{
	const struct ical_prop *start = ical_prop(comp, ICAL_P_DTSTART);
	bool same_length = was.end - was.start == is.end - is.start, all_day;
	struct when like, before;

	if (!start || !when_of(s->ical, start, &before))
		return;
	all_day = s->change && s->change->moves ? s->change->all_day : before.is_date;
	like = dress(&before, all_day);
	set_when(s, edit, "DTSTART", start, series_when(s, is.start, &like));
	/* DURATION and what is implied hold for any start. */
	if (same_length && all_day == before.is_date && !ical_prop(comp, ICAL_P_DTEND))
		return;
	ical_edit_remove_all(edit, "DURATION");
	set_when(s, edit, "DTEND", start, series_when(s, is.end, &like));
}

void series_begin_at(
        struct series *s, struct ical_edit *edit, const struct ical_comp *comp, int64_t utc)
{
	const struct ical_prop *start = ical_prop(comp, ICAL_P_DTSTART);
	const struct ical_prop *end = ical_prop(comp, ICAL_P_DTEND);
	int64_t was = when_utc(s->start, s->ask->floating);
	struct when till;

	set_when(s, edit, "DTSTART", start, series_when(s, utc, &s->start));
	if (end && when_of(s->ical, end, &till))
		set_when(s, edit, "DTEND", end,
		        series_when(s, utc + when_utc(till, s->ask->floating) - was, &till));
}

void series_set_id(struct series *s, struct ical_edit *edit, int64_t key)
{
	const struct ical_prop *own = ical_edit_prop(edit, TEXT("RECURRENCE-ID"), 0);
	const struct ical_prop *start = ical_prop(s->master, ICAL_P_DTSTART);
	struct text params = start->params, value;

	value = when_write(s->arena, series_when(s, key, &s->start));
	/* RANGE stays. */
	if (own && !text_eq(ical_param(own, "RANGE"), TEXT_NONE))
		params = arena_printf(s->arena, "RANGE=THISANDFUTURE%s%.*s", params.len ? ";" : "",
		        TEXT_ARG(params));
	ical_edit_set(edit, "RECURRENCE-ID", params, value);
}

/* ---- EXDATE, RDATE ---- */

/* One value: moved, or absent. A PERIOD has an end that moves as well. */
static struct text moved_item(
        struct series *s, const struct ical_prop *prop, struct text item, series_keep_fn *keep)
{
	ptrdiff_t slash = text_find_char(item, '/');
	struct text begins = slash < 0 ? item : text_sub(item, 0, (size_t)slash);
	struct text rest = slash < 0 ? TEXT("") : text_from(item, (size_t)slash);
	struct when when, end;

	if (!when_read(text_trim(begins), prop_zone(s->ical, prop), &when))
		return item;
	if (keep && !keep(when_utc(when, s->ask->floating), s->ask->occurrence))
		return TEXT_NONE;
	if (!s->delta)
		return item;
	when = series_when(s, series_moved(s, when_utc(when, s->ask->floating)), &when);
	if (rest.len && when_read(text_trim(text_from(rest, 1)), prop_zone(s->ical, prop), &end)) {
		end = series_when(s, series_moved(s, when_utc(end, s->ask->floating)), &end);
		rest = arena_printf(s->arena, "/%.*s", TEXT_ARG(when_write(s->arena, end)));
	}
	return arena_printf(
	        s->arena, "%.*s%.*s", TEXT_ARG(when_write(s->arena, when)), TEXT_ARG(rest));
}

static void filter(struct series *s, struct ical_edit *edit, const struct ical_prop *prop,
        series_keep_fn *keep)
{
	struct text list = prop->value, item;
	struct buf out;

	buf_init(&out, s->arena);
	while (ical_item_next(&list, &item)) {
		struct text to = moved_item(s, prop, item, keep);

		if (!to.ptr)
			continue;
		if (out.len)
			buf_char(&out, ',');
		buf_add(&out, to);
	}
	if (text_eq(buf_text(&out), prop->value))
		return;
	ical_edit_remove(edit, prop);
	if (out.len)
		ical_edit_add(edit, prop->name, prop->params, buf_text(&out));
}

VEC_OF(found, const struct ical_prop *);

void series_filter_dates(struct series *s, struct ical_edit *edit, series_keep_fn *keep)
{
	static const char *const NAMES[] = { "EXDATE", "RDATE" };
	struct found props = VEC_EMPTY;
	const struct ical_prop *prop;

	if (!keep && !s->delta)
		return;
	for (size_t n = 0; n < COUNT_OF(NAMES); n++)
		for (size_t i = 0; (prop = ical_edit_prop(edit, text_of(NAMES[n]), i)); i++)
			*vec_push(s->arena, &props) = prop;
	for (size_t i = 0; i < props.len; i++)
		filter(s, edit, props.at[i], keep);
}

/* ---- RRULE ---- */

struct text rule_part(struct text rule, const char *part)
{
	struct text one;
	size_t len = strlen(part);

	while (text_split(&rule, ';', &one))
		if (one.len > len && one.ptr[len] == '=' && text_starts_nocase(one, text_of(part)))
			return text_from(one, len + 1);
	return TEXT_NONE;
}

struct text rule_with(struct arena *arena, struct text rule, const char *part, struct text value)
{
	size_t len = strlen(part);
	struct text one;
	struct buf out;

	buf_init(&out, arena);
	while (text_split(&rule, ';', &one)) {
		if (!one.len || (one.len > len && one.ptr[len] == '=' &&
		                        text_starts_nocase(one, text_of(part))))
			continue;
		if (out.len)
			buf_char(&out, ';');
		buf_add(&out, one);
	}
	if (value.ptr)
		buf_printf(&out, ";%s=%.*s", part, TEXT_ARG(value));
	return buf_text(&out);
}

/* "MO,WE" a number of days later; absent: not all of them are plain days. */
static struct text later_days(struct arena *arena, struct text days, int64_t by)
{
	static const char *const NAMES[] = { "SU", "MO", "TU", "WE", "TH", "FR", "SA" };
	struct text one;
	struct buf out;

	buf_init(&out, arena);
	while (text_split(&days, ',', &one)) {
		int at = -1;

		for (int i = 0; i < WEEK; i++)
			if (text_eq_nocase(text_trim(one), text_of(NAMES[i])))
				at = i;
		if (at < 0)
			return TEXT_NONE;
		at = (int)(((at + by) % WEEK + WEEK) % WEEK);
		buf_printf(&out, "%s%s", out.len ? "," : "", NAMES[at]);
	}
	return buf_text(&out);
}

static bool names_days(struct text rule)
{
	static const char *const PARTS[] = { "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH",
		"BYSETPOS", "RSCALE" };

	for (size_t i = 0; i < COUNT_OF(PARTS); i++)
		if (rule_part(rule, PARTS[i]).ptr)
			return true;
	return false;
}

static bool names_hours(struct text rule)
{
	return rule_part(rule, "BYHOUR").ptr || rule_part(rule, "BYMINUTE").ptr ||
	       rule_part(rule, "BYSECOND").ptr;
}

/* Every second Monday and Friday: in which week a moved Friday would be, nobody can say. */
static bool move_days(struct series *s, struct text *rule, int64_t by)
{
	struct text days = rule_part(*rule, "BYDAY"), every = rule_part(*rule, "INTERVAL");

	if (names_days(*rule))
		return false;
	if (!days.ptr)
		return true;
	if (!text_eq_nocase(rule_part(*rule, "FREQ"), TEXT("WEEKLY")))
		return false;
	if (text_find_char(days, ',') >= 0 && every.len && !text_eq(every, TEXT("1")))
		return false;
	days = later_days(s->arena, days, by);
	if (!days.ptr)
		return false;
	*rule = rule_with(s->arena, *rule, "BYDAY", days);
	return true;
}

/* The last one moves as all of them do. */
static void move_until(struct series *s, struct text *rule)
{
	struct text until = rule_part(*rule, "UNTIL");
	struct when when;

	if (!until.ptr || !when_read(until, NULL, &when))
		return;
	when = series_when(s, series_moved(s, when_utc(when, s->ask->floating)), &when);
	*rule = rule_with(s->arena, *rule, "UNTIL", when_write(s->arena, when));
}

bool series_move_rule(struct series *s, struct ical_edit *edit)
{
	const struct ical_prop *prop = ical_edit_prop(edit, TEXT("RRULE"), 0);
	int64_t days = wall_days(s->start.wall + s->delta) - wall_days(s->start.wall);
	struct text rule;

	if (!prop || !s->delta)
		return true;
	if (ical_edit_prop(edit, TEXT("RRULE"), 1))
		return false;
	rule = prop->value;
	if (s->delta % DAY && names_hours(rule))
		return false;
	if (!s->day && days && !move_days(s, &rule, days))
		return false;
	if (s->day)
		series_day_rule(s, &rule);
	else
		move_until(s, &rule);
	ical_edit_set(edit, "RRULE", prop->params, rule);
	return true;
}
