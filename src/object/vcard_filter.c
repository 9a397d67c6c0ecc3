#include "object/vcard_filter.h"

#include "object/vcard.h"
#include "object/vcard_line.h"

/* Far above what address books ask for, far below what could hurt. */
enum { CONDITIONS_MAX = 200 };

struct needle {
	struct text folded; /* by its collation */
	enum card_match match;
	enum card_collation collation;
	bool negate;
};

struct param_test {
	const struct card_param_filter *filter;
	struct needle needle;
};

struct prop_test {
	const struct card_prop_filter *filter;
	struct text group; /* absent: any */
	struct text name;
	struct needle *needles;
	struct param_test *params;
	bool seen, passed; /* in the card at hand */
};

struct card_matcher {
	enum card_test test;
	struct prop_test *props;
	size_t len;
};

/* ---- attributes ---- */

bool card_collation_of(struct text name, enum card_collation *collation)
{
	/* RFC 6352 8.3.1: "default" is the server's choice, which is the RFC's. */
	if (!name.ptr || text_eq(name, TEXT("default")) || text_eq(name, TEXT("i;unicode-casemap")))
		*collation = CARD_UNICODE_CASEMAP;
	else if (text_eq(name, TEXT("i;ascii-casemap")))
		*collation = CARD_ASCII_CASEMAP;
	else if (text_eq(name, TEXT("i;octet")))
		*collation = CARD_OCTET;
	else
		return false;
	return true;
}

bool card_match_of(struct text name, enum card_match *match)
{
	if (!name.ptr || text_eq(name, TEXT("contains")))
		*match = CARD_CONTAINS;
	else if (text_eq(name, TEXT("equals")))
		*match = CARD_EQUALS;
	else if (text_eq(name, TEXT("starts-with")))
		*match = CARD_STARTS_WITH;
	else if (text_eq(name, TEXT("ends-with")))
		*match = CARD_ENDS_WITH;
	else
		return false;
	return true;
}

bool card_test_of(struct text name, enum card_test *test)
{
	if (!name.ptr || text_eq(name, TEXT("anyof")))
		*test = CARD_ANYOF;
	else if (text_eq(name, TEXT("allof")))
		*test = CARD_ALLOF;
	else
		return false;
	return true;
}

/* ---- once a filter ---- */

static struct text collate(struct arena *arena, enum card_collation collation, struct text text)
{
	switch (collation) {
	case CARD_ASCII_CASEMAP: return text_ascii_casemap(arena, text);
	case CARD_UNICODE_CASEMAP: return text_unicode_casemap(arena, text);
	case CARD_OCTET: break;
	}
	return text;
}

static struct needle make_needle(struct arena *arena, const struct card_text_match *match)
{
	return (struct needle){
		.folded = collate(arena, match->collation, match->text),
		.match = match->match,
		.collation = match->collation,
		.negate = match->negate,
	};
}

static struct text without_group(struct text name, struct text *group)
{
	ptrdiff_t dot = text_find_char(name, '.');

	*group = dot < 0 ? TEXT_NONE : text_sub(name, 0, (size_t)dot);
	return dot < 0 ? name : text_from(name, (size_t)dot + 1);
}

static void make_prop(
        struct arena *arena, struct prop_test *prop, const struct card_prop_filter *filter)
{
	prop->filter = filter;
	prop->name = without_group(filter->name, &prop->group);
	prop->needles = arena_array(arena, filter->texts.len, sizeof(*prop->needles));
	for (size_t i = 0; i < filter->texts.len; i++)
		prop->needles[i] = make_needle(arena, &filter->texts.at[i]);
	prop->params = arena_array(arena, filter->params.len, sizeof(*prop->params));
	for (size_t i = 0; i < filter->params.len; i++) {
		prop->params[i].filter = &filter->params.at[i];
		prop->params[i].needle = make_needle(arena, &filter->params.at[i].match);
	}
}

struct card_matcher *card_matcher_new(
        struct arena *arena, struct err *err, const struct card_filter *filter)
{
	struct card_matcher *matcher = arena_make(arena, struct card_matcher);
	size_t conditions = filter->props.len;

	for (size_t i = 0; i < filter->props.len; i++)
		conditions += filter->props.at[i].texts.len + filter->props.at[i].params.len;
	if (conditions > CONDITIONS_MAX) {
		err_set(err, ERR_CARD_SUPPORTED_FILTER, "%zu conditions; %d are allowed",
		        conditions, CONDITIONS_MAX);
		return NULL;
	}
	matcher->test = filter->test;
	matcher->len = filter->props.len;
	matcher->props = arena_array(arena, matcher->len, sizeof(*matcher->props));
	for (size_t i = 0; i < matcher->len; i++)
		make_prop(arena, &matcher->props[i], &filter->props.at[i]);
	return matcher;
}

/* ---- once a card ---- */

/* A text that is folded at most once by each collation, into memory that lasts for one card. */
struct subject {
	struct arena *scratch;
	struct text folded[CARD_OCTET + 1];
};

