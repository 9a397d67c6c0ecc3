#include "object/ical_edit.h"

#include "base/str.h"

/* A property or a component inside, in the order in which they stand. */
struct piece {
	struct ical_prop *prop; /* NULL: a component */
	struct text raw;        /* as sent; of a property that was changed: absent */
};

struct ical_edit {
	struct arena *arena;
	struct text head, tail;  /* what stands before and behind */
	struct text source, raw; /* of the object, of the component */
	VEC(struct piece) pieces;
	bool changed;
};

static void push_piece(struct ical_edit *edit, struct ical_prop *prop, struct text raw)
{
	struct piece *piece = vec_push(edit->arena, &edit->pieces);

	piece->prop = prop;
	piece->raw = raw;
}

static struct ical_prop *copy_prop(struct ical_edit *edit, const struct ical_prop *prop)
{
	struct ical_prop *copy = arena_make(edit->arena, struct ical_prop);

	*copy = *prop;
	copy->next = NULL;
	return copy;
}

/* Properties and components as one list: both are in order already. */
static void gather(struct ical_edit *edit, const struct ical_comp *comp)
{
	const struct ical_prop *prop = comp->props;
	const struct ical_comp *child = comp->children;

	while (prop || child) {
		if (prop && (!child || prop->line.ptr < child->raw.ptr)) {
			push_piece(edit, copy_prop(edit, prop), prop->line);
			prop = prop->next;
		} else {
			push_piece(edit, NULL, child->raw);
			child = child->next;
		}
	}
}

static const char *line_end(struct text text)
{
	ptrdiff_t end = text_find_char(text, '\n');

	return text.ptr + (end < 0 ? (ptrdiff_t)text.len : end + 1);
}

/* Where the END line of these bytes begins. */
static const char *last_line(struct text raw)
{
	size_t at = raw.len;

	while (at > 0 && (raw.ptr[at - 1] == '\n' || raw.ptr[at - 1] == '\r'))
		at--;
	while (at > 0 && raw.ptr[at - 1] != '\n')
		at--;
	return raw.ptr + at;
}

struct ical_edit *ical_edit_of(
        struct arena *arena, const struct ical *ical, const struct ical_comp *comp)
{
	struct ical_edit *edit = arena_make(arena, struct ical_edit);
	struct text source = ical_bytes(ical);
	const char *end = source.ptr + source.len, *first = line_end(comp->raw);
	const char *last = last_line(comp->raw);

	edit->arena = arena;
	edit->source = source;
	edit->raw = comp->raw;
	edit->head = (struct text){ source.ptr, (size_t)(first - source.ptr) };
	edit->tail = (struct text){ last, (size_t)(end - last) };
	gather(edit, comp);
	return edit;
}

/* ---- looking ---- */

const struct ical_prop *ical_edit_prop(const struct ical_edit *edit, struct text name, size_t i)
{
	for (size_t k = 0; k < edit->pieces.len; k++) {
		const struct ical_prop *prop = edit->pieces.at[k].prop;

		if (prop && text_eq_nocase(prop->name, name) && i-- == 0)
			return prop;
	}
	return NULL;
}

static struct piece *piece_named(struct ical_edit *edit, struct text name)
{
	for (size_t k = 0; k < edit->pieces.len; k++)
		if (edit->pieces.at[k].prop && text_eq_nocase(edit->pieces.at[k].prop->name, name))
			return &edit->pieces.at[k];
	return NULL;
}

/* ---- changing ---- */

/* Behind the last property, before the components. */
static void insert(struct ical_edit *edit, struct ical_prop *prop)
{
	size_t at = edit->pieces.len;

	while (at > 0 && !edit->pieces.at[at - 1].prop)
		at--;
	vec_push(edit->arena, &edit->pieces);
	for (size_t k = edit->pieces.len - 1; k > at; k--)
		edit->pieces.at[k] = edit->pieces.at[k - 1];
	edit->pieces.at[at] = (struct piece){ prop, prop->line };
	edit->changed = true;
}

