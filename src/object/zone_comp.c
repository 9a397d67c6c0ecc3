/* The part of zone.h that reads and writes VTIMEZONE components. */
#include "object/zone_impl.h"

#include "object/ical_parse.h"
#include "object/rule_impl.h"

enum { OBSERVANCES_MAX = 1000, RULES_MAX = 30, ONSETS_MAX = 20000, BUSY_MAX = 5, DAY = 86400 };

/* ---- reading ---- */

struct maker {
	struct arena *arena;
	struct err *err;
	struct changes_of_zone onsets;
	int rules;
	struct zone before;   /* a fixed offset: what held before the observance being read */
	struct change change; /* what it brings */
};

static bool refuse(struct maker *m, const char *words)
{
	return err_set(m->err, ERR_VALID_CALENDAR_DATA, "VTIMEZONE: %s", words);
}

static bool onset(struct maker *m, int64_t wall)
{
	if (m->onsets.len == ONSETS_MAX)
		return refuse(m, "too many changes");
	m->change.at = wall - m->before.first.offset;
	*vec_push(m->arena, &m->onsets) = m->change;
	return true;
}

/* The rules that clocks are changed by: days of one month a year. Others would cost more than any
 * zone is worth. */
static bool is_plain(const struct rule *rule)
{
	return rule->freq == RULE_YEARLY && !rule->rscale.ptr && !rule->year_days.len &&
	       !rule->weeks.len && !rule->positions.len && __builtin_popcount(rule->months) <= 1 &&
	       (rule->months || (!rule->weekdays.len && !rule->month_days_back));
}

static bool onsets_by_rule(struct maker *m, const struct ical_prop *prop, struct when start)
{
	int64_t wall;
	struct rule_walk *walk;
	struct rule *rule;
	int busy = 0;

	if (++m->rules > RULES_MAX)
		return refuse(m, "too many rules");
	if (!rule_read(m->arena, m->err, prop->value, &rule))
		return false;
	if (!is_plain(rule))
		return refuse(m, "only YEARLY rules, of one month");
	start.zone = &m->before;
	walk = rule_walk(m->arena, rule, start);
	rule_walk_skip(walk, days_of(1900, 1, 1) * DAY);
	rule_walk_stop(walk, days_of(ZONE_LAST_YEAR + 1, 1, 1) * DAY);
	for (;;) {
		enum rule_step step = rule_walk_next(walk, &wall);

		if (step == RULE_END)
			return true;
		if (step == RULE_BUSY && ++busy > BUSY_MAX)
			return refuse(m, "a rule that yields nothing");
		if (step == RULE_TIME && !onset(m, wall))
			return false;
	}
}

static bool onsets_by_dates(struct maker *m, const struct ical_prop *prop)
{
	struct text rest = prop->value, item;
	struct when when;

	while (ical_item_next(&rest, &item)) {
		if (!when_read(text_trim(item), NULL, &when))
			return refuse(m, "an RDATE that is no time");
		if (!onset(m, when.zone ? when.wall + m->before.first.offset : when.wall))
			return false;
	}
	return true;
}

static bool offset_of(
        struct maker *m, const struct ical_comp *comp, enum ical_prop_id id, int32_t *offset)
{
	const struct ical_prop *prop = ical_prop(comp, id);

	if (!prop || !offset_read(text_trim(prop->value), offset))
		return refuse(m, "an offset is missing or is none");
	return true;
}

