#include "object/ical_facts.h"

#include "object/ical_rule.h"
#include "object/ical_span.h"

enum { WALK_MAX = 20000, FLOATING_SLACK = 14 * 3600, HOUR = 3600, REPEAT_MAX = 10000 };

struct gather {
	struct arena *arena;
	const struct ical *ical;
	struct ical_facts *facts;
	bool placed; /* first and last mean something */
};

/* ---- words ---- */

static struct text upper(struct arena *arena, struct text text)
{
	return text.ptr ? text_ascii_casemap(arena, text_trim(text)) : TEXT_NONE;
}

static int number(const struct ical_comp *comp, enum ical_prop_id id, int none)
{
	const struct ical_prop *prop = ical_prop(comp, id);
	int64_t value;

	if (!prop || !text_to_int(text_trim(prop->value), &value) || value < 0 || value > INT32_MAX)
		return none;
	return (int)value;
}

static struct text person_key(struct arena *arena, struct text address)
{
	char *to;

	if (text_starts_nocase(address, TEXT("mailto:")))
		address = text_from(address, 7);
	to = arena_alloc(arena, address.len + 1);
	for (size_t i = 0; i < address.len; i++) {
		char c = address.ptr[i];

		to[i] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
	}
	return (struct text){ to, address.len };
}

static struct ical_person person_of(struct arena *arena, const struct ical_prop *prop)
{
	struct ical_person person = { .address = text_trim(prop->value) };
	struct text name = ical_param(prop, "CN");

	person.key = person_key(arena, person.address);
	person.name = name.ptr ? ical_param_text(arena, name) : TEXT_NONE;
	person.partstat = upper(arena, ical_param(prop, "PARTSTAT"));
	return person;
}

static int by_person(const void *a, const void *b)
{
	return text_cmp(((const struct ical_person *)a)->key, ((const struct ical_person *)b)->key);
}

/* Each attendee once, however many overrides name them. */
static void people(struct gather *g)
{
	struct ical_people *all = &g->facts->attendees;
	const struct ical_comp *comp = ical_first(ical_calendar(g->ical), g->facts->kind);
	bool several = ical_next(comp, g->facts->kind) != NULL;
	size_t kept = 0;

	for (; comp; comp = ical_next(comp, g->facts->kind)) {
		const struct ical_prop *prop = ical_prop(comp, ICAL_P_ATTENDEE);

		for (; prop; prop = ical_prop_next(prop))
			*vec_push(g->arena, all) = person_of(g->arena, prop);
	}
	if (!several || all->len < 2)
		return;
	qsort(all->at, all->len, sizeof(*all->at), by_person);
	for (size_t i = 1; i < all->len; i++)
		if (by_person(&all->at[i], &all->at[kept]))
			all->at[++kept] = all->at[i];
	all->len = kept + 1;
}

static void categories(struct gather *g, const struct ical_comp *comp)
{
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_CATEGORIES);
	struct text rest, item;

	for (; prop; prop = ical_prop_next(prop))
		for (rest = prop->value; ical_item_next(&rest, &item);)
			*vec_push(g->arena, &g->facts->categories) =
			        ical_unescape(g->arena, text_trim(item));
}

static bool utc_of(
        struct gather *g, const struct ical_comp *comp, enum ical_prop_id id, int64_t *utc)
{
	const struct ical_prop *prop = ical_prop(comp, id);
	struct when when;

	if (!prop || !when_of(g->ical, prop, &when))
		return false;
	*utc = when_utc(when, NULL);
	return true;
}

