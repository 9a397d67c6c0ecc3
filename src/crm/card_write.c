/* card_write.c - values into a vCard: what differs, and nothing else. */
#include "base/base.h"
#include "base/str.h"
#include "crm/card_impl.h"

struct writing_card {
	struct work *work;
	struct vcard *card;
	enum crm_noun noun;
	const json_t *before, *now;
};

static bool differs(const struct writing_card *w, const char *key)
{
	return body_differs(key, w->before, w->now);
}

/* ---- structured: N and ORG ---- */

enum { PARTS_MAX = 16 };

/* Sets one field of a structured property; those around it stay as they are. The property goes
 * when all of it is empty. */
static void set_part(struct writing_card *w, const char *name, size_t part, struct text text)
{
	struct arena *arena = w->work->arena;
	struct vcard_prop *prop = vcard_first(w->card, name);
	struct text rest = prop ? prop->value : TEXT_NONE, parts[PARTS_MAX] = { 0 };
	size_t len = 0, filled = 0;
	struct buf out;

	while (len < PARTS_MAX && rest.ptr && vcard_field_next(&rest, ';', &parts[len]))
		len++;
	if (len <= part)
		len = part + 1;
	parts[part] = vcard_escape(arena, text);
	buf_init(&out, arena);
	for (size_t i = 0; i < len; i++) {
		if (i)
			buf_char(&out, ';');
		buf_add(&out, parts[i]);
		filled += parts[i].len;
	}
	if (!prop && filled)
		vcard_add(w->card, TEXT_NONE, name, TEXT(""), buf_text(&out));
	else if (prop && !filled && !strcmp(name, "ORG"))
		vcard_remove(w->card, prop);
	else if (prop)
		vcard_set_value(prop, buf_text(&out));
}

/* ---- single properties ---- */

static void write_date(struct writing_card *w, const char *name, struct text date)
{
	struct vcard_prop *prop = vcard_first(w->card, name);
	struct text params =
	        prop ? vcard_param_drop(w->work->arena, prop->params, "X-APPLE-OMIT-YEAR")
	             : TEXT("");
	bool yearless = text_starts(date, TEXT("--"));
	struct buf raw;

	buf_init(&raw, w->work->arena);
	if (vcard_version(w->card) == VCARD_3) {
		if (yearless) {
			params = vcard_param_add(
			        w->work->arena, params, "X-APPLE-OMIT-YEAR", TEXT("1604"));
			if (text_starts(params, TEXT(";")))
				params = text_from(params, 1);
			buf_add(&raw, TEXT("1604"));
			date = text_from(date, 1);
		}
		buf_add(&raw, date);
	} else {
		for (size_t i = 0; i < date.len; i++)
			if (date.ptr[i] != '-' || (yearless && i < 2))
				buf_char(&raw, date.ptr[i]);
	}
	if (!prop)
		prop = vcard_add(w->card, TEXT_NONE, name, params, TEXT(""));
	vcard_set_params(prop, params);
	vcard_set_value(prop, buf_text(&raw));
}

static void write_photo(struct writing_card *w, struct text uri)
{
	struct vcard *one = vcard_new(w->work->arena, VCARD_4);
	const struct vcard_prop *prop = vcard_add(one, TEXT_NONE, "PHOTO", TEXT(""), uri);

	if (vcard_version(w->card) == VCARD_3)
		prop = card_picture(w->work, prop, VCARD_3);
	if (vcard_first(w->card, "PHOTO"))
		card_drop(w->card, vcard_first(w->card, "PHOTO"));
	if (prop)
		vcard_add(w->card, TEXT_NONE, "PHOTO", prop->params, prop->value);
}

static void write_single(struct writing_card *w, const struct crm_field *field)
{
	struct text text = crm_get_text(w->now, field->key), wire = text_of(field->wire);
	ptrdiff_t colon = text_find_char(wire, ':');

	if (colon > 0)
		set_part(w, arena_cstr(w->work->arena, text_sub(wire, 0, (size_t)colon)),
		        (size_t)(wire.ptr[colon + 1] - '0'), text.ptr ? text : TEXT(""));
	else if (!text.len)
		vcard_remove_all(w->card, field->wire);
	else if (field->type == CRM_TYPE_DATE)
		write_date(w, field->wire, text);
	else if (field->type == CRM_TYPE_PHOTO)
		write_photo(w, text);
	else
		vcard_set_text(w->card, field->wire, text);
}

/* ---- what has a name elsewhere ---- */

