/* filter.c - CALDAV:filter (RFC 4791 9.7) from XML. */
#include "base/base.h"
#include "caldav/caldav.h"
#include "object/ical_filter.h"

enum { MAX_FILTERS = 100 };

struct reading {
	struct call *c;
	size_t filters;
};

static bool invalid(struct reading *r, const char *what)
{
	return err_set(&r->c->work.err, ERR_CAL_VALID_FILTER, "%s", what);
}

static bool count_one(struct reading *r)
{
	return ++r->filters <= MAX_FILTERS ||
	       err_set(&r->c->work.err, ERR_CAL_SUPPORTED_FILTER, "too many conditions");
}

static bool read_match(struct reading *r, const struct xml_node *node, struct cal_text_match *match)
{
	match->text = node->text.ptr ? node->text : TEXT("");
	match->negate = text_eq(xml_attr_value(node, "negate-condition"), TEXT("yes"));
	return cal_collation_of(xml_attr_value(node, "collation"), &match->collation) ||
	       err_set(&r->c->work.err, ERR_CAL_SUPPORTED_COLLATION, "%.*s",
	               TEXT_ARG(xml_attr_value(node, "collation")));
}

static bool read_range(struct reading *r, const struct xml_node *node, struct ical_range *range)
{
	return cal_range_of(
	        &r->c->work.err, xml_attr_value(node, "start"), xml_attr_value(node, "end"), range);
}

static bool read_param(
        struct reading *r, const struct xml_node *node, struct cal_param_filter *param)
{
	const struct xml_node *match = xml_child(node, CAL_text_match);

	param->name = xml_attr_value(node, "name");
	param->is_not_defined = xml_child(node, CAL_is_not_defined) != NULL;
	param->has_match = match != NULL;
	if (!param->name.len)
		return invalid(r, "a param-filter has no name");
	return count_one(r) && (!match || read_match(r, match, &param->match));
}

static bool read_prop(struct reading *r, const struct xml_node *node, struct cal_prop_filter *prop)
{
	const struct xml_node *range = xml_child(node, CAL_time_range);
	const struct xml_node *match = xml_child(node, CAL_text_match);

	prop->name = xml_attr_value(node, "name");
	prop->is_not_defined = xml_child(node, CAL_is_not_defined) != NULL;
	prop->has_range = range != NULL;
	prop->has_match = match != NULL;
	if (!prop->name.len)
		return invalid(r, "a prop-filter has no name");
	/* RFC 4791 9.7.2: is-not-defined stands alone; one test, then param-filters. */
	if (prop->is_not_defined && xml_next(xml_first(node)))
		return invalid(r, "is-not-defined stands alone");
	if (range && match)
		return invalid(r, "a prop-filter has a time-range or a text-match");
	if (!count_one(r) || (range && !read_range(r, range, &prop->range)) ||
	        (match && !read_match(r, match, &prop->match)))
		return false;
	for (const struct xml_node *n = xml_child(node, CAL_param_filter); n;
	        n = xml_again(n, CAL_param_filter))
		if (!read_param(r, n, vec_push(r->c->work.arena, &prop->params)))
			return false;
	return true;
}

static bool read_comp(struct reading *r, const struct xml_node *node, struct cal_comp_filter *comp)
{
	const struct xml_node *range = xml_child(node, CAL_time_range);
	struct arena *arena = r->c->work.arena;

	comp->name = xml_attr_value(node, "name");
	comp->is_not_defined = xml_child(node, CAL_is_not_defined) != NULL;
	comp->has_range = range != NULL;
	if (!comp->name.len)
		return invalid(r, "a comp-filter has no name");
	if (comp->is_not_defined && xml_next(xml_first(node)))
		return invalid(r, "is-not-defined stands alone");
	if (!count_one(r) || (range && !read_range(r, range, &comp->range)))
		return false;
	for (const struct xml_node *n = xml_first(node); n; n = xml_next(n)) {
		if (n->name.id == CAL_prop_filter &&
		        !read_prop(r, n, vec_push(arena, &comp->props)))
			return false;
		if (n->name.id == CAL_comp_filter &&
		        !read_comp(r, n, vec_push(arena, &comp->comps)))
			return false;
	}
	return true;
}

bool caldav_filter(struct call *c, const struct xml_node *node, struct cal_filter *filter)
{
	struct reading r = { c, 0 };
	const struct xml_node *calendar = xml_child(node, CAL_comp_filter);

	/* RFC 4791 9.7: exactly one comp-filter, of VCALENDAR. */
	if (!calendar || xml_again(calendar, CAL_comp_filter) ||
	        !text_eq_nocase(xml_attr_value(calendar, "name"), TEXT("VCALENDAR")))
		return invalid(&r, "a filter holds one comp-filter, of VCALENDAR");
	return read_comp(&r, calendar, &filter->calendar);
}
