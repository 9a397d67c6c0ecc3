/* card.c - what a vCard says, as values. */
#include "base/base.h"
#include "base/codec.h"
#include "base/str.h"
#include "crm/card_impl.h"
#include "object/vcard_convert.h"
#include "object/vcard_date.h"

enum { PHOTO_MAX = 700000 };

static json_t *json_of(struct arena *arena, struct text text)
{
	return text.len ? crm_json_own(arena, json_stringn(text.ptr, text.len)) : NULL;
}

/* ---- pictures ---- */

const struct vcard_prop *card_picture(
        struct work *work, const struct vcard_prop *prop, enum vcard_version version)
{
	struct vcard *from = vcard_new(work->arena, version == VCARD_4 ? VCARD_3 : VCARD_4), *to;
	struct err ignored = { 0 };

	vcard_add_copy(from, prop);
	if (!vcard_convert(work->arena, &ignored, from, version, &to))
		return NULL;
	return vcard_first(to, "PHOTO");
}

/* Only pictures that are in the card itself; addresses of pictures stay what they are. */
static json_t *read_photo(struct work *work, const struct vcard *card)
{
	const struct vcard_prop *prop = vcard_first(card, "PHOTO");
	struct text uri, bytes;
	ptrdiff_t comma;

	if (prop && vcard_version(card) == VCARD_3)
		prop = card_picture(work, prop, VCARD_4);
	if (!prop)
		return NULL;
	uri = text_trim(vcard_value_uri(work->arena, prop));
	comma = text_find(uri, TEXT(";base64,"));
	if (comma < 0 || uri.len > PHOTO_MAX || !text_starts_nocase(uri, TEXT("data:image/")) ||
	        !base64_decode(work->arena, text_from(uri, (size_t)comma + 8), &bytes) ||
	        !bytes.len)
		return NULL;
	return json_of(work->arena, uri);
}

/* ---- dates ---- */

/* Apple has no dates without a year: a year that is to be left out stands in for it. Some drop the
 * parameter that says so, but nobody who was born in that year has a telephone. */
static bool omits_year(const struct vcard_prop *prop, struct text date)
{
	struct text year = vcard_param(prop, "X-APPLE-OMIT-YEAR");

	return text_starts(date, TEXT("1604")) || (year.len == 4 && text_starts(date, year));
}

static bool is_date(struct text date)
{
	static const char *const SHAPES[] = { "0000-00-00", "--00-00" };

	for (size_t i = 0; i < COUNT_OF(SHAPES); i++) {
		bool fits = strlen(SHAPES[i]) == date.len;

		for (size_t k = 0; fits && k < date.len; k++)
			fits = SHAPES[i][k] == '0' ? date.ptr[k] >= '0' && date.ptr[k] <= '9'
			                           : SHAPES[i][k] == date.ptr[k];
		if (fits)
			return true;
	}
	return false;
}

static json_t *read_date(
        struct work *work, const struct crm_field *field, const struct vcard_prop *prop)
{
	struct err before = work->err;
	struct text date;
	json_t *canonical;

	if (!vcard_date(work->arena, text_trim(vcard_value_text(work->arena, prop)), VCARD_EXTENDED,
	            &date))
		return NULL;
	if (text_find_char(date, 'T') > 0)
		date = text_sub(date, 0, (size_t)text_find_char(date, 'T'));
	if (!is_date(date))
		return NULL;
	if (omits_year(prop, date))
		date = arena_printf(work->arena, "-%.*s", TEXT_ARG(text_from(date, 4)));
	/* There is no 31st of February. */
	if (!crm_value_check(work, field, json_of(work->arena, date), &canonical)) {
		work->err = before;
		return NULL;
	}
	return canonical;
}

/* ---- texts ---- */

/* "N:1": the property, and which of its parts. */
static struct text wire_name(const struct crm_field *field, ptrdiff_t *part)
{
	struct text wire = text_of(field->wire);
	ptrdiff_t colon = text_find_char(wire, ':');

	*part = colon < 0 ? -1 : wire.ptr[colon + 1] - '0';
	return colon < 0 ? wire : text_sub(wire, 0, (size_t)colon);
}