static bool write_row_name(struct writing_card *w, const char *property, const char *key)
{
	struct crm_row *row = NULL;

	if (!crm_row_get(w->work, crm_get_int(w->now, key), &row))
		return false;
	vcard_set_text(w->card, property, row ? crm_get_text(row->values, "name") : TEXT_NONE);
	return true;
}

/* In order; left alone where they say the same in another one. */
static bool write_categories(struct writing_card *w, bool differ)
{
	struct vcard_prop *prop = vcard_first(w->card, "CATEGORIES");
	const json_t *word;
	json_t *list, *there;
	struct buf out;
	size_t i;

	if (!body_categories_write(w->work, w->noun, w->now, &list))
		return false;
	there = card_categories(w->work, w->card);
	if (json_equal(list, there) || (!differ && json_array_size(list) == json_array_size(there)))
		return true;
	buf_init(&out, w->work->arena);
	json_array_foreach(list, i, word)
	{
		if (i)
			buf_char(&out, ',');
		buf_add(&out, vcard_escape(w->work->arena, body_text(word)));
	}
	while (vcard_first(w->card, "CATEGORIES"))
		vcard_remove(w->card, vcard_first(w->card, "CATEGORIES"));
	if (out.len)
		vcard_add(w->card, TEXT_NONE, "CATEGORIES", prop ? prop->params : TEXT(""),
		        buf_text(&out));
	return true;
}

static bool write_field(struct writing_card *w, const struct crm_field *field)
{
	if (field->type == CRM_TYPE_REF)
		return write_row_name(w, field->wire, field->key);
	if (card_is_list(field))
		card_list_write(w->work, w->card, field, json_object_get(w->now, field->key));
	else
		write_single(w, field);
	return true;
}

/* ---- what kind of card it is ---- */

/* Accounts; and leads and contacts of whom no more than the company is known. */
static bool is_org(enum crm_noun noun, const json_t *values)
{
	struct text company = crm_get_text(values, "company"), name = crm_get_text(values, "name");

	if (noun == CRM_ACCOUNT)
		return true;
	return company.len && !crm_get_text(values, "given").len &&
	       !crm_get_text(values, "family").len && (!name.len || text_eq(name, company));
}

/* vCard 3 has no KIND (RFC 2426): Apple's sign for it is what phones know. */
void card_write_kind(struct vcard *card, bool org)
{
	bool v3 = vcard_version(card) == VCARD_3;

	vcard_remove_all(card, "KIND");
	vcard_remove_all(card, "X-ABSHOWAS");
	if (org)
		vcard_add(card, TEXT_NONE, v3 ? "X-ABShowAs" : "KIND", TEXT(""),
		        v3 ? TEXT("COMPANY") : TEXT("org"));
}

static void write_kind(struct writing_card *w)
{
	bool org = is_org(w->noun, w->now);

	if (org != card_is_org(w->work->arena, w->card))
		card_write_kind(w->card, org);
}

/* RFC 2426 3.1.1, 3.1.2; RFC 6350 6.2.1. */
static void write_names(struct writing_card *w)
{
	struct text name = crm_get_text(w->now, "name");

	if (!name.len)
		name = crm_get_text(w->now, "company");
	if (!w->before && !vcard_first(w->card, "FN") && name.len)
		vcard_set_text(w->card, "FN", name);
	if (!w->before && !vcard_first(w->card, "N"))
		vcard_add(w->card, TEXT_NONE, "N", TEXT(""), TEXT(";;;;"));
	if (w->noun == CRM_ACCOUNT && differs(w, "name"))
		set_part(w, "ORG", 0, name.ptr ? name : TEXT(""));
}

bool crm_card_write(struct work *work, struct vcard *card, enum crm_noun noun, const json_t *before,
        const json_t *now)
{
	struct writing_card w = { work, card, noun, before, now };
	const struct crm_field *field;

	for (size_t i = 0; (field = crm_field_at(noun, i)); i++)
		if (field->wire && !text_eq(text_of(field->wire), TEXT("CATEGORIES")) &&
		        differs(&w, field->key) && !write_field(&w, field))
			return false;
	if (noun == CRM_LEAD && !write_row_name(&w, "X-KONTOR-STATUS", "status"))
		return false;
	if (!write_categories(&w, body_categories_differ(noun, before, now)))
		return false;
	if (!before || is_org(noun, before) != is_org(noun, now))
		write_kind(&w);
	write_names(&w);
	return true;
}
