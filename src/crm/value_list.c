/* value_list.c - the canonical form of lists: tags, phones, mails, addresses, places in accounts.
 */
#include "base/base.h"
#include "base/map.h"
#include "base/str.h"
#include "crm/value_impl.h"

enum { ITEMS_MAX = 100, TAG_MAX_CHARS = 100, TYPE_MAX_CHARS = 40 };

static bool refuse(struct checking *c, const char *wanted)
{
	return err_field(&c->work->err, c->field->key, "%s: %s", c->field->label, wanted);
}

/* Nothing but these keys: a misspelt one would be lost without a word. */
static bool only_keys(struct checking *c, const json_t *item, const char *const *keys)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)item, key, value)
	{
		bool known = false;

		for (const char *const *k = keys; *k && !known; k++)
			known = !strcmp(*k, key);
		if (!known)
			return refuse(c, "an entry has a part that is not known");
	}
	return true;
}

/* Copies a line of `item` into `to`, if there is one. */
static bool copy_line(
        struct checking *c, const json_t *item, const char *key, size_t max, json_t *to)
{
	struct text line;

	if (!value_line(c, json_object_get(item, key), max, &line))
		return false;
	if (line.len)
		json_object_set_new(to, key, value_json_text(line));
	return true;
}

/* A phone, a mail address, a web site: {"value", "type"}, or the bare value. */
static bool take_reach(struct checking *c, const json_t *item, json_t *list)
{
	static const char *const keys[] = { "value", "type", NULL };
	json_t *made = json_object();
	struct text line = TEXT("");
	bool ok;

	json_array_append_new(list, made);
	if (json_is_string(item)) {
		ok = value_line(c, item, LINE_MAX_CHARS, &line);
		if (ok)
			json_object_set_new(made, "value", value_json_text(line));
	} else {
		ok = json_is_object(item) ? only_keys(c, item, keys)
		                          : refuse(c, "an entry has a value and a type");
		ok = ok && copy_line(c, item, "value", LINE_MAX_CHARS, made) &&
		     copy_line(c, item, "type", TYPE_MAX_CHARS, made);
		line = crm_get_text(made, "value");
	}
	if (!ok)
		return false;
	if (!line.len)
		return json_array_remove(list, json_array_size(list) - 1) == 0;
	if (c->field->type == CRM_TYPE_MAILS && text_find_char(line, '@') < 1)
		return refuse(c, "this is no mail address");
	return true;
}

static bool take_address(struct checking *c, const json_t *item, json_t *list)
{
	static const char *const keys[] = { "street", "city", "region", "code", "country", "type",
		NULL };
	json_t *made = json_object();

	json_array_append_new(list, made);
	if (!json_is_object(item))
		return refuse(c, "an address has street, city, region, code, country, type");
	if (!only_keys(c, item, keys))
		return false;
	for (const char *const *key = keys; *key; key++)
		if (!copy_line(c, item, *key, LINE_MAX_CHARS, made))
			return false;
	/* A type alone is no address. */
	if (json_object_size(made) <= (json_object_get(made, "type") ? 1U : 0U))
		return json_array_remove(list, json_array_size(list) - 1) == 0;
	return true;
}

static bool copy_date(struct checking *c, const json_t *item, const char *key, json_t *to)
{
	struct text date;

	if (!value_line(c, json_object_get(item, key), TYPE_MAX_CHARS, &date))
		return false;
	if (date.len && !value_is_date(date))
		return refuse(c, "there is no such date");
	if (date.len)
		json_object_set_new(to, key, value_json_text(date));
	return true;
}

static bool take_person(struct checking *c, const json_t *item, json_t *list)
{
	static const char *const keys[] = { "account", "role", "primary", "since", "until", NULL };
	int64_t account = crm_get_int(item, "account");
	json_t *made = json_object(), *other;
	size_t i;

	if (!json_is_object(item) || account < 1) {
		json_decref(made);
		return refuse(c, "an entry names an account");
	}
	json_object_set_new(made, "account", json_integer(account));
	if (crm_get_bool(item, "primary"))
		json_object_set_new(made, "primary", json_true());
	json_array_foreach(list, i, other)
	{
		if (crm_get_int(other, "account") == account) {
			json_decref(made);
			return refuse(c, "an account is named twice");
		}
	}
	json_array_append_new(list, made);
	return only_keys(c, item, keys) && copy_line(c, item, "role", LINE_MAX_CHARS, made) &&
	       copy_date(c, item, "since", made) && copy_date(c, item, "until", made);
}

static bool take_tag(struct checking *c, const json_t *item, json_t *list)
{
	struct text line;
	json_t *other;
	size_t i;

	if (!value_line(c, item, TAG_MAX_CHARS, &line))
		return false;
	json_array_foreach(list, i,
	        other) if (text_eq_nocase(line, text_of(json_string_value(other)))) return true;
	if (line.len)
		json_array_append_new(list, value_json_text(line));
	return true;
}

static bool take(struct checking *c, const json_t *item, json_t *list)
{
	switch (c->field->type) {
	case CRM_TYPE_TAGS: return take_tag(c, item, list);
	case CRM_TYPE_ADDRESSES: return take_address(c, item, list);
	case CRM_TYPE_PEOPLE: return take_person(c, item, list);
	default: return take_reach(c, item, list);
	}
}

bool value_list(struct checking *c, const json_t *value)
{
	json_t *list = crm_json_own(c->work->arena, json_array());
	json_t *item;
	size_t i;

	if (!json_is_array(value))
		return refuse(c, "a list is wanted");
	if (json_array_size(value) > ITEMS_MAX)
		return refuse(c, "these are too many");
	json_array_foreach(value, i, item) if (!take(c, item, list)) return false;
	*c->canonical = json_array_size(list) ? list : NULL;
	return true;
}
