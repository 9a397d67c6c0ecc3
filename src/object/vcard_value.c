/* Parameters and values: the inside of a line. */
#include "object/vcard.h"
#include "object/vcard_line.h"

/* ---- parameters ---- */

static bool take(struct text *rest, char separator, struct text *piece)
{
	size_t end;

	if (!rest->ptr)
		return false;
	end = vcard_skip_quoted(*rest, separator);
	*piece = text_sub(*rest, 0, end);
	*rest = end < rest->len ? text_from(*rest, end + 1) : TEXT_NONE;
	return true;
}

bool vcard_param_next(struct text *params, struct vcard_param *param)
{
	struct text piece;
	ptrdiff_t equals;

	do {
		if (!take(params, ';', &piece))
			return false;
	} while (!text_trim(piece).len);
	equals = text_find_char(piece, '=');
	if (equals < 0) {
		param->name = TEXT_NONE;
		param->values = text_trim(piece);
	} else {
		param->name = text_trim(text_sub(piece, 0, (size_t)equals));
		param->values = text_from(piece, (size_t)equals + 1);
	}
	return true;
}

bool vcard_value_next(struct text *values, struct text *value)
{
	if (!take(values, ',', value))
		return false;
	if (value->len >= 2 && value->ptr[0] == '"' && value->ptr[value->len - 1] == '"')
		*value = text_sub(*value, 1, value->len - 2);
	return true;
}

struct text vcard_param(const struct vcard_prop *prop, const char *name)
{
	struct text rest = prop->params, wanted = text_of(name), value;
	struct vcard_param param;

	while (vcard_param_next(&rest, &param))
		if (text_eq_nocase(param.name, wanted) && param.name.len &&
		        vcard_value_next(&param.values, &value))
			return value;
	return TEXT_NONE;
}

/* `TYPE="home,cell"` is one value by the letter of RFC 6350 5.6, and two to everybody. */
static bool has_piece(struct text value, struct text wanted)
{
	struct text piece;

	while (text_split(&value, ',', &piece))
		if (text_eq_nocase(text_trim(piece), wanted))
			return true;
	return false;
}

bool vcard_param_has(const struct vcard_prop *prop, const char *name, const char *value)
{
	struct text rest = prop->params, wanted_name = text_of(name), wanted = text_of(value);
	bool bare = text_eq_nocase(wanted_name, TEXT("TYPE")) ||
	            text_eq_nocase(wanted_name, TEXT("ENCODING"));
	struct vcard_param param;
	struct text one;

	while (vcard_param_next(&rest, &param)) {
		if (param.name.ptr ? !text_eq_nocase(param.name, wanted_name) : !bare)
			continue;
		while (vcard_value_next(&param.values, &one))
			if (has_piece(one, wanted))
				return true;
	}
	return false;
}

int vcard_pref(const struct vcard_prop *prop)
{
	int64_t pref;

	if (!prop->params.len)
		return 0;
	if (text_to_int(vcard_param(prop, "PREF"), &pref) && pref >= 1 && pref <= 100)
		return (int)pref;
	return vcard_param_has(prop, "TYPE", "pref") ? 1 : 0;
}

struct text vcard_param_text(struct arena *arena, struct text value)
{
	struct buf out;

	if (text_find_char(value, '^') < 0)
		return value;
	buf_init(&out, arena);
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i], next = i + 1 < value.len ? value.ptr[i + 1] : '\0';

		if (c == '^' && (next == 'n' || next == '^' || next == '\'')) {
			c = next == 'n' ? '\n' : next == '^' ? '^' : '"';
			i++;
		}
		buf_char(&out, c);
	}
	return buf_text(&out);
}

struct text vcard_label_text(struct arena *arena, struct text value)
{
	struct text text = vcard_param_text(arena, value);
	struct buf out;

	if (text_find_char(text, '\\') < 0)
		return text;
	buf_init(&out, arena);
	for (size_t i = 0; i < text.len; i++) {
		char next = i + 1 < text.len ? text.ptr[i + 1] : '\0';
		bool ends = text.ptr[i] == '\\' && (next == 'n' || next == 'N');

		buf_char(&out, ends ? '\n' : text.ptr[i]);
		i += ends;
	}
	return buf_text(&out);
}

