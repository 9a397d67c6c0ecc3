/* jCal to iCalendar (RFC 7265 4). */
#include "object/jcal.h"

#include <jansson.h>

struct reader {
	struct arena *arena;
	struct err *err;
	struct buf body;
	size_t row; /* for people */
};

static bool bad(struct reader *r, const char *why)
{
	return err_set(r->err, ERR_VALID_CALENDAR_DATA, "jCal property %zu: %s", r->row, why);
}

static struct text text_in(const json_t *json)
{
	if (!json_is_string(json))
		return TEXT_NONE;
	return (struct text){ json_string_value(json), json_string_length(json) };
}

/* Letters, digits, hyphen: what may name a property, parameter, component. */
static bool is_name(struct text name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
		        c != '-')
			return false;
	}
	return name.len > 0 && name.len <= 100;
}

static struct text upper(struct reader *r, struct text name)
{
	return text_ascii_casemap(r->arena, name);
}

/* ---- values ---- */

/* Takes out what the extended forms have more: hyphens of dates, colons of times and offsets. */
static void put_basic(struct buf *line, struct text text, const char *drop)
{
	for (size_t i = 0; i < text.len; i++)
		if (!strchr(drop, text.ptr[i]) || text.ptr[i] == '\0')
			buf_char(line, text.ptr[i]);
}

static bool is_one_line(struct text text)
{
	return text.ptr && text_find_char(text, '\n') < 0 && text_find_char(text, '\r') < 0;
}

static void put_period(struct buf *line, struct text start, struct text end)
{
	put_basic(line, start, "-:");
	buf_char(line, '/');
	/* A duration may be negative in form only; its sign is no hyphen of a date. */
	put_basic(line, end, text_starts(end, TEXT("P")) ? "" : "-:");
}

/* RFC 7265 3.6.9; some write both ends as one text. */
static bool put_periods(struct reader *r, struct buf *line, const json_t *json)
{
	struct text start = text_in(json), end;
	ptrdiff_t slash = text_find_char(start, '/');

	if (json_array_size(json) == 2) {
		start = text_in(json_array_get(json, 0));
		end = text_in(json_array_get(json, 1));
	} else if (start.ptr && slash >= 0) {
		end = text_from(start, (size_t)slash + 1);
		start = text_sub(start, 0, (size_t)slash);
	} else {
		return bad(r, "a period has no two ends");
	}
	if (!is_one_line(start) || !is_one_line(end))
		return bad(r, "a period has no two ends");
	put_period(line, start, end);
	return true;
}

static bool put_rule_value(struct reader *r, struct buf *line, const char *name, const json_t *json)
{
	struct text text = text_in(json);

	if (json_is_integer(json)) {
		buf_printf(line, "%lld", (long long)json_integer_value(json));
		return true;
	}
	if (!text.ptr)
		return bad(r, "a part of a rule is no text and no number");
	put_basic(line, text, strcmp(name, "until") ? "" : "-:");
	return true;
}

static bool put_rule(struct reader *r, struct buf *line, json_t *object)
{
	const char *name;
	json_t *value;
	size_t n = 0;

	if (!json_is_object(object))
		return bad(r, "a rule is no object");
	json_object_foreach(object, name, value)
	{
		size_t count = json_is_array(value) ? json_array_size(value) : 1;

		if (!is_name(text_of(name)) || !count)
			return bad(r, "a part of a rule has no name or value");
		buf_printf(line, "%s%.*s=", n++ ? ";" : "", TEXT_ARG(upper(r, text_of(name))));
		for (size_t i = 0; i < count; i++) {
			if (i)
				buf_char(line, ',');
			if (!put_rule_value(r, line, name,
			            json_is_array(value) ? json_array_get(value, i) : value))
				return false;
		}
	}
	return true;
}

static void put_text(struct reader *r, struct buf *line, struct text type, struct text text)
{
	if (text_eq_nocase(type, TEXT("text")))
		buf_add(line, ical_escape(r->arena, text));
	else if (text_eq_nocase(type, TEXT("date")) || text_eq_nocase(type, TEXT("date-time")))
		put_basic(line, text, "-:");
	else if (text_eq_nocase(type, TEXT("time")) || text_eq_nocase(type, TEXT("utc-offset")))
		put_basic(line, text, ":");
	else
		buf_add(line, text);
}

static bool put_value(struct reader *r, struct buf *line, struct text type, json_t *json)
{
	struct text text = text_in(json);

	if (text_eq_nocase(type, TEXT("recur")))
		return put_rule(r, line, json);
	if (json_is_boolean(json)) {
		buf_add(line, json_is_true(json) ? TEXT("TRUE") : TEXT("FALSE"));
		return true;
	}
	if (json_is_integer(json)) {
		buf_printf(line, "%lld", (long long)json_integer_value(json));
		return true;
	}
	if (json_is_real(json)) {
		buf_printf(line, "%.15g", json_real_value(json));
		return true;
	}
	if (!text.ptr)
		return bad(r, "a value is neither text nor number");
	if (!text_eq_nocase(type, TEXT("text")) && !is_one_line(text))
		return bad(r, "a value has a line break");
	put_text(r, line, type, text);
	return true;
}

/* A value that is an array is structured: its fields are parted by semicolons. */
static bool put_fields(struct reader *r, struct buf *line, struct text type, json_t *json)
{
	if (text_eq_nocase(type, TEXT("period")))
		return put_periods(r, line, json);
	if (!json_is_array(json))
		return put_value(r, line, type, json);
	for (size_t i = 0; i < json_array_size(json); i++) {
		if (i)
			buf_char(line, ';');
		if (!put_value(r, line, type, json_array_get(json, i)))
			return false;
	}
	return true;
}

