/* ical_trim.c - see ical_trim.h (RFC 4791 9.6). */
#include "object/ical_trim.h"

#include "base/clock.h"
#include "base/map.h"

enum { DEFAULT_INSTANCES = 10000, DEFAULT_MS = 2000 };

struct shaper {
	struct arena *scratch;
	struct err *err;
	const struct ical *ical;
	const struct cal_shape *shape;
	struct buf *out;
};

bool cal_shape_is_plain(const struct cal_shape *shape)
{
	return !shape->wanted && !shape->expand && !shape->limit_recurrence &&
	       !shape->limit_freebusy && shape->zones == CAL_ZONES_AS_STORED;
}

bool cal_shape_range(struct err *err, struct text start, struct text end, struct ical_range *range)
{
	struct when from, to;

	if (!when_read(start, NULL, &from) || !when_read(end, NULL, &to) || from.is_date ||
	        to.is_date || from.zone != zone_utc() || to.zone != zone_utc())
		return err_set(err, ERR_BAD_REQUEST, "start and end are times in UTC");
	range->start = when_utc(from, NULL);
	range->end = when_utc(to, NULL);
	return range->start < range->end ||
	       err_set(err, ERR_BAD_REQUEST, "a range ends after it starts");
}

/* ---- what is wanted ---- */

/* A CALDAV:comp that names nothing inside wants all of it (the example of RFC 4791 7.8.1). */
static bool wants_all(const struct cal_wanted *wanted)
{
	return !wanted || (wanted->all_props && wanted->all_comps) ||
	       (!wanted->all_props && !wanted->all_comps && !wanted->props.len &&
	               !wanted->comps.len);
}

static const struct cal_wanted_prop *wanted_prop(const struct cal_wanted *wanted, struct text name)
{
	for (size_t i = 0; i < wanted->props.len; i++)
		if (text_eq_nocase(wanted->props.at[i].name, name))
			return &wanted->props.at[i];
	return NULL;
}

/* True: the child is wanted; *inside NULL means whole. */
static bool wanted_comp(
        const struct cal_wanted *wanted, struct text name, const struct cal_wanted **inside)
{
	*inside = NULL;
	if (wants_all(wanted) || wanted->all_comps)
		return true;
	for (size_t i = 0; i < wanted->comps.len; i++) {
		if (!text_eq_nocase(wanted->comps.at[i].name, name))
			continue;
		*inside = &wanted->comps.at[i];
		return true;
	}
	return false;
}

/* True: a line of that name is to be written; *novalue: without what stands behind the colon. */
static bool wants_line(const struct cal_wanted *wanted, struct text name, bool *novalue)
{
	const struct cal_wanted_prop *one;

	*novalue = false;
	if (wants_all(wanted) || wanted->all_props)
		return true;
	one = wanted_prop(wanted, name);
	*novalue = one && one->novalue;
	return one != NULL;
}

/* ---- lines ---- */

static void put_tag(struct shaper *s, const char *word, struct text name)
{
	buf_add(s->out, text_of(word));
	buf_add(s->out, name);
	buf_add(s->out, TEXT("\r\n"));
}

static void put_prop(
        struct shaper *s, const struct cal_wanted *wanted, const struct ical_prop *prop)
{
	struct buf line;
	bool novalue;

	if (!wants_line(wanted, prop->name, &novalue))
		return;
	if (!novalue) {
		buf_add(s->out, prop->line);
		return;
	}
	buf_init(&line, s->scratch);
	buf_add(&line, prop->name);
	if (prop->params.len) {
		buf_char(&line, ';');
		buf_add(&line, prop->params);
	}
	buf_char(&line, ':');
	ical_line(s->out, buf_text(&line));
}

/* A time in UTC, a date as a date, a floating time as it is. */
static void put_when(
        struct shaper *s, const struct cal_wanted *wanted, const char *name, struct when when)
{
	char text[16];
	size_t len;
	bool novalue, utc = !when.is_date && when.zone;

	if (!wants_line(wanted, text_of(name), &novalue))
		return;
	if (utc)
		when.wall = when_utc(when, NULL);
	len = novalue ? 0 : wall_put(text, when.wall, when.is_date, utc);
	buf_add(s->out, text_of(name));
	buf_add(s->out, when.is_date ? TEXT(";VALUE=DATE:") : TEXT(":"));
	buf_add(s->out, (struct text){ text, len });
	buf_add(s->out, TEXT("\r\n"));
}

/* ---- one component ---- */

static bool keeps_duration(const struct ical_prop *duration, const struct ical_instance *instance)
{
	struct duration length;

	return duration && duration_read(duration->value, &length) &&
	       when_add(instance->at, length).wall == instance->until.wall;
}

