/* iCalendar to jCal (RFC 7265 3). */
#include "object/jcal.h"

#include "object/ical_time.h"

#include <jansson.h>

static json_t *string(struct text text)
{
	return json_stringn(text.ptr ? text.ptr : "", text.len);
}

static struct text lower(struct arena *arena, struct text text)
{
	char *copy = arena_cstr(arena, text);

	for (size_t i = 0; i < text.len; i++)
		if (copy[i] >= 'A' && copy[i] <= 'Z')
			copy[i] = (char)(copy[i] - 'A' + 'a');
	return (struct text){ copy, text.len };
}

/* ---- values ---- */

/* 20260131T120000Z to 2026-01-31T12:00:00Z; what does not read stays as it is. */
static struct text extended(struct arena *arena, struct text raw)
{
	struct when when;
	int64_t year;
	int month, day, second;

	if (!when_read(raw, NULL, &when))
		return raw;
	second = (int)(((when.wall % 86400) + 86400) % 86400);
	days_to((when.wall - second) / 86400, &year, &month, &day);
	if (when.is_date)
		return arena_printf(arena, "%04d-%02d-%02d", (int)year, month, day);
	return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d%s", (int)year, month, day,
	        second / 3600, second / 60 % 60, second % 60, when.zone ? "Z" : "");
}

/* RFC 7265 3.6.9: an array of the start, and the end or how long it takes. */
static json_t *period(struct arena *arena, struct text raw)
{
	ptrdiff_t slash = text_find_char(raw, '/');
	json_t *array = slash < 0 ? NULL : json_array();
	struct text end;

	if (!array)
		return string(raw);
	end = text_from(raw, (size_t)slash + 1);
	if (end.len && end.ptr[0] != 'P')
		end = extended(arena, end);
	json_array_append_new(array, string(extended(arena, text_sub(raw, 0, (size_t)slash))));
	json_array_append_new(array, string(end));
	return array;
}

/* +0100 to +01:00, 120000 to 12:00:00. */
static struct text colons(struct arena *arena, struct text raw, size_t first)
{
	struct buf buf;

	buf_init(&buf, arena);
	for (size_t i = 0; i < raw.len; i++) {
		if (i >= first && (i - first) % 2 == 0 && raw.ptr[i] != 'Z')
			buf_char(&buf, ':');
		buf_char(&buf, raw.ptr[i]);
	}
	return buf_text(&buf);
}

static json_t *rule_value(struct arena *arena, struct text name, struct text value)
{
	int64_t n;

	if (text_eq_nocase(name, TEXT("UNTIL")))
		return string(extended(arena, value));
	if (text_to_int(value, &n))
		return json_integer(n);
	return string(value);
}

/* RFC 7265 3.6.10 */
static json_t *rule(struct arena *arena, struct text raw)
{
	json_t *object = json_object();
	struct text part;

	while (text_split(&raw, ';', &part)) {
		ptrdiff_t equals = text_find_char(part, '=');
		struct text name, values, value;
		json_t *list;

		if (equals <= 0)
			continue;
		name = lower(arena, text_sub(part, 0, (size_t)equals));
		values = text_from(part, (size_t)equals + 1);
		list = json_array();
		while (text_split(&values, ',', &value))
			json_array_append_new(list, rule_value(arena, name, value));
		if (json_array_size(list) == 1)
			json_object_set(object, name.ptr, json_array_get(list, 0));
		else
			json_object_set(object, name.ptr, list);
		json_decref(list);
	}
	return object;
}

static json_t *number(struct text raw, bool whole)
{
	char digits[64], *end;
	int64_t n;
	double real;

	if (whole)
		return text_to_int(raw, &n) ? json_integer(n) : string(raw);
	if (raw.len >= sizeof(digits))
		return string(raw);
	memcpy(digits, raw.ptr, raw.len);
	digits[raw.len] = '\0';
	real = strtod(digits, &end);
	return *end || end == digits ? string(raw) : json_real(real);
}