/* ---- parameters ---- */

/* RFC 6868 */
static void put_param_text(struct buf *line, struct text text)
{
	buf_char(line, '"');
	for (size_t i = 0; i < text.len; i++) {
		switch (text.ptr[i]) {
		case '"': buf_add(line, TEXT("^'")); break;
		case '^': buf_add(line, TEXT("^^")); break;
		case '\n': buf_add(line, TEXT("^n")); break;
		case '\r': break;
		default: buf_char(line, text.ptr[i]);
		}
	}
	buf_char(line, '"');
}

static bool needs_quotes(struct text text)
{
	for (size_t i = 0; i < text.len; i++)
		if (strchr("\"^\n\r,;:", text.ptr[i]))
			return true;
	return text.len == 0;
}

static bool put_param(struct reader *r, struct buf *line, const char *name, json_t *json)
{
	size_t count = json_is_array(json) ? json_array_size(json) : 1;

	if (!is_name(text_of(name)) || !count || text_eq_nocase(text_of(name), TEXT("value")))
		return bad(r, "a parameter has no name or value");
	buf_printf(line, ";%.*s=", TEXT_ARG(upper(r, text_of(name))));
	for (size_t i = 0; i < count; i++) {
		struct text text = text_in(json_is_array(json) ? json_array_get(json, i) : json);

		if (!text.ptr || !text_is_clean(text))
			return bad(r, "a parameter value is no text");
		if (i)
			buf_char(line, ',');
		if (needs_quotes(text))
			put_param_text(line, text);
		else
			buf_add(line, text);
	}
	return true;
}

static bool put_params(struct reader *r, struct buf *line, json_t *object)
{
	const char *name;
	json_t *value;

	if (!json_is_object(object))
		return bad(r, "its parameters are no object");
	json_object_foreach(object, name, value)
	{
		if (!put_param(r, line, name, value))
			return false;
	}
	return true;
}

/* ---- properties and components ---- */

/* VALUE= where the type is not the property's own. */
static void put_type(struct reader *r, struct buf *line, struct text name, struct text type)
{
	struct ical_prop prop = { .id = ical_prop_id_of(name), .name = name };

	if (text_eq_nocase(type, TEXT("unknown")) ||
	        text_eq_nocase(type, text_of(ical_type_name(ical_prop_default_type(&prop)))))
		return;
	buf_printf(line, ";VALUE=%.*s", TEXT_ARG(upper(r, type)));
}

static bool put_prop(struct reader *r, json_t *row)
{
	struct text name = text_in(json_array_get(row, 0));
	struct text type = text_in(json_array_get(row, 2));
	size_t count = json_array_size(row);
	struct buf line;

	r->row++;
	if (!json_is_array(row) || count < 4 || !is_name(name) || !is_name(type))
		return bad(r, "it is no property");
	name = upper(r, name);
	buf_init(&line, r->arena);
	buf_add(&line, name);
	if (!put_params(r, &line, json_array_get(row, 1)))
		return false;
	put_type(r, &line, name, type);
	buf_char(&line, ':');
	for (size_t i = 3; i < count; i++) {
		if (i > 3)
			buf_char(&line, ',');
		if (!put_fields(r, &line, type, json_array_get(row, i)))
			return false;
	}
	if (!text_is_clean(buf_text(&line)))
		return bad(r, "it holds control characters");
	ical_line(&r->body, buf_text(&line));
	return true;
}

static bool put_comp(struct reader *r, json_t *row, int depth)
{
	struct text name = text_in(json_array_get(row, 0));
	json_t *props = json_array_get(row, 1);
	json_t *children = json_array_get(row, 2);

	if (depth > ICAL_DEPTH_MAX || json_array_size(row) != 3 || !is_name(name) ||
	        !json_is_array(props) || !json_is_array(children))
		return bad(r, "what follows is no component");
	name = upper(r, name);
	buf_printf(&r->body, "BEGIN:%.*s\r\n", TEXT_ARG(name));
	for (size_t i = 0; i < json_array_size(props); i++)
		if (!put_prop(r, json_array_get(props, i)))
			return false;
	for (size_t i = 0; i < json_array_size(children); i++)
		if (!put_comp(r, json_array_get(children, i), depth + 1))
			return false;
	buf_printf(&r->body, "END:%.*s\r\n", TEXT_ARG(name));
	return true;
}

static void free_json(void *json)
{
	json_decref(json);
}

bool jcal_read(struct arena *arena, struct err *err, struct text json, struct text *body)
{
	struct reader r = { .arena = arena, .err = err };
	json_error_t why;
	json_t *root = json_loadb(json.ptr ? json.ptr : "", json.len, JSON_REJECT_DUPLICATES, &why);

	if (!root)
		return err_set(
		        err, ERR_VALID_CALENDAR_DATA, "JSON line %d: %s", why.line, why.text);
	arena_own(arena, root, free_json);
	if (!text_eq_nocase(text_in(json_array_get(root, 0)), TEXT("vcalendar")))
		return err_set(err, ERR_VALID_CALENDAR_DATA, "this is no vcalendar");
	buf_init(&r.body, arena);
	if (!put_comp(&r, root, 1))
		return false;
	*body = buf_text(&r.body);
	return true;
}
