#include "object/ical_recur.h"

#include "base/clock.h"
#include "object/ical_rule.h"
#include "object/ical_span.h"

enum {
	HOUR = 3600,
	DAY = 24 * HOUR,
	BUSY_MAX = 500,
	INSTANCES_MAX = 10000,
	TIME_MAX_MS = 2000,
	LOOK_EVERY = 256
};
/* Zones are at most so far from UTC, and from one another. */
enum { SLACK = 2 * DAY };
/* Places that may turn out to lie beside the range before too many are assumed. */
enum { SPARE = 64 };

struct override {
	const struct ical_comp *comp;
	struct when id;
	int64_t key;
	bool future; /* RANGE=THISANDFUTURE */
	int64_t shift;
	struct span span;
	bool placed; /* it has a time of its own */
};

/* A place of the series: DTSTART, what a rule yields, an RDATE. */
struct place {
	int64_t wall;    /* in the zone of the master */
	int64_t seconds; /* of a PERIOD; -1: as the master */
};

VEC_OF(places, struct place);
VEC_OF(keys, int64_t);

struct expansion {
	struct arena *arena;
	const struct ical *ical;
	struct ical_range range;
	const struct zone *floating;
	size_t max;
	int64_t deadline;
	unsigned tick;
	enum ical_cut cut;
	struct ical_instances *out;
	/* The series at hand. */
	const struct ical_comp *master;
	struct span span;
	VEC(struct override) overrides; /* by key */
	size_t futures;
	struct keys exdates; /* sorted */
	struct keys exdays;  /* EXDATEs that are dates, of a series of times; sorted */
	struct places places;
	/* How long before the range an instance in it may begin, and how long after it may be one
	 * that was moved into it. */
	int64_t before, after;
};

static bool in_time(struct expansion *x)
{
	if (++x->tick % LOOK_EVERY == 0 && clock_mono_ms() > x->deadline)
		x->cut = ICAL_CUT_TIME;
	return x->cut != ICAL_CUT_TIME;
}

static int64_t floor_day(int64_t wall)
{
	return wall - ((wall % DAY) + DAY) % DAY;
}