static json_t *read_text(struct work *work, const struct vcard *card, const struct crm_field *field)
{
	ptrdiff_t part;
	const char *name = arena_cstr(work->arena, wire_name(field, &part));
	const struct vcard_prop *prop = vcard_first(card, name);
	struct text raw = prop ? prop->value : TEXT_NONE;

	if (prop && part >= 0)
		raw = vcard_field(prop->value, ';', (size_t)part);
	if (!raw.ptr)
		return NULL;
	raw = vcard_unescape(work->arena, raw);
	return json_of(work->arena, field->type == CRM_TYPE_LONG
	                                    ? body_long(work->arena, raw)
	                                    : body_line(work->arena, raw, BODY_LINE_MAX));
}

static json_t *read_list(struct work *work, const struct vcard *card, const struct crm_field *field)
{
	json_t *list = crm_json_own(work->arena, json_array());

	for (const struct vcard_prop *p = vcard_first(card, field->wire);
	        p && json_array_size(list) < BODY_ITEMS_MAX; p = vcard_next(p, field->wire))
		json_array_append(list, card_item(work, card, field, p));
	return json_array_size(list) ? list : NULL;
}

json_t *card_value(struct work *work, const struct vcard *card, const struct crm_field *field)
{
	const struct vcard_prop *prop;

	if (card_is_list(field))
		return read_list(work, card, field);
	if (field->type == CRM_TYPE_PHOTO)
		return read_photo(work, card);
	if (field->type != CRM_TYPE_DATE)
		return read_text(work, card, field);
	prop = vcard_first(card, field->wire);
	return prop ? read_date(work, field, prop) : NULL;
}

/* ---- the card ---- */

json_t *card_categories(struct work *work, const struct vcard *card)
{
	json_t *list = crm_json_own(work->arena, json_array());
	const struct vcard_prop *prop = vcard_first(card, "CATEGORIES");

	for (; prop; prop = vcard_next(prop, "CATEGORIES")) {
		struct text rest = prop->value, raw;

		while (vcard_field_next(&rest, ',', &raw)) {
			struct text word = body_line(
			        work->arena, vcard_unescape(work->arena, raw), BODY_ITEMS_MAX);

			if (word.len)
				json_array_append_new(list, json_stringn(word.ptr, word.len));
		}
	}
	return list;
}

bool card_is_org(struct arena *arena, const struct vcard *card)
{
	const struct vcard_prop *kind = vcard_first(card, "KIND");
	const struct vcard_prop *shown = vcard_first(card, "X-ABSHOWAS");

	if (kind)
		return text_eq_nocase(text_trim(vcard_value_text(arena, kind)), TEXT("org"));
	return shown && text_eq_nocase(text_trim(vcard_value_text(arena, shown)), TEXT("COMPANY"));
}

bool card_names_org(struct arena *arena, const struct vcard *card)
{
	const struct vcard_prop *n = vcard_first(card, "N"), *fn = vcard_first(card, "FN");
	const struct vcard_prop *org = vcard_first(card, "ORG");
	struct text rest = n ? n->value : TEXT_NONE, part, name;

	if (card_is_org(arena, card))
		return true;
	while (rest.ptr && vcard_field_next(&rest, ';', &part))
		if (text_trim(part).len)
			return false;
	if (!org || !fn)
		return false;
	name = vcard_unescape(arena, vcard_field(org->value, ';', 0));
	return text_eq(text_trim(name), text_trim(vcard_value_text(arena, fn)));
}

bool crm_card_read(struct work *work, const struct vcard *card, enum crm_noun noun, json_t *values)
{
	const struct crm_field *field;

	for (size_t i = 0; (field = crm_field_at(noun, i)); i++) {
		json_t *value;

		/* What no client may say is not listened to. */
		if (!field->wire || field->class > CRM_GUARDED ||
		        text_eq(text_of(field->wire), TEXT("CATEGORIES")))
			continue;
		value = card_value(work, card, field);
		if (value)
			json_object_set(values, field->key, value);
	}
	return body_categories_read(work, noun, card_categories(work, card), values);
}
