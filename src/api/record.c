/* record.c - entries of view/crm.h as JSON. */
#include "base/base.h"
#include "api/record.h"
#include "crm/sender.h"
#include "view/crm_names.h"

/* Everything one answer is made of. */
struct making {
	struct call *c;
	const struct api_shape *shape;
	struct ids followed;
	struct crm_names names;
};

/* ---- which fields ---- */

static bool is_named(struct text only, const char *key)
{
	struct text one;

	while (text_split(&only, ',', &one))
		if (text_eq(text_trim(one), text_of(key)))
			return true;
	return false;
}

static bool is_wanted(const struct api_shape *shape, const struct crm_field *field)
{
	if (shape->only.ptr)
		return is_named(shape->only, field->key);
	return !shape->is_list || field->type != CRM_TYPE_LONG;
}

bool api_check_fields(struct call *c, enum crm_noun noun, struct text only)
{
	struct text one;

	while (text_split(&only, ',', &one))
		if (!crm_field(noun, text_trim(one)))
			return err_set(&c->work.err, ERR_BAD_REQUEST,
			        "fields: there is no field \"%.*s\"",
			        TEXT_ARG(text_sub(one, 0, 60)));
	return true;
}

/* ---- names ---- */

static bool is_id(enum crm_type type)
{
	return type == CRM_TYPE_REF || type == CRM_TYPE_USER || type == CRM_TYPE_TEAM ||
	       type == CRM_TYPE_PRINCIPAL;
}

static void gather_from(
        struct call *c, const struct crm_field *field, const json_t *value, struct ids *ids)
{
	json_t *one;
	size_t i;

	if (is_id(field->type) && json_is_integer(value))
		*vec_push(c->work.arena, ids) = json_integer_value(value);
	if (field->type != CRM_TYPE_PEOPLE)
		return;
	json_array_foreach((json_t *)value, i, one) * vec_push(c->work.arena, ids) =
	        crm_get_int(one, "account");
}

static void gather(struct making *m, enum crm_noun noun, const json_t *values, struct ids *ids)
{
	const struct crm_field *field;

	for (size_t i = 0; (field = crm_field_at(noun, i)); i++) {
		const json_t *value = json_object_get(values, field->key);

		if (value && is_wanted(m->shape, field))
			gather_from(m->c, field, value, ids);
	}
}

/* Names of an array's accounts, in its order. */
static json_t *names_of_people(const struct crm_names *names, const json_t *people)
{
	json_t *array = json_array(), *one;
	size_t i;

	json_array_foreach((json_t *)people, i, one) json_array_append_new(
	        array, api_word(crm_name(names, crm_get_int(one, "account"))));
	return array;
}

/* A reference to anything says to what: "parent_noun". */
static void add_noun(
        struct making *m, json_t *names, const char *key, const struct crm_named *named)
{
	if (named->noun)
		json_object_set_new(names, arena_printf(m->c->work.arena, "%s_noun", key).ptr,
		        json_string(crm_noun_row((enum crm_noun)named->noun)->name));
}

/* What a row belongs to. */
static void add_parent(struct making *m, json_t *names, int64_t parent)
{
	const struct crm_named *named = parent ? crm_named(&m->names, parent) : NULL;

	if (!named)
		return;
	if (named->name.ptr)
		json_object_set_new(names, "parent", api_word(named->name));
	add_noun(m, names, "parent", named);
}

static void add_name(
        struct making *m, json_t *names, const struct crm_field *field, const json_t *value)
{
	const struct crm_named *named;

	if (field->type == CRM_TYPE_PEOPLE)
		json_object_set_new(names, field->key, names_of_people(&m->names, value));
	if (!is_id(field->type))
		return;
	named = crm_named(&m->names, json_integer_value(value));
	if (!named)
		return;
	if (named->name.ptr)
		json_object_set_new(names, field->key, api_word(named->name));
	if (field->of && !strcmp(field->of, "*"))
		add_noun(m, names, field->key, named);
}

json_t *api_named(const struct crm_names *names, int64_t id)
{
	struct text name = crm_name(names, id);

	if (!id)
		return json_null();
	return json_pack(
	        "{s:I, s:o}", "id", id, "name", name.ptr ? api_word(name) : json_string(""));
}

/* ---- one ---- */