static int by_key(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static bool has_key(const struct keys *keys, int64_t key)
{
	return keys->len && bsearch(&key, keys->at, keys->len, sizeof(int64_t), by_key);
}

/* What an instance is known by: its original instant. In a series of dates only the day counts. */
static int64_t key_of(const struct expansion *x, struct when when)
{
	if (x->master && x->span.start.is_date)
		return floor_day(when.wall);
	return when_utc(when, x->floating);
}

/* `when` as wall time of the master's zone. */
static int64_t master_wall(const struct expansion *x, struct when when)
{
	const struct zone *zone = x->span.start.zone ? x->span.start.zone : x->floating;

	if (x->span.start.is_date)
		return floor_day(when.wall);
	if (when.zone == x->span.start.zone || !zone)
		return when.wall;
	return zone_to_wall(zone, when_utc(when, x->floating));
}

/* ---- what the series is made of ---- */

static void add_place(struct expansion *x, int64_t wall, int64_t seconds)
{
	*vec_push(x->arena, &x->places) = (struct place){ .wall = wall, .seconds = seconds };
}

static int64_t plus(int64_t time, int64_t seconds)
{
	return time == ICAL_NEVER || time == ICAL_EVER ? time : time + seconds;
}

/* Could an instance that is originally there be seen in the range? */
static bool near(const struct expansion *x, int64_t wall)
{
	struct when when = x->span.start;
	int64_t utc;

	when.wall = wall;
	utc = when_utc(when, x->floating);
	return utc >= plus(x->range.start, -x->before) && utc <= plus(x->range.end, x->after);
}

/* Gives each time of the rule that matters until told that it is enough. */
static void walk_rule(struct expansion *x, const struct ical_prop *prop,
        bool (*more)(struct expansion *x, int64_t wall))
{
	int64_t from = plus(x->range.start, -x->before - SLACK);
	int64_t to = plus(x->range.end, x->after + SLACK), wall;
	struct err ignored = { 0 };
	struct rule_walk *walk;
	struct rule *rule;
	int busy = 0;

	if (!rule_read(x->arena, &ignored, prop->value, &rule))
		return;
	walk = rule_walk(x->arena, rule, x->span.start);
	if (from != ICAL_NEVER)
		rule_walk_skip(walk, from);
	rule_walk_stop(walk, to);
	while (in_time(x)) {
		enum rule_step step = rule_walk_next(walk, &wall);

		if (step == RULE_END || busy > BUSY_MAX)
			return;
		busy = step == RULE_BUSY ? busy + 1 : 0;
		if (step == RULE_BUSY) /* it has worked for some thousand steps */
			x->tick |= LOOK_EVERY - 1;
		else if (wall >= from && near(x, wall) && !more(x, wall))
			return;
	}
}

static bool give_place(struct expansion *x, int64_t wall)
{
	if (wall == x->span.start.wall)
		return true;
	if (x->out->len + x->places.len > x->max + x->overrides.len + x->exdates.len + SPARE) {
		x->cut = ICAL_CUT_MAX;
		return false;
	}
	add_place(x, wall, -1);
	return true;
}

static bool give_exdate(struct expansion *x, int64_t wall)
{
	struct when when = x->span.start;

	when.wall = wall;
	*vec_push(x->arena, &x->exdates) = key_of(x, when);
	return x->exdates.len <= x->max;
}

static void read_rdates(struct expansion *x, const struct ical_prop *prop)
{
	const struct zone *zone = prop_zone(x->ical, prop);
	struct text rest = prop->value, item;
	struct when start, end;

	while (ical_item_next(&rest, &item)) {
		item = text_trim(item);
		if (when_read(item, zone, &start))
			add_place(x, master_wall(x, start), -1);
		else if (period_read(item, zone, &start, &end))
			add_place(x, master_wall(x, start),
			        when_utc(end, x->floating) - when_utc(start, x->floating));
	}
}

static void read_exdates(struct expansion *x, const struct ical_prop *prop)
{
	const struct zone *zone = prop_zone(x->ical, prop);
	struct text rest = prop->value, item;
	struct when when;

	while (ical_item_next(&rest, &item)) {
		if (!when_read(text_trim(item), zone, &when))
			continue;
		if (when.is_date && !x->span.start.is_date)
			*vec_push(x->arena, &x->exdays) = when.wall;
		else
			*vec_push(x->arena, &x->exdates) = key_of(x, when);
	}
}

static int by_wall(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return (x->wall > y->wall) - (x->wall < y->wall);
}

static void read_series(struct expansion *x)
{
	const struct ical_prop *prop;
	size_t sources = 0;

	/* What is excluded first: it says how many places are worth looking at. */
	x->exdates.len = x->exdays.len = x->places.len = 0;
	add_place(x, x->span.start.wall, -1);
	for (prop = x->master->props; prop; prop = prop->next) {
		switch (prop->id) {
		case ICAL_P_EXRULE: walk_rule(x, prop, give_exdate); break;
		case ICAL_P_RDATE: read_rdates(x, prop); break;
		case ICAL_P_EXDATE: read_exdates(x, prop); break;
		default: break;
		}
		sources += prop->id == ICAL_P_RRULE || prop->id == ICAL_P_RDATE;
	}
	for (prop = x->master->props; prop; prop = prop->next)
		if (prop->id == ICAL_P_RRULE)
			walk_rule(x, prop, give_place);
	if (sources > 1 || (sources && ical_prop(x->master, ICAL_P_RDATE)))
		qsort(x->places.at, x->places.len, sizeof(struct place), by_wall);
	if (x->exdates.len)
		qsort(x->exdates.at, x->exdates.len, sizeof(int64_t), by_key);
	if (x->exdays.len)
		qsort(x->exdays.at, x->exdays.len, sizeof(int64_t), by_key);
}

/* ---- overrides ---- */

static int by_override(const void *a, const void *b)
{
	const struct override *x = a, *y = b;

	return (x->key > y->key) - (x->key < y->key);
}

/* Nominal days have 23 to 25 hours. */
static int64_t longest(const struct span *span)
{
	int64_t days = span->duration.days * DAY;

	if (span->form == SPAN_IMPLIED && span->day_long && span->start.is_date)
		days = DAY;
	return span->seconds + days + span->duration.seconds +
	       (days || span->start.is_date ? 2 * HOUR : 0);
}

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void add_override(struct expansion *x, const struct ical_comp *comp)
{
	struct override *o = vec_push(x->arena, &x->overrides);
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_RECURRENCE_ID);

	o->comp = comp;
	o->placed = span_of(x->ical, comp, x->floating, &o->span);
	if (!when_of(x->ical, prop, &o->id))
		o->id = o->span.start;
	/* A date among times stands for the instance of that day. */
	if (o->id.is_date && x->master && !x->span.start.is_date)
		o->id = (struct when){ .wall = o->id.wall + x->span.start.wall -
			                       floor_day(x->span.start.wall),
			.zone = x->span.start.zone };
	o->key = key_of(x, o->id);
	o->future = x->master && o->placed &&
	            text_eq_nocase(ical_param(prop, "RANGE"), TEXT("THISANDFUTURE"));
	if (!o->future)
		return;
	o->shift = master_wall(x, o->span.start) - master_wall(x, o->id);
	x->futures++;
	x->before = most(x->before, longest(&o->span) + llabs(o->shift));
	x->after = most(x->after, llabs(o->shift));
}