static bool observance(struct maker *m, const struct ical_comp *comp)
{
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_DTSTART);
	struct when start;

	if (!prop || !when_read(text_trim(prop->value), NULL, &start))
		return refuse(m, "DTSTART is missing or is no time");
	if (!offset_of(m, comp, ICAL_P_TZOFFSETFROM, &m->before.first.offset) ||
	        !offset_of(m, comp, ICAL_P_TZOFFSETTO, &m->change.offset))
		return false;
	m->change.dst = comp->kind == ICAL_DAYLIGHT;
	m->change.abbr = ical_text(m->arena, comp, ICAL_P_TZNAME);
	if (!onset(m, start.wall))
		return false;
	for (prop = comp->props; prop; prop = prop->next) {
		if (prop->id == ICAL_P_RRULE && !onsets_by_rule(m, prop, start))
			return false;
		if (prop->id == ICAL_P_RDATE && !onsets_by_dates(m, prop))
			return false;
	}
	return true;
}

static int by_time(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

bool zone_from_comp(struct arena *arena, struct err *err, const struct ical_comp *vtimezone,
        const struct zone **out)
{
	struct maker m = { .arena = arena, .err = err };
	const struct ical_comp *comp = ical_first(vtimezone, ICAL_STANDARD | ICAL_DAYLIGHT);
	struct zone *zone = arena_make(arena, struct zone);
	int64_t earliest = INT64_MAX;
	size_t count = 0;

	zone->name = ical_text(arena, vtimezone, ICAL_P_TZID);
	if (!zone->name.len)
		return refuse(&m, "TZID is missing");
	if (!comp)
		return refuse(&m, "neither STANDARD nor DAYLIGHT");
	for (; comp; comp = ical_next(comp, ICAL_STANDARD | ICAL_DAYLIGHT)) {
		size_t first = m.onsets.len;

		if (++count > OBSERVANCES_MAX)
			return refuse(&m, "too many observances");
		if (!observance(&m, comp))
			return false;
		if (m.onsets.at[first].at < earliest) {
			earliest = m.onsets.at[first].at;
			zone->first = m.before.first;
		}
	}
	qsort(m.onsets.at, m.onsets.len, sizeof(struct change), by_time);
	zone->changes = m.onsets;
	zone->ruled_from = m.onsets.len;
	*out = zone;
	return true;
}

bool zone_from_calendar(
        struct arena *arena, struct err *err, struct text bytes, const struct zone **zone)
{
	const struct ical_comp *comp;
	struct ical *ical;
	struct text tzid;

	if (!ical_parse(arena, err, bytes, &ical))
		return false;
	comp = ical->calendar->children;
	if (!comp || comp->next || comp->kind != ICAL_VTIMEZONE)
		return err_set(err, ERR_VALID_CALENDAR_DATA, "there must be exactly one VTIMEZONE");
	if (!zone_from_comp(arena, err, comp, zone))
		return false;
	tzid = zone_name(*zone);
	if (zone_find(tzid))
		*zone = zone_find(tzid);
	return true;
}

/* ---- writing ---- */

static void put_offset(struct buf *out, const char *name, int32_t offset)
{
	int32_t left = offset < 0 ? -offset : offset;

	buf_printf(out, "%s:%c%02d%02d", name, offset < 0 ? '-' : '+', left / 3600, left / 60 % 60);
	if (left % 60)
		buf_printf(out, "%02d", left % 60);
	buf_add(out, TEXT("\r\n"));
}

static void put_time(struct buf *out, const char *name, int64_t wall)
{
	char text[16];
	size_t len = wall_put(text, wall, false, false);

	buf_printf(out, "%s:%.*s\r\n", name, (int)len, text);
}

static void open_observance(struct buf *out, const struct change *c, int32_t before, int64_t wall)
{
	buf_add(out, c->dst ? TEXT("BEGIN:DAYLIGHT\r\n") : TEXT("BEGIN:STANDARD\r\n"));
	put_time(out, "DTSTART", wall);
	put_offset(out, "TZOFFSETFROM", before);
	put_offset(out, "TZOFFSETTO", c->offset);
	if (c->abbr.len)
		buf_printf(out, "TZNAME:%.*s\r\n", TEXT_ARG(c->abbr));
}

static void close_observance(struct buf *out, const struct change *c)
{
	buf_add(out, c->dst ? TEXT("END:DAYLIGHT\r\n") : TEXT("END:STANDARD\r\n"));
}

static int32_t offset_before(const struct zone *zone, size_t i)
{
	return i ? zone->changes.at[i - 1].offset : zone->first.offset;
}

/* Only days that BYDAY can say, at times within the day. */
static bool can_say(const struct zone_day *day)
{
	return day->form == ZONE_DAY_MONTH && day->time >= 0 && day->time < DAY;
}

static void put_ruled(
        struct buf *out, const struct zone *zone, size_t i, const struct zone_day *day)
{
	static const char *const DAYS[] = { "SU", "MO", "TU", "WE", "TH", "FR", "SA" };
	const struct change *c = &zone->changes.at[i];
	int32_t before = offset_before(zone, i);

	open_observance(out, c, before, c->at + before);
	buf_printf(out, "RRULE:FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s\r\n", day->month,
	        day->week == 5 ? -1 : day->week, DAYS[day->weekday]);
	close_observance(out, c);
}

static bool same_kind(const struct zone *zone, size_t a, size_t b)
{
	const struct change *x = &zone->changes.at[a], *y = &zone->changes.at[b];

	return x->offset == y->offset && x->dst == y->dst && text_eq(x->abbr, y->abbr) &&
	       offset_before(zone, a) == offset_before(zone, b);
}

/* Changes of one kind are one observance with RDATEs. */
static void put_listed(struct buf *out, const struct zone *zone, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct change *c = &zone->changes.at[i];
		int32_t before = offset_before(zone, i);
		bool done = false;

		for (size_t j = from; j < i && !done; j++)
			done = same_kind(zone, j, i);
		if (done)
			continue;
		open_observance(out, c, before, c->at + before);
		for (size_t j = i + 1; j < to; j++)
			if (same_kind(zone, i, j))
				put_time(out, "RDATE", zone->changes.at[j].at + before);
		close_observance(out, c);
	}
}

