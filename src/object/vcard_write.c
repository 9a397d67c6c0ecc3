/* Cards that are made or changed, and cards as text. */
#include "object/vcard_priv.h"

struct vcard_prop *vcard_link(struct vcard *card)
{
	struct vcard_prop *prop = arena_make(card->arena, struct vcard_prop);

	if (card->last)
		card->last->next = prop;
	else
		card->first = prop;
	card->last = prop;
	return prop;
}

struct vcard *vcard_new(struct arena *arena, enum vcard_version version)
{
	struct vcard *card = arena_make(arena, struct vcard);

	assert(version != VCARD_OTHER);
	card->arena = arena;
	card->changed = true;
	card->eol = TEXT("\r\n");
	card->head = TEXT("BEGIN:VCARD\r\n");
	card->tail = TEXT("END:VCARD\r\n");
	vcard_add(card, TEXT_NONE, "VERSION", TEXT(""),
	        version == VCARD_3 ? TEXT("3.0") : TEXT("4.0"));
	return card;
}

struct vcard_prop *vcard_add(struct vcard *card, struct text group, const char *name,
        struct text params, struct text value)
{
	struct vcard_prop *prop = vcard_link(card);

	prop->group = group;
	prop->name = text_of(name);
	prop->params = params;
	prop->value = value;
	card->changed = true;
	card->count++;
	return prop;
}

struct vcard_prop *vcard_add_copy(struct vcard *card, const struct vcard_prop *prop)
{
	struct vcard_prop *copy = vcard_link(card);

	*copy = *prop;
	copy->next = NULL;
	card->changed = true;
	card->count++;
	return copy;
}

void vcard_set_value(struct vcard_prop *prop, struct text value)
{
	if (text_eq(prop->value, value))
		return;
	prop->value = value;
	prop->line = TEXT_NONE;
}

void vcard_set_params(struct vcard_prop *prop, struct text params)
{
	if (text_eq(prop->params, params))
		return;
	prop->params = params;
	prop->line = TEXT_NONE;
}

void vcard_set_text(struct vcard *card, const char *name, struct text text)
{
	struct vcard_prop *prop = vcard_first(card, name);
	struct text value;

	if (!text.ptr) {
		vcard_remove_all(card, name);
		return;
	}
	value = vcard_escape(card->arena, text);
	if (prop)
		vcard_set_value(prop, value);
	else
		vcard_add(card, TEXT_NONE, name, TEXT(""), value);
}

static void remove_where(struct vcard *card, const struct vcard_prop *one, const char *name)
{
	struct vcard_prop **at = &card->first, *last = NULL;

	while (*at) {
		if (*at == one || (name && vcard_is(*at, name))) {
			*at = (*at)->next;
			card->changed = true;
			card->count--;
		} else {
			last = *at;
			at = &last->next;
		}
	}
	card->last = last;
}

void vcard_remove(struct vcard *card, const struct vcard_prop *prop)
{
	remove_where(card, prop, NULL);
}

void vcard_remove_all(struct vcard *card, const char *name)
{
	remove_where(card, NULL, name);
}

/* ---- as text ---- */

static bool is_unchanged(const struct vcard *card)
{
	if (card->changed || !card->source.ptr)
		return false;
	for (const struct vcard_prop *prop = card->first; prop; prop = prop->next)
		if (!prop->line.ptr)
			return false;
	return true;
}

static void join(struct buf *line, const struct vcard_prop *prop)
{
	line->len = 0;
	if (prop->group.len) {
		buf_add(line, prop->group);
		buf_char(line, '.');
	}
	buf_add(line, prop->name);
	if (prop->params.len) {
		buf_char(line, ';');
		buf_add(line, prop->params);
	}
	buf_char(line, ':');
	buf_add(line, prop->value);
}

struct text vcard_body(struct arena *arena, const struct vcard *card)
{
	struct buf out, line;

	if (is_unchanged(card))
		return card->source;
	buf_init(&out, arena);
	buf_init(&line, arena);
	buf_reserve(&out, card->source.len);
	buf_add(&out, card->head);
	for (const struct vcard_prop *prop = card->first; prop; prop = prop->next) {
		if (prop->line.ptr) {
			buf_add(&out, prop->line);
			continue;
		}
		join(&line, prop);
		vcard_line_fold(&out, buf_text(&line), card->eol);
	}
	buf_add(&out, card->tail);
	return buf_text(&out);
}
