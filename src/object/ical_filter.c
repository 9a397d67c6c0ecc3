#include "object/filter_impl.h"

enum { TESTS_MAX = 100, DEPTH_MAX = 4 };

struct cal_matcher {
	const struct cal_filter *filter;
	const struct zone *floating;
	VEC(const struct cal_text_match *) matches; /* whose needles are folded... */
	VEC(struct text) needles;                   /* ...here */
};

bool cal_collation_of(struct text name, enum cal_collation *collation)
{
	static const struct {
		struct text name;
		enum cal_collation collation;
	} NAMES[] = {
		{ TEXT_INIT("i;ascii-casemap"), CAL_ASCII_CASEMAP },
		{ TEXT_INIT("i;unicode-casemap"), CAL_UNICODE_CASEMAP },
		{ TEXT_INIT("i;octet"), CAL_OCTET },
		{ TEXT_INIT("default"), CAL_ASCII_CASEMAP },
	};

	*collation = CAL_ASCII_CASEMAP;
	for (size_t i = 0; name.ptr && i < COUNT_OF(NAMES); i++) {
		*collation = NAMES[i].collation;
		if (text_eq(name, NAMES[i].name))
			return true;
	}
	return !name.ptr;
}

bool cal_match_of(struct text name, enum cal_match *match)
{
	static const struct text NAMES[] = {
		[CAL_CONTAINS] = TEXT_INIT("contains"),
		[CAL_EQUALS] = TEXT_INIT("equals"),
		[CAL_STARTS_WITH] = TEXT_INIT("starts-with"),
		[CAL_ENDS_WITH] = TEXT_INIT("ends-with"),
	};

	*match = CAL_CONTAINS;
	for (size_t i = 0; i < COUNT_OF(NAMES); i++)
		if (text_eq(name, NAMES[i])) {
			*match = (enum cal_match)i;
			return true;
		}
	return !name.ptr;
}

static bool range_end(struct text text, int64_t open, int64_t *utc)
{
	struct when when;

	*utc = open;
	if (!text.ptr)
		return true;
	if (!when_read(text, NULL, &when) || when.zone != zone_utc())
		return false;
	*utc = when.wall;
	return true;
}

bool cal_range_of(struct err *err, struct text start, struct text end, struct ical_range *range)
{
	if (!start.ptr && !end.ptr)
		return err_set(err, ERR_BAD_REQUEST, "a time-range without start and end");
	if (!range_end(start, ICAL_NEVER, &range->start) || !range_end(end, ICAL_EVER, &range->end))
		return err_set(err, ERR_CAL_VALID_FILTER, "a time-range must be in UTC");
	if (range->start >= range->end)
		return err_set(
		        err, ERR_CAL_VALID_FILTER, "a time-range that ends before it begins");
	return true;
}

/* ---- making ready ---- */

struct maker {
	struct arena *arena;
	struct err *err;
	struct cal_matcher *matcher;
	size_t tests;
};

static bool invalid(struct maker *mk, struct text name, const char *words)
{
	return err_set(
	        mk->err, ERR_CAL_VALID_FILTER, "%.*s %s", TEXT_ARG(text_sub(name, 0, 60)), words);
}

static bool count_test(struct maker *mk)
{
	return ++mk->tests <= TESTS_MAX ||
	       err_set(mk->err, ERR_CAL_SUPPORTED_FILTER, "more than %d tests", TESTS_MAX);
}

static struct text fold(struct arena *arena, enum cal_collation collation, struct text text)
{
	if (collation == CAL_OCTET)
		return text;
	return collation == CAL_UNICODE_CASEMAP ? text_unicode_casemap(arena, text)
	                                        : text_ascii_casemap(arena, text);
}

static void add_needle(struct maker *mk, const struct cal_text_match *match)
{
	*vec_push(mk->arena, &mk->matcher->matches) = match;
	*vec_push(mk->arena, &mk->matcher->needles) =
	        fold(mk->arena, match->collation, match->text);
}

static bool has_times(enum ical_prop_id id)
{
	struct ical_prop prop = { .id = id };
	enum ical_type type = ical_prop_default_type(&prop);

	return id == ICAL_P_OTHER || id == ICAL_P_TRIGGER || type == ICAL_TYPE_DATE_TIME ||
	       type == ICAL_TYPE_PERIOD;
}

static bool make_prop(struct maker *mk, const struct cal_prop_filter *filter)
{
	if (!count_test(mk))
		return false;
	if (filter->has_range && !has_times(ical_prop_id_of(filter->name)))
		return invalid(mk, filter->name, "has no time");
	if (filter->has_match)
		add_needle(mk, &filter->match);
	for (size_t i = 0; i < filter->params.len; i++) {
		if (!count_test(mk))
			return false;
		if (filter->params.at[i].has_match)
			add_needle(mk, &filter->params.at[i].match);
	}
	return true;
}

