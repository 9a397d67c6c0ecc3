/* calendar_data.c - CALDAV:calendar-data (RFC 4791 9.6): the object as stored, or expanded,
 * limited, in part, or as jCal. */
#include "base/base.h"
#include "base/settings.h"
#include "caldav/caldav.h"
#include "caldav/zones.h"
#include "object/jcal.h"

enum { MAX_WANTED = 500, MAX_DEPTH = 8 };

struct reading {
	struct call *c;
	size_t wanted;
	int depth;
};

static bool too_much(struct reading *r)
{
	return err_set(&r->c->work.err, ERR_BAD_XML, "calendar-data asks for too much");
}

static bool read_comp(struct reading *r, const struct xml_node *node, struct cal_wanted *wanted)
{
	struct arena *arena = r->c->work.arena;

	wanted->name = xml_attr_value(node, "name");
	if (!wanted->name.len || ++r->wanted > MAX_WANTED || ++r->depth > MAX_DEPTH)
		return too_much(r);
	for (const struct xml_node *n = xml_first(node); n; n = xml_next(n)) {
		struct cal_wanted_prop *prop;

		switch (n->name.id) {
		case CAL_allprop: wanted->all_props = true; break;
		case CAL_allcomp: wanted->all_comps = true; break;
		case CAL_prop:
			prop = vec_push(arena, &wanted->props);
			prop->name = xml_attr_value(n, "name");
			prop->novalue = text_eq(xml_attr_value(n, "novalue"), TEXT("yes"));
			if (!prop->name.len || ++r->wanted > MAX_WANTED)
				return too_much(r);
			break;
		case CAL_comp:
			if (!read_comp(r, n, vec_push(arena, &wanted->comps)))
				return false;
			break;
		default: break;
		}
	}
	r->depth--;
	return true;
}

static bool read_range(
        struct call *c, const struct xml_node *node, bool *has, struct ical_range *range)
{
	*has = node != NULL;
	return !node || cal_shape_range(&c->work.err, xml_attr_value(node, "start"),
	                        xml_attr_value(node, "end"), range);
}

/* RFC 4791 9.6: text/calendar 2.0 unless said otherwise. */
static bool read_type(struct call *c, const struct xml_node *asked, struct calendar_data *data)
{
	struct text type = xml_attr_value(asked, "content-type");
	struct text version = xml_attr_value(asked, "version");

	data->json = text_eq_nocase(type, TEXT("application/calendar+json"));
	if (type.len && !data->json && !text_eq_nocase(type, TEXT("text/calendar")))
		return err_set(&c->work.err, ERR_SUPPORTED_CALENDAR_DATA, "%.*s", TEXT_ARG(type));
	return !version.len || text_eq(version, TEXT("2.0")) ||
	       err_set(&c->work.err, ERR_SUPPORTED_CALENDAR_DATA, "version %.*s",
	               TEXT_ARG(version));
}

bool calendar_data_zones(struct call *c, enum cal_zones *zones)
{
	struct text value = text_trim(call_header(c, "CalDAV-Timezones"));

	*zones = CAL_ZONES_AS_STORED;
	if (text_eq_nocase(value, TEXT("T")))
		*zones = CAL_ZONES_ALL;
	else if (text_eq_nocase(value, TEXT("F")))
		*zones = CAL_ZONES_NONE;
	else if (value.len)
		return err_set(&c->work.err, ERR_BAD_REQUEST, "CalDAV-Timezones is T or F");
	return true;
}

static bool read_shape(struct call *c, const struct xml_node *asked, struct cal_shape *shape)
{
	const struct xml_node *comp = xml_child(asked, CAL_comp);
	struct reading r = { .c = c };

	if (comp) {
		struct cal_wanted *wanted = arena_make(c->work.arena, struct cal_wanted);

		if (!read_comp(&r, comp, wanted))
			return false;
		shape->wanted = wanted;
	}
	/* RFC 4791 9.6: one of the two at most. */
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
	const struct xml_node *report = asked && asked->parent ? asked->parent->parent : NULL;

	*prepared = data;
	data->arena = c->work.arena;
	data->shape.max_instances = (size_t)c->settings->limits_instances;
	if (!calendar_data_zones(c, &data->shape.zones) ||
	        !zone_of_report(c, report, &data->shape.floating))
		return false;
	data->zone_fixed = data->shape.floating != NULL;
	return !asked || (read_type(c, asked, data) && read_shape(c, asked, &data->shape));
}

bool calendar_data_shape(
        struct work *work, const struct calendar_data *asked, struct text body, struct text *shaped)
{
	struct ical *ical;
	struct buf buf;

	*shaped = body;
	if (!asked->json && cal_shape_is_plain(&asked->shape))
		return true;
	if (!ical_parse(work->arena, &work->err, body, &ical))
		return false;
	if (!cal_shape_is_plain(&asked->shape)) {
		buf_init(&buf, work->arena);
		if (!ical_shape(work->arena, &work->err, ical, &asked->shape, &buf))
			return false;
		*shaped = buf_text(&buf);
		if (asked->json && !ical_parse(work->arena, &work->err, *shaped, &ical))
			return false;
	}
	if (asked->json)
		*shaped = jcal_write(work->arena, ical);
	return true;
}

/* Looked up once for all objects of a calendar that stand together. */
static bool find_zone(struct prop_ask *ask, struct calendar_data *data)
{
	const struct collection *calendar = ask->at->collection;

	if (data->zone_fixed || data->zone_of == calendar->id ||
	        (!data->shape.expand && !data->shape.limit_recurrence))
		return true;
	data->zone_of = calendar->id;
	return zone_of_calendar(ask->work, data->arena, calendar, &data->shape.floating);
}

/* Without a copy in between: an expanded object can be much longer than it is stored. */
static bool put_shaped(struct prop_ask *ask, const struct calendar_data *asked)
{
	struct work *work = ask->work;
	struct cal_shape shape = asked->shape;
	struct text body = ask->at->item->body;
	struct ical *ical;

	if (cal_shape_is_plain(&shape)) {
		xml_chars(ask->out, body);
		return true;
	}
	shape.dress = xml_dress;
	return ical_parse(work->arena, &work->err, body, &ical) &&
	       ical_shape(work->arena, &work->err, ical, &shape, xml_inside(ask->out));
}

enum prop_got get_calendar_data(struct prop_ask *ask)
{
	static const struct calendar_data whole;
	struct text shaped;

	if (ask->prepared && !find_zone(ask, ask->prepared))
		return PROP_FAILED;
	if (ask->prepared && !((struct calendar_data *)ask->prepared)->json)
		return put_shaped(ask, ask->prepared) ? PROP_GOT : PROP_FAILED;
	if (!calendar_data_shape(ask->work, ask->prepared ? ask->prepared : &whole,
	            ask->at->item->body, &shaped))
		return PROP_FAILED;
	xml_chars(ask->out, shaped);
	return PROP_GOT;
}
