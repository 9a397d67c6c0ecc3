/* jCard to vCard 4.0 (RFC 7095 4). */
#include "object/jcard.h"

#include "base/str.h"
#include "object/jcard_types.h"
#include "object/vcard_date.h"
#include "object/vcard_line.h"

#include <jansson.h>

struct reader {
	struct arena *arena;
	struct err *err;
	struct buf body;
	struct buf line;
	size_t row; /* for people */
};

static bool bad(struct reader *reader, const char *why)
{
	return err_set(
	        reader->err, ERR_VALID_ADDRESS_DATA, "jCard property %zu: %s", reader->row, why);
}

static struct text text_in(const json_t *json)
{
	if (!json_is_string(json))
		return TEXT_NONE;
	return (struct text){ json_string_value(json), json_string_length(json) };
}

/* ---- parameters ---- */

static bool put_param_value(struct reader *reader, const json_t *json)
{
	struct text text = text_in(json);

	if (json_is_integer(json))
		text = arena_printf(reader->arena, "%lld", (long long)json_integer_value(json));
	if (!text.ptr || !text_is_clean(text))
		return bad(reader, "a parameter value is no text");
	vcard_param_put(&reader->line, text);
	return true;
}

static bool put_param(struct reader *reader, struct text name, const json_t *json)
{
	size_t count = json_is_array(json) ? json_array_size(json) : 1;

	if (!jcard_is_name(name) || !count)
		return bad(reader, "a parameter has no name or no value");
	buf_char(&reader->line, ';');
	buf_add(&reader->line, text_ascii_casemap(reader->arena, name));
	buf_char(&reader->line, '=');
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_char(&reader->line, ',');
		if (!put_param_value(reader, json_is_array(json) ? json_array_get(json, i) : json))
			return false;
	}
	return true;
}

static bool put_params(struct reader *reader, json_t *params)
{
	const char *key;
	json_t *value;

	json_object_foreach(params, key, value)
	{
		struct text name = text_of(key);

		/* The one is written before the name, the other is the third element. */
		if (text_eq_nocase(name, TEXT("group")) || text_eq_nocase(name, TEXT("value")))
			continue;
		if (!put_param(reader, name, value))
			return false;
	}
	return true;
}

/* ---- values ---- */

static bool put_string(struct reader *reader, enum jcard_type type, struct text text)
{
	struct arena *arena = reader->arena;
	bool ok = text_is_clean(text);

	if (ok && type == JCARD_TEXT)
		text = vcard_escape(arena, text);
	else if (ok && type == JCARD_DATE)
		ok = vcard_date(arena, text, VCARD_BASIC, &text);
	else if (ok && type == JCARD_TIME)
		ok = vcard_time(arena, text, VCARD_BASIC, &text);
	else if (ok && type == JCARD_OFFSET)
		ok = vcard_offset(arena, text, VCARD_BASIC, &text);
	else
		ok = ok && jcard_is_one_line(text);
	buf_add(&reader->line, text);
	return ok || bad(reader, "a value does not read as its type");
}

static bool put_scalar(struct reader *reader, enum jcard_type type, const json_t *json)
{
	if (json_is_string(json))
		return put_string(reader, type, text_in(json));
	if (json_is_boolean(json))
		buf_add(&reader->line, json_is_true(json) ? TEXT("TRUE") : TEXT("FALSE"));
	else if (json_is_integer(json))
		buf_printf(&reader->line, "%lld", (long long)json_integer_value(json));
	else if (json_is_real(json))
		buf_printf(&reader->line, "%.15g", json_real_value(json));
	else
		return bad(reader, "a value is neither text nor number");
	return true;
}

/* A field of a structured value may itself be a list. */
static bool put_list(
        struct reader *reader, enum jcard_type type, const json_t *json, char separator)
{
	for (size_t i = 0; i < json_array_size(json); i++) {
		const json_t *item = json_array_get(json, i);
		bool nested = separator == ';' && json_is_array(item);

		if (i)
			buf_char(&reader->line, separator);
		if (nested ? !put_list(reader, type, item, ',') : !put_scalar(reader, type, item))
			return false;
	}
	return true;
}