static json_t *head_json(struct making *m, const struct crm_entry *entry, bool may)
{
	struct arena *arena = m->c->work.arena;
	json_t *object = json_object();

	json_object_set_new(object, "id", json_integer(entry->id));
	json_object_set_new(object, "noun", json_string(crm_noun_row(entry->noun)->name));
	json_object_set_new(object, "etag", api_word(record_etag(arena, entry->revision)));
	json_object_set_new(object, "label", api_word(entry->title.ptr ? entry->title : TEXT("")));
	json_object_set(object, "title", json_object_get(object, "label"));
	json_object_set_new(object, "created", json_integer(entry->created));
	json_object_set_new(object, "modified", json_integer(entry->modified));
	json_object_set_new(object, "can", json_pack("{s:b, s:b}", "change", may, "delete", may));
	if (crm_noun_is_row(entry->noun)) {
		json_object_set_new(object, "parent",
		        entry->parent ? json_integer(entry->parent) : json_null());
		json_object_set_new(object, "position", json_integer(entry->position));
	} else {
		json_object_set_new(object, "uid", api_word(entry->uid));
		json_object_set_new(
		        object, "following", json_boolean(crm_ids_have(&m->followed, entry->id)));
	}
	return object;
}

/* A case says where answers to it go. */
static void add_reply_to(
        struct making *m, const struct crm_entry *entry, const json_t *values, json_t *object)
{
	struct text address;

	if (entry->noun != CRM_CASE || m->shape->is_list || m->shape->only.len)
		return;
	address = crm_reply_address(&m->c->work, crm_get_int(values, "number"), entry->uid);
	if (address.len)
		json_object_set_new(object, "reply_to", api_word(address));
}

static bool one_json(
        struct making *m, const struct crm_entry *entry, const json_t *values, json_t **object)
{
	const struct crm_field *field;
	json_t *names;
	bool may;

	if (!crm_may_change(&m->c->work, entry, &may))
		return false;
	names = json_object();
	*object = head_json(m, entry, may);
	for (size_t i = 0; (field = crm_field_at(entry->noun, i)); i++) {
		json_t *value = json_object_get(values, field->key);

		if (!value || !is_wanted(m->shape, field))
			continue;
		json_object_set(*object, field->key, value);
		add_name(m, names, field, value);
	}
	if (crm_noun_is_row(entry->noun))
		add_parent(m, names, entry->parent);
	add_reply_to(m, entry, values, *object);
	json_object_set_new(*object, "names", names);
	return true;
}

bool api_records(struct call *c, const struct crm_entries *entries, const struct api_shape *shape,
        json_t **array)
{
	struct making m = { .c = c, .shape = shape };
	json_t **values = arena_array(c->work.arena, entries->len + 1, sizeof(*values));
	struct ids records = VEC_EMPTY, ids = VEC_EMPTY;

	*array = api_own(c, json_array());
	for (size_t i = 0; i < entries->len; i++) {
		const struct crm_entry *entry = &entries->at[i];

		if (!crm_json_read(&c->work, entry->fields, &values[i]))
			return false;
		*vec_push(c->work.arena, &records) = entry->id;
		if (crm_noun_is_row(entry->noun))
			*vec_push(c->work.arena, &ids) = entry->parent;
		gather(&m, entry->noun, values[i], &ids);
	}
	if (!crm_followed(&c->work, &records, &m.followed) || !crm_names(&c->work, &ids, &m.names))
		return false;
	for (size_t i = 0; i < entries->len; i++) {
		json_t *object;

		if (!one_json(&m, &entries->at[i], values[i], &object))
			return false;
		json_array_append_new(*array, object);
	}
	return true;
}

bool api_entry(struct call *c, enum crm_noun noun, int64_t id, struct crm_entry **entry)
{
	return crm_entry_get(&c->work, noun, id, entry) &&
	       (*entry || err_set(&c->work.err, ERR_NOT_FOUND, "%s", ""));
}

bool api_reply_record(struct call *c, int status, enum crm_noun noun, int64_t id)
{
	struct api_shape shape = { .only = call_query(c, "fields") };
	struct crm_entries one = VEC_EMPTY;
	struct crm_entry *entry;
	json_t *array, *object, *image = NULL;

	if (!api_check_fields(c, noun, shape.only) || !api_entry(c, noun, id, &entry))
		return false;
	*vec_push(c->work.arena, &one) = *entry;
	if (!api_records(c, &one, &shape, &array))
		return false;
	if ((!shape.only.ptr || is_named(shape.only, "photo")) &&
	        !crm_entry_image(&c->work, entry, &image))
		return false;
	object = json_array_get(array, 0);
	if (image)
		json_object_set(object, "photo", image);
	call_etag(c, record_etag(c->work.arena, entry->revision));
	return api_json(c, status, json_incref(object));
}

bool api_reply_changed(struct call *c, int status, enum crm_noun noun, int64_t id)
{
	struct crm_entry *entry;

	if (!crm_entry_get(&c->work, noun, id, &entry))
		return false;
	return entry ? api_reply_record(c, status, noun, id) : call_reply(c, 204);
}
