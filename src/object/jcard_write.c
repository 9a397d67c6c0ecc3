/* vCard 4.0 to jCard (RFC 7095 3). */
#include "object/jcard.h"

#include "base/str.h"
#include "object/jcard_types.h"
#include "object/vcard_convert.h"
#include "object/vcard_date.h"

#include <jansson.h>

static json_t *string_of(struct text text)
{
	return json_stringn_nocheck(text.ptr ? text.ptr : "", text.len);
}

static struct text lower(struct arena *arena, struct text text)
{
	struct text out = arena_text(arena, text);

	for (char *p = (char *)out.ptr, *end = p + out.len; p < end; p++)
		*p = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
	return out;
}

/* ---- parameters ---- */

/* A parameter with several values is an array (RFC 7095 3.4.1). */
static void add_param(json_t *params, const char *name, struct text value)
{
	json_t *there = json_object_get(params, name), *list;

	if (!there) {
		json_object_set_new_nocheck(params, name, string_of(value));
		return;
	}
	if (!json_is_array(there)) {
		list = json_array();
		json_array_append(list, there);
		json_object_set_new_nocheck(params, name, list);
		there = list;
	}
	json_array_append_new(there, string_of(value));
}

static void add_values(
        struct arena *arena, json_t *params, const char *name, struct vcard_param *param)
{
	bool is_type = strcmp(name, "type") == 0;
	struct text value, piece;

	while (vcard_value_next(&param->values, &value)) {
		value = strcmp(name, "label") ? vcard_param_text(arena, value)
		                              : vcard_label_text(arena, value);
		/* TYPE="work,voice" is meant as two. */
		while (is_type && text_find_char(value, ',') >= 0 &&
		        text_split(&value, ',', &piece))
			add_param(params, name, piece);
		add_param(params, name, value);
	}
}

static json_t *params_of(struct arena *arena, const struct vcard_prop *prop)
{
	json_t *params = json_object();
	struct text rest = prop->params;
	struct vcard_param param;

	while (vcard_param_next(&rest, &param)) {
		struct text name = param.name.ptr ? lower(arena, param.name) : TEXT("type");

		if (jcard_is_name(name) && !text_eq(name, TEXT("value")) &&
		        !text_eq(name, TEXT("group")))
			add_values(arena, params, name.ptr, &param);
	}
	/* RFC 7095 7.1 */
	if (prop->group.len)
		json_object_set_new_nocheck(params, "group", string_of(prop->group));
	return params;
}

/* ---- values ---- */

static json_t *number_of(struct text raw)
{
	int64_t value;

	return text_to_int(raw, &value) ? json_integer(value) : NULL;
}

static json_t *float_of(struct arena *arena, struct text raw)
{
	char *end, *text = arena_cstr(arena, raw);
	double value = strtod(text, &end);

	/* NULL as well where it is infinite or not a number: JSON has neither. */
	return raw.len && !*end ? json_real(value) : NULL;
}

/* NULL: it does not read as its type. */
static json_t *typed(struct arena *arena, enum jcard_type type, struct text raw)
{
	struct text out, trimmed = text_trim(raw);

	switch (type) {
	case JCARD_TEXT:
	case JCARD_RAW: break;
	case JCARD_DATE:
		return vcard_date(arena, trimmed, VCARD_EXTENDED, &out) ? string_of(out) : NULL;
	case JCARD_TIME:
		return vcard_time(arena, trimmed, VCARD_EXTENDED, &out) ? string_of(out) : NULL;
	case JCARD_OFFSET:
		return vcard_offset(arena, trimmed, VCARD_EXTENDED, &out) ? string_of(out) : NULL;
	case JCARD_BOOLEAN:
		if (text_eq_nocase(trimmed, TEXT("true")))
			return json_true();
		return text_eq_nocase(trimmed, TEXT("false")) ? json_false() : NULL;
	case JCARD_INTEGER: return number_of(trimmed);
	case JCARD_FLOAT: return float_of(arena, trimmed);
	}
	return type == JCARD_TEXT ? string_of(vcard_unescape(arena, raw)) : string_of(raw);
}