void ical_edit_add(struct ical_edit *edit, struct text name, struct text params, struct text value)
{
	struct ical_prop *prop = arena_make(edit->arena, struct ical_prop);

	prop->id = ical_prop_id_of(name);
	prop->name = name;
	prop->params = params;
	prop->value = value;
	insert(edit, prop);
}

void ical_edit_set(struct ical_edit *edit, const char *name, struct text params, struct text value)
{
	struct piece *piece = piece_named(edit, text_of(name));

	if (!piece) {
		ical_edit_add(edit, text_of(name), params, value);
		return;
	}
	if (text_eq(piece->prop->params, params) && text_eq(piece->prop->value, value))
		return;
	piece->prop->params = params;
	piece->prop->value = value;
	piece->raw = TEXT_NONE;
	edit->changed = true;
}

void ical_edit_copy(struct ical_edit *edit, const struct ical_prop *prop)
{
	insert(edit, copy_prop(edit, prop));
}

static void remove_where(struct ical_edit *edit, const struct ical_prop *one, struct text name)
{
	size_t kept = 0;

	for (size_t k = 0; k < edit->pieces.len; k++) {
		const struct ical_prop *prop = edit->pieces.at[k].prop;

		if (prop && (prop == one || (name.ptr && text_eq_nocase(prop->name, name))))
			edit->changed = true;
		else
			edit->pieces.at[kept++] = edit->pieces.at[k];
	}
	edit->pieces.len = kept;
}

void ical_edit_remove(struct ical_edit *edit, const struct ical_prop *prop)
{
	remove_where(edit, prop, TEXT_NONE);
}

void ical_edit_remove_all(struct ical_edit *edit, const char *name)
{
	remove_where(edit, NULL, text_of(name));
}

void ical_edit_add_comp(struct ical_edit *edit, struct text raw)
{
	push_piece(edit, NULL, raw);
	edit->changed = true;
}

void ical_edit_remove_comp(struct ical_edit *edit, const struct ical_comp *comp)
{
	size_t kept = 0;

	for (size_t k = 0; k < edit->pieces.len; k++) {
		if (!edit->pieces.at[k].prop && edit->pieces.at[k].raw.ptr == comp->raw.ptr)
			edit->changed = true;
		else
			edit->pieces.at[kept++] = edit->pieces.at[k];
	}
	edit->pieces.len = kept;
}

/* ---- writing ---- */

bool ical_edit_changed(const struct ical_edit *edit)
{
	return edit->changed;
}

static void write_prop(struct buf *out, const struct ical_prop *prop)
{
	struct buf line;

	buf_init(&line, out->arena);
	buf_add(&line, prop->name);
	if (prop->params.len) {
		buf_char(&line, ';');
		buf_add(&line, prop->params);
	}
	buf_char(&line, ':');
	buf_add(&line, prop->value);
	ical_line(out, buf_text(&line));
}

static void write_pieces(const struct ical_edit *edit, struct buf *out)
{
	for (size_t k = 0; k < edit->pieces.len; k++) {
		const struct piece *piece = &edit->pieces.at[k];

		if (piece->raw.ptr)
			buf_add(out, piece->raw);
		else
			write_prop(out, piece->prop);
	}
}

struct text ical_edit_comp(struct ical_edit *edit)
{
	const char *first = edit->head.ptr + edit->head.len, *end = edit->raw.ptr + edit->raw.len;
	struct buf out;

	if (!edit->changed)
		return edit->raw;
	buf_init(&out, edit->arena);
	buf_add(&out, (struct text){ edit->raw.ptr, (size_t)(first - edit->raw.ptr) });
	write_pieces(edit, &out);
	buf_add(&out, (struct text){ edit->tail.ptr, (size_t)(end - edit->tail.ptr) });
	return buf_text(&out);
}

struct text ical_edit_body(struct ical_edit *edit)
{
	struct buf out;

	if (!edit->changed)
		return edit->source;
	buf_init(&out, edit->arena);
	buf_reserve(&out, edit->source.len);
	buf_add(&out, edit->head);
	write_pieces(edit, &out);
	buf_add(&out, edit->tail);
	return buf_text(&out);
}