static json_t *value_of(struct arena *arena, enum ical_type type, struct text raw)
{
	switch (type) {
	case ICAL_TYPE_DATE:
	case ICAL_TYPE_DATE_TIME: return string(extended(arena, raw));
	case ICAL_TYPE_PERIOD: return period(arena, raw);
	case ICAL_TYPE_UTC_OFFSET: return string(colons(arena, raw, 3));
	case ICAL_TYPE_TIME: return string(colons(arena, raw, 2));
	case ICAL_TYPE_RECUR: return rule(arena, raw);
	case ICAL_TYPE_INTEGER: return number(raw, true);
	case ICAL_TYPE_FLOAT: return number(raw, false);
	case ICAL_TYPE_BOOLEAN: return json_boolean(text_eq_nocase(raw, TEXT("TRUE")));
	case ICAL_TYPE_TEXT: return string(ical_unescape(arena, raw));
	default: return string(raw);
	}
}

/* Structured values: one array. Separators are unescaped semicolons. */
static json_t *fields_of(struct arena *arena, enum ical_type type, struct text raw)
{
	json_t *list = json_array();
	size_t start = 0;

	for (size_t i = 0; i <= raw.len; i++) {
		if (i < raw.len && raw.ptr[i] == '\\') {
			i++;
			continue;
		}
		if (i < raw.len && raw.ptr[i] != ';')
			continue;
		json_array_append_new(list, value_of(arena, type, text_sub(raw, start, i - start)));
		start = i + 1;
	}
	return list;
}

/* ---- properties ---- */

static json_t *params_of(struct arena *arena, const struct ical_prop *prop)
{
	json_t *object = json_object();
	struct text rest = prop->params;
	struct ical_param param;

	while (ical_param_next(&rest, &param)) {
		json_t *list = json_array();
		struct text name = lower(arena, param.name), value;

		while (ical_param_value_next(&param.values, &value))
			json_array_append_new(list, string(ical_param_text(arena, value)));
		if (text_eq(name, TEXT("value")) || !json_array_size(list)) {
			json_decref(list);
			continue;
		}
		json_object_set(object, name.ptr,
		        json_array_size(list) == 1 ? json_array_get(list, 0) : list);
		json_decref(list);
	}
	return object;
}

static json_t *prop_of(struct arena *arena, const struct ical_prop *prop)
{
	enum ical_type type = ical_prop_type(prop);
	struct text said = ical_param(prop, "VALUE"); /* also a type nobody knows */
	struct text type_name = lower(arena, said.len ? said : text_of(ical_type_name(type)));
	struct text rest = prop->value, item;
	json_t *row = json_array();

	json_array_append_new(row, string(lower(arena, prop->name)));
	json_array_append_new(row, params_of(arena, prop));
	json_array_append_new(row, string(type_name));
	if (ical_prop_is_fields(prop->id)) {
		json_array_append_new(row, fields_of(arena, type, prop->value));
	} else if (ical_prop_is_list(prop->id)) {
		while (ical_item_next(&rest, &item))
			json_array_append_new(row, value_of(arena, type, item));
	} else {
		json_array_append_new(row, value_of(arena, type, prop->value));
	}
	return row;
}

static json_t *comp_of(struct arena *arena, const struct ical_comp *comp)
{
	json_t *row = json_array();
	json_t *props = json_array();
	json_t *children = json_array();

	for (const struct ical_prop *p = comp->props; p; p = p->next)
		json_array_append_new(props, prop_of(arena, p));
	for (const struct ical_comp *c = comp->children; c; c = c->next)
		json_array_append_new(children, comp_of(arena, c));
	json_array_append_new(row, string(lower(arena, comp->name)));
	json_array_append_new(row, props);
	json_array_append_new(row, children);
	return row;
}

struct text jcal_write(struct arena *arena, const struct ical *ical)
{
	json_t *root = comp_of(arena, ical_calendar(ical));
	char *dumped = json_dumps(root, JSON_COMPACT);
	struct text text = arena_text(arena, text_of(dumped));

	json_decref(root);
	free(dumped);
	return text;
}