/* One field of a structured value; an array if it lists several. */
static json_t *field_of(struct arena *arena, struct text raw, bool lists)
{
	struct text piece, first = raw;
	json_t *list;

	if (!lists || (vcard_field_next(&first, ',', &piece) && !first.ptr))
		return string_of(vcard_unescape(arena, raw));
	list = json_array();
	while (vcard_field_next(&raw, ',', &piece))
		json_array_append_new(list, string_of(vcard_unescape(arena, piece)));
	return list;
}

/* A single text needs no array around it (RFC 7095 3.3.1.3); a single list does, lest its members
 * be taken for fields. */
static json_t *fields_of(struct arena *arena, struct text raw, bool lists)
{
	json_t *fields = json_array(), *only;
	struct text field;

	while (vcard_field_next(&raw, ';', &field))
		json_array_append_new(fields, field_of(arena, field, lists));
	only = json_array_get(fields, 0);
	if (json_array_size(fields) > 1 || !json_is_string(only))
		return fields;
	json_incref(only);
	json_decref(fields);
	return only;
}

static void add_list(struct arena *arena, json_t *row, struct text raw)
{
	struct text piece;

	while (vcard_field_next(&raw, ',', &piece))
		json_array_append_new(row, string_of(vcard_unescape(arena, piece)));
}

static struct text raw_value(struct arena *arena, const struct vcard_prop *prop, struct text type)
{
	return text_eq(type, TEXT("uri")) ? vcard_value_uri(arena, prop) : prop->value;
}

static json_t *row_of(struct arena *arena, const struct vcard_prop *prop)
{
	enum jcard_shape shape = jcard_shape_of(prop->name);
	struct text type = vcard_param(prop, "VALUE");
	json_t *row = json_array(), *value = NULL;

	type = jcard_is_name(type) ? lower(arena, type) : jcard_default_type(prop->name);
	if (jcard_type_of(type) != JCARD_TEXT)
		shape = JCARD_SINGLE;
	if (shape == JCARD_SINGLE)
		value = typed(arena, jcard_type_of(type), raw_value(arena, prop, type));
	if (shape == JCARD_SINGLE && !value) {
		type = TEXT("text");
		value = typed(arena, JCARD_TEXT, prop->value);
	}
	json_array_append_new(row, string_of(lower(arena, prop->name)));
	json_array_append_new(row, params_of(arena, prop));
	json_array_append_new(row, string_of(type));
	if (shape == JCARD_LIST)
		add_list(arena, row, prop->value);
	else if (shape == JCARD_SINGLE)
		json_array_append_new(row, value);
	else
		json_array_append_new(
		        row, fields_of(arena, prop->value, shape == JCARD_FIELDS_OF_LISTS));
	return row;
}

static void decref(void *json)
{
	json_decref(json);
}

bool jcard_write(struct arena *arena, struct err *err, struct vcard *card, struct text *json)
{
	json_t *root = arena_own(arena, json_array(), decref), *rows = json_array();
	char *text;

	if (!vcard_convert(arena, err, card, VCARD_4, &card)) {
		json_decref(rows);
		return false;
	}
	json_array_append_new(root, string_of(TEXT("vcard")));
	json_array_append_new(root, rows);
	/* RFC 7095 3.3: version comes first. */
	json_array_append_new(rows, row_of(arena, vcard_first(card, "VERSION")));
	for (const struct vcard_prop *prop = vcard_props(card); prop; prop = prop->next)
		if (!vcard_is(prop, "VERSION"))
			json_array_append_new(rows, row_of(arena, prop));
	text = arena_own(arena, json_dumps(root, JSON_COMPACT), free);
	assert(text);
	*json = text_of(text);
	return true;
}
