/* The part of ical_filter.h that knows RFC 4791 9.9: what overlaps a time-range. */
#include "object/filter_impl.h"

#include "object/ical_span.h"

enum { FEW = 64, HOUR = 3600, DAY = 24 * HOUR, REPEAT_MAX = 10000 };

static bool utc_of(
        struct match *m, const struct ical_comp *comp, enum ical_prop_id id, int64_t *utc)
{
	const struct ical_prop *prop = ical_prop(comp, id);
	struct when when;

	if (!prop || !when_of(m->ical, prop, &when))
		return false;
	*utc = when_utc(when, m->floating);
	return true;
}

static void expand(
        struct match *m, const struct ical_comp *comp, const struct ical_range *range, size_t max)
{
	struct ical_window *w = &m->last.window;

	if (m->last.parent == comp->parent && m->last.kind == comp->kind && w->max == max &&
	        w->range.start == range->start && w->range.end == range->end)
		return;
	m->last.parent = comp->parent;
	m->last.kind = comp->kind;
	*w = (struct ical_window){ .range = *range, .floating = m->floating, .max = max };
	m->last.cut =
	        ical_expand_in(m->arena, m->ical, comp->parent, comp->kind, w, &m->last.found);
}

/* Expands the series `comp` belongs to, a little first: an endless range has endless instances, and
 * one of each component is enough. Mostly the first will do. */
static bool any_instance(struct match *m, const struct ical_comp *comp,
        const struct ical_range *range, bool (*wanted)(const struct ical_instance *, void *),
        void *arg)
{
	for (size_t max = wanted ? FEW : 1;; max = max == 1 ? FEW : 0) {
		expand(m, comp, range, max);
		for (size_t i = 0; i < m->last.found.len; i++) {
			const struct ical_instance *instance = &m->last.found.at[i];

			if (instance->comp == comp && (!wanted || wanted(instance, arg)))
				return true;
		}
		if (m->last.cut != ICAL_CUT_MAX || !max)
			return false;
	}
}

/* ---- components ---- */

static bool todo_time(struct match *m, const struct ical_comp *comp, const struct ical_range *r)
{
	int64_t created = 0, completed = 0;
	bool is_created, is_completed;

	if (ical_prop(comp, ICAL_P_DTSTART) || ical_prop(comp, ICAL_P_DUE))
		return any_instance(m, comp, r, NULL, NULL);
	is_created = utc_of(m, comp, ICAL_P_CREATED, &created);
	is_completed = utc_of(m, comp, ICAL_P_COMPLETED, &completed);
	if (is_created && is_completed)
		return (r->start <= created || r->start <= completed) &&
		       (r->end >= created || r->end >= completed);
	if (is_completed)
		return r->start <= completed && r->end >= completed;
	return !is_created || r->end > created;
}

static bool freebusy_time(struct match *m, const struct ical_comp *comp, const struct ical_range *r)
{
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_FREEBUSY);
	int64_t start, end;

	if (utc_of(m, comp, ICAL_P_DTSTART, &start) && utc_of(m, comp, ICAL_P_DTEND, &end))
		return r->start <= end && r->end > start;
	for (; prop; prop = ical_prop_next(prop))
		if (match_prop_time(m, prop, r))
			return true;
	return false;
}

/* RFC 7953 5: without DTSTART it begins at the beginning, without an end it never ends. */
static bool availability_time(
        struct match *m, const struct ical_comp *comp, const struct ical_range *r)
{
	struct ical_instance instance = { .comp = comp };
	struct span span;
	int64_t end;

	if (!span_of(m->ical, comp, m->floating, &span))
		return !utc_of(m, comp, ICAL_P_DTEND, &end) || r->start < end;
	span_place(&span, span.start, m->floating, &instance);
	return r->end > instance.start && (!instance.has_end || r->start < instance.end);
}

