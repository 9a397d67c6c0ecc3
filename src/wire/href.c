#include "wire/href.h"

/* RFC 3986 3.3 pchar, without "%": what may stand in a segment as it is. `@` and `:` are among
 * them: some clients compare without decoding. */
static const bool PLAIN[256] = {
	['a' ... 'z'] = true,
	['A' ... 'Z'] = true,
	['0' ... '9'] = true,
	['-'] = true,
	['.'] = true,
	['_'] = true,
	['~'] = true,
	['!'] = true,
	['$'] = true,
	['&'] = true,
	['\''] = true,
	['('] = true,
	[')'] = true,
	['*'] = true,
	['+'] = true,
	[','] = true,
	[';'] = true,
	['='] = true,
	[':'] = true,
	['@'] = true,
};

/* ---- reading ---- */

static bool malformed(struct err *err, const char *what)
{
	return err_set(err, ERR_BAD_REQUEST, "%s", what);
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes %XX; a segment without any is not copied. */
static bool decode(struct arena *arena, struct err *err, struct text raw, struct text *segment)
{
	char *copy;
	size_t len = 0;

	*segment = raw;
	if (text_find_char(raw, '%') < 0)
		return true;
	copy = arena_alloc(arena, raw.len + 1);
	for (size_t i = 0; i < raw.len; i++) {
		int high, low;

		if (raw.ptr[i] != '%') {
			copy[len++] = raw.ptr[i];
			continue;
		}
		high = i + 1 < raw.len ? hex(raw.ptr[i + 1]) : -1;
		low = i + 2 < raw.len ? hex(raw.ptr[i + 2]) : -1;
		if (high < 0 || low < 0)
			return malformed(err, "bad percent-encoding in a path");
		copy[len++] = (char)(high << 4 | low);
		i += 2;
	}
	*segment = (struct text){ copy, len };
	return true;
}

static bool check(struct err *err, struct text segment)
{
	bool ascii = true;

	if (!segment.len)
		return malformed(err, "a path has an empty segment");
	if (segment.len > PATH_MAX_SEGMENT)
		return err_set(
		        err, ERR_URI_TOO_LONG, "a name has more than %d bytes", PATH_MAX_SEGMENT);
	if (text_eq(segment, TEXT(".")) || text_eq(segment, TEXT("..")))
		return malformed(err, "a path has a dot segment");
	for (size_t i = 0; i < segment.len; i++) {
		unsigned char c = (unsigned char)segment.ptr[i];

		if (c < 0x20 || c == 0x7f || c == '/')
			return malformed(err, "a path holds what no name may hold");
		if (c >= 0x80)
			ascii = false;
	}
	if (!ascii && (!text_is_utf8(segment) || !text_is_clean(segment)))
		return malformed(err, "a path is not UTF-8");
	return true;
}

/* "/a/b/": raw begins with '/'. */
static bool split(struct arena *arena, struct err *err, struct text raw, struct path *path)
{
	struct text rest = text_from(raw, 1), piece;
	size_t count = 1;

	for (size_t i = 0; i < rest.len; i++)
		count += rest.ptr[i] == '/';
	if (count > PATH_MAX_SEGMENTS + 1)
		return err_set(err, ERR_URI_TOO_LONG, "a path is too deep");
	*path = (struct path){ .at = arena_array(arena, count, sizeof(*path->at)) };
	while (text_split(&rest, '/', &piece)) {
		struct text *segment = &path->at[path->len];

		if (!rest.ptr && !piece.len) {
			path->slash = true;
			break;
		}
		if (!decode(arena, err, piece, segment) || !check(err, *segment))
			return false;
		path->len++;
	}
	if (path->len > PATH_MAX_SEGMENTS)
		return err_set(err, ERR_URI_TOO_LONG, "a path is too deep");
	return true;
}

/* Takes "http://host:port" off the front of *raw. */
static bool take_authority(struct err *err, struct text *raw, struct text own)
{
	bool tls = text_starts_nocase(*raw, TEXT("https://"));
	struct text port = tls ? TEXT(":443") : TEXT(":80");
	struct text rest, authority;
	size_t len = 0;

	if (!tls && !text_starts_nocase(*raw, TEXT("http://")))
		return malformed(err, "neither a path nor an http(s) address");
	rest = text_from(*raw, strlen(tls ? "https://" : "http://"));
	while (len < rest.len && !strchr("/?#", rest.ptr[len]))
		len++;
	authority = text_sub(rest, 0, len);
	*raw = text_from(rest, len);
	if (text_ends(authority, port))
		authority.len -= port.len;
	if (own.len && text_ends(own, port))
		own.len -= port.len;
	if (!own.len || !text_eq_nocase(authority, own))
		return err_set(err, ERR_BAD_GATEWAY, "an address on another server");
	return true;
}

bool href_parse(struct arena *arena, struct err *err, struct text raw, struct text own,
        struct path *path, struct text *query)
{
	ptrdiff_t mark;

	if (!text_starts(raw, TEXT("/")) && !take_authority(err, &raw, own))
		return false;
	/* litmus: a fragment names no resource, above all none to be deleted. */
	if (text_find_char(raw, '#') >= 0)
		return malformed(err, "a path has a fragment");
	mark = text_find_char(raw, '?');
	if (query)
		*query = mark < 0 ? TEXT_NONE : text_from(raw, (size_t)mark + 1);
	else if (mark >= 0)
		return malformed(err, "a path has a query");
	if (mark >= 0)
		raw.len = (size_t)mark;
	return split(arena, err, raw.len ? raw : TEXT("/"), path);
}

/* ---- writing ---- */

static size_t encoded_len(struct text segment)
{
	size_t len = segment.len;

	for (size_t i = 0; i < segment.len; i++)
		if (!PLAIN[(unsigned char)segment.ptr[i]])
			len += 2;
	return len;
}

static char *encode(char *out, struct text segment)
{
	static const char HEX[] = "0123456789ABCDEF";

	for (size_t i = 0; i < segment.len; i++) {
		unsigned char c = (unsigned char)segment.ptr[i];

		if (PLAIN[c]) {
			*out++ = (char)c;
			continue;
		}
		*out++ = '%';
		*out++ = HEX[c >> 4];
		*out++ = HEX[c & 15];
	}
	return out;
}

struct text href_of(struct arena *arena, const struct path *path)
{
	size_t len = 1;
	char *href, *out;

	for (size_t i = 0; i < path->len; i++)
		len += encoded_len(path->at[i]) + 1;
	out = href = arena_alloc(arena, len + 1);
	*out++ = '/';
	for (size_t i = 0; i < path->len; i++) {
		out = encode(out, path->at[i]);
		if (i + 1 < path->len || path->slash)
			*out++ = '/';
	}
	return (struct text){ href, (size_t)(out - href) };
}

struct text href_child(struct arena *arena, struct text parent, struct text name, bool collection)
{
	size_t len = parent.len + encoded_len(name) + collection;
	char *href = arena_alloc(arena, len + 1);
	char *out = href + parent.len;

	memcpy(href, parent.ptr, parent.len);
	out = encode(out, name);
	if (collection)
		*out++ = '/';
	return (struct text){ href, len };
}

/* ---- comparing ---- */

static bool starts(const struct path *path, const struct path *prefix)
{
	if (path->len < prefix->len)
		return false;
	for (size_t i = 0; i < prefix->len; i++)
		if (!text_eq(path->at[i], prefix->at[i]))
			return false;
	return true;
}

bool path_eq(const struct path *a, const struct path *b)
{
	return a->len == b->len && starts(a, b);
}

bool path_below(const struct path *inner, const struct path *outer)
{
	return inner->len > outer->len && starts(inner, outer);
}
