/* fields.c - what forms, lists and filters are made of: crm/fields.tbl.h and the company's lists.
 */
#include "base/base.h"
#include "api/door.h"
#include "view/crm.h"

static const char *const CLASSES[] = { [CRM_FREE] = "free",
	[CRM_GUARDED] = "guarded",
	[CRM_PRIVATE] = "private",
	[CRM_SYSTEM] = "system" };
static const struct {
	unsigned flag;
	const char *name;
} FLAGS[] = { { CRM_FLAG_COLUMN, "column" }, { CRM_FLAG_FILTER, "filter" },
	{ CRM_FLAG_SORT, "sort" }, { CRM_FLAG_FORM, "form" }, { CRM_FLAG_NEEDED, "needed" },
	{ CRM_FLAG_SEARCH, "search" } };

static json_t *flags_json(unsigned flags)
{
	json_t *array = json_array();

	for (size_t i = 0; i < COUNT_OF(FLAGS); i++)
		if (flags & FLAGS[i].flag)
			json_array_append_new(array, json_string(FLAGS[i].name));
	return array;
}

static json_t *choices_json(const char *words)
{
	json_t *array = json_array();
	struct text rest = text_of(words), one;

	while (text_split(&rest, '|', &one))
		json_array_append_new(array, api_word(one));
	return array;
}

static json_t *field_json(const struct crm_field *field)
{
	json_t *object = json_pack("{s:s, s:s, s:s, s:s, s:o}", "key", field->key, "label",
	        field->label, "type", crm_type_name(field->type), "class", CLASSES[field->class],
	        "flags", flags_json(field->flags));

	if (field->type == CRM_TYPE_CHOICE)
		json_object_set_new(object, "choices", choices_json(field->of));
	else if (field->of)
		json_object_set_new(object, "of", json_string(field->of));
	return object;
}

static json_t *noun_json(const struct crm_noun_row *noun)
{
	json_t *fields = json_array();
	const struct crm_field *field;

	for (size_t i = 0; (field = crm_field_at(noun->noun, i)); i++)
		json_array_append_new(fields, field_json(field));
	return json_pack("{s:s, s:s, s:s, s:b, s:o}", "name", noun->name, "one", noun->one, "many",
	        noun->many, "is_row", crm_noun_is_row(noun->noun), "fields", fields);
}

/* The company's own lists, by name: industry, source, ... */
static bool lists_json(struct call *c, json_t *lists)
{
	struct crm_ask ask = { .noun = CRM_CHOICE, .limit = 500 };
	struct crm_page page;
	json_t *values;

	do {
		if (!crm_list(&c->work, &ask, &page))
			return false;
		for (size_t i = 0; i < page.entries.len; i++) {
			const char *list;

			if (!crm_json_read(&c->work, page.entries.at[i].fields, &values))
				return false;
			list = json_string_value(json_object_get(values, "list"));
			if (!list)
				continue;
			if (!json_object_get(lists, list))
				json_object_set_new(lists, list, json_array());
			json_array_append(
			        json_object_get(lists, list), json_object_get(values, "name"));
		}
		ask.cursor = page.cursor;
	} while (page.cursor.ptr);
	return true;
}

bool api_fields(struct call *c)
{
	json_t *nouns = json_array(), *lists = json_object();
	const struct crm_noun_row *noun;
	json_t *reply = api_own(c, json_pack("{s:o, s:o}", "nouns", nouns, "choices", lists));

	for (size_t i = 0; (noun = crm_noun_at(i)); i++)
		json_array_append_new(nouns, noun_json(noun));
	return lists_json(c, lists) && api_json(c, 200, json_incref(reply));
}