/* Which components may stand in which: RFC 5545 3.6, RFC 7953. */
static unsigned kinds_in(enum ical_kind kind)
{
	switch (kind) {
	case ICAL_VCALENDAR: return ICAL_OBJECTS | ICAL_VTIMEZONE | ICAL_OTHER;
	case ICAL_VEVENT:
	case ICAL_VTODO: return ICAL_VALARM | ICAL_OTHER;
	case ICAL_VAVAILABILITY: return ICAL_AVAILABLE | ICAL_OTHER;
	case ICAL_VTIMEZONE: return ICAL_STANDARD | ICAL_DAYLIGHT | ICAL_OTHER;
	default: return ICAL_OTHER;
	}
}

static bool make_comp(struct maker *mk, const struct cal_comp_filter *filter, int depth)
{
	enum ical_kind kind = ical_kind_of(filter->name);

	if (!count_test(mk))
		return false;
	if (filter->has_range && !(kind & (ICAL_OBJECTS | ICAL_VALARM | ICAL_AVAILABLE)))
		return invalid(mk, filter->name, "has no time");
	for (size_t i = 0; i < filter->props.len; i++)
		if (!make_prop(mk, &filter->props.at[i]))
			return false;
	for (size_t i = 0; i < filter->comps.len; i++) {
		const struct cal_comp_filter *child = &filter->comps.at[i];

		if (depth == DEPTH_MAX || !(ical_kind_of(child->name) & kinds_in(kind)))
			return invalid(mk, child->name, "does not stand there");
		if (!make_comp(mk, child, depth + 1))
			return false;
	}
	return true;
}

struct cal_matcher *cal_matcher_new(struct arena *arena, struct err *err,
        const struct cal_filter *filter, const struct zone *floating)
{
	struct maker mk = { .arena = arena, .err = err };

	mk.matcher = arena_make(arena, struct cal_matcher);
	mk.matcher->filter = filter;
	mk.matcher->floating = floating;
	if (ical_kind_of(filter->calendar.name) != ICAL_VCALENDAR) {
		invalid(&mk, filter->calendar.name, "is not VCALENDAR");
		return NULL;
	}
	return make_comp(&mk, &filter->calendar, 0) ? mk.matcher : NULL;
}

/* ---- matching ---- */

static struct text needle_of(const struct cal_matcher *matcher, const struct cal_text_match *match)
{
	for (size_t i = 0; i < matcher->matches.len; i++)
		if (matcher->matches.at[i] == match)
			return matcher->needles.at[i];
	return TEXT_NONE;
}

static bool matches(const struct cal_matcher *matcher, struct match *m,
        const struct cal_text_match *match, struct text text)
{
	struct text needle = needle_of(matcher, match);

	text = fold(m->arena, match->collation, text);
	switch (match->match) {
	case CAL_EQUALS: return text_eq(text, needle);
	case CAL_STARTS_WITH: return text_starts(text, needle);
	case CAL_ENDS_WITH: return text_ends(text, needle);
	case CAL_CONTAINS: break;
	}
	return text_find(text, needle) >= 0;
}

static bool match_param(const struct cal_matcher *matcher, struct match *m,
        const struct cal_param_filter *filter, const struct ical_prop *prop)
{
	struct text params = prop->params, value;
	struct ical_param param;
	bool there = false, found = false;

	while (ical_param_next(&params, &param)) {
		if (!text_eq_nocase(param.name, filter->name))
			continue;
		there = true;
		while (filter->has_match && !found && ical_param_value_next(&param.values, &value))
			found = matches(
			        matcher, m, &filter->match, ical_param_text(m->arena, value));
	}
	if (filter->is_not_defined)
		return !there;
	return there && (!filter->has_match || found != filter->match.negate);
}

static bool match_value(const struct cal_matcher *matcher, struct match *m,
        const struct cal_text_match *match, const struct ical_prop *prop)
{
	enum ical_type type = ical_prop_type(prop);
	bool escaped = type == ICAL_TYPE_TEXT || type == ICAL_TYPE_UNKNOWN;
	struct text text = escaped ? ical_unescape(m->arena, prop->value) : prop->value;

	return matches(matcher, m, match, text) != match->negate;
}

/* All tests, or with `any` one of them; a filter without tests holds. */
static bool match_one_prop(const struct cal_matcher *matcher, struct match *m,
        const struct cal_prop_filter *filter, const struct ical_prop *prop)
{
	bool any = filter->any;

	if (filter->has_range && match_prop_time(m, prop, &filter->range) == any)
		return any;
	if (filter->has_match && match_value(matcher, m, &filter->match, prop) == any)
		return any;
	for (size_t i = 0; i < filter->params.len; i++)
		if (match_param(matcher, m, &filter->params.at[i], prop) == any)
			return any;
	return !any || (!filter->has_range && !filter->has_match && !filter->params.len);
}