static bool put_values(struct reader *reader, enum jcard_type type, const json_t *row)
{
	for (size_t i = 3; i < json_array_size(row); i++) {
		const json_t *value = json_array_get(row, i);

		if (i > 3)
			buf_char(&reader->line, ',');
		if (json_is_array(value) ? !put_list(reader, type, value, ';')
		                         : !put_scalar(reader, type, value))
			return false;
	}
	return true;
}

/* ---- properties ---- */

static bool put_name(struct reader *reader, struct text name, const json_t *params)
{
	const json_t *group = json_object_get(params, "group");

	if (!jcard_is_name(name) || text_eq_nocase(name, TEXT("begin")) ||
	        text_eq_nocase(name, TEXT("end")))
		return bad(reader, "it has no name");
	if (group && !jcard_is_name(text_in(group)))
		return bad(reader, "its group has no name");
	reader->line.len = 0;
	if (group) {
		buf_add(&reader->line, text_in(group));
		buf_char(&reader->line, '.');
	}
	buf_add(&reader->line, text_ascii_casemap(reader->arena, name));
	return true;
}

/* RFC 7095 4: VALUE only where the type is not the property's own, and never for "unknown". */
static bool put_type(struct reader *reader, struct text name, struct text type)
{
	if (!jcard_is_name(type))
		return bad(reader, "it has no type");
	if (text_eq_nocase(type, TEXT("unknown")) || text_eq_nocase(type, jcard_default_type(name)))
		return true;
	buf_add(&reader->line, TEXT(";VALUE="));
	buf_add(&reader->line, type);
	return true;
}

static bool read_row(struct reader *reader, const json_t *row)
{
	struct text name = text_in(json_array_get(row, 0)), type = text_in(json_array_get(row, 2));
	json_t *params = json_array_get(row, 1);

	if (json_array_size(row) < 4 || !json_is_object(params))
		return bad(reader, "it is not [name, parameters, type, value]");
	if (!put_name(reader, name, params) || !put_params(reader, params) ||
	        !put_type(reader, name, type))
		return false;
	buf_char(&reader->line, ':');
	if (!put_values(reader, jcard_type_of(type), row))
		return false;
	vcard_line_fold(&reader->body, buf_text(&reader->line), TEXT("\r\n"));
	return true;
}

static void decref(void *json)
{
	json_decref(json);
}

bool jcard_read(struct arena *arena, struct err *err, struct text json, struct text *body)
{
	struct reader reader = { .arena = arena, .err = err };
	json_error_t error;
	json_t *root =
	        arena_own(arena, json_loadb(json.ptr ? json.ptr : "", json.len, 0, &error), decref);
	const json_t *rows = json_array_get(root, 1);

	if (!root)
		return err_set(err, ERR_VALID_ADDRESS_DATA, "line %d: %s", error.line, error.text);
	if (!text_eq_nocase(text_in(json_array_get(root, 0)), TEXT("vcard")) ||
	        !json_is_array(rows) || json_array_size(root) != 2)
		return err_set(err, ERR_VALID_ADDRESS_DATA, "this is not [\"vcard\", [...]]");
	if (json_array_size(rows) > VCARD_PROPS_MAX)
		return err_set(err, ERR_VALID_ADDRESS_DATA, "too many properties");
	buf_init(&reader.body, arena);
	buf_init(&reader.line, arena);
	buf_add(&reader.body, TEXT("BEGIN:VCARD\r\n"));
	for (reader.row = 1; reader.row <= json_array_size(rows); reader.row++)
		if (!read_row(&reader, json_array_get(rows, reader.row - 1)))
			return false;
	buf_add(&reader.body, TEXT("END:VCARD\r\n"));
	*body = buf_text(&reader.body);
	return true;
}
