/* calendar_data.c - CALDAV:calendar-data (RFC 4791 9.6): the object, expanded, limited, or in part.
 */
#include "base/base.h"
#include "caldav/caldav.h"
#include "dav/dav.h"
#include "object/jcal.h"

enum { MAX_WANTED = 500, MAX_NESTING = 8 };

enum cal_zones calendar_data_zones(struct call *c)
{
	struct text header = call_header(c, "CalDAV-Timezones");

	if (text_eq_nocase(header, TEXT("F")))
		return CAL_ZONES_NONE;
	return text_eq_nocase(header, TEXT("T")) ? CAL_ZONES_ALL : CAL_ZONES_AS_STORED;
}

/* ---- the request ---- */

struct reading {
	struct call *c;
	size_t wanted;
};

static bool too_much(struct reading *r)
{
	return ++r->wanted > MAX_WANTED &&
	       !err_set(&r->c->work.err, ERR_BAD_XML, "calendar-data asks for too much");
}

static bool read_comp(
        struct reading *r, const struct xml_node *node, struct cal_wanted *wanted, int nesting)
{
	struct arena *arena = r->c->work.arena;

	wanted->name = xml_attr_value(node, "name");
	if (!wanted->name.len || nesting > MAX_NESTING)
		return err_set(&r->c->work.err, ERR_BAD_XML, "a comp of calendar-data has no name");
	for (const struct xml_node *n = xml_first(node); n; n = xml_next(n)) {
		if (too_much(r))
			return false;
		if (n->name.id == CAL_allprop) {
			wanted->all_props = true;
		} else if (n->name.id == CAL_allcomp) {
			wanted->all_comps = true;
		} else if (n->name.id == CAL_prop) {
			struct cal_wanted_prop *prop = vec_push(arena, &wanted->props);

			prop->name = xml_attr_value(n, "name");
			prop->novalue = text_eq(xml_attr_value(n, "novalue"), TEXT("yes"));
		} else if (n->name.id == CAL_comp &&
		           !read_comp(r, n, vec_push(arena, &wanted->comps), nesting + 1)) {
			return false;
		}
	}
	return true;
}

static bool read_range(
        struct call *c, const struct xml_node *node, bool *there, struct ical_range *range)
{
	if (!node)
		return true;
	*there = true;
	return cal_shape_range(
	        &c->work.err, xml_attr_value(node, "start"), xml_attr_value(node, "end"), range);
}

static bool read_shape(struct call *c, const struct xml_node *asked, struct cal_shape *shape)
{
	const struct xml_node *comp = xml_child(asked, CAL_comp);
	struct reading r = { c, 0 };

	if (comp) {
		struct cal_wanted *wanted = arena_make(c->work.arena, struct cal_wanted);

		if (!read_comp(&r, comp, wanted, 1))
			return false;
		shape->wanted = wanted;
	}
	/* RFC 4791 9.6: expand and limit-recurrence-set exclude each other. */
	if (xml_child(asked, CAL_expand) && xml_child(asked, CAL_limit_recurrence_set))
		return err_set(
		        &c->work.err, ERR_BAD_XML, "expand or limit-recurrence-set, not both");
	return read_range(c, xml_child(asked, CAL_expand), &shape->expand, &shape->expand_range) &&
	       read_range(c, xml_child(asked, CAL_limit_recurrence_set), &shape->limit_recurrence,
	               &shape->recurrence_range) &&
	       read_range(c, xml_child(asked, CAL_limit_freebusy_set), &shape->limit_freebusy,
	               &shape->freebusy_range);
}

bool calendar_data_prepare(struct call *c, const struct xml_node *asked, void **prepared)
{
	struct calendar_data *data = arena_make(c->work.arena, struct calendar_data);
	struct text type, version;

	*prepared = data;
	data->shape.zones = calendar_data_zones(c);
	data->shape.max_instances = (size_t)c->settings->limits_instances;
	if (!asked)
		return true;
	type = xml_attr_value(asked, "content-type");
	version = xml_attr_value(asked, "version");
	data->json = text_eq_nocase(type, TEXT("application/calendar+json"));
	if ((type.len && !data->json && !text_eq_nocase(type, TEXT("text/calendar"))) ||
	        (version.len && !text_eq(version, TEXT("2.0"))))
		return err_set(&c->work.err, ERR_SUPPORTED_CALENDAR_DATA, "%.*s", TEXT_ARG(type));
	return read_shape(c, asked, &data->shape);
}

/* ---- the answer ---- */

bool calendar_data_shape(
        struct work *work, const struct calendar_data *asked, struct text body, struct text *shaped)
{
	struct ical *ical;
	struct buf buf;

	*shaped = body;
	if (!cal_shape_is_plain(&asked->shape)) {
		buf_init(&buf, work->arena);
		if (!ical_parse(work->arena, &work->err, body, &ical) ||
		        !ical_shape(work->arena, &work->err, ical, &asked->shape, &buf))
			return false;
		*shaped = buf_text(&buf);
	}
	if (!asked->json)
		return true;
	if (!ical_parse(work->arena, &work->err, *shaped, &ical))
		return false;
	*shaped = jcal_write(work->arena, ical);
	return true;
}

enum prop_got get_calendar_data(struct prop_ask *ask)
{
	static const struct calendar_data whole;
	const struct calendar_data *asked = ask->prepared ? ask->prepared : &whole;
	struct calendar_data placed = *asked;
	struct text shaped;

	/* Dates and floating times are the calendar's: only asked where they matter. */
	if (asked->shape.expand && !asked->shape.floating &&
	        !caldav_floating(ask->work, ask->at, &placed.shape.floating))
		return PROP_FAILED;
	if (!calendar_data_shape(ask->work, &placed, ask->at->item->body, &shaped))
		return PROP_FAILED;
	xml_chars(ask->out, shaped);
	return PROP_GOT;
}