bool match_comp_time(struct match *m, const struct ical_comp *comp, const struct ical_range *range)
{
	switch (comp->kind) {
	case ICAL_VTODO: return todo_time(m, comp, range);
	case ICAL_VFREEBUSY: return freebusy_time(m, comp, range);
	case ICAL_VAVAILABILITY: return availability_time(m, comp, range);
	default: return any_instance(m, comp, range, NULL, NULL);
	}
}

/* ---- alarms ---- */

struct rings {
	const struct ical_range *range;
	struct duration offset;
	bool from_end;
	int64_t step;
	int64_t repeat;
};

/* Some ring of the first and its repeats lies in the range. */
static bool ring(const struct rings *r, int64_t first)
{
	int64_t k = 0;

	if (first < r->range->start && r->step > 0) {
		k = (r->range->start - first + r->step - 1) / r->step;
		if (k > r->repeat)
			return false;
	}
	return first + k * r->step >= r->range->start && first + k * r->step < r->range->end;
}

static bool instance_rings(const struct ical_instance *instance, void *arg)
{
	const struct rings *r = arg;
	int64_t utc = r->from_end ? instance->end : instance->start;

	return ring(r, utc + r->offset.days * DAY + r->offset.seconds);
}

static void read_repeat(const struct ical_comp *alarm, struct rings *r)
{
	const struct ical_prop *every = ical_prop(alarm, ICAL_P_DURATION);
	const struct ical_prop *repeat = ical_prop(alarm, ICAL_P_REPEAT);
	struct duration step;

	if (!every || !repeat || !text_to_int(text_trim(repeat->value), &r->repeat) ||
	        r->repeat < 0 || !duration_read(text_trim(every->value), &step)) {
		r->repeat = 0;
		return;
	}
	r->step = step.days * DAY + step.seconds;
	if (r->step <= 0)
		r->repeat = r->step = 0;
	if (r->repeat > REPEAT_MAX)
		r->repeat = REPEAT_MAX;
}

static int64_t plus(int64_t time, int64_t seconds)
{
	return time == ICAL_NEVER || time == ICAL_EVER ? time : time + seconds;
}

bool match_alarm_time(
        struct match *m, const struct ical_comp *alarm, const struct ical_range *range)
{
	const struct ical_prop *trigger = ical_prop(alarm, ICAL_P_TRIGGER);
	struct rings r = { .range = range };
	struct ical_range around;
	struct when when;
	int64_t offset;

	if (!trigger)
		return false;
	read_repeat(alarm, &r);
	if (when_of(m->ical, trigger, &when))
		return ring(&r, when_utc(when, m->floating));
	if (!duration_read(text_trim(trigger->value), &r.offset))
		return false;
	r.from_end = text_eq_nocase(ical_param(trigger, "RELATED"), TEXT("END"));
	offset = r.offset.days * DAY + r.offset.seconds;
	around.start = plus(range->start, -offset - r.step * r.repeat - 1);
	around.end = plus(range->end, -offset + 1);
	return any_instance(m, alarm->parent, &around, instance_rings, &r);
}

/* ---- properties ---- */

static bool value_time(
        struct match *m, struct text value, const struct zone *zone, const struct ical_range *range)
{
	struct when start, end;
	int64_t from, to;

	if (period_read(value, zone, &start, &end)) {
		from = when_utc(start, m->floating);
		to = when_utc(end, m->floating);
		return range->start < to && range->end > from;
	}
	if (!when_read(value, zone, &start))
		return false;
	from = when_utc(start, m->floating);
	if (!start.is_date)
		return range->start <= from && range->end > from;
	start.wall += DAY;
	return range->start < when_utc(start, m->floating) && range->end > from;
}

bool match_prop_time(struct match *m, const struct ical_prop *prop, const struct ical_range *range)
{
	const struct zone *zone = prop_zone(m->ical, prop);
	struct text rest = prop->value, item;

	while (ical_item_next(&rest, &item))
		if (value_time(m, text_trim(item), zone, range))
			return true;
	return false;
}
