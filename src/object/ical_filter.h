/* ical_filter.h - CALDAV:filter (RFC 4791 9.7 to 9.9), as plain structs and as a yes or no.
 *
 * The door fills a struct cal_filter; cal_matcher_new() folds its needles once; cal_matches() then
 * judges parsed objects. Where the RFC leaves it open:
 *   - the tests below one comp-filter meet one and the same component;
 *   - a time-range on a component meets an instance of it, overrides where they are now;
 *   - a time-range on VALARM looks at the alarms of every instance, repeats included;
 *   - text-match is on unescaped text; of a parameter, on each of its values.
 * Memory:  as the arena; a matcher points into its filter.
 * Threads: a matcher belongs to one thread at a time. */
#ifndef KONTOR_OBJECT_ICAL_FILTER_H
#define KONTOR_OBJECT_ICAL_FILTER_H

#include "object/ical_recur.h"

enum cal_collation { CAL_ASCII_CASEMAP, CAL_UNICODE_CASEMAP, CAL_OCTET }; /* the first is preset */

/* Beyond RFC 4791, as CardDAV has it and calendar-query-extended took over. */
enum cal_match { CAL_CONTAINS, CAL_EQUALS, CAL_STARTS_WITH, CAL_ENDS_WITH };

struct cal_text_match {
	struct text text;
	enum cal_match match;
	enum cal_collation collation;
	bool negate;
};

struct cal_param_filter {
	struct text name;
	bool is_not_defined;
	bool has_match; /* neither: the parameter is there */
	struct cal_text_match match;
};
VEC_OF(cal_param_filters, struct cal_param_filter);

struct cal_prop_filter {
	struct text name;
	bool is_not_defined;
	bool has_range;
	struct ical_range range;
	bool has_match;
	struct cal_text_match match;
	struct cal_param_filters params;
	bool any; /* test="anyof" (calendar-query-extended): one of range, match, params is enough
	           */
};
VEC_OF(cal_prop_filters, struct cal_prop_filter);

struct cal_comp_filter;
VEC_OF(cal_comp_filters, struct cal_comp_filter);
struct cal_comp_filter {
	struct text name;
	bool is_not_defined;
	bool has_range;
	struct ical_range range;
	struct cal_prop_filters props;
	struct cal_comp_filters comps;
	bool any; /* test="anyof": one of range, props, comps is enough */
};

struct cal_filter {
	struct cal_comp_filter calendar; /* name must be VCALENDAR */
};

/* The attribute match-type: contains (preset), equals, starts-with, ends-with; false: unknown. */
bool cal_match_of(struct text name, enum cal_match *match) must_check;
/* The value of the attribute; false: unknown (ERR_CAL_SUPPORTED_COLLATION is the caller's answer).
 * Absent text is the default. */
bool cal_collation_of(struct text name, enum cal_collation *collation) must_check;
/* The attributes of a time-range (absent: not given). Both absent: ERR_BAD_REQUEST; else UTC
 * date-times, start before end, or ERR_CAL_VALID_FILTER. */
bool cal_range_of(
        struct err *err, struct text start, struct text end, struct ical_range *range) must_check;

struct cal_matcher;
/* NULL: ERR_CAL_VALID_FILTER (not VCALENDAR, a time-range where there is none) or
 * ERR_CAL_SUPPORTED_FILTER (too large; a time-range on something without times). `floating` as in
 * struct ical_window. */
struct cal_matcher *cal_matcher_new(struct arena *arena, struct err *err,
        const struct cal_filter *filter, const struct zone *floating) must_check;
/* Scratch memory comes from `arena` (give one that is thrown away now and then). */
bool cal_matches(struct cal_matcher *matcher, struct arena *arena, const struct ical *ical);

/* A necessary condition on what is indexed: the object's kind is in `kinds` and, if `has_range`, it
 * has an instance in `range`; alarms count as part of an instance if `alarms`. If `exact`, the
 * condition is sufficient as well: no object need be parsed. */
struct cal_hint {
	unsigned kinds;
	bool has_range;
	bool alarms;
	bool exact;
	struct ical_range range;
	struct text
	        uid; /* wanted UID (text-match on UID), or absent: "contains", case as it may be */
};
struct cal_hint cal_filter_hint(const struct cal_filter *filter);

#endif
