#include "object/busy.h"

#include "object/ical_span.h"

/* Levels: what is busy anyway, then VAVAILABILITY by its PRIORITY, the highest (1) first; those
 * without one last (RFC 7953 3.2). */
enum { LEVEL_EVENTS, LEVEL_LAST = 10, LEVELS };

struct layer {
	struct busy_period period; /* ICAL_FREE: offered by an AVAILABLE */
	int level;
};

struct busy {
	struct arena *arena;
	struct ical_window window;
	VEC(struct layer) layers;
};

struct busy *busy_new(struct arena *arena, const struct ical_window *window)
{
	struct busy *busy = arena_make(arena, struct busy);

	busy->arena = arena;
	busy->window = *window;
	return busy;
}

void busy_floating(struct busy *busy, const struct zone *floating)
{
	busy->window.floating = floating;
}

static void add(struct busy *busy, int level, struct busy_period period)
{
	if (period.start < busy->window.range.start)
		period.start = busy->window.range.start;
	if (period.end > busy->window.range.end)
		period.end = busy->window.range.end;
	if (period.start < period.end)
		*vec_push(busy->arena, &busy->layers) = (struct layer){ period, level };
}

void busy_add(struct busy *busy, int64_t start, int64_t end, enum ical_busy type)
{
	if (type != ICAL_FREE)
		add(busy, LEVEL_EVENTS, (struct busy_period){ start, end, type });
}

/* ---- objects ---- */

static enum ical_cut add_events(struct busy *busy, const struct ical *ical)
{
	struct ical_instances found;
	enum ical_cut cut = ical_expand(busy->arena, ical, &busy->window, &found);

	for (size_t i = 0; i < found.len; i++)
		busy_add(busy, found.at[i].start, found.at[i].end, found.at[i].busy);
	return cut;
}

/* RFC 5545 3.2.9: what is not said, or not known, is BUSY. */
static enum ical_busy type_of(const struct ical_prop *prop)
{
	struct text type = ical_param(prop, "FBTYPE");

	if (text_eq_nocase(type, TEXT("FREE")))
		return ICAL_FREE;
	if (text_eq_nocase(type, TEXT("BUSY-TENTATIVE")))
		return ICAL_BUSY_TENTATIVE;
	return text_eq_nocase(type, TEXT("BUSY-UNAVAILABLE")) ? ICAL_BUSY_UNAVAILABLE : ICAL_BUSY;
}

static void add_freebusy(struct busy *busy, const struct ical_comp *comp)
{
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_FREEBUSY);
	struct text rest, item;
	struct when start, end;

	for (; prop; prop = ical_prop_next(prop))
		for (rest = prop->value; ical_item_next(&rest, &item);)
			if (period_read(text_trim(item), zone_utc(), &start, &end))
				busy_add(busy, when_utc(start, NULL), when_utc(end, NULL),
				        type_of(prop));
}

/* Of an AVAILABLE what lies in its VAVAILABILITY. */
static void add_offered(struct busy *busy, int level, const struct ical_instances *open,
        const struct busy_period *whole)
{
	for (size_t i = 0; i < open->len; i++) {
		struct busy_period one = { open->at[i].start, open->at[i].end, ICAL_FREE };

		if (one.start < whole->start)
			one.start = whole->start;
		if (one.end > whole->end)
			one.end = whole->end;
		add(busy, level, one);
	}
}

static int level_of(const struct ical_comp *comp)
{
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_PRIORITY);
	int64_t n;

	if (!prop || !text_to_int(text_trim(prop->value), &n) || n < 1 || n > 9)
		return LEVEL_LAST;
	return (int)n;
}

/* RFC 7953 4: within its span everything is unavailable but its AVAILABLE parts. */
static enum ical_cut add_availability(
        struct busy *busy, const struct ical *ical, const struct ical_comp *comp)
{
	struct busy_period whole = { ICAL_NEVER, ICAL_EVER, ical_busy_of(comp) };
	struct ical_instance instance = { .comp = comp };
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_DTEND);
	struct ical_instances open;
	enum ical_cut cut;
	int level = level_of(comp);
	struct span span;
	struct when end;

	if (span_of(ical, comp, busy->window.floating, &span)) {
		span_place(&span, span.start, busy->window.floating, &instance);
		whole.start = instance.start;
		if (instance.has_end)
			whole.end = instance.end;
	} else if (prop && when_of(ical, prop, &end)) {
		whole.end = when_utc(end, busy->window.floating);
	}
	cut = ical_expand_in(busy->arena, ical, comp, ICAL_AVAILABLE, &busy->window, &open);
	add(busy, level, whole);
	add_offered(busy, level, &open, &whole);
	return cut;
}

enum ical_cut busy_add_object(struct busy *busy, const struct ical *ical)
{
	const struct ical_comp *comp = ical_calendar(ical)->children;
	enum ical_cut cut = ICAL_WHOLE;

	if (ical_first(ical_calendar(ical), ICAL_VEVENT))
		cut = add_events(busy, ical);
	for (; comp && cut == ICAL_WHOLE; comp = comp->next) {
		if (comp->kind == ICAL_VFREEBUSY)
			add_freebusy(busy, comp);
		else if (comp->kind == ICAL_VAVAILABILITY)
			cut = add_availability(busy, ical, comp);
	}
	return cut;
}

/* ---- merging ---- */

/* A period begins or ends. */
struct edge {
	int64_t at;
	int type;
	int step;
};

