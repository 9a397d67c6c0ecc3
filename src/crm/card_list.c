/* card_list.c - TEL, EMAIL, URL and ADR: as lists of items, and back. */
#include "base/base.h"
#include "base/str.h"
#include "crm/card_impl.h"
#include "object/vcard_facts.h"

/* The parts of ADR that are values; the post office box and the extension before them stay. */
enum { ADR_SKIPPED = 2, ADR_PARTS = 5 };
static const char *const ADR_KEYS[ADR_PARTS] = { "street", "city", "region", "code", "country" };

bool card_is_list(const struct crm_field *field)
{
	return field->type == CRM_TYPE_PHONES || field->type == CRM_TYPE_MAILS ||
	       field->type == CRM_TYPE_URLS || field->type == CRM_TYPE_ADDRESSES;
}

/* ---- types ---- */

/* What a list calls a type, and the words of TYPE it stands for; the first that has all its words
 * is it. */
static const struct {
	const char *type, *words[2];
} TYPES[] = {
	{ "cell", { "cell" } },
	{ "work fax", { "fax", "work" } },
	{ "home fax", { "fax", "home" } },
	{ "fax", { "fax" } },
	{ "pager", { "pager" } },
	{ "main", { "main" } },
	{ "work", { "work" } },
	{ "home", { "home" } },
	{ "other", { "other" } },
};

static bool has_words(const struct vcard_prop *prop, const char *const words[2])
{
	for (int i = 0; i < 2 && words[i]; i++)
		if (!vcard_param_has(prop, "TYPE", words[i]))
			return false;
	return true;
}

/* "_$!<Other>!$_" is "other", a label of one's own is itself. */
static struct text label_of(
        struct arena *arena, const struct vcard *card, const struct vcard_prop *prop)
{
	const struct vcard_prop *beside = vcard_beside(card, prop, "X-ABLabel");
	struct text label = beside ? text_trim(vcard_value_text(arena, beside)) : TEXT_NONE;
	char *bytes;

	if (!text_starts(label, TEXT("_$!<")) || !text_ends(label, TEXT(">!$_")))
		return body_line(arena, label, BODY_TYPE_MAX);
	label = arena_text(arena, text_sub(label, 4, label.len - 8));
	bytes = (char *)label.ptr;
	for (size_t i = 0; i < label.len; i++)
		if (bytes[i] >= 'A' && bytes[i] <= 'Z')
			bytes[i] = (char)(bytes[i] + 32);
	return label;
}

static struct text type_of(
        struct arena *arena, const struct vcard *card, const struct vcard_prop *prop)
{
	struct text label = prop->group.len ? label_of(arena, card, prop) : TEXT_NONE;

	if (label.len)
		return label;
	for (size_t i = 0; i < COUNT_OF(TYPES); i++)
		if (has_words(prop, TYPES[i].words))
			return text_of(TYPES[i].type);
	return TEXT_NONE;
}

/* TYPE of a new property; absent: only a label says it. */
static struct text type_params(
        struct arena *arena, enum vcard_version version, const char *name, struct text type)
{
	bool mail = version == VCARD_3 && !strcmp(name, "EMAIL");
	struct buf out;

	buf_init(&out, arena);
	if (mail)
		buf_add(&out, TEXT("TYPE=INTERNET"));
	for (size_t i = 0; i < COUNT_OF(TYPES) && type.len; i++) {
		if (!text_eq_nocase(type, text_of(TYPES[i].type)))
			continue;
		for (int k = 0; k < 2 && TYPES[i].words[k]; k++) {
			struct text word = text_of(TYPES[i].words[k]);

			buf_add(&out, out.len ? TEXT(",") : TEXT("TYPE="));
			buf_add(&out, version == VCARD_3 ? text_ascii_casemap(arena, word) : word);
		}
		return buf_text(&out);
	}
	return type.len ? TEXT_NONE : buf_text(&out);
}

/* ---- items ---- */

static struct text strip(struct text text, const char *scheme)
{
	struct text prefix = text_of(scheme);

	return text_starts_nocase(text, prefix) ? text_from(text, prefix.len) : text;
}

static struct text value_of(
        struct work *work, const struct crm_field *field, const struct vcard_prop *prop)
{
	struct text text = field->type == CRM_TYPE_URLS ? vcard_value_uri(work->arena, prop)
	                                                : vcard_value_text(work->arena, prop);

	text = body_line(
	        work->arena, strip(strip(text_trim(text), "tel:"), "mailto:"), BODY_LINE_MAX);
	if (field->type == CRM_TYPE_MAILS && text_find_char(text, '@') < 1)
		return TEXT_NONE;
	return text;
}

/* A street may have several lines: here it is one. */
static struct text adr_part(struct arena *arena, const struct vcard_prop *prop, size_t i)
{
	struct text raw = vcard_field(prop->value, ';', i + ADR_SKIPPED), rest, line;
	struct buf out;

