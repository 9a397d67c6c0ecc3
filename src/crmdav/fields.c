/* fields.c - K:fields: the values of a record that are on the wire too, by their names. */
#include "base/base.h"
#include "crm/look.h"
#include "crmdav/crmdav.h"

/* What the element asks for; none: all there are. */
struct wanted {
	VEC(struct text) names;
};

/* Kept beside the body: a filter may use it, nobody is sent it. */
static bool is_public(const struct crm_field *field)
{
	return field->wire && field->type != CRM_TYPE_PHOTO;
}

bool fields_prepare(struct call *c, const struct xml_node *asked, void **prepared)
{
	struct wanted *wanted = arena_make(c->work.arena, struct wanted);

	*prepared = wanted;
	for (const struct xml_node *n = asked ? xml_child(asked, KONTOR_field) : NULL; n;
	        n = xml_again(n, KONTOR_field)) {
		struct text name = xml_attr_value(n, "name");

		if (!name.len)
			return err_set(&c->work.err, ERR_BAD_XML, "a field has a name");
		*vec_push(c->work.arena, &wanted->names) = name;
	}
	return true;
}

static bool is_wanted(const struct wanted *wanted, const char *key)
{
	bool found = !wanted || !wanted->names.len;

	for (size_t i = 0; !found && i < wanted->names.len; i++)
		found = text_eq(wanted->names.at[i], text_of(key));
	return found;
}

/* Each name asked for is a field of this noun that may be sent. */
static bool check_wanted(struct work *work, enum crm_noun noun, const struct wanted *wanted)
{
	for (size_t i = 0; wanted && i < wanted->names.len; i++) {
		struct text name = wanted->names.at[i];
		const struct crm_field *field = crm_field(noun, name);

		if (!field || !is_public(field))
			return err_set(&work->err, ERR_CRM_SUPPORTED_FIELD,
			        "\"%.*s\" is no field that can be sent", TEXT_ARG(name));
	}
	return true;
}

/* A row or record is told by its name. */
static bool name_of_ref(
        struct work *work, const struct crm_field *field, int64_t id, struct text *name)
{
	const struct crm_noun_row *noun = crm_noun_find(text_of(field->of));
	struct crm_known *known;
	struct crm_row *row;

	*name = TEXT_NONE;
	if (noun && crm_noun_is_row(noun->noun)) {
		if (!crm_row_get(work, id, &row))
			return false;
		if (row)
			*name = crm_get_text(row->values, "name");
		return true;
	}
	if (!crm_known(work, id, &known))
		return false;
	if (known)
		*name = known->title;
	return true;
}

static bool write_field(struct prop_ask *ask, const struct crm_field *field, const json_t *values)
{
	json_t *value = json_object_get(values, field->key);
	struct text shown;

	if (!value)
		return true;
	if (field->type == CRM_TYPE_REF) {
		if (!name_of_ref(ask->work, field, json_integer_value(value), &shown))
			return false;
	} else {
		shown = crm_value_text(ask->work->arena, field, value);
	}
	xml_open(ask->out, KONTOR_field);
	xml_attr(ask->out, "name", text_of(field->key));
	xml_chars(ask->out, shown);
	xml_close(ask->out, KONTOR_field);
	return true;
}

enum prop_got get_fields(struct prop_ask *ask)
{
	enum crm_noun noun = crm_noun_of_kind(ask->at->item->kind);
	const struct crm_field *field;
	struct crm_entry *entry;
	json_t *values;

	if (!noun)
		return PROP_ABSENT;
	if (!check_wanted(ask->work, noun, ask->prepared) ||
	        !crm_entry_get(ask->work, noun, ask->at->item->member.record, &entry))
		return PROP_FAILED;
	if (!entry)
		return PROP_ABSENT;
	if (!crm_json_read(ask->work, entry->fields, &values))
		return PROP_FAILED;
	for (size_t i = 0; (field = crm_field_at(noun, i)); i++)
		if (is_public(field) && is_wanted(ask->prepared, field->key) &&
		        !write_field(ask, field, values))
			return PROP_FAILED;
	return PROP_GOT;
}
