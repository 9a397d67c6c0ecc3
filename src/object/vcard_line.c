#include "object/vcard_line.h"

static bool is_fold(const char *p, const char *end)
{
	return p < end && (*p == ' ' || *p == '\t');
}

bool vcard_line_next(struct text *rest, struct vcard_line *line)
{
	const char *start = rest->ptr, *p = start, *end = start + rest->len;

	if (!rest->len)
		return false;
	line->folded = false;
	for (;;) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));

		p = nl ? nl + 1 : end;
		if (!nl || !is_fold(p, end))
			break;
		line->folded = true;
	}
	line->all = (struct text){ start, (size_t)(p - start) };
	line->text = line->all;
	while (line->text.len && (line->text.ptr[line->text.len - 1] == '\n' ||
	                                 line->text.ptr[line->text.len - 1] == '\r'))
		line->text.len--;
	*rest = (struct text){ p, (size_t)(end - p) };
	return true;
}

struct text vcard_line_unfold_into(struct buf *buf, const struct vcard_line *line)
{
	const char *p = line->text.ptr, *end = p + line->text.len;

	if (!line->folded)
		return line->text;
	buf->len = 0;
	buf_reserve(buf, line->text.len);
	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		size_t len = (size_t)((nl ? nl : end) - p);

		while (nl && len && p[len - 1] == '\r')
			len--;
		buf_add(buf, (struct text){ p, len });
		/* The line end and the one blank behind it (RFC 6350 3.2). */
		p = nl ? nl + 2 : end;
	}
	return buf_text(buf);
}

struct text vcard_line_unfold(struct arena *arena, const struct vcard_line *line)
{
	struct buf buf;

	if (!line->folded)
		return line->text;
	buf_init(&buf, arena);
	return vcard_line_unfold_into(&buf, line);
}

static bool is_name_char(char c)
{
	/* The underscore is not in RFC 6350 3.3, but in what some clients send. */
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '_';
}

size_t vcard_skip_quoted(struct text text, char stop)
{
	bool may_open = true;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == stop)
			return i;
		if (c == '"' && may_open) {
			const char *close = memchr(text.ptr + i + 1, '"', text.len - i - 1);

			if (!close)
				break;
			i = (size_t)(close - text.ptr);
		}
		may_open = c == '=' || c == ',' || c == ';';
	}
	return text.len;
}

bool vcard_line_parts(struct text line, struct vcard_parts *parts)
{
	size_t i = 0, start = 0, colon;

	parts->group = TEXT_NONE;
	parts->params = TEXT("");
	for (;; i++) {
		if (i == line.len)
			return false;
		if (is_name_char(line.ptr[i]))
			continue;
		if (line.ptr[i] != '.' || parts->group.ptr || !i)
			break;
		parts->group = text_sub(line, 0, i);
		start = i + 1;
	}
	parts->name = text_sub(line, start, i - start);
	if (!parts->name.len)
		return false;
	if (line.ptr[i] == ':') {
		parts->value = text_from(line, i + 1);
		return true;
	}
	if (line.ptr[i] != ';')
		return false;
	parts->params = text_from(line, i + 1);
	colon = vcard_skip_quoted(parts->params, ':');
	if (colon == parts->params.len)
		return false;
	parts->value = text_from(parts->params, colon + 1);
	parts->params.len = colon;
	return true;
}

struct text vcard_line_name(const struct vcard_line *line)
{
	struct text text = line->text;
	size_t start = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == ':' || c == ';')
			return text_sub(text, start, i - start);
		if (c == '.')
			start = i + 1;
		if (c == '\n')
			break;
	}
	return TEXT("");
}

bool vcard_line_is(const struct vcard_line *line, const char *name)
{
	struct text rest = line->text, piece;

	if (!rest.len || (rest.ptr[0] | 0x20) != (name[0] | 0x20) || line->folded)
		return false;
	return text_split(&rest, ':', &piece) && text_eq_nocase(piece, text_of(name)) &&
	       text_eq_nocase(text_trim(rest), TEXT("VCARD"));
}

enum { FOLD_AT = 75 };

void vcard_line_fold(struct buf *out, struct text line, struct text eol)
{
	size_t room = FOLD_AT;

	while (line.len > room) {
		size_t cut = room;

		while (cut > 1 && (line.ptr[cut] & 0xC0) == 0x80)
			cut--;
		buf_add(out, text_sub(line, 0, cut));
		buf_add(out, eol);
		buf_char(out, ' ');
		line = text_from(line, cut);
		room = FOLD_AT - 1;
	}
	buf_add(out, line);
	buf_add(out, eol);
}