static bool wants_quotes(struct text value)
{
	for (size_t i = 0; i < value.len; i++)
		if (strchr(",;:", value.ptr[i]))
			return true;
	return !value.len;
}

void vcard_param_put(struct buf *out, struct text value)
{
	bool quotes = wants_quotes(value);

	if (quotes)
		buf_char(out, '"');
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];

		if (c == '\n')
			buf_add(out, TEXT("^n"));
		else if (c == '^')
			buf_add(out, TEXT("^^"));
		else if (c == '"')
			buf_add(out, TEXT("^'"));
		else if (c != '\r')
			buf_char(out, c);
	}
	if (quotes)
		buf_char(out, '"');
}

struct text vcard_param_add(
        struct arena *arena, struct text params, const char *name, struct text value)
{
	struct buf out;

	buf_init(&out, arena);
	buf_add(&out, params);
	if (params.len)
		buf_char(&out, ';');
	buf_add(&out, text_of(name));
	buf_char(&out, '=');
	vcard_param_put(&out, value);
	return buf_text(&out);
}

struct text vcard_param_drop(struct arena *arena, struct text params, const char *name)
{
	struct text rest = params, wanted = text_of(name), piece;
	struct buf out;

	buf_init(&out, arena);
	while (take(&rest, ';', &piece)) {
		ptrdiff_t equals = text_find_char(piece, '=');

		if (equals >= 0 &&
		        text_eq_nocase(text_trim(text_sub(piece, 0, (size_t)equals)), wanted))
			continue;
		if (out.len)
			buf_char(&out, ';');
		buf_add(&out, piece);
	}
	return buf_text(&out);
}

/* ---- values ---- */

bool vcard_field_next(struct text *value, char separator, struct text *field)
{
	size_t i = 0;

	if (!value->ptr)
		return false;
	while (i < value->len && value->ptr[i] != separator)
		i += value->ptr[i] == '\\' && i + 1 < value->len ? 2 : 1;
	*field = text_sub(*value, 0, i);
	*value = i < value->len ? text_from(*value, i + 1) : TEXT_NONE;
	return true;
}

struct text vcard_field(struct text value, char separator, size_t i)
{
	struct text field;

	do {
		if (!vcard_field_next(&value, separator, &field))
			return TEXT_NONE;
	} while (i--);
	return field;
}

struct text vcard_unescape(struct arena *arena, struct text raw)
{
	struct buf out;

	if (text_find_char(raw, '\\') < 0)
		return raw;
	buf_init(&out, arena);
	buf_reserve(&out, raw.len);
	for (size_t i = 0; i < raw.len; i++) {
		char c = raw.ptr[i];

		if (c == '\\' && i + 1 < raw.len) {
			char next = raw.ptr[i + 1];

			if (next == 'n' || next == 'N')
				c = '\n';
			else if (strchr(",;:\\", next))
				c = next;
			i += c != '\\' || next == '\\';
		}
		buf_char(&out, c);
	}
	return buf_text(&out);
}

struct text vcard_escape(struct arena *arena, struct text text)
{
	struct buf out;

	buf_init(&out, arena);
	buf_reserve(&out, text.len);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n')
			continue;
		if (c == '\n' || c == '\r') {
			buf_add(&out, TEXT("\\n"));
			continue;
		}
		if (c == ',' || c == ';' || c == '\\')
			buf_char(&out, '\\');
		buf_char(&out, c);
	}
	return buf_text(&out);
}

struct text vcard_value_text(struct arena *arena, const struct vcard_prop *prop)
{
	return vcard_unescape(arena, prop->value);
}

struct text vcard_value_uri(struct arena *arena, const struct vcard_prop *prop)
{
	struct text text = vcard_unescape(arena, prop->value);

	return text_find_char(text, '\n') < 0 ? text : prop->value;
}