struct text zone_vtimezone(struct arena *arena, const struct zone *zone, struct text tzid)
{
	const struct changes_of_zone *changes = &zone->changes;
	size_t from = 0, ruled = zone->ruled_from;
	struct change held;
	struct buf out;
	struct text line;

	buf_init(&out, arena);
	buf_add(&out, TEXT("BEGIN:VTIMEZONE\r\n"));
	line = ical_escape(arena, tzid.ptr ? tzid : zone->name);
	ical_line(&out, arena_printf(arena, "TZID:%.*s", TEXT_ARG(line)));
	while (from < changes->len && changes->at[from].at < 0)
		from++;
	if (ruled == changes->len || !can_say(&zone->rule.start) || !can_say(&zone->rule.end))
		while (ruled < changes->len && changes->at[ruled].at < days_of(2038, 1, 1) * DAY)
			ruled++;
	if (ruled < from)
		ruled = from;
	held = from ? changes->at[from - 1] : zone->first;
	open_observance(&out, &held, held.offset, 0);
	close_observance(&out, &held);
	put_listed(&out, zone, from, ruled);
	if (zone->ruled_from < changes->len && can_say(&zone->rule.start) &&
	        can_say(&zone->rule.end)) {
		for (size_t i = ruled; i < ruled + 2 && i < changes->len; i++)
			put_ruled(&out, zone, i,
			        changes->at[i].offset == zone->rule.daylight.offset
			                ? &zone->rule.start
			                : &zone->rule.end);
	}
	buf_add(&out, TEXT("END:VTIMEZONE\r\n"));
	return buf_text(&out);
}

struct text zone_vcalendar(struct arena *arena, const struct zone *zone)
{
	struct text inner = zone_vtimezone(arena, zone, TEXT_NONE);

	return arena_printf(arena,
	        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kontor//EN\r\n%.*sEND:VCALENDAR\r\n",
	        TEXT_ARG(inner));
}