	buf_init(&out, arena);
	rest = raw.ptr ? body_long(arena, vcard_unescape(arena, raw)) : TEXT_NONE;
	while (rest.ptr && text_split(&rest, '\n', &line)) {
		line = text_trim(line);
		if (out.len && line.len)
			buf_add(&out, TEXT(", "));
		buf_add(&out, line);
	}
	return body_line(arena, buf_text(&out), BODY_LINE_MAX);
}

json_t *card_item(struct work *work, const struct vcard *card, const struct crm_field *field,
        const struct vcard_prop *prop)
{
	json_t *item = crm_json_own(work->arena, json_object());

	if (field->type == CRM_TYPE_ADDRESSES)
		for (size_t i = 0; i < ADR_PARTS; i++)
			body_put(item, ADR_KEYS[i], adr_part(work->arena, prop, i));
	else
		body_put(item, "value", value_of(work, field, prop));
	if (!json_object_size(item))
		return NULL;
	body_put(item, "type", type_of(work->arena, card, prop));
	return item;
}

/* Digits alone: clients add and take blanks, brackets, the plus. */
static struct text digits_of(struct arena *arena, struct text text)
{
	struct text key = vcard_tel_key(arena, text);

	if (text_starts(key, TEXT("+")))
		key = text_from(key, 1);
	/* "sip:ann" has none: its letters count. */
	return key.len ? key : text_fold(arena, text);
}

struct text card_item_key(struct arena *arena, const struct crm_field *field, const json_t *item)
{
	struct text value = crm_get_text(item, "value");
	struct buf out;

	if (field->type == CRM_TYPE_PHONES)
		return digits_of(arena, value);
	if (field->type == CRM_TYPE_MAILS)
		return vcard_email_key(arena, value);
	if (field->type == CRM_TYPE_URLS)
		return text_ends(value, TEXT("/")) ? text_sub(value, 0, value.len - 1) : value;
	buf_init(&out, arena);
	for (size_t i = 0; i < ADR_PARTS; i++) {
		buf_add(&out, text_fold(arena, text_trim(crm_get_text(item, ADR_KEYS[i]))));
		buf_char(&out, '\n');
	}
	return buf_text(&out);
}

/* ---- writing ---- */

struct slot {
	struct vcard_prop *prop;
	json_t *item;
	struct text key;
	bool used;
};
VEC_OF(slots, struct slot);

struct listing {
	struct work *work;
	struct vcard *card;
	const struct crm_field *field;
	struct slots slots; /* what the card has */
};

static void gather(struct listing *l)
{
	for (struct vcard_prop *p = vcard_first(l->card, l->field->wire); p;
	        p = vcard_next(p, l->field->wire)) {
		json_t *item = card_item(l->work, l->card, l->field, p);

		if (item)
			*vec_push(l->work->arena, &l->slots) = (struct slot){ p, item,
				card_item_key(l->work->arena, l->field, item), false };
	}
}

void card_drop(struct vcard *card, const struct vcard_prop *prop)
{
	struct text group = prop->group;
	struct vcard_prop *next;

	vcard_remove(card, prop);
	for (struct vcard_prop *p = vcard_props(card); group.len && p; p = next) {
		next = p->next;
		if (text_eq_nocase(p->group, group))
			vcard_remove(card, p);
	}
}

/* The first group "itemN" nobody has. */
static struct text free_group(struct listing *l)
{
	for (int n = 1;; n++) {
		struct text group = arena_printf(l->work->arena, "item%d", n);
		const struct vcard_prop *p = vcard_props(l->card);

		while (p && !text_eq_nocase(p->group, group))
			p = p->next;
		if (!p)
			return group;
	}
}

static struct text raw_value(struct listing *l, const json_t *item, const struct vcard_prop *old)
{
	struct arena *arena = l->work->arena;
	struct text value = crm_get_text(item, "value"), rest = old ? old->value : TEXT(""), raw;
	struct buf out;

	if (l->field->type == CRM_TYPE_URLS)
		return value;
	if (l->field->type != CRM_TYPE_ADDRESSES)
		return vcard_escape(arena, value);
	buf_init(&out, arena);
	for (size_t i = 0; i < ADR_SKIPPED; i++) {
		if (vcard_field_next(&rest, ';', &raw))
			buf_add(&out, raw);
		buf_char(&out, ';');
	}
	for (size_t i = 0; i < ADR_PARTS; i++) {
		if (i)
			buf_char(&out, ';');
		buf_add(&out, vcard_escape(arena, crm_get_text(item, ADR_KEYS[i])));
	}
	return buf_text(&out);
}

static void set_label(struct listing *l, struct vcard_prop *prop, struct text label)
{
	struct vcard_prop *beside = vcard_beside(l->card, prop, "X-ABLabel");
	struct text raw = vcard_escape(l->work->arena, label);

	if (beside) {
		vcard_set_value(beside, raw);
		return;
	}
	if (!prop->group.len) {
		prop->group = free_group(l);
		prop->line = TEXT_NONE;
	}
	vcard_add(l->card, prop->group, "X-ABLabel", TEXT(""), raw);
}