/* The override of exactly this instance; *future: the last one before it that changes all after. */
static const struct override *find_override(
        const struct expansion *x, int64_t key, const struct override **future)
{
	size_t from = 0, to = x->overrides.len;

	*future = NULL;
	while (from < to) {
		size_t mid = (from + to) / 2;

		if (x->overrides.at[mid].key <= key)
			from = mid + 1;
		else
			to = mid;
	}
	if (from && x->overrides.at[from - 1].key == key)
		return &x->overrides.at[from - 1];
	while (x->futures && from--) {
		if (x->overrides.at[from].future) {
			*future = &x->overrides.at[from];
			break;
		}
	}
	return NULL;
}

/* ---- instances ---- */

static void give(struct expansion *x, const struct ical_instance *instance)
{
	if (ical_overlaps(instance, &x->range))
		*vec_push(x->arena, x->out) = *instance;
}

static void give_override(struct expansion *x, const struct override *o)
{
	struct ical_instance instance = { .comp = o->comp, .id = o->id, .recurs = true };

	if (!o->placed)
		return;
	span_place(&o->span, o->span.start, x->floating, &instance);
	instance.busy = ical_busy_of(o->comp);
	give(x, &instance);
}

static void give_at(
        struct expansion *x, const struct place *place, enum ical_busy busy, bool recurs)
{
	struct ical_instance instance = { .comp = x->master, .busy = busy, .recurs = recurs };
	struct when at = x->span.start;
	const struct override *future;
	int64_t key;

	at.wall = place->wall;
	key = key_of(x, at);
	if (has_key(&x->exdates, key) || has_key(&x->exdays, floor_day(at.wall)) ||
	        find_override(x, key, &future))
		return;
	instance.id = at;
	if (!future) {
		span_place(&x->span, at, x->floating, &instance);
	} else {
		at.wall += future->shift;
		instance.comp = future->comp;
		instance.busy = ical_busy_of(future->comp);
		span_place(&future->span, at, x->floating, &instance);
	}
	if (place->seconds >= 0) {
		instance.end = instance.start + place->seconds;
		instance.until = (struct when){ .wall = instance.end, .zone = zone_utc() };
		instance.has_end = true;
	}
	give(x, &instance);
}

static void expand_master(struct expansion *x)
{
	enum ical_busy busy = ical_busy_of(x->master);
	bool recurs = ical_prop(x->master, ICAL_P_RRULE) || ical_prop(x->master, ICAL_P_RDATE);
	int64_t last = INT64_MIN;

	read_series(x);
	for (size_t i = 0; i < x->places.len && in_time(x); i++) {
		if (x->out->len >= x->max) {
			x->cut = ICAL_CUT_MAX;
			return;
		}
		if (x->places.at[i].wall == last)
			continue;
		last = x->places.at[i].wall;
		give_at(x, &x->places.at[i], busy, recurs);
	}
}