/* The times of one instance, where its DTSTART (or DUE) would stand. */
static void put_times(struct shaper *s, const struct cal_wanted *wanted,
        const struct ical_comp *comp, const struct ical_instance *instance)
{
	const struct ical_prop *duration = ical_prop(comp, ICAL_P_DURATION);
	bool has_start = ical_prop(comp, ICAL_P_DTSTART) != NULL;

	if (has_start)
		put_when(s, wanted, "DTSTART", instance->at);
	if (keeps_duration(duration, instance))
		put_prop(s, wanted, duration);
	else if (comp->kind == ICAL_VTODO && !has_start && ical_prop(comp, ICAL_P_DUE))
		put_when(s, wanted, "DUE", instance->at);
	else if (instance->has_end && comp->kind != ICAL_VJOURNAL)
		put_when(s, wanted, comp->kind == ICAL_VTODO ? "DUE" : "DTEND", instance->until);
	if (instance->recurs)
		put_when(s, wanted, "RECURRENCE-ID", instance->id);
}

static bool is_expanded_away(enum ical_prop_id id)
{
	switch (id) {
	case ICAL_P_DTSTART:
	case ICAL_P_DTEND:
	case ICAL_P_DUE:
	case ICAL_P_DURATION:
	case ICAL_P_RECURRENCE_ID:
	case ICAL_P_RRULE:
	case ICAL_P_RDATE:
	case ICAL_P_EXDATE:
	case ICAL_P_EXRULE: return true;
	default: return false;
	}
}

static void put_comp(
        struct shaper *s, const struct cal_wanted *wanted, const struct ical_comp *comp);

static void put_children(
        struct shaper *s, const struct cal_wanted *wanted, const struct ical_comp *comp)
{
	for (const struct ical_comp *child = comp->children; child; child = child->next) {
		const struct cal_wanted *inside;

		if (wanted_comp(wanted, child->name, &inside))
			put_comp(s, inside, child);
	}
}

static void put_instance(
        struct shaper *s, const struct cal_wanted *wanted, const struct ical_instance *instance)
{
	const struct ical_comp *comp = instance->comp;

	put_tag(s, "BEGIN:", comp->name);
	for (const struct ical_prop *p = comp->props; p; p = p->next)
		if (!is_expanded_away(p->id))
			put_prop(s, wanted, p);
	put_times(s, wanted, comp, instance);
	put_children(s, wanted, comp);
	put_tag(s, "END:", comp->name);
}

/* CALDAV:limit-freebusy-set: the periods of one FREEBUSY line that meet the range. */
static void put_freebusy(
        struct shaper *s, const struct cal_wanted *wanted, const struct ical_prop *prop)
{
	const struct ical_range *range = &s->shape->freebusy_range;
	struct text rest = prop->value, item;
	struct buf line;
	size_t kept = 0;

	buf_init(&line, s->scratch);
	buf_add(&line, prop->name);
	if (prop->params.len) {
		buf_char(&line, ';');
		buf_add(&line, prop->params);
	}
	buf_char(&line, ':');
	while (ical_item_next(&rest, &item)) {
		struct when start, end;

		if (!period_read(item, zone_utc(), &start, &end) ||
		        when_utc(start, NULL) >= range->end || when_utc(end, NULL) <= range->start)
			continue;
		if (kept++)
			buf_char(&line, ',');
		buf_add(&line, item);
	}
	(void)wanted;
	if (kept)
		ical_line(s->out, buf_text(&line));
}

static void put_comp(
        struct shaper *s, const struct cal_wanted *wanted, const struct ical_comp *comp)
{
	bool busy = s->shape->limit_freebusy && comp->kind == ICAL_VFREEBUSY;

	if (wants_all(wanted) && !busy) {
		buf_add(s->out, comp->raw);
		return;
	}
	put_tag(s, "BEGIN:", comp->name);
	for (const struct ical_prop *p = comp->props; p; p = p->next) {
		if (busy && p->id == ICAL_P_FREEBUSY)
			put_freebusy(s, wanted, p);
		else
			put_prop(s, wanted, p);
	}
	put_children(s, wanted, comp);
	put_tag(s, "END:", comp->name);
}

/* ---- limit-recurrence-set ---- */

static bool override_meets(struct shaper *s, const struct ical_comp *comp)
{
	const struct ical_range *range = &s->shape->recurrence_range;
	const struct ical_prop *id = ical_prop(comp, ICAL_P_RECURRENCE_ID);
	const struct ical_prop *end = ical_prop(comp, ICAL_P_DTEND);
	const struct ical_prop *duration = ical_prop(comp, ICAL_P_DURATION);
	struct when when, until;
	struct duration length;
	int64_t from, to;

	/* The place it left counts as well as the place it went to (RFC 4791 9.6.6). */
	if (when_of(s->ical, id, &when)) {
		from = when_utc(when, s->shape->floating);
		if (from >= range->start && from < range->end)
			return true;
	}
	if (text_eq_nocase(ical_param(id, "RANGE"), TEXT("THISANDFUTURE")))
		return true;
	if (!when_of(s->ical, ical_prop(comp, ICAL_P_DTSTART), &when))
		return true;
	from = to = when_utc(when, s->shape->floating);
	if (end && when_of(s->ical, end, &until))
		to = when_utc(until, s->shape->floating);
	else if (duration && duration_read(duration->value, &length))
		to = when_utc(when_add(when, length), s->shape->floating);
	return from < range->end && (to > range->start || (to == from && from >= range->start));
}