static bool compare(const struct needle *needle, struct text text)
{
	switch (needle->match) {
	case CARD_EQUALS: return text_eq(text, needle->folded);
	case CARD_STARTS_WITH: return text_starts(text, needle->folded);
	case CARD_ENDS_WITH: return text_ends(text, needle->folded);
	case CARD_CONTAINS: break;
	}
	return text_find(text, needle->folded) >= 0;
}

static bool holds(const struct needle *needle, struct subject *subject)
{
	struct text *folded = &subject->folded[needle->collation];

	if (!folded->ptr)
		*folded = collate(subject->scratch, needle->collation, subject->folded[CARD_OCTET]);
	return compare(needle, *folded);
}

static bool value_holds(
        struct arena *scratch, const struct needle *needle, struct text value, bool list)
{
	struct text piece;

	value = collate(scratch, needle->collation, vcard_param_text(scratch, value));
	if (compare(needle, value))
		return true;
	while (list && text_split(&value, ',', &piece))
		if (compare(needle, piece))
			return true;
	return false;
}

/* RFC 6352 10.5.2 */
static bool param_passes(
        struct arena *scratch, const struct param_test *test, const struct vcard_parts *parts)
{
	const struct card_param_filter *filter = test->filter;
	bool is_type = text_eq_nocase(filter->name, TEXT("TYPE")), found = false, any = false;
	struct text rest = parts->params, value;
	struct vcard_param param;

	if (!rest.len)
		return filter->is_not_defined;
	while (vcard_param_next(&rest, &param)) {
		if (param.name.ptr ? !text_eq_nocase(param.name, filter->name) : !is_type)
			continue;
		found = true;
		while (filter->has_match && !any && vcard_value_next(&param.values, &value))
			any = value_holds(scratch, &test->needle, value, is_type);
	}
	if (filter->is_not_defined)
		return !found;
	return found && (!filter->has_match || any != test->needle.negate);
}

/* Do the tests of this prop-filter hold for this one property? (RFC 6352 10.5.1) */
static bool prop_passes(struct arena *scratch, const struct prop_test *prop,
        const struct vcard_parts *parts, struct subject *subject)
{
	const struct card_prop_filter *filter = prop->filter;
	bool all = filter->test == CARD_ALLOF;

	if (!filter->texts.len && !filter->params.len)
		return !filter->is_not_defined;
	for (size_t i = 0; i < filter->texts.len; i++)
		if ((holds(&prop->needles[i], subject) != prop->needles[i].negate) != all)
			return !all;
	for (size_t i = 0; i < filter->params.len; i++)
		if (param_passes(scratch, &prop->params[i], parts) != all)
			return !all;
	return all;
}

static bool is_asked_for(const struct card_matcher *matcher, struct text name)
{
	if (!name.len)
		return true;
	for (size_t i = 0; i < matcher->len; i++)
		if (text_eq_nocase(matcher->props[i].name, name))
			return true;
	return false;
}

static void try_line(
        struct card_matcher *matcher, struct arena *scratch, const struct vcard_line *line)
{
	struct subject subject = { scratch, { { NULL, 0 } } };
	struct vcard_parts parts;

	if (!vcard_line_parts(vcard_line_unfold(scratch, line), &parts))
		return;
	for (size_t i = 0; i < matcher->len; i++) {
		struct prop_test *prop = &matcher->props[i];

		if (prop->passed || !text_eq_nocase(prop->name, parts.name) ||
		        (prop->group.ptr && !text_eq_nocase(prop->group, parts.group)))
			continue;
		prop->seen = true;
		if (!subject.folded[CARD_OCTET].ptr)
			subject.folded[CARD_OCTET] = vcard_unescape(scratch, parts.value);
		prop->passed = prop_passes(scratch, prop, &parts, &subject);
	}
}

static bool verdict_of(const struct prop_test *prop)
{
	return prop->passed || (prop->filter->is_not_defined && !prop->seen);
}

/* Nothing that may follow in the card can change the verdict. */
static bool is_settled(const struct card_matcher *matcher)
{
	size_t passed = 0;

	for (size_t i = 0; i < matcher->len; i++)
		passed += matcher->props[i].passed;
	return passed && (matcher->test == CARD_ANYOF || passed == matcher->len);
}

bool card_matches(struct card_matcher *matcher, struct text body)
{
	struct arena *scratch = NULL;
	struct vcard_line line;
	bool all = matcher->test == CARD_ALLOF, verdict = all;

	if (!matcher->len)
		return true;
	for (size_t i = 0; i < matcher->len; i++)
		matcher->props[i].seen = matcher->props[i].passed = false;
	while (vcard_line_next(&body, &line)) {
		if (!is_asked_for(matcher, vcard_line_name(&line)))
			continue;
		if (!scratch)
			scratch = arena_new();
		try_line(matcher, scratch, &line);
		if (is_settled(matcher))
			break;
	}
	arena_free(&scratch);
	for (size_t i = 0; verdict == all && i < matcher->len; i++)
		verdict = verdict_of(&matcher->props[i]);
	return verdict;
}
