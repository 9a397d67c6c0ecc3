/* merge_card.c - cards: habits of clients, and what is no field of ours. */
#include "base/base.h"
#include "base/str.h"
#include "crm/card_impl.h"
#include "crm/merge_impl.h"
#include "object/vcard_convert.h"
#include "object/vcard_facts.h"

bool merge_card_side(struct merging *g, struct text body, struct side *side)
{
	struct work *work = g->work;

	side->values = crm_json_own(work->arena, json_object());
	if (!side->card && !vcard_parse(work->arena, &work->err, body, &side->card))
		return false;
	return crm_card_read(work, side->card, g->m->noun, side->values);
}

/* ---- names ---- */

static const char *const PARTS[] = { "prefix", "given", "additional", "family", "suffix" };

/* How many words of `text` there are among `words`; a word is used once. */
static size_t count_words(struct arena *arena, struct text text, struct text words, size_t *count)
{
	struct text rest = text, word;
	size_t found = 0;

	*count = 0;
	while (rest.ptr && text_split(&rest, ' ', &word)) {
		struct text others = words, other;
		bool there = false;

		word = text_fold(arena, word);
		if (!word.len)
			continue;
		++*count;
		while (!there && others.ptr && text_split(&others, ' ', &other))
			there = text_eq(text_fold(arena, other), word);
		found += there;
	}
	return found;
}

/* The same words, in whatever order, with whatever commas. */
static bool same_words(struct arena *arena, struct text a, struct text b)
{
	size_t in_a, in_b;

	return count_words(arena, a, b, &in_a) == in_a && count_words(arena, b, a, &in_b) == in_b &&
	       in_a == in_b;
}

static struct text spaced(struct arena *arena, struct text text)
{
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < text.len; i++)
		buf_char(&out, text.ptr[i] == ',' ? ' ' : text.ptr[i]);
	return buf_text(&out);
}

static struct text join_parts(struct arena *arena, const json_t *values, bool all)
{
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < COUNT_OF(PARTS); i++) {
		if (!all && strcmp(PARTS[i], "given") != 0 && strcmp(PARTS[i], "family") != 0)
			continue;
		buf_add(&out, crm_get_text(values, PARTS[i]));
		buf_char(&out, ' ');
	}
	return spaced(arena, buf_text(&out));
}

static bool is_made_of_parts(struct arena *arena, const json_t *values)
{
	struct text name = spaced(arena, crm_get_text(values, "name"));

	return same_words(arena, name, join_parts(arena, values, true)) ||
	       same_words(arena, name, join_parts(arena, values, false));
}

/* Android and Apple make FN anew of N whenever they save a card. */
static void keep_name(struct merging *g)
{
	json_t *name = json_object_get(g->base.values, "name");

	for (size_t i = 0; i < COUNT_OF(PARTS); i++)
		if (body_differs(PARTS[i], g->base.values, g->sent.values))
			return;
	if (name && is_made_of_parts(g->work->arena, g->sent.values))
		json_object_set(g->sent.values, "name", name);
}

static struct text org_of(struct arena *arena, const struct vcard *card)
{
	const struct vcard_prop *prop = vcard_first(card, "ORG");
	struct text raw = prop ? vcard_field(prop->value, ';', 0) : TEXT_NONE;

	return raw.ptr ? body_line(arena, vcard_unescape(arena, raw), BODY_LINE_MAX) : TEXT_NONE;
}

/* Who renames a company may do so in ORG alone. */
static void take_company(struct merging *g)
{
	struct text is = org_of(g->work->arena, g->sent.card);

	if (is.len && !body_differs("name", g->base.values, g->sent.values) &&
	        !text_eq(is, org_of(g->work->arena, g->base.card)))
		body_put(g->sent.values, "name", is);
}