static void words(struct gather *g, const struct ical_comp *comp)
{
	struct ical_facts *f = g->facts;
	const struct ical_prop *organizer = ical_prop(comp, ICAL_P_ORGANIZER);

	f->summary = ical_text(g->arena, comp, ICAL_P_SUMMARY);
	f->location = ical_text(g->arena, comp, ICAL_P_LOCATION);
	f->description = ical_text(g->arena, comp, ICAL_P_DESCRIPTION);
	f->url = ical_text(g->arena, comp, ICAL_P_URL);
	f->color = ical_text(g->arena, comp, ICAL_P_COLOR);
	f->status = upper(g->arena, ical_text(g->arena, comp, ICAL_P_STATUS));
	f->class_ = upper(g->arena, ical_text(g->arena, comp, ICAL_P_CLASS));
	f->priority = number(comp, ICAL_P_PRIORITY, 0);
	f->percent = number(comp, ICAL_P_PERCENT_COMPLETE, -1);
	f->sequence = number(comp, ICAL_P_SEQUENCE, 0);
	if (organizer)
		f->organizer = person_of(g->arena, organizer);
	categories(g, comp);
	people(g);
	f->has_completed = utc_of(g, comp, ICAL_P_COMPLETED, &f->completed);
	if (!utc_of(g, comp, ICAL_P_DTSTAMP, &f->stamp))
		f->stamp = 0;
}

/* ---- time ---- */

static void widen(struct gather *g, int64_t first, int64_t last)
{
	if (!g->placed || first < g->facts->first)
		g->facts->first = first;
	if (!g->placed || last > g->facts->last)
		g->facts->last = last;
	g->placed = true;
}

static void widen_when(struct gather *g, struct when from, struct when to)
{
	if (!from.zone || !to.zone)
		g->facts->floating = true;
	widen(g, when_utc(from, NULL), when_utc(to, NULL));
}

/* UTC of the last time a rule yields, or ICAL_EVER. */
static int64_t rule_last(struct gather *g, const struct ical_prop *prop, struct when start)
{
	struct err ignored = { 0 };
	struct rule_walk *walk;
	struct when at = start, until;
	struct rule *rule;

	if (!rule_read(g->arena, &ignored, prop->value, &rule))
		return when_utc(start, NULL);
	if (rule_until(rule, &until))
		return when_utc(until, NULL) + (until.is_date ? 2 : 1) * 24 * HOUR;
	if (!rule_count(rule))
		return ICAL_EVER;
	walk = rule_walk(g->arena, rule, start);
	for (int i = 0; i < WALK_MAX; i++)
		if (rule_walk_next(walk, &at.wall) == RULE_END)
			return when_utc(at, NULL);
	return ICAL_EVER;
}

static void widen_rdates(struct gather *g, const struct ical_prop *prop, int64_t length)
{
	const struct zone *zone = prop_zone(g->ical, prop);
	struct text rest = prop->value, item;
	struct when start, end;

	while (ical_item_next(&rest, &item)) {
		if (period_read(text_trim(item), zone, &start, &end)) {
			widen_when(g, start, end);
		} else if (when_read(text_trim(item), zone, &start)) {
			widen_when(g, start, start);
			widen(g, g->facts->first, when_utc(start, NULL) + length);
		}
	}
}

static int64_t later(int64_t time, int64_t seconds)
{
	return time == ICAL_EVER ? time : time + seconds;
}

/* Everything after a THISANDFUTURE moves with it. */
static void widen_future(struct gather *g, const struct ical_comp *comp, const struct span *span)
{
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_RECURRENCE_ID);
	struct when id;
	int64_t shift;

	if (!prop || !text_eq_nocase(ical_param(prop, "RANGE"), TEXT("THISANDFUTURE")) ||
	        !when_of(g->ical, prop, &id))
		return;
	shift = llabs(when_utc(span->start, NULL) - when_utc(id, NULL)) + 24 * HOUR +
	        span->seconds + span->duration.days * 24 * HOUR + llabs(span->duration.seconds);
	widen(g, g->facts->first - shift, later(g->facts->last, shift));
}