static bool match_prop(const struct cal_matcher *matcher, struct match *m,
        const struct cal_prop_filter *filter, const struct ical_comp *comp)
{
	const struct ical_prop *prop = comp->props;
	enum ical_prop_id id = ical_prop_id_of(filter->name);
	bool there = false;

	for (; prop; prop = prop->next) {
		if (prop->id != id || (!id && !text_eq_nocase(prop->name, filter->name)))
			continue;
		there = true;
		if (!filter->is_not_defined && match_one_prop(matcher, m, filter, prop))
			return true;
	}
	return filter->is_not_defined && !there;
}

static bool match_comp(const struct cal_matcher *matcher, struct match *m,
        const struct cal_comp_filter *filter, const struct ical_comp *parent);

static bool match_time(
        struct match *m, const struct cal_comp_filter *filter, const struct ical_comp *comp)
{
	return comp->kind == ICAL_VALARM ? match_alarm_time(m, comp, &filter->range)
	                                 : match_comp_time(m, comp, &filter->range);
}

/* Cheap tests first: a time-range may have to expand a series. */
static bool match_one_comp(const struct cal_matcher *matcher, struct match *m,
        const struct cal_comp_filter *filter, const struct ical_comp *comp)
{
	bool any = filter->any;

	for (size_t i = 0; i < filter->props.len; i++)
		if (match_prop(matcher, m, &filter->props.at[i], comp) == any)
			return any;
	if (filter->has_range && match_time(m, filter, comp) == any)
		return any;
	for (size_t i = 0; i < filter->comps.len; i++)
		if (match_comp(matcher, m, &filter->comps.at[i], comp) == any)
			return any;
	return !any || (!filter->has_range && !filter->props.len && !filter->comps.len);
}

static bool match_comp(const struct cal_matcher *matcher, struct match *m,
        const struct cal_comp_filter *filter, const struct ical_comp *parent)
{
	bool there = false;

	for (const struct ical_comp *comp = parent->children; comp; comp = comp->next) {
		if (!text_eq_nocase(comp->name, filter->name))
			continue;
		there = true;
		if (!filter->is_not_defined && match_one_comp(matcher, m, filter, comp))
			return true;
	}
	return filter->is_not_defined && !there;
}

bool cal_matches(struct cal_matcher *matcher, struct arena *arena, const struct ical *ical)
{
	struct match m = { .arena = arena, .ical = ical, .floating = matcher->floating };
	const struct cal_comp_filter *top = &matcher->filter->calendar;

	return !top->is_not_defined && match_one_comp(matcher, &m, top, ical_calendar(ical));
}

/* ---- narrowing ---- */

static void hint_alarm(const struct cal_comp_filter *filter, struct cal_hint *hint)
{
	hint->exact = false;
	if (hint->has_range || filter->is_not_defined || !filter->has_range ||
	        ical_kind_of(filter->name) != ICAL_VALARM)
		return;
	hint->has_range = hint->alarms = true;
	hint->range = filter->range;
}

static void hint_comp(const struct cal_comp_filter *filter, struct cal_hint *hint)
{
	unsigned kind = ical_kind_of(filter->name) & ICAL_OBJECTS;

	if (filter->is_not_defined) {
		hint->kinds &= ~kind;
		hint->exact &= kind != 0;
		return;
	}
	if (filter->any) { /* what it comes to is not known here */
		hint->kinds &= kind ? kind : ICAL_OBJECTS;
		hint->exact = false;
		return;
	}
	if (!kind) { /* VTIMEZONE, X-...: not indexed */
		hint->exact = false;
		return;
	}
	hint->kinds &= kind;
	if (filter->has_range) {
		hint->exact &= !hint->has_range && (kind & (ICAL_VEVENT | ICAL_VJOURNAL));
		hint->has_range = true;
		hint->range = filter->range;
	}
	for (size_t i = 0; i < filter->props.len; i++) {
		const struct cal_prop_filter *prop = &filter->props.at[i];

		hint->exact = false;
		if (ical_prop_id_of(prop->name) == ICAL_P_UID && prop->has_match &&
		        !prop->match.negate && !prop->is_not_defined && !prop->any)
			hint->uid = prop->match.text;
	}
	for (size_t i = 0; i < filter->comps.len; i++)
		hint_alarm(&filter->comps.at[i], hint);
}

struct cal_hint cal_filter_hint(const struct cal_filter *filter)
{
	struct cal_hint hint = { .kinds = ICAL_OBJECTS, .exact = true };

	for (size_t i = 0; !filter->calendar.any && i < filter->calendar.comps.len; i++)
		hint_comp(&filter->calendar.comps.at[i], &hint);
	if (filter->calendar.props.len || filter->calendar.is_not_defined || filter->calendar.any)
		hint.exact = false;
	return hint;
}
