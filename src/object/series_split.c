/* series_split.c - one series into two: what was, and what goes on from an occurrence. */
#include "object/series_impl.h"

enum { STEPS_MAX = 200000 };

/* How many the rule yields before the occurrence, which must be one of its own. */
static bool count_before(struct series *s, struct text value, int64_t *before)
{
	struct when at = series_when(s, s->ask->occurrence, &s->start);
	struct rule_walk *walk;
	struct rule *rule;
	int64_t wall;

	*before = 0;
	if (!rule_read(s->arena, s->err, value, &rule))
		return false;
	walk = rule_walk(s->arena, rule, s->start);
	for (int i = 0; i < STEPS_MAX; i++) {
		switch (rule_walk_next(walk, &wall)) {
		case RULE_END: return false;
		case RULE_BUSY: continue;
		case RULE_TIME: break;
		}
		if (wall >= at.wall)
			return wall == at.wall;
		++*before;
	}
	return false;
}

static bool is_before(int64_t key, int64_t at)
{
	return key < at;
}

static bool is_behind(int64_t key, int64_t at)
{
	return key >= at;
}

struct splitting {
	struct text first, second; /* the rules */
};

/* RFC 5545 3.3.10: UNTIL is of the type DTSTART is of. */
static struct text until_before(struct series *s)
{
	struct when when = s->start;

	if (when.is_date || !when.zone)
		when = series_when(s, s->ask->occurrence - 1, &s->start);
	else
		return utc_write(s->arena, s->ask->occurrence - 1);
	return when_write(s->arena, when);
}

static bool split_rule(struct series *s, struct splitting *to)
{
	const struct ical_prop *prop = ical_prop(s->master, ICAL_P_RRULE);
	int64_t before, count = 0;
	struct text words;

	if (!prop || ical_prop_next(prop) || !count_before(s, prop->value, &before))
		return err_is_set(s->err)
		               ? false
		               : series_refuse(s, "This series cannot be parted here: change "
		                                  "this one only, or all");
	words = rule_part(prop->value, "COUNT");
	to->first = rule_with(s->arena, prop->value, "UNTIL", TEXT_NONE);
	to->second = prop->value;
	if (!words.ptr) {
		to->first = rule_with(s->arena, to->first, "UNTIL", until_before(s));
		return true;
	}
	if (!text_to_int(words, &count))
		count = before + 1;
	to->first = rule_with(
	        s->arena, to->first, "COUNT", arena_printf(s->arena, "%lld", (long long)before));
	to->second = rule_with(s->arena, to->second, "COUNT",
	        arena_printf(s->arena, "%lld", (long long)(count - before)));
	return true;
}

static void stamp(struct series *s, struct ical_edit *edit)
{
	struct text now = utc_write(s->arena, s->ask->now);

	ical_edit_set(edit, "DTSTAMP", TEXT(""), now);
	ical_edit_set(edit, "LAST-MODIFIED", TEXT(""), now);
}

static struct text each_first(struct series *s, const struct ical_comp *comp)
{
	const struct ical_prop *id = ical_prop(comp, ICAL_P_RECURRENCE_ID);
	const struct splitting *to = s->parting;
	struct ical_edit *edit;

	if (id)
		return is_before(series_key(s, id), s->ask->occurrence) ? comp->raw : TEXT_NONE;
	edit = ical_edit_of(s->arena, s->ical, comp);
	ical_edit_set(edit, "RRULE", ical_prop(comp, ICAL_P_RRULE)->params, to->first);
	series_filter_dates(s, edit, is_before);
	stamp(s, edit);
	return ical_edit_comp(edit);
}

static struct text each_second(struct series *s, const struct ical_comp *comp)
{
	const struct ical_prop *id = ical_prop(comp, ICAL_P_RECURRENCE_ID);
	const struct splitting *to = s->parting;
	struct ical_edit *edit;

	if (id && !is_behind(series_key(s, id), s->ask->occurrence))
		return TEXT_NONE;
	edit = ical_edit_of(s->arena, s->ical, comp);
	ical_edit_set(edit, "UID", TEXT(""), s->ask->uid);
	if (!id) {
		series_begin_at(s, edit, comp, s->ask->occurrence);
		ical_edit_set(edit, "RRULE", ical_prop(comp, ICAL_P_RRULE)->params, to->second);
		series_filter_dates(s, edit, is_behind);
	}
	stamp(s, edit);
	return ical_edit_comp(edit);
}

bool series_split(struct series *s, struct text *first, struct text *second)
{
	struct splitting to;

	if (!split_rule(s, &to))
		return false;
	s->parting = &to;
	*first = series_rewrite(s, each_first);
	if (second)
		*second = series_rewrite(s, each_second);
	return !err_is_set(s->err);
}