static void span_comp(struct gather *g, const struct ical_comp *comp, bool master)
{
	struct ical_instance instance = { .comp = comp };
	struct span span;
	int64_t length;

	if (!span_of(g->ical, comp, NULL, &span))
		return;
	span_place(&span, span.start, NULL, &instance);
	widen_when(g, instance.at, instance.until);
	if (span.form == SPAN_EXACT && !span.start.zone)
		g->facts->floating = true;
	/* One hour for nominal days around a change of the clocks. */
	length = instance.end - instance.start + HOUR;
	for (const struct ical_prop *prop = comp->props; master && prop; prop = prop->next) {
		if (prop->id == ICAL_P_RRULE)
			widen(g, g->facts->first, later(rule_last(g, prop, span.start), length));
		else if (prop->id == ICAL_P_RDATE)
			widen_rdates(g, prop, length);
	}
}

/* RFC 4791 9.9, the lower half of the table for VTODO. */
static void span_undated_todo(struct gather *g, const struct ical_comp *comp)
{
	int64_t created, completed;
	bool is_created = utc_of(g, comp, ICAL_P_CREATED, &created);

	if (utc_of(g, comp, ICAL_P_COMPLETED, &completed)) {
		widen(g, completed, completed);
		if (is_created)
			widen(g, created, created);
	} else if (is_created) {
		widen(g, created, ICAL_EVER);
	} else {
		widen(g, ICAL_NEVER, ICAL_EVER);
	}
}

static void span_periods(struct gather *g, const struct ical_comp *comp)
{
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_FREEBUSY);
	struct when start, end;
	struct text rest, item;

	for (; prop; prop = ical_prop_next(prop))
		for (rest = prop->value; ical_item_next(&rest, &item);)
			if (period_read(text_trim(item), zone_utc(), &start, &end))
				widen_when(g, start, end);
}

static void span_availability(struct gather *g, const struct ical_comp *comp)
{
	const struct ical_prop *start = ical_prop(comp, ICAL_P_DTSTART);
	struct span span;
	struct ical_instance instance = { .comp = comp };
	int64_t end;

	if (start && span_of(g->ical, comp, NULL, &span)) {
		span_place(&span, span.start, NULL, &instance);
		widen(g, instance.start, instance.has_end ? instance.end : ICAL_EVER);
	} else {
		widen(g, ICAL_NEVER, utc_of(g, comp, ICAL_P_DTEND, &end) ? end : ICAL_EVER);
	}
	g->facts->floating = true; /* its AVAILABLE parts may be */
}

static void span_one(struct gather *g, const struct ical_comp *comp, bool master)
{
	if (comp->kind == ICAL_VAVAILABILITY) {
		span_availability(g, comp);
		return;
	}
	if (comp->kind == ICAL_VTODO && !ical_prop(comp, ICAL_P_DTSTART) &&
	        !ical_prop(comp, ICAL_P_DUE))
		span_undated_todo(g, comp);
	span_comp(g, comp, master);
	if (comp->kind == ICAL_VFREEBUSY)
		span_periods(g, comp);
}

/* ---- alarms ---- */

static void alarm(struct gather *g, const struct ical_comp *comp)
{
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_TRIGGER);
	const struct ical_prop *every = ical_prop(comp, ICAL_P_DURATION);
	struct duration offset, step = { 0, 0 };
	int64_t from, length, repeat = number(comp, ICAL_P_REPEAT, 0);
	struct when when;

	g->facts->has_alarm = true;
	if (!prop)
		return;
	if (!every || !duration_read(text_trim(every->value), &step))
		repeat = 0;
	length = (repeat < REPEAT_MAX ? repeat : REPEAT_MAX) *
	         (step.days * 24 * HOUR + step.seconds);
	if (when_of(g->ical, prop, &when)) {
		widen(g, when_utc(when, NULL), when_utc(when, NULL) + length);
		return;
	}
	if (!duration_read(text_trim(prop->value), &offset))
		return;
	from = offset.days * 24 * HOUR + offset.seconds;
	if (offset.days)
		from += offset.days < 0 ? -HOUR : HOUR;
	if (from < g->facts->alarm_before)
		g->facts->alarm_before = from;
	if (from + length > g->facts->alarm_after)
		g->facts->alarm_after = from + length;
}

