/* body_text.c - texts of bodies as values have them, and what CATEGORIES say. */
#include "base/base.h"
#include "base/str.h"
#include "crm/body_impl.h"
#include "crm/clean.h"

/* ---- texts ---- */

/* At most `max` characters, never a part of one. */
static struct text cut(struct text text, size_t max)
{
	size_t chars = 0;

	if (text.len <= max)
		return text;
	for (size_t i = 0; i < text.len; i++)
		if ((text.ptr[i] & 0xC0) != 0x80 && chars++ == max)
			return text_trim(text_sub(text, 0, i));
	return text;
}

struct text body_line(struct arena *arena, struct text text, size_t max)
{
	return cut(crm_clean_line(arena, text), max);
}

struct text body_long(struct arena *arena, struct text text)
{
	return cut(crm_clean_lines(arena, text), BODY_LONG_MAX);
}

void body_put(json_t *values, const char *key, struct text text)
{
	if (text.len)
		json_object_set_new(values, key, json_stringn(text.ptr, text.len));
}

struct text body_text(const json_t *value)
{
	return json_is_string(value)
	               ? (struct text){ json_string_value(value), json_string_length(value) }
	               : TEXT_NONE;
}

bool body_differs(const char *key, const json_t *before, const json_t *now)
{
	const json_t *was = before ? json_object_get(before, key) : NULL;
	const json_t *is = json_object_get(now, key);

	return was != is && !(was && is && json_equal(was, is));
}

/* ---- CATEGORIES ---- */

/* A pending case shows so to people who cannot see its status. */
#define WAITING "Waiting"

/* Under which key the choice among the categories is kept; NULL: the noun has none. */
static const char *own_key(enum crm_noun noun)
{
	switch (noun) {
	case CRM_ACCOUNT: return "type";
	case CRM_LEAD: return "status";
	case CRM_CASE: return "kind";
	case CRM_MEETING:
	case CRM_NOTE: return "category";
	default: return NULL;
	}
}

static bool is_choice(const struct crm_field *field, struct text word, struct text *found)
{
	struct text choices = text_of(field->of);

	while (text_split(&choices, '|', found))
		if (text_eq_nocase(*found, word))
			return true;
	return false;
}

/* Takes the word for the noun's choice, if it is one. */
static bool take_own(
        struct work *work, enum crm_noun noun, struct text word, json_t *values, bool *taken)
{
	const char *key = own_key(noun);
	struct crm_row *row = NULL;
	struct text choice;

	*taken = false;
	if (!key || (noun != CRM_LEAD && json_object_get(values, key)))
		return true;
	if (noun == CRM_LEAD) {
		if (!crm_row_named(work, CRM_LEAD_STATUS, word, &row))
			return false;
		/* A second status is none, and no tag either. */
		*taken = row != NULL;
		if (row && !json_object_get(values, key))
			json_object_set_new(values, key, json_integer(row->id));
		return true;
	}
	*taken = is_choice(crm_field(noun, text_of(key)), word, &choice);
	if (*taken)
		body_put(values, key, choice);
	return true;
}

static bool has_word(const json_t *list, struct text word)
{
	const json_t *other;
	size_t i;

	json_array_foreach(list, i, other) if (text_eq_nocase(word, body_text(other))) return true;
	return false;
}

bool body_categories_read(
        struct work *work, enum crm_noun noun, const json_t *categories, json_t *values)
{
	const char *key = own_key(noun);
	json_t *tags = crm_json_own(work->arena, json_array());
	const json_t *word;
	bool taken;
	size_t i;

	/* What the body says replaces what was known from elsewhere. */
	if (key && json_array_size(categories))
		json_object_del(values, key);
	json_array_foreach(categories, i, word)
	{
		struct text text = body_text(word);

		if (!take_own(work, noun, text, values, &taken))
			return false;
		if (!taken && !(noun == CRM_CASE && text_eq_nocase(text, TEXT(WAITING))) &&
		        !has_word(tags, text) && json_array_size(tags) < BODY_ITEMS_MAX)
			json_array_append(tags, (json_t *)word);
	}
	if (json_array_size(tags) && crm_field(noun, TEXT("tags")))
		json_object_set(values, "tags", tags);
	return true;
}

/* The word that stands for the choice; absent: none. */
static bool own_word(struct work *work, enum crm_noun noun, const json_t *now, struct text *word)
{
	const char *key = own_key(noun);
	struct crm_row *row = NULL;

	*word = key ? crm_get_text(now, key) : TEXT_NONE;
	if (noun != CRM_LEAD)
		return true;
	if (!crm_row_get(work, crm_get_int(now, key), &row))
		return false;
	*word = row ? crm_get_text(row->values, "name") : TEXT_NONE;
	return true;
}

bool body_categories_write(
        struct work *work, enum crm_noun noun, const json_t *now, json_t **categories)
{
	json_t *list = *categories = crm_json_own(work->arena, json_array());
	struct text word;

	if (!own_word(work, noun, now, &word))
		return false;
	if (word.len)
		json_array_append_new(list, json_stringn(word.ptr, word.len));
	if (noun == CRM_CASE && text_eq(crm_get_text(now, "status"), TEXT("Pending")))
		json_array_append_new(list, json_string(WAITING));
	json_array_extend(list, json_object_get(now, "tags"));
	return true;
}

bool body_categories_differ(enum crm_noun noun, const json_t *before, const json_t *now)
{
	const char *key = own_key(noun);

	return (key && body_differs(key, before, now)) || body_differs("tags", before, now) ||
	       (noun == CRM_CASE && body_differs("status", before, now));
}