/* One series: a master (or none), and the overrides with its UID among `all`. */
static void expand_series(struct expansion *x, const struct ical_comp *master,
        const struct ical_comp *const *all, size_t all_len, struct text uid)
{
	x->master = NULL;
	x->overrides.len = x->futures = 0;
	x->before = x->after = 0;
	if (master && span_of(x->ical, master, x->floating, &x->span)) {
		x->master = master;
		x->before = most(longest(&x->span), 0);
	}
	for (size_t i = 0; i < all_len; i++) {
		const struct ical_prop *prop = ical_prop(all[i], ICAL_P_UID);

		if (text_eq(prop ? prop->value : TEXT_NONE, uid))
			add_override(x, all[i]);
	}
	if (x->overrides.len)
		qsort(x->overrides.at, x->overrides.len, sizeof(struct override), by_override);
	if (x->master)
		expand_master(x);
	for (size_t i = 0; i < x->overrides.len; i++)
		give_override(x, &x->overrides.at[i]);
}

static int by_start(const void *a, const void *b)
{
	const struct ical_instance *x = a, *y = b;
	int64_t p = x->start != y->start ? x->start : x->id.wall;
	int64_t q = x->start != y->start ? y->start : y->id.wall;

	return (p > q) - (p < q);
}

static void sort(struct ical_instances *out)
{
	for (size_t i = 1; i < out->len; i++) {
		if (out->at[i].start >= out->at[i - 1].start)
			continue;
		qsort(out->at, out->len, sizeof(*out->at), by_start);
		return;
	}
}

static struct text raw_uid(const struct ical_comp *comp)
{
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_UID);

	return prop ? prop->value : TEXT_NONE;
}

static bool has_master(const struct ical_comp *parent, unsigned kinds, struct text uid)
{
	const struct ical_comp *comp = ical_first(parent, kinds);

	for (; comp; comp = ical_next(comp, kinds))
		if (!ical_prop(comp, ICAL_P_RECURRENCE_ID) && text_eq(raw_uid(comp), uid))
			return true;
	return false;
}

enum ical_cut ical_expand_in(struct arena *arena, const struct ical *ical,
        const struct ical_comp *parent, unsigned kinds, const struct ical_window *window,
        struct ical_instances *out)
{
	struct expansion x = { .arena = arena,
		.ical = ical,
		.range = window->range,
		.floating = window->floating,
		.out = out };
	VEC(const struct ical_comp *) overrides = VEC_EMPTY;
	const struct ical_comp *comp;

	x.max = window->max ? window->max : INSTANCES_MAX;
	x.deadline = window->deadline ? window->deadline : clock_mono_ms() + TIME_MAX_MS;
	*out = (struct ical_instances)VEC_EMPTY;
	for (comp = ical_first(parent, kinds); comp; comp = ical_next(comp, kinds))
		if (ical_prop(comp, ICAL_P_RECURRENCE_ID))
			*vec_push(arena, &overrides) = comp;
	for (comp = ical_first(parent, kinds); comp && in_time(&x); comp = ical_next(comp, kinds))
		if (!ical_prop(comp, ICAL_P_RECURRENCE_ID))
			expand_series(&x, comp, overrides.at, overrides.len, raw_uid(comp));
	for (size_t i = 0; i < overrides.len && in_time(&x); i++)
		if (!has_master(parent, kinds, raw_uid(overrides.at[i])))
			expand_series(&x, NULL, &overrides.at[i], 1, raw_uid(overrides.at[i]));
	sort(out);
	return x.cut;
}

enum ical_cut ical_expand(struct arena *arena, const struct ical *ical,
        const struct ical_window *window, struct ical_instances *out)
{
	return ical_expand_in(arena, ical, ical_calendar(ical),
	        ICAL_VEVENT | ICAL_VTODO | ICAL_VJOURNAL, window, out);
}
