/* filter.c - see filter.h. */
#include "base/base.h"
#include "caldav/filter.h"
#include "calendar/calendar.h"

enum { MAX_FILTERS = 200, MAX_DEPTH = 8 };

struct reading {
	struct call *c;
	size_t filters;
	int depth;
};

static bool invalid(struct reading *r, const char *what)
{
	return err_set(&r->c->work.err, ERR_CAL_VALID_FILTER, "%s", what);
}

static bool unsupported(struct reading *r, const struct xml_node *node)
{
	return err_set(
	        &r->c->work.err, ERR_CAL_SUPPORTED_FILTER, "%.*s", TEXT_ARG(node->name.local));
}

static bool read_name(struct reading *r, const struct xml_node *node, struct text *name)
{
	*name = xml_attr_value(node, "name");
	if (!name->len)
		return invalid(r, "a filter without a name");
	return ++r->filters <= MAX_FILTERS ||
	       err_set(&r->c->work.err, ERR_CAL_SUPPORTED_FILTER, "too many filters");
}

bool filter_range_lies(struct call *c, const struct ical_range *range)
{
	struct ical_limits limits = calendar_limits(c->settings, 0);

	if (range->end <= limits.min_time)
		return err_set(&c->work.err, ERR_MIN_DATE_TIME, "%s", "");
	return range->start < limits.max_time || err_set(&c->work.err, ERR_MAX_DATE_TIME, "%s", "");
}

static bool read_range(struct reading *r, const struct xml_node *node, struct ical_range *range)
{
	return cal_range_of(&r->c->work.err, xml_attr_value(node, "start"),
	               xml_attr_value(node, "end"), range) &&
	       filter_range_lies(r->c, range);
}

static bool read_match(struct reading *r, const struct xml_node *node, struct cal_text_match *match)
{
	struct text negate = xml_attr_value(node, "negate-condition");

	match->text = node->text.ptr ? node->text : TEXT("");
	match->negate = text_eq(negate, TEXT("yes"));
	if (negate.len && !match->negate && !text_eq(negate, TEXT("no")))
		return invalid(r, "negate-condition is yes or no");
	if (!cal_match_of(xml_attr_value(node, "match-type"), &match->match))
		return err_set(&r->c->work.err, ERR_CAL_SUPPORTED_FILTER, "%.*s",
		        TEXT_ARG(xml_attr_value(node, "match-type")));
	return cal_collation_of(xml_attr_value(node, "collation"), &match->collation) ||
	       err_set(&r->c->work.err, ERR_CAL_SUPPORTED_COLLATION, "%.*s",
	               TEXT_ARG(xml_attr_value(node, "collation")));
}

/* The attribute test of calendar-query-extended: allof unless said otherwise. */
static bool read_test(struct reading *r, const struct xml_node *node, bool *any)
{
	struct text test = xml_attr_value(node, "test");

	*any = text_eq(test, TEXT("anyof"));
	return !test.len || *any || text_eq(test, TEXT("allof")) ||
	       invalid(r, "test is anyof or allof");
}

/* What a filter must not say beside is-not-defined: anything else. */
static bool alone(struct reading *r, const struct xml_node *node, bool is_not_defined)
{
	const struct xml_node *first = xml_first(node);

	return !is_not_defined || !xml_next(first) || invalid(r, "is-not-defined stands alone");
}

static bool read_param(
        struct reading *r, const struct xml_node *node, struct cal_param_filter *param)
{
	if (!read_name(r, node, &param->name))
		return false;
	for (const struct xml_node *n = xml_first(node); n; n = xml_next(n)) {
		if (n->name.id == CAL_is_not_defined) {
			param->is_not_defined = true;
		} else if (n->name.id == CAL_text_match) {
			if (param->has_match)
				return invalid(r, "one text-match at most");
			param->has_match = true;
			if (!read_match(r, n, &param->match))
				return false;
		} else if (n->name.id != CAL_is_defined) {
			return unsupported(r, n);
		}
	}
	return alone(r, node, param->is_not_defined);
}

static bool read_prop_part(
        struct reading *r, const struct xml_node *n, struct cal_prop_filter *prop)
{
	switch (n->name.id) {
	case CAL_is_not_defined: prop->is_not_defined = true; return true;
	case CAL_is_defined: return true;
	case CAL_time_range:
		if (prop->has_range || (prop->has_match && !prop->any))
			return invalid(r, "one time-range or text-match at most");
		prop->has_range = true;
		return read_range(r, n, &prop->range);
	case CAL_text_match:
		if (prop->has_range || prop->has_match)
			return invalid(r, "one time-range or text-match at most");
		prop->has_match = true;
		return read_match(r, n, &prop->match);
	case CAL_param_filter: return read_param(r, n, vec_push(r->c->work.arena, &prop->params));
	default: return unsupported(r, n);
	}
}

static bool read_prop(struct reading *r, const struct xml_node *node, struct cal_prop_filter *prop)
{
	if (!read_name(r, node, &prop->name) || !read_test(r, node, &prop->any))
		return false;
	for (const struct xml_node *n = xml_first(node); n; n = xml_next(n))
		if (!read_prop_part(r, n, prop))
			return false;
	return alone(r, node, prop->is_not_defined);
}

static bool read_comp(struct reading *r, const struct xml_node *node, struct cal_comp_filter *comp);

static bool read_comp_part(
        struct reading *r, const struct xml_node *n, struct cal_comp_filter *comp)
{
	struct arena *arena = r->c->work.arena;

	switch (n->name.id) {
	case CAL_is_not_defined: comp->is_not_defined = true; return true;
	case CAL_is_defined: return true;
	case CAL_time_range:
		if (comp->has_range)
			return invalid(r, "one time-range at most");
		comp->has_range = true;
		return read_range(r, n, &comp->range);
	case CAL_prop_filter: return read_prop(r, n, vec_push(arena, &comp->props));
	case CAL_comp_filter: return read_comp(r, n, vec_push(arena, &comp->comps));
	default: return unsupported(r, n);
	}
}

static bool read_comp(struct reading *r, const struct xml_node *node, struct cal_comp_filter *comp)
{
	if (!read_name(r, node, &comp->name) || !read_test(r, node, &comp->any))
		return false;
	if (++r->depth > MAX_DEPTH)
		return invalid(r, "too deep");
	for (const struct xml_node *n = xml_first(node); n; n = xml_next(n))
		if (!read_comp_part(r, n, comp))
			return false;
	r->depth--;
	return alone(r, node, comp->is_not_defined);
}

bool filter_read(struct call *c, const struct xml_node *node, struct cal_filter *filter)
{
	const struct xml_node *calendar = xml_child(node, CAL_comp_filter);
	struct reading r = { .c = c };

	if (!calendar)
		return invalid(&r, "a filter holds a comp-filter for VCALENDAR");
	if (xml_again(calendar, CAL_comp_filter))
		return invalid(&r, "one comp-filter for VCALENDAR");
	return read_comp(&r, calendar, &filter->calendar);
}