/* Who adds a status to the one that is there means the new one. */
static bool take_status(struct merging *g)
{
	int64_t was = crm_get_int(g->base.values, "status");
	const json_t *word;
	size_t i;

	if (g->m->noun != CRM_LEAD || crm_get_int(g->sent.values, "status") != was)
		return true;
	json_array_foreach(card_categories(g->work, g->sent.card), i, word)
	{
		struct crm_row *row;

		if (!crm_row_named(g->work, CRM_LEAD_STATUS, body_text(word), &row))
			return false;
		if (!row || row->id == was)
			continue;
		json_object_set_new(g->sent.values, "status", json_integer(row->id));
		break;
	}
	return true;
}

bool merge_card_habits(struct merging *g)
{
	struct text name = crm_get_text(g->sent.values, "name");

	if (!name.len && !g->m->old)
		body_put(g->sent.values, "name", vcard_display_name(g->work->arena, g->sent.card));
	if (!g->m->old)
		return true;
	if (g->m->noun == CRM_ACCOUNT)
		take_company(g);
	else
		keep_name(g);
	return take_status(g);
}

/* ---- what is no field ---- */

static bool begins(const struct vcard_prop *prop, const char *start)
{
	return text_starts_nocase(prop->name, text_of(start));
}

/* Written here from values, or not worth keeping; labels go with what they label. */
static bool is_ours(const struct merging *g, const struct vcard_prop *prop)
{
	static const char *const NAMES[] = { "VERSION", "PRODID", "REV", "UID", "FN", "N", "ORG",
		"KIND", "X-ABSHOWAS", "CATEGORIES", "X-ABLABEL", "X-ABADR", "LABEL" };
	const struct crm_field *field;

	for (size_t i = 0; i < COUNT_OF(NAMES); i++)
		if (vcard_is(prop, NAMES[i]))
			return true;
	for (size_t i = 0; (field = crm_field_at(g->m->noun, i)); i++)
		if (field->wire && vcard_is(prop, field->wire))
			return true;
	return begins(prop, "X-KONTOR-");
}

static struct vcard_prop *find_like(const struct vcard *card, const struct vcard_prop *like)
{
	struct vcard_prop *prop = vcard_props(card);

	while (prop && !(text_eq_nocase(prop->name, like->name) &&
	                       text_eq(text_trim(prop->value), text_trim(like->value))))
		prop = prop->next;
	return prop;
}

static bool has_name(const struct vcard *card, struct text name)
{
	const struct vcard_prop *prop = vcard_props(card);

	while (prop && !text_eq_nocase(prop->name, name))
		prop = prop->next;
	return prop != NULL;
}

bool merge_card_rest(struct merging *g)
{
	const struct vcard_prop *prop;

	for (prop = vcard_props(g->sent.card); prop; prop = prop->next)
		if (!is_ours(g, prop) && !find_like(g->base.card, prop))
			return true;
	for (prop = vcard_props(g->base.card); prop; prop = prop->next)
		if (!is_ours(g, prop) && !find_like(g->sent.card, prop) &&
		        has_name(g->sent.card, prop->name))
			return true;
	return false;
}

static bool group_is_taken(const struct vcard *card, struct text group)
{
	const struct vcard_prop *prop = vcard_props(card);

	while (prop && !text_eq_nocase(prop->group, group))
		prop = prop->next;
	return prop != NULL;
}

/* A copy of a property of the stored card, with the labels of its group, in a group nobody has. */
static void bring_back(struct merging *g, const struct vcard_prop *prop)
{
	struct vcard *to = g->sent.card;
	struct text group = prop->group;
	const struct vcard_prop *beside = group.len ? vcard_props(g->now.card) : NULL;
	struct vcard_prop *copy = vcard_add_copy(to, prop);

	copy->group = TEXT_NONE;
	for (int n = 1; group.len && group_is_taken(to, group); n++)
		group = arena_printf(g->work->arena, "item%d", n);
	copy->group = group;
	if (!text_eq(group, prop->group))
		copy->line = TEXT_NONE;
	for (; beside; beside = beside->next) {
		if (beside == prop || !text_eq_nocase(beside->group, prop->group) ||
		        !begins(beside, "X-AB"))
			continue;
		copy = vcard_add_copy(to, beside);
		if (!text_eq(group, beside->group))
			copy->line = TEXT_NONE;
		copy->group = group;
	}
}