static void set_type(struct listing *l, struct vcard_prop *prop, struct text type)
{
	struct arena *arena = l->work->arena;
	struct vcard_prop *label =
	        prop->group.len ? vcard_beside(l->card, prop, "X-ABLabel") : NULL;
	struct text params = type_params(arena, vcard_version(l->card), l->field->wire, type);
	struct text rest = vcard_param_drop(arena, prop->params, "TYPE");

	if (text_eq(type_of(arena, l->card, prop), type))
		return;
	if (!params.ptr) {
		vcard_set_params(prop, rest);
		set_label(l, prop, type);
		return;
	}
	if (label)
		vcard_remove(l->card, label);
	if (rest.len && params.len)
		params = arena_printf(arena, "%.*s;%.*s", TEXT_ARG(rest), TEXT_ARG(params));
	vcard_set_params(prop, params.len ? params : rest);
}

static void set_item(struct listing *l, struct slot *slot, const json_t *item)
{
	struct arena *arena = l->work->arena;
	json_t *was = crm_json_own(arena, json_copy(slot->item));
	json_t *is = crm_json_own(arena, json_copy((json_t *)item));

	slot->used = true;
	set_type(l, slot->prop,
	        crm_get_text(item, "type").ptr ? crm_get_text(item, "type") : TEXT(""));
	json_object_del(was, "type");
	json_object_del(is, "type");
	if (json_equal(was, is))
		return;
	vcard_set_params(slot->prop, vcard_param_drop(arena, slot->prop->params, "VALUE"));
	vcard_set_value(slot->prop, raw_value(l, item, slot->prop));
}

static void add_item(struct listing *l, const json_t *item)
{
	struct text type = crm_get_text(item, "type");
	struct text params = type_params(
	        l->work->arena, vcard_version(l->card), l->field->wire, type.ptr ? type : TEXT(""));
	struct vcard_prop *prop = vcard_add(l->card, TEXT_NONE, l->field->wire,
	        params.ptr ? params : TEXT(""), raw_value(l, item, NULL));

	if (!params.ptr)
		set_label(l, prop, type);
}

/* Which of the card's an item is: the same thing; else what stands in its place. */
static struct slot *slot_for(struct listing *l, const json_t *item)
{
	struct text key = card_item_key(l->work->arena, l->field, item);

	for (size_t i = 0; i < l->slots.len; i++)
		if (!l->slots.at[i].used && text_eq(l->slots.at[i].key, key))
			return &l->slots.at[i];
	return NULL;
}

/* Puts a property behind all others, with what belongs to its group. */
static void move_to_end(struct listing *l, const struct vcard_prop *prop)
{
	VEC(const struct vcard_prop *) beside = VEC_EMPTY;

	for (const struct vcard_prop *p = vcard_props(l->card); p; p = p->next)
		if (p == prop || (prop->group.len && text_eq_nocase(p->group, prop->group)))
			*vec_push(l->work->arena, &beside) = p;
	for (size_t i = 0; i < beside.len; i++) {
		vcard_remove(l->card, beside.at[i]);
		vcard_add_copy(l->card, beside.at[i]);
	}
}

/* From the first that stands elsewhere, all are put in order anew. */
static void write_items(struct listing *l, const json_t *list, struct slot **chosen)
{
	size_t next = 0, i;
	bool moving = false;
	const json_t *item;

	json_array_foreach(list, i, item)
	{
		if (!chosen[i]) {
			add_item(l, item);
			moving = true;
			continue;
		}
		set_item(l, chosen[i], item);
		moving = moving || (size_t)(chosen[i] - l->slots.at) < next;
		next = (size_t)(chosen[i] - l->slots.at) + 1;
		if (moving)
			move_to_end(l, chosen[i]->prop);
	}
}

/* What is no longer there gives its place, and its type, to what is new there. */
static void choose(struct listing *l, const json_t *list, struct slot **chosen)
{
	const json_t *item;
	size_t i;

	json_array_foreach(list, i, item)
	{
		chosen[i] = slot_for(l, item);
		if (chosen[i])
			chosen[i]->used = true;
	}
	json_array_foreach(list, i, item)
	{
		if (chosen[i] || i >= l->slots.len || l->slots.at[i].used)
			continue;
		chosen[i] = &l->slots.at[i];
		chosen[i]->used = true;
	}
	for (i = 0; i < l->slots.len; i++)
		if (!l->slots.at[i].used)
			card_drop(l->card, l->slots.at[i].prop);
}

void card_list_write(
        struct work *work, struct vcard *card, const struct crm_field *field, const json_t *list)
{
	struct listing l = { .work = work, .card = card, .field = field, .slots = VEC_EMPTY };
	size_t len = json_array_size(list);
	struct slot **chosen = arena_array(work->arena, len + 1, sizeof(*chosen));

	gather(&l);
	choose(&l, list, chosen);
	write_items(&l, list, chosen);
}