/* ---- time zones ---- */

static bool zone_is_left_out(const struct shaper *s, const struct ical_comp *comp)
{
	const struct ical_prop *tzid = ical_prop(comp, ICAL_P_TZID);

	/* Expanded times are in UTC: nothing refers to it any more. */
	if (s->shape->expand)
		return true;
	return s->shape->zones == CAL_ZONES_NONE && tzid && zone_find(tzid->value);
}

/* Every TZID below `comp` that has no VTIMEZONE gets one, once. */
static void put_missing_zones(struct shaper *s, const struct ical_comp *comp, struct map *there)
{
	for (const struct ical_prop *p = comp->props; p; p = p->next) {
		struct text tzid = p->params.len ? ical_param(p, "TZID") : TEXT_NONE;
		const struct zone *zone;

		if (!tzid.len || map_get(there, tzid))
			continue;
		zone = zone_find(tzid);
		map_put(there, tzid, s);
		if (zone)
			buf_add(s->out, zone_vtimezone(s->scratch, zone, tzid));
	}
	for (const struct ical_comp *child = comp->children; child; child = child->next)
		if (child->kind != ICAL_VTIMEZONE)
			put_missing_zones(s, child, there);
}

static void add_zones(struct shaper *s)
{
	const struct ical_comp *calendar = ical_calendar(s->ical);
	struct map *there = map_new(s->scratch);
	const struct ical_comp *zone;

	for (zone = ical_first(calendar, ICAL_VTIMEZONE); zone;
	        zone = ical_next(zone, ICAL_VTIMEZONE)) {
		const struct ical_prop *tzid = ical_prop(zone, ICAL_P_TZID);

		if (tzid)
			map_put(there, tzid->value, s);
	}
	put_missing_zones(s, calendar, there);
}

/* ---- the object ---- */

static bool put_expanded(struct shaper *s)
{
	struct ical_window window = { s->shape->expand_range, s->shape->floating,
		s->shape->max_instances ? s->shape->max_instances : DEFAULT_INSTANCES,
		s->shape->deadline ? s->shape->deadline : clock_mono_ms() + DEFAULT_MS };
	struct ical_instances instances = { 0 };
	const struct cal_wanted *inside;

	switch (ical_expand(s->scratch, s->ical, &window, &instances)) {
	case ICAL_WHOLE: break;
	case ICAL_CUT_MAX: return err_set(s->err, ERR_MAX_INSTANCES, "%s", "");
	case ICAL_CUT_TIME:
		return err_set(s->err, ERR_NUMBER_OF_MATCHES, "expanding this takes too long");
	}
	for (size_t i = 0; i < instances.len; i++)
		if (wanted_comp(s->shape->wanted, instances.at[i].comp->name, &inside))
			put_instance(s, inside, &instances.at[i]);
	return true;
}

static bool put_body(struct shaper *s)
{
	const struct ical_comp *calendar = ical_calendar(s->ical);

	for (const struct ical_comp *child = calendar->children; child; child = child->next) {
		const struct cal_wanted *inside;
		bool repeats = (child->kind & (ICAL_VEVENT | ICAL_VTODO | ICAL_VJOURNAL)) != 0;

		if (child->kind == ICAL_VTIMEZONE && zone_is_left_out(s, child))
			continue;
		if (s->shape->expand && repeats)
			continue;
		if (s->shape->limit_recurrence && repeats &&
		        ical_prop(child, ICAL_P_RECURRENCE_ID) && !override_meets(s, child))
			continue;
		if (wanted_comp(s->shape->wanted, child->name, &inside))
			put_comp(s, inside, child);
	}
	return !s->shape->expand || put_expanded(s);
}

bool ical_shape(struct arena *scratch, struct err *err, const struct ical *ical,
        const struct cal_shape *shape, struct buf *out)
{
	struct shaper s = { scratch, err, ical, shape, out };
	const struct ical_comp *calendar = ical_calendar(ical);

	put_tag(&s, "BEGIN:", calendar->name);
	for (const struct ical_prop *p = calendar->props; p; p = p->next)
		put_prop(&s, shape->wanted, p);
	if (shape->zones == CAL_ZONES_ALL && !shape->expand)
		add_zones(&s);
	if (!put_body(&s))
		return false;
	put_tag(&s, "END:", calendar->name);
	return true;
}
