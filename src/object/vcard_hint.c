/* What an index can say about a filter, before any card is read. */
#include "object/vcard_facts.h"
#include "object/vcard_filter.h"

#include "base/str.h"

static void add_hint(struct arena *arena, struct card_hints *hints, struct text name,
        const struct card_text_match *match)
{
	struct card_hint *hint = vec_push(arena, hints);

	hint->name = name;
	/* Folding forgets more than any collation, and does so letter by letter: what contains the
	 * needle under a collation contains it folded. */
	hint->key = match ? text_fold(arena, match->text) : TEXT("");
}

static const struct card_text_match *best_text(const struct card_prop_filter *filter)
{
	const struct card_text_match *best = NULL;

	for (size_t i = 0; i < filter->texts.len; i++) {
		const struct card_text_match *match = &filter->texts.at[i];

		if (!match->negate && (!best || match->text.len > best->text.len))
			best = match;
	}
	return best;
}

static bool is_plain_alternatives(const struct card_prop_filter *filter)
{
	for (size_t i = 0; i < filter->texts.len; i++)
		if (filter->texts.at[i].negate)
			return false;
	return filter->texts.len && !filter->params.len;
}

/* Hints for one prop-filter; none if the index cannot narrow it. */
static struct card_hints prop_hints(struct arena *arena, const struct card_prop_filter *filter)
{
	struct card_hints hints = VEC_EMPTY;
	ptrdiff_t dot = text_find_char(filter->name, '.');
	struct text name = text_ascii_casemap(arena, text_from(filter->name, (size_t)(dot + 1)));

	if (filter->is_not_defined || !vcard_is_indexed(name))
		return hints;
	if (filter->test == CARD_ALLOF) {
		add_hint(arena, &hints, name, best_text(filter));
	} else if (is_plain_alternatives(filter)) {
		for (size_t i = 0; i < filter->texts.len; i++)
			add_hint(arena, &hints, name, &filter->texts.at[i]);
	} else {
		add_hint(arena, &hints, name, NULL);
	}
	return hints;
}

/* The shortest key says how much a set of alternatives narrows. */
static size_t worth(const struct card_hints *hints)
{
	size_t shortest = SIZE_MAX;

	for (size_t i = 0; i < hints->len; i++)
		if (hints->at[i].key.len < shortest)
			shortest = hints->at[i].key.len;
	return shortest;
}

struct card_hints card_filter_hints(struct arena *arena, const struct card_filter *filter)
{
	struct card_hints all = VEC_EMPTY, none = VEC_EMPTY;

	for (size_t i = 0; i < filter->props.len; i++) {
		struct card_hints hints = prop_hints(arena, &filter->props.at[i]);

		if (filter->test == CARD_ALLOF) {
			if (hints.len && (!all.len || worth(&hints) > worth(&all)))
				all = hints;
			continue;
		}
		if (!hints.len)
			return none;
		for (size_t j = 0; j < hints.len; j++)
			*vec_push(arena, &all) = hints.at[j];
	}
	return all;
}
