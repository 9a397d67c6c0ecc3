/* The part of ical_trim.h that knows instances: expand and limit-recurrence-set. */
#include "object/trim_impl.h"

#include "base/map.h"

enum { DAY = 86400 };

static bool instances(
        const struct trim *t, const struct ical_range *range, struct ical_instances *found)
{
	struct ical_window window = { .range = *range,
		.floating = t->shape->floating,
		.max = t->shape->max_instances,
		.deadline = t->shape->deadline };

	switch (ical_expand(t->scratch, t->ical, &window, found)) {
	case ICAL_CUT_MAX:
		return err_set(t->err, ERR_MAX_INSTANCES, "too many instances in the range");
	case ICAL_CUT_TIME:
		return err_set(t->err, ERR_NUMBER_OF_MATCHES, "expanding takes too long");
	case ICAL_WHOLE: break;
	}
	return true;
}

/* ---- limit-recurrence-set ---- */

static int by_address(const void *a, const void *b)
{
	uintptr_t x = (uintptr_t) * (const struct ical_comp *const *)a;
	uintptr_t y = (uintptr_t) * (const struct ical_comp *const *)b;

	return (x > y) - (x < y);
}

static bool original_in(const struct trim *t, const struct ical_comp *comp, struct ical_range r)
{
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_RECURRENCE_ID);
	struct when id;
	int64_t utc;

	if (!prop || !when_of(t->ical, prop, &id))
		return true;
	utc = when_utc(id, t->shape->floating);
	if (text_eq_nocase(ical_param(prop, "RANGE"), TEXT("THISANDFUTURE")))
		return utc < r.end;
	return utc >= r.start && utc < r.end;
}

bool trim_limit(const struct trim *t, struct trim_kept *kept)
{
	const unsigned kinds = ICAL_VEVENT | ICAL_VTODO | ICAL_VJOURNAL;
	const struct ical_comp *comp = ical_first(ical_calendar(t->ical), kinds);
	struct ical_range range = t->shape->recurrence_range;
	struct ical_instances found;

	*kept = (struct trim_kept){ .limited = t->shape->limit_recurrence };
	if (!kept->limited)
		return true;
	if (!instances(t, &range, &found))
		return false;
	for (; comp; comp = ical_next(comp, kinds))
		if (original_in(t, comp, range))
			*vec_push(t->scratch, &kept->comps) = comp;
	for (size_t i = 0; i < found.len; i++)
		*vec_push(t->scratch, &kept->comps) = found.at[i].comp;
	if (kept->comps.len)
		qsort(kept->comps.at, kept->comps.len, sizeof(*kept->comps.at), by_address);
	return true;
}

bool trim_keeps(const struct trim_kept *kept, const struct ical_comp *comp)
{
	if (!kept->limited || !(comp->kind & (ICAL_VEVENT | ICAL_VTODO | ICAL_VJOURNAL)))
		return true;
	return kept->comps.len &&
	       bsearch(&comp, kept->comps.at, kept->comps.len, sizeof(*kept->comps.at), by_address);
}

/* ---- expand ---- */

/* What is being written, and of what it has written last. */
struct expanding {
	const struct trim *t;
	const struct cal_wanted *wanted;
	struct buf *out;
	struct text line_end; /* dressed; nothing else that is written here needs it */
	int64_t day;          /* whose date this is */
	char date[8];
};

/* What all instances of one component share, dressed: its lines but for those that say when. */
struct block {
	const struct ical_comp *comp;
	struct text head; /* BEGIN */
	struct text tail; /* properties, alarms, END */
	struct text
	        duration; /* DURATION, if it is there and wanted, and what it comes to in seconds */
	int64_t seconds;
	bool start, end, id;
};

static bool says_when(enum ical_prop_id id)
{
	switch (id) {
	case ICAL_P_DTSTART:
	case ICAL_P_DTEND:
	case ICAL_P_DUE:
	case ICAL_P_DURATION:
	case ICAL_P_RECURRENCE_ID:
	case ICAL_P_RRULE:
	case ICAL_P_EXRULE:
	case ICAL_P_RDATE:
	case ICAL_P_EXDATE: return true;
	default: return false;
	}
}

/* RFC 4791 9.6.5: no reference to time zones is left. */
static void put_prop(const struct trim *t, const struct cal_wanted *wanted, struct buf *out,
        const struct ical_prop *prop)
{
	struct ical_prop utc = *prop;
	struct when when;
	struct buf line;

	if (prop->params.len && ical_param(prop, "TZID").ptr && when_of(t->ical, prop, &when) &&
	        when.zone && !when.is_date) {
		buf_init(&line, t->scratch);
		buf_add(&line, prop->name);
		buf_char(&line, ':');
		buf_add(&line, utc_write(t->scratch, when_utc(when, NULL)));
		buf_add(&line, TEXT("\r\n"));
		utc.line = buf_text(&line);
		utc.params = TEXT("");
	}
	trim_put_prop(t, wanted, out, &utc);
}

static struct text dressed(const struct trim *t, struct text text)
{
	struct buf out;

	buf_init(&out, t->scratch);
	trim_dress(t, &out, text);
	return buf_text(&out);
}

static void make_duration(
        const struct trim *t, const struct cal_wanted *wanted, struct block *block)
{
	const struct ical_prop *prop = ical_prop(block->comp, ICAL_P_DURATION);
	struct duration duration;
	struct buf out;

	if (!prop || !trim_wants(wanted, "DURATION") ||
	        !duration_read(text_trim(prop->value), &duration))
		return;
	buf_init(&out, t->scratch);
	trim_put_prop(t, wanted, &out, prop);
	block->duration = dressed(t, buf_text(&out));
	block->seconds = duration.days * 86400 + duration.seconds;
}