/* ---- all of it ---- */

static void widen_floating(struct ical_facts *f)
{
	if (!f->floating)
		return;
	if (f->first != ICAL_NEVER)
		f->first -= FLOATING_SLACK;
	if (f->last != ICAL_EVER)
		f->last += FLOATING_SLACK;
}

/* The master; the first override where there is none. */
static const struct ical_comp *main_comp(const struct ical *ical, enum ical_kind kind)
{
	const struct ical_comp *first = ical_first(ical_calendar(ical), kind), *comp = first;

	while (comp && ical_prop(comp, ICAL_P_RECURRENCE_ID))
		comp = ical_next(comp, kind);
	return comp ? comp : first;
}

static void times(struct gather *g, const struct ical_comp *master)
{
	struct ical_facts *f = g->facts;
	struct ical_instance instance = { .comp = master };
	struct span span;

	if (!span_of(g->ical, master, NULL, &span))
		return;
	span_place(&span, span.start, NULL, &instance);
	f->has_start = span.has_start;
	f->start = span.start;
	f->has_end = instance.has_end || !span.has_start;
	f->end = instance.until;
	f->all_day = span.has_start && span.start.is_date;
	f->recurring = ical_prop(master, ICAL_P_RRULE) || ical_prop(master, ICAL_P_RDATE);
}

static void all_comps(struct gather *g)
{
	const struct ical_comp *comp = ical_first(ical_calendar(g->ical), g->facts->kind), *child;
	struct span span;

	for (; comp; comp = ical_next(comp, g->facts->kind)) {
		bool override = ical_prop(comp, ICAL_P_RECURRENCE_ID) != NULL;

		g->facts->has_overrides |= override;
		span_one(g, comp, !override);
		if (comp->kind == ICAL_VFREEBUSY || ical_busy_of(comp) != ICAL_FREE)
			g->facts->transparent = false;
		g->facts->away |= ical_busy_of(comp) == ICAL_BUSY_UNAVAILABLE;
		for (child = ical_first(comp, ICAL_VALARM); child;
		        child = ical_next(child, ICAL_VALARM))
			alarm(g, child);
	}
	/* Last, when the span of the whole series is known. */
	comp = ical_first(ical_calendar(g->ical), g->facts->kind);
	for (; g->facts->has_overrides && comp; comp = ical_next(comp, g->facts->kind))
		if (span_of(g->ical, comp, NULL, &span))
			widen_future(g, comp, &span);
}

void ical_facts(struct arena *arena, const struct ical *ical, struct ical_facts *facts)
{
	struct gather g = { .arena = arena, .ical = ical, .facts = facts };
	const struct ical_comp *master;

	*facts = (struct ical_facts){ .kind = ical_object_kind(ical),
		.percent = -1,
		.transparent = true,
		.first = ICAL_NEVER,
		.last = ICAL_EVER };
	facts->uid = ical_uid(arena, ical);
	if (facts->kind == ICAL_OTHER)
		return;
	master = main_comp(ical, facts->kind);
	words(&g, master);
	times(&g, master);
	all_comps(&g);
	widen_floating(facts);
}

enum ical_kind ical_object_kind(const struct ical *ical)
{
	const struct ical_comp *comp = ical_first(ical_calendar(ical), ICAL_OBJECTS);

	return comp ? comp->kind : ICAL_OTHER;
}

struct text ical_uid(struct arena *arena, const struct ical *ical)
{
	const struct ical_comp *comp = ical_first(ical_calendar(ical), ICAL_OBJECTS);

	return comp ? ical_text(arena, comp, ICAL_P_UID) : TEXT_NONE;
}
