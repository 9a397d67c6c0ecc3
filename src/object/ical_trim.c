#include "object/trim_impl.h"

#include "object/ical_tzids.h"

bool cal_shape_is_plain(const struct cal_shape *shape)
{
	return !shape->wanted && !shape->expand && !shape->limit_recurrence &&
	       !shape->limit_freebusy && shape->zones == CAL_ZONES_AS_STORED;
}

bool cal_shape_range(struct err *err, struct text start, struct text end, struct ical_range *range)
{
	struct when from, to;

	if (!when_read(start, NULL, &from) || !when_read(end, NULL, &to) ||
	        from.zone != zone_utc() || to.zone != zone_utc() || from.wall >= to.wall)
		return err_set(err, ERR_BAD_REQUEST, "start and end must be UTC, in that order");
	*range = (struct ical_range){ .start = from.wall, .end = to.wall };
	return true;
}

/* ---- what was asked for ---- */

/* A CALDAV:comp that names nothing inside wants all of it (the example of RFC 4791 7.8.1). */
static const struct cal_wanted *narrow(const struct cal_wanted *wanted)
{
	if (!wanted || (wanted->all_props && wanted->all_comps))
		return NULL;
	return wanted->all_props || wanted->all_comps || wanted->props.len || wanted->comps.len
	               ? wanted
	               : NULL;
}

bool trim_wanted_comp(const struct cal_wanted *wanted, const struct ical_comp *comp,
        const struct cal_wanted **inside)
{
	*inside = NULL;
	if (!wanted || wanted->all_comps)
		return true;
	for (size_t i = 0; i < wanted->comps.len; i++) {
		if (!text_eq_nocase(wanted->comps.at[i].name, comp->name))
			continue;
		*inside = narrow(&wanted->comps.at[i]);
		return true;
	}
	return false;
}

static const struct cal_wanted_prop *wanted_prop(
        const struct cal_wanted *wanted, const struct ical_prop *prop)
{
	for (size_t i = 0; i < wanted->props.len; i++)
		if (text_eq_nocase(wanted->props.at[i].name, prop->name))
			return &wanted->props.at[i];
	return NULL;
}

bool trim_wants(const struct cal_wanted *wanted, const char *name)
{
	if (!wanted || wanted->all_props)
		return true;
	for (size_t i = 0; i < wanted->props.len; i++)
		if (text_eq_nocase(wanted->props.at[i].name, text_of(name)))
			return true;
	return false;
}

/* ---- properties ---- */

static void put_novalue(struct buf *out, const struct ical_prop *prop)
{
	struct buf line;

	buf_init(&line, out->arena);
	buf_add(&line, prop->name);
	if (prop->params.len) {
		buf_char(&line, ';');
		buf_add(&line, prop->params);
	}
	buf_char(&line, ':');
	ical_line(out, buf_text(&line));
}

/* RFC 4791 9.6.7: only the periods that overlap. */
static void put_freebusy(const struct trim *t, struct buf *out, const struct ical_prop *prop)
{
	const struct ical_range *range = &t->shape->freebusy_range;
	struct text rest = prop->value, item;
	struct when start, end;
	struct buf line;
	size_t head;

	buf_init(&line, t->scratch);
	buf_add(&line, prop->name);
	if (prop->params.len) {
		buf_char(&line, ';');
		buf_add(&line, prop->params);
	}
	buf_char(&line, ':');
	head = line.len;
	while (ical_item_next(&rest, &item)) {
		if (!period_read(text_trim(item), zone_utc(), &start, &end) ||
		        when_utc(start, NULL) >= range->end || when_utc(end, NULL) <= range->start)
			continue;
		if (line.len > head)
			buf_char(&line, ',');
		buf_add(&line, text_trim(item));
	}
	if (line.len > head)
		ical_line(out, buf_text(&line));
}

void trim_put_prop(const struct trim *t, const struct cal_wanted *wanted, struct buf *out,
        const struct ical_prop *prop)
{
	const struct cal_wanted_prop *asked = NULL;

	if (wanted && !wanted->all_props) {
		asked = wanted_prop(wanted, prop);
		if (!asked)
			return;
	}
	if (asked && asked->novalue)
		put_novalue(out, prop);
	else if (prop->id == ICAL_P_FREEBUSY && t->shape->limit_freebusy)
		put_freebusy(t, out, prop);
	else
		ical_put_raw(out, prop->line);
}