/* Who sends none of a name does not know it; who sends others has changed them. */
static void bring_back_rest(struct merging *g)
{
	for (const struct vcard_prop *p = vcard_props(g->now.card); p; p = p->next) {
		if (is_ours(g, p) || find_like(g->sent.card, p))
			continue;
		if (!has_name(g->sent.card, p->name) || !find_like(g->base.card, p))
			bring_back(g, p);
	}
}

static size_t size_of(const struct vcard_prop *prop)
{
	return prop->line.ptr ? prop->line.len
	                      : prop->name.len + prop->params.len + prop->value.len;
}

static void bound_rest(struct merging *g)
{
	struct vcard_prop *next;
	size_t size = 0;

	for (struct vcard_prop *p = vcard_props(g->sent.card); p; p = next) {
		next = p->next;
		if (is_ours(g, p))
			continue;
		size += size_of(p);
		if (size > MERGE_UNKNOWN_MAX)
			vcard_remove(g->sent.card, p);
	}
}

/* Nobody but us writes these: what is not as we wrote it goes. */
static void drop_forged(struct merging *g)
{
	struct vcard_prop *next;

	for (struct vcard_prop *p = vcard_props(g->sent.card); p; p = next) {
		next = p->next;
		if (begins(p, "X-KONTOR-") && !(g->now.card && find_like(g->now.card, p)))
			vcard_remove(g->sent.card, p);
	}
}

/* ---- the body ---- */

/* A company stays one for clients that know no sign of it. */
static void keep_kind(struct merging *g)
{
	struct vcard *card = g->sent.card;
	const struct vcard_prop *org = vcard_first(g->now.card, "ORG");

	if (card_is_org(g->work->arena, g->now.card) && !card_is_org(g->work->arena, card))
		card_write_kind(card, true);
	if (g->m->noun == CRM_ACCOUNT && org && !vcard_first(card, "ORG"))
		vcard_add_copy(card, org);
}

bool merge_card_version(struct merging *g)
{
	return vcard_version(g->sent.card) == vcard_version(g->now.card) ||
	       vcard_convert(g->work->arena, &g->work->err, g->sent.card,
	               vcard_version(g->now.card), &g->sent.card);
}

/* To the byte, where it is no edit. */
static void keep_texts(struct merging *g)
{
	const struct crm_field *field;

	for (size_t i = 0; (field = crm_field_at(g->m->noun, i)); i++) {
		struct vcard_prop *sent, *now;

		if (!field->wire || strchr(field->wire, ':') || !merge_is_untouched(g, field))
			continue;
		sent = vcard_first(g->sent.card, field->wire);
		now = vcard_first(g->now.card, field->wire);
		if (sent && now)
			vcard_set_value(sent, now->value);
	}
}

bool merge_card_body(struct merging *g)
{
	struct crm_draft *draft = g->m->draft;
	struct side *sent = &g->sent;

	drop_forged(g);
	if (g->m->old) {
		keep_texts(g);
		bring_back_rest(g);
		keep_kind(g);
		/* What was merged into another answers to two UIDs, and bears one. */
		if (!text_eq(vcard_uid(sent->card), draft->uid))
			vcard_set_text(sent->card, "UID", draft->uid);
	}
	bound_rest(g);
	/* As the card says it, not as it was understood. */
	json_object_clear(sent->values);
	if (!crm_card_read(g->work, sent->card, draft->noun, sent->values) ||
	        !crm_card_write(g->work, sent->card, draft->noun, sent->values, draft->now))
		return false;
	draft->tree = sent->card;
	g->m->body = vcard_body(g->work->arena, sent->card);
	return true;
}