static int by_time(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

static void put_edges(struct busy *busy, struct edge *edges)
{
	for (size_t i = 0; i < busy->layers.len; i++) {
		const struct layer *layer = &busy->layers.at[i];
		int type = layer->level * 4 + (int)layer->period.type;

		edges[2 * i] = (struct edge){ layer->period.start, type, 1 };
		edges[2 * i + 1] = (struct edge){ layer->period.end, type, -1 };
	}
}

/* Joined to what ends where it begins, if that is of its type. */
static void extend(
        struct busy *busy, struct busy_periods *out, size_t last[4], struct busy_period period)
{
	struct busy_period *before = last[period.type] ? &out->at[last[period.type] - 1] : NULL;

	if (before && before->end == period.start) {
		before->end = period.end;
		return;
	}
	*vec_push(busy->arena, out) = period;
	last[period.type] = out->len;
}

static const enum ical_busy HARDEST_FIRST[] = { ICAL_BUSY, ICAL_BUSY_UNAVAILABLE,
	ICAL_BUSY_TENTATIVE };

/* What is said at the first level of VAVAILABILITY that says anything of this time: what one of
 * them offers is free, else the hardest of their types. */
static enum ical_busy available(const int open[LEVELS][4])
{
	for (int level = LEVEL_EVENTS + 1; level < LEVELS; level++)
		for (size_t i = 0; i < COUNT_OF(HARDEST_FIRST); i++)
			if (open[level][HARDEST_FIRST[i]])
				return open[level][ICAL_FREE] ? ICAL_FREE : HARDEST_FIRST[i];
	return ICAL_FREE;
}

/* What is open between two edges: every type once; what VAVAILABILITY says only where nothing else
 * is (RFC 7953 4). */
static void between(struct busy *busy, struct busy_periods *out, size_t last[4],
        const int open[LEVELS][4], struct busy_period period)
{
	bool busy_anyway = false;

	for (size_t i = 0; i < COUNT_OF(HARDEST_FIRST); i++) {
		if (!open[LEVEL_EVENTS][HARDEST_FIRST[i]])
			continue;
		busy_anyway = true;
		period.type = HARDEST_FIRST[i];
		extend(busy, out, last, period);
	}
	if (busy_anyway)
		return;
	period.type = available(open);
	if (period.type != ICAL_FREE)
		extend(busy, out, last, period);
}

struct busy_periods busy_merge(struct busy *busy)
{
	size_t len = 2 * busy->layers.len;
	struct edge *edges = arena_array(busy->arena, len, sizeof(*edges));
	size_t last[4] = { 0 }; /* place in `out` of the last one of each type, from 1; 0: none */
	struct busy_periods out = VEC_EMPTY;
	int open[LEVELS][4] = { { 0 } };

	put_edges(busy, edges);
	qsort(edges, len, sizeof(*edges), by_time);
	for (size_t i = 0; i < len; i++) {
		open[edges[i].type / 4][edges[i].type % 4] += edges[i].step;
		if (i + 1 < len && edges[i + 1].at > edges[i].at)
			between(busy, &out, last, (const int(*)[4])open,
			        (struct busy_period){
			                .start = edges[i].at, .end = edges[i + 1].at });
	}
	return out;
}

bool busy_is_away(const struct busy *busy, int64_t at)
{
	int open[LEVELS][4] = { { 0 } };
	enum ical_busy offered;

	for (size_t i = 0; i < busy->layers.len; i++) {
		const struct layer *layer = &busy->layers.at[i];

		if (layer->period.start <= at && at < layer->period.end)
			open[layer->level][layer->period.type]++;
	}
	offered = available((const int(*)[4])open);
	return open[LEVEL_EVENTS][ICAL_BUSY_UNAVAILABLE] || offered == ICAL_BUSY ||
	       offered == ICAL_BUSY_UNAVAILABLE;
}

/* ---- writing ---- */

static void put_line(struct buf *out, struct text line)
{
	if (line.ptr)
		ical_line(out, line);
}

static void put_time(struct buf *out, const char *name, int64_t utc)
{
	struct text text = utc_write(out->arena, utc);

	buf_printf(out, "%s:%.*s\r\n", name, TEXT_ARG(text));
}

static void put_period(struct buf *out, const struct busy_period *period)
{
	static const char *const TYPES[] = {
		[ICAL_BUSY] = "BUSY",
		[ICAL_BUSY_TENTATIVE] = "BUSY-TENTATIVE",
		[ICAL_BUSY_UNAVAILABLE] = "BUSY-UNAVAILABLE",
	};
	struct text start = utc_write(out->arena, period->start);
	struct text end = utc_write(out->arena, period->end);

	buf_printf(out, "FREEBUSY;FBTYPE=%s:%.*s/%.*s\r\n", TYPES[period->type], TEXT_ARG(start),
	        TEXT_ARG(end));
}

struct text busy_write(struct busy *busy, const struct busy_reply *reply)
{
	struct busy_periods merged = busy_merge(busy);
	struct buf out;

	buf_init(&out, busy->arena);
	buf_add(&out, TEXT("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kontor//EN\r\n"));
	if (reply->method.ptr)
		buf_printf(&out, "METHOD:%.*s\r\n", TEXT_ARG(reply->method));
	buf_add(&out, TEXT("BEGIN:VFREEBUSY\r\n"));
	if (reply->uid.ptr)
		ical_line(&out, arena_printf(busy->arena, "UID:%.*s", TEXT_ARG(reply->uid)));
	put_time(&out, "DTSTAMP", reply->now);
	put_time(&out, "DTSTART", busy->window.range.start);
	put_time(&out, "DTEND", busy->window.range.end);
	put_line(&out, reply->organizer);
	put_line(&out, reply->attendee);
	for (size_t i = 0; i < merged.len; i++)
		put_period(&out, &merged.at[i]);
	buf_add(&out, TEXT("END:VFREEBUSY\r\nEND:VCALENDAR\r\n"));
	return buf_text(&out);
}