/* ---- components ---- */

void trim_put_comp(const struct trim *t, const struct cal_wanted *wanted, struct buf *out,
        const struct ical_comp *comp)
{
	bool freebusy = t->shape->limit_freebusy && comp->kind == ICAL_VFREEBUSY;

	if (!freebusy && !wanted) {
		ical_put_raw(out, comp->raw);
		return;
	}
	buf_printf(out, "BEGIN:%.*s\r\n", TEXT_ARG(comp->name));
	for (const struct ical_prop *prop = comp->props; prop; prop = prop->next)
		trim_put_prop(t, wanted, out, prop);
	trim_put_children(t, wanted, out, comp);
	buf_printf(out, "END:%.*s\r\n", TEXT_ARG(comp->name));
}

void trim_put_children(const struct trim *t, const struct cal_wanted *wanted, struct buf *out,
        const struct ical_comp *comp)
{
	for (const struct ical_comp *child = comp->children; child; child = child->next) {
		const struct cal_wanted *inside;

		if (trim_wanted_comp(wanted, child, &inside))
			trim_put_comp(t, inside, out, child);
	}
}

/* ---- time zones ---- */

/* RFC 7809 7.1: a client that wants definitions gets those that were left out. */
void trim_put_missing_zones(const struct trim *t, struct buf *out)
{
	const struct ical_comp *calendar = ical_calendar(t->ical);
	struct ical_tzids tzids = VEC_EMPTY;

	ical_tzids(t->scratch, calendar, &tzids);
	for (size_t i = 0; i < tzids.len; i++) {
		const struct zone *zone = zone_find(tzids.at[i]);

		if (zone && !ical_vtimezone(t->scratch, calendar, tzids.at[i]))
			buf_add(out, zone_vtimezone(t->scratch, zone, tzids.at[i]));
	}
}

/* Is the VTIMEZONE to be sent? Those nobody else knows always are. */
static bool keep_zone(const struct trim *t, const struct ical_comp *comp)
{
	struct text tzid = ical_text(t->scratch, comp, ICAL_P_TZID);

	return t->shape->zones != CAL_ZONES_NONE || !zone_find(tzid);
}

/* ---- the object ---- */

void trim_dress(const struct trim *t, struct buf *out, struct text text)
{
	if (t->shape->dress)
		t->shape->dress(out, text);
	else
		buf_add(out, text);
}

static bool put_plain(
        struct trim *t, const struct cal_wanted *wanted, struct buf *plain, struct buf *out)
{
	const struct ical_comp *calendar = ical_calendar(t->ical);
	struct trim_kept kept;

	if (!trim_limit(t, &kept))
		return false;
	for (const struct ical_comp *comp = calendar->children; comp; comp = comp->next) {
		const struct cal_wanted *inside;

		if (comp->kind == ICAL_VTIMEZONE && !keep_zone(t, comp))
			continue;
		if (trim_keeps(&kept, comp) && trim_wanted_comp(wanted, comp, &inside))
			trim_put_comp(t, inside, plain, comp);
	}
	trim_dress(t, out, buf_text(plain));
	return true;
}

bool ical_shape(struct arena *scratch, struct err *err, const struct ical *ical,
        const struct cal_shape *shape, struct buf *out)
{
	struct trim t = { .scratch = scratch, .err = err, .ical = ical, .shape = shape };
	const struct cal_wanted *wanted = narrow(shape->wanted);
	size_t before = out->len;
	struct buf plain;

	if (cal_shape_is_plain(shape)) {
		trim_dress(&t, out, ical_bytes(ical));
		return true;
	}
	buf_init(&plain, scratch);
	buf_add(&plain, TEXT("BEGIN:VCALENDAR\r\n"));
	for (const struct ical_prop *prop = ical_calendar(ical)->props; prop; prop = prop->next)
		trim_put_prop(&t, wanted, &plain, prop);
	if (shape->zones == CAL_ZONES_ALL && !shape->expand)
		trim_put_missing_zones(&t, &plain);
	if (!(shape->expand ? trim_expand(&t, wanted, &plain, out)
	                    : put_plain(&t, wanted, &plain, out))) {
		out->len = before;
		return false;
	}
	trim_dress(&t, out, TEXT("END:VCALENDAR\r\n"));
	return true;
}