static void put_bound(struct buf *out, struct text what, const struct ical_comp *comp)
{
	buf_add(out, what);
	buf_add(out, comp->name);
	buf_add(out, TEXT("\r\n"));
}

static void make_block(const struct trim *t, const struct cal_wanted *wanted,
        const struct ical_comp *comp, struct block *block)
{
	struct buf out;

	block->comp = comp;
	buf_init(&out, t->scratch);
	put_bound(&out, TEXT("BEGIN:"), comp);
	block->head = dressed(t, buf_text(&out));
	buf_init(&out, t->scratch);
	for (const struct ical_prop *prop = comp->props; prop; prop = prop->next)
		if (!says_when(prop->id))
			put_prop(t, wanted, &out, prop);
	trim_put_children(t, wanted, &out, comp);
	put_bound(&out, TEXT("END:"), comp);
	block->tail = dressed(t, buf_text(&out));
	make_duration(t, wanted, block);
	block->start = trim_wants(wanted, "DTSTART");
	block->end = trim_wants(wanted, comp->kind == ICAL_VTODO ? "DUE" : "DTEND") ||
	             trim_wants(wanted, "DURATION");
	block->id = trim_wants(wanted, "RECURRENCE-ID");
}

/* Most times have the date of the one before. */
static void put_wall(struct expanding *x, struct when when)
{
	int64_t day = wall_days(when.wall);
	char *to = buf_reserve(x->out, 16);

	if (day != x->day) {
		x->day = day;
		date_put(x->date, day);
	}
	memcpy(to, x->date, sizeof(x->date));
	x->out->len += sizeof(x->date);
	if (!when.is_date)
		x->out->len +=
		        clock_put(to + sizeof(x->date), when.wall - day * DAY, when.zone != NULL);
}

static void put_when(struct expanding *x, struct text name, struct when when, int64_t utc)
{
	if (when.zone && !when.is_date)
		when.wall = utc;
	buf_add(x->out, name);
	buf_add(x->out, when.is_date ? TEXT(";VALUE=DATE:") : TEXT(":"));
	put_wall(x, when);
	buf_add(x->out, x->line_end);
}

static int64_t utc_of_id(const struct expanding *x, const struct ical_instance *instance)
{
	const struct when *id = &instance->id, *at = &instance->at;

	return id->wall == at->wall && id->zone == at->zone && id->is_date == at->is_date
	               ? instance->start
	               : when_utc(*id, x->t->shape->floating);
}

static void put_instance(
        struct expanding *x, const struct block *block, const struct ical_instance *instance)
{
	bool todo = block->comp->kind == ICAL_VTODO;
	struct buf *out = x->out;

	buf_add(out, block->head);
	if (instance->has_start && block->start)
		put_when(x, TEXT("DTSTART"), instance->at, instance->start);
	/* A nominal day that has 23 hours here cannot be said by DURATION after a DTSTART in UTC.
	 */
	if (block->duration.ptr && instance->end - instance->start == block->seconds)
		buf_add(out, block->duration);
	else if (block->end && (instance->has_end || !instance->has_start))
		put_when(x, todo ? TEXT("DUE") : TEXT("DTEND"), instance->until, instance->end);
	if (block->id && instance->recurs)
		put_when(x, TEXT("RECURRENCE-ID"), instance->id, utc_of_id(x, instance));
	buf_add(out, block->tail);
}

/* What is no instance is sent as it is: a component without any time, or one of another kind, with
 * its zones. */
static void put_timeless(const struct trim *t, const struct cal_wanted *wanted, struct buf *out)
{
	const struct ical_comp *comp = ical_calendar(t->ical)->children;
	const unsigned kinds = ICAL_VEVENT | ICAL_VTODO | ICAL_VJOURNAL;
	bool zones = !ical_first(ical_calendar(t->ical), kinds);

	for (; comp; comp = comp->next) {
		const struct cal_wanted *inside;
		bool timed = ical_prop(comp, ICAL_P_DTSTART) || ical_prop(comp, ICAL_P_DUE);

		if ((comp->kind == ICAL_VTIMEZONE && !zones) ||
		        !trim_wanted_comp(wanted, comp, &inside))
			continue;
		if (!timed || !(comp->kind & kinds))
			trim_put_comp(t, inside, out, comp);
	}
}

/* NULL: it is not wanted. */
static const struct block *block_of(
        const struct expanding *x, struct map *blocks, const struct ical_comp *comp)
{
	struct text key = { (const char *)&comp, sizeof(comp) };
	struct block *block = map_get(blocks, key);
	const struct cal_wanted *inside;

	if (block || !trim_wanted_comp(x->wanted, comp, &inside))
		return block;
	block = arena_make(x->t->scratch, struct block);
	make_block(x->t, inside, comp, block);
	/* The map keeps what the key points to. */
	key.ptr = (const char *)&block->comp;
	map_put(blocks, key, block);
	return block;
}

bool trim_expand(
        const struct trim *t, const struct cal_wanted *wanted, struct buf *head, struct buf *out)
{
	struct expanding x = { .t = t, .wanted = wanted, .out = out, .day = INT64_MIN };
	struct map *blocks = map_new(t->scratch);
	const struct block *block = NULL;
	struct ical_instances found;

	if (!instances(t, &t->shape->expand_range, &found))
		return false;
	put_timeless(t, wanted, head);
	trim_dress(t, out, buf_text(head));
	x.line_end = dressed(t, TEXT("\r\n"));
	for (size_t i = 0; i < found.len; i++) {
		if (!block || block->comp != found.at[i].comp)
			block = block_of(&x, blocks, found.at[i].comp);
		if (block)
			put_instance(&x, block, &found.at[i]);
	}
	return true;
}
