/* One body a run: as a card, as a file of cards and as jCard. Claims: what is accepted comes back
 * byte for byte, is accepted again in the other version and as jCard, is found by its own values,
 * and by what the index knows of them. */
#include "fuzz.h"
#include "object/jcard.h"
#include "object/vcard_check.h"
#include "object/vcard_convert.h"
#include "object/vcard_facts.h"
#include "object/vcard_filter.h"
#include "object/vcard_trim.h"

static struct vcard *accepted(struct arena *arena, struct text body)
{
	struct vcard *card = NULL;
	struct err err = { 0 };
	bool ok = vcard_accept(arena, &err, body, 1 << 20, &card);

	FUZZ_CLAIM(ok == !err_is_set(&err));
	return ok ? card : NULL;
}

static bool is_hinted(const struct card_hints *hints, const struct vcard_facts *facts)
{
	for (size_t i = 0; i < hints->len; i++)
		for (size_t j = 0; j < facts->indexed.len; j++) {
			const struct vcard_indexed *row = &facts->indexed.at[j];

			if (text_eq(hints->at[i].name, row->name) &&
			        (row->cut || text_find(row->key, hints->at[i].key) >= 0))
				return true;
		}
	return !hints->len;
}

static void find_by(struct arena *arena, struct text body, const struct vcard_prop *prop,
        const struct vcard_facts *facts)
{
	struct card_filter filter = { .test = CARD_ALLOF };
	struct card_prop_filter *wanted = vec_push(arena, &filter.props);
	struct card_text_match *match = vec_push(arena, &wanted->texts);
	struct err err = { 0 };
	struct card_hints hints;

	wanted->name = prop->name;
	match->text = vcard_value_text(arena, prop);
	match->match = (enum card_match)(match->text.len % 4);
	match->collation = (enum card_collation)(match->text.len % 3);
	FUZZ_CLAIM(card_matches(card_matcher_new(arena, &err, &filter), body));
	hints = card_filter_hints(arena, &filter);
	FUZZ_CLAIM(is_hinted(&hints, facts));
	wanted->texts.len = 0;
	wanted->is_not_defined = true;
	FUZZ_CLAIM(!card_matches(card_matcher_new(arena, &err, &filter), body));
}

static void trim(struct arena *arena, struct text body, const struct vcard_prop *prop)
{
	struct card_wanted wanted = { 0 };
	struct vcard *card = NULL;
	struct err err = { 0 };

	vec_push(arena, &wanted.props)->name = prop->name;
	body = vcard_trim(arena, body, &wanted);
	FUZZ_CLAIM(vcard_parse(arena, &err, body, &card));
	FUZZ_CLAIM(vcard_first(card, arena_cstr(arena, prop->name)));
	wanted.props.at[0].novalue = true;
	body = vcard_trim(arena, body, &wanted);
	FUZZ_CLAIM(vcard_parse(arena, &err, body, &card));
}

static void look_into(struct arena *arena, struct text body, struct vcard *card)
{
	struct vcard_facts facts;
	int looked = 0;

	vcard_facts(arena, card, &facts);
	FUZZ_CLAIM(facts.uid.len && facts.version != VCARD_OTHER);
	for (const struct vcard_prop *prop = vcard_props(card); prop && looked < 20;
	        prop = prop->next, looked++) {
		find_by(arena, body, prop, &facts);
		trim(arena, body, prop);
	}
}

static void convert(struct arena *arena, struct vcard *card)
{
	bool is_4 = vcard_version(card) == VCARD_4;
	struct vcard *other = NULL, *again;
	struct err err = { 0 };

	FUZZ_CLAIM(vcard_convert(arena, &err, card, is_4 ? VCARD_3 : VCARD_4, &other));
	again = accepted(arena, vcard_body(arena, other));
	FUZZ_CLAIM(again && vcard_version(again) != vcard_version(card));
	FUZZ_CLAIM(text_eq(vcard_uid(again), vcard_uid(card)));
}

static void as_json(struct arena *arena, struct vcard *card)
{
	struct err err = { 0 };
	struct text json, body;

	FUZZ_CLAIM(jcard_write(arena, &err, card, &json));
	FUZZ_CLAIM(jcard_read(arena, &err, json, &body));
	FUZZ_CLAIM(accepted(arena, body));
}

/* Every line written anew must read as it did. */
static void rewrite(struct arena *arena, struct vcard *card)
{
	struct vcard_prop *prop, *other;
	struct vcard *again;

	for (prop = vcard_props(card); prop; prop = prop->next)
		prop->line = TEXT_NONE;
	again = accepted(arena, vcard_body(arena, card));
	FUZZ_CLAIM(again);
	other = vcard_props(again);
	for (prop = vcard_props(card); prop; prop = prop->next, other = other->next) {
		FUZZ_CLAIM(other && text_eq(prop->group, other->group));
		FUZZ_CLAIM(text_eq(prop->params, other->params));
		FUZZ_CLAIM(text_eq(prop->value, other->value));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct text data = { len ? (const char *)bytes : "", len }, rest = data, body;
	struct arena *arena = arena_new();
	struct vcard *card = accepted(arena, data);
	struct err err = { 0 };

	if (card) {
		FUZZ_CLAIM(text_eq(vcard_body(arena, card), data));
		look_into(arena, data, card);
		convert(arena, card);
		as_json(arena, card);
		rewrite(arena, card);
	}
	while (vcard_split(&err, &rest, &body))
		FUZZ_CLAIM(body.len);
	err_clear(&err);
	if (jcard_read(arena, &err, data, &body))
		(void)accepted(arena, body);
	else
		FUZZ_CLAIM(err_is_set(&err));
	arena_free(&arena);
	return 0;
}
