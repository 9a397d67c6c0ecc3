/* vcard_filter.h - CARDDAV:filter (RFC 6352 10.5), as plain structs and as a fast yes or no.
 *
 * The door fills a struct card_filter; card_matcher_new() folds its needles once; card_matches()
 * then walks the lines of a body without parsing the card, at about a microsecond each.
 *
 * Meaning, where RFC 6352 leaves it open:
 *   - a prop-filter holds if one property of that name passes its tests (all or any of them on that
 *     same property), or none is there and is_not_defined is set;
 *   - a name with a group ("item1.TEL") wants that group; without, any group or none;
 *   - text is compared with the unescaped value; parameter values one by one (TYPE=a,b is two);
 *   - a negated text-match of a parameter wants that no value matches, and the parameter there;
 *   - an empty filter matches everything.
 * Memory:  as the arena; a matcher points into its filter.
 * Threads: a matcher belongs to one thread at a time. */
#ifndef KONTOR_OBJECT_VCARD_FILTER_H
#define KONTOR_OBJECT_VCARD_FILTER_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

enum card_test { CARD_ANYOF, CARD_ALLOF }; /* anyof is RFC 6352's default everywhere */
enum card_match { CARD_CONTAINS, CARD_EQUALS, CARD_STARTS_WITH, CARD_ENDS_WITH };
enum card_collation { CARD_UNICODE_CASEMAP, CARD_ASCII_CASEMAP, CARD_OCTET };

struct card_text_match {
	struct text text;
	enum card_match match;
	enum card_collation collation;
	bool negate;
};
VEC_OF(card_text_matches, struct card_text_match);

struct card_param_filter {
	struct text name;
	bool is_not_defined;
	bool has_match; /* neither: the parameter is there */
	struct card_text_match match;
};
VEC_OF(card_param_filters, struct card_param_filter);

struct card_prop_filter {
	struct text name;
	enum card_test test;
	bool is_not_defined; /* with tests beside it: an alternative to them */
	struct card_text_matches texts;
	struct card_param_filters params;
};
VEC_OF(card_prop_filters, struct card_prop_filter);

struct card_filter { /* zeroed: matches every card */
	enum card_test test;
	struct card_prop_filters props;
};

/* The values of the attributes; false if the server does not know it: ERR_CARD_SUPPORTED_COLLATION
 * resp. ERR_CARD_SUPPORTED_FILTER is the caller's answer. Absent text is the default. */
bool card_collation_of(struct text name, enum card_collation *collation) must_check;
bool card_match_of(struct text name, enum card_match *match) must_check;
bool card_test_of(struct text name, enum card_test *test) must_check;

/* NULL: too large a filter (ERR_CARD_SUPPORTED_FILTER). */
struct card_matcher *card_matcher_new(
        struct arena *arena, struct err *err, const struct card_filter *filter) must_check;
/* `body` is one stored card. Rests on its having passed vcard_parse(). */
bool card_matches(struct card_matcher *matcher, struct text body);

/* A necessary condition on what vcard_facts() indexes: every card that matches has an index row
 * with name `name` whose key contains `key` (or was cut). Several: at least one of them holds. */
struct card_hint {
	struct text name; /* upper case, without group */
	struct text key;  /* folded; empty: any row of that name */
};
VEC_OF(card_hints, struct card_hint);
/* None (len 0): the filter cannot be narrowed by the index; look at every card. */
struct card_hints card_filter_hints(struct arena *arena, const struct card_filter *filter);

#endif
