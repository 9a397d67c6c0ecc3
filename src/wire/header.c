#include "wire/header.h"

static bool malformed(struct call *c, const char *header)
{
	return err_set(&c->work.err, ERR_BAD_REQUEST, "the %s header is malformed", header);
}

/* ---- DAV ---- */

bool header_depth(struct call *c, enum depth preset, enum depth *depth)
{
	struct text value = text_trim(call_header(c, "Depth"));

	if (!value.ptr)
		*depth = preset;
	else if (text_eq(value, TEXT("0")))
		*depth = DEPTH_0;
	else if (text_eq(value, TEXT("1")))
		*depth = DEPTH_1;
	else if (text_eq_nocase(value, TEXT("infinity")))
		*depth = DEPTH_INFINITY;
	else
		return malformed(c, "Depth");
	return true;
}

bool header_overwrite(struct call *c, bool *overwrite)
{
	struct text value = text_trim(call_header(c, "Overwrite"));

	if (!value.ptr || text_eq_nocase(value, TEXT("T")))
		*overwrite = true;
	else if (text_eq_nocase(value, TEXT("F")))
		*overwrite = false;
	else
		return malformed(c, "Overwrite");
	return true;
}

bool header_destination(struct call *c, struct path *path)
{
	struct text value = text_trim(call_header(c, "Destination"));

	if (!value.len)
		return err_set(&c->work.err, ERR_BAD_REQUEST, "the Destination header is missing");
	return href_parse(c->work.arena, &c->work.err, value, c->authority, path, NULL);
}

int64_t header_timeout(struct call *c, int64_t preset, int64_t max)
{
	struct text rest = call_header(c, "Timeout");
	struct text item;
	int64_t seconds;

	/* RFC 4918 10.7: the client's wishes in order; the first one we understand counts. */
	while (text_split(&rest, ',', &item)) {
		item = text_trim(item);
		if (text_eq_nocase(item, TEXT("Infinite")))
			return max;
		if (!text_starts_nocase(item, TEXT("Second-")))
			continue;
		item = text_from(item, strlen("Second-"));
		if (!text_to_int(item, &seconds) || seconds < 1)
			continue;
		return seconds < max ? seconds : max;
	}
	return preset < max ? preset : max;
}

/* ---- lists with quoted strings ---- */

/* Like text_split(), but a separator inside a quoted string (RFC 9110 5.6.4) is none. The piece is
 * trimmed. */
static bool next_item(struct text *rest, char separator, struct text *item)
{
	bool quoted = false;
	size_t at = 0;

	if (!rest->ptr)
		return false;
	for (; at < rest->len; at++) {
		char c = rest->ptr[at];

		if (c == '"')
			quoted = !quoted;
		else if (quoted && c == '\\')
			at++;
		else if (!quoted && c == separator)
			break;
	}
	*item = text_trim(text_sub(*rest, 0, at));
	*rest = at < rest->len ? text_from(*rest, at + 1) : TEXT_NONE;
	return true;
}

/* "name=value": the name, and the value as written; absent if there is no '='. */
static struct text split_param(struct text item, struct text *value)
{
	ptrdiff_t equals = text_find_char(item, '=');

	*value = TEXT_NONE;
	if (equals < 0)
		return item;
	*value = text_trim(text_from(item, (size_t)equals + 1));
	return text_trim(text_sub(item, 0, (size_t)equals));
}

/* A token or a quoted string without its quotes and backslashes. */
static struct text unquote(struct arena *arena, struct text value)
{
	char *copy;
	size_t len = 0;

	if (value.len < 2 || value.ptr[0] != '"' || value.ptr[value.len - 1] != '"')
		return value;
	copy = arena_alloc(arena, value.len);
	for (size_t i = 1; i + 1 < value.len; i++) {
		if (value.ptr[i] == '\\' && i + 2 < value.len)
			i++;
		copy[len++] = value.ptr[i];
	}
	return (struct text){ copy, len };
}

struct text header_param(struct arena *arena, struct text value, const char *name)
{
	struct text wanted = text_of(name);
	struct text rest = value;
	struct text item, found;
	bool first = true;

	while (next_item(&rest, ';', &item)) {
		if (!first && text_eq_nocase(split_param(item, &found), wanted))
			return unquote(arena, found.ptr ? found : TEXT(""));
		first = false;
	}
	return TEXT_NONE;
}

struct text header_media_type(struct arena *arena, struct text value)
{
	struct text rest = value;
	struct text type;
	char *copy;

	if (!next_item(&rest, ';', &type))
		return TEXT_NONE;
	copy = arena_cstr(arena, type);
	for (size_t i = 0; i < type.len; i++)
		if (copy[i] >= 'A' && copy[i] <= 'Z')
			copy[i] |= 0x20;
	return (struct text){ copy, type.len };
}

/* ---- preferences ---- */

enum { SEEN_RETURN = 1 << 16 };

static unsigned preference(struct arena *arena, struct text item, unsigned so_far)
{
	struct text rest = item;
	struct text name, value;

	if (!next_item(&rest, ';', &item))
		return 0;
	name = split_param(item, &value);
	if (text_eq_nocase(name, TEXT("depth-noroot")))
		return PREFER_DEPTH_NOROOT;
	/* RFC 7240 2: said more than once, the first one counts. */
	if (so_far & SEEN_RETURN)
		return 0;
	/* Clients of its drafts say it in one word. */
	if (text_starts_nocase(name, TEXT("return-")))
		value = text_from(name, 7);
	else if (text_eq_nocase(name, TEXT("return")))
		value = unquote(arena, value);
	else
		return 0;
	if (text_eq_nocase(value, TEXT("minimal")))
		return SEEN_RETURN | PREFER_MINIMAL;
	if (text_eq_nocase(value, TEXT("representation")))
		return SEEN_RETURN | PREFER_REPRESENTATION;
	return SEEN_RETURN;
}

unsigned header_prefer(struct call *c)
{
	struct text rest = call_header(c, "Prefer");
	struct text item;
	unsigned prefer = 0;

	while (next_item(&rest, ',', &item))
		prefer |= preference(c->work.arena, item, prefer);
	/* RFC 8144 appendix: the older way to say return=minimal. */
	if (!(prefer & SEEN_RETURN) &&
	        text_eq_nocase(text_trim(call_header(c, "Brief")), TEXT("t")))
		prefer |= PREFER_MINIMAL;
	return prefer & ~(unsigned)SEEN_RETURN;
}

/* ---- negotiation ---- */

/* Quality in thousandths; a malformed one counts as 0 would: nobody asked for it. */
static int quality(struct text value)
{
	int sum = 0, scale = 1000;

	if (!value.ptr)
		return 1000;
	if (!value.len || (value.ptr[0] != '0' && value.ptr[0] != '1') || value.len > 5)
		return 0;
	sum = (value.ptr[0] - '0') * scale;
	for (size_t i = 1; i < value.len; i++) {
		if (i == 1 ? value.ptr[i] != '.' : value.ptr[i] < '0' || value.ptr[i] > '9')
			return 0;
		if (i > 1)
			sum += (value.ptr[i] - '0') * (scale /= 10);
	}
	return sum > 1000 ? 0 : sum;
}

struct range {
	struct text type;
	struct text version;
	int q;
};
VEC_OF(ranges, struct range);

static void read_ranges(struct arena *arena, struct text value, struct ranges *ranges)
{
	struct text item, type, param;

	while (next_item(&value, ',', &item)) {
		struct text rest = item;
		struct text q = TEXT_NONE;
		struct range *range;

		if (!next_item(&rest, ';', &type) || !type.len)
			continue;
		range = vec_push(arena, ranges);
		range->type = type;
		while (next_item(&rest, ';', &item)) {
			struct text name = split_param(item, &param);

			if (text_eq_nocase(name, TEXT("q")))
				q = param.ptr ? param : TEXT("");
			else if (text_eq_nocase(name, TEXT("version")))
				range->version = unquote(arena, param);
		}
		range->q = quality(q);
	}
}

/* How closely a range names a type (RFC 9110 12.5.1): 0 not at all, 3 exactly. */
static int closeness(struct text range, struct text type)
{
	ptrdiff_t slash = text_find_char(type, '/');

	if (text_eq_nocase(range, type))
		return 3;
	if (text_eq(range, TEXT("*/*")) || text_eq(range, TEXT("*")))
		return 1;
	return range.len == (size_t)slash + 2 && text_ends(range, TEXT("/*")) &&
	                       text_eq_nocase(text_sub(range, 0, (size_t)slash),
	                               text_sub(type, 0, (size_t)slash))
	               ? 2
	               : 0;
}

/* The range that decides about `type`, or NULL. */
static const struct range *decides(const struct ranges *ranges, struct text type)
{
	const struct range *best = NULL;
	int best_close = 0;

	for (size_t i = 0; i < ranges->len; i++) {
		const struct range *range = &ranges->at[i];
		int close = closeness(range->type, type);

		if (close > best_close || (close && close == best_close && range->q > best->q)) {
			best = range;
			best_close = close;
		}
	}
	return best;
}

int header_accept(struct call *c, const char *const *offered, size_t len, struct text *version)
{
	struct text value = call_header(c, "Accept");
	struct ranges ranges = VEC_EMPTY;
	int winner = -1, best = 0;

	*version = TEXT_NONE;
	if (!text_trim(value).len)
		return 0;
	read_ranges(c->work.arena, value, &ranges);
	for (size_t i = 0; i < len; i++) {
		const struct range *range = decides(&ranges, text_of(offered[i]));

		if (range && range->q > best) {
			best = range->q;
			winner = (int)i;
			*version = range->version;
		}
	}
	return winner;
}

/* RFC 4647 3.4, one step: a range names the tag it begins with. */
static bool names_language(struct text range, struct text tag)
{
	return text_starts_nocase(range, tag) &&
	       (range.len == tag.len || range.ptr[tag.len] == '-');
}

int header_accept_language(struct call *c, const char *const *offered, size_t len)
{
	struct ranges ranges = VEC_EMPTY;
	int winner = 0, best = 0;

	read_ranges(c->work.arena, call_header(c, "Accept-Language"), &ranges);
	for (size_t i = 0; i < ranges.len; i++)
		for (size_t k = 0; k < len && ranges.at[i].q > best; k++)
			if (names_language(ranges.at[i].type, text_of(offered[k]))) {
				best = ranges.at[i].q;
				winner = (int)k;
			}
	return winner;
}

bool header_accepts_coding(struct call *c, struct text wanted)
{
	struct text rest = call_header(c, "Accept-Encoding");
	struct text item, coding, name, value;
	bool any = false;

	while (next_item(&rest, ',', &item)) {
		int q = 1000;

		if (!next_item(&item, ';', &coding))
			continue;
		while (next_item(&item, ';', &name)) {
			name = split_param(name, &value);
			if (text_eq_nocase(name, TEXT("q")))
				q = quality(value.ptr ? value : TEXT(""));
		}
		/* RFC 9110 8.4.1.3: x-gzip is an old name of gzip. */
		if (text_starts_nocase(coding, TEXT("x-")))
			coding = text_from(coding, 2);
		if (text_eq_nocase(coding, wanted))
			return q > 0;
		if (text_eq(coding, TEXT("*")))
			any = q > 0;
	}
	return any;
}

bool header_accepts_gzip(struct call *c)
{
	return header_accepts_coding(c, TEXT("gzip"));
}

struct text header_cookie(struct call *c, struct text name)
{
	struct text rest = call_header(c, "Cookie");
	struct text pair;

	while (text_split(&rest, ';', &pair)) {
		ptrdiff_t equals;

		pair = text_trim(pair);
		equals = text_find_char(pair, '=');
		if (equals > 0 && text_eq(text_trim(text_sub(pair, 0, (size_t)equals)), name))
			return text_trim(text_from(pair, (size_t)equals + 1));
	}
	return TEXT_NONE;
}

/* ---- Range (RFC 9110 14) ---- */

/* If-Range: the ETag our reply carries, strongly compared (13.1.5); dates are too coarse for us. */
static bool if_range_holds(struct call *c)
{
	struct text wanted = text_trim(call_header(c, "If-Range"));

	if (!wanted.ptr)
		return true;
	for (size_t i = 0; i < c->reply.headers.len; i++) {
		const struct header *header = &c->reply.headers.at[i];

		if (text_eq_nocase(header->name, TEXT("ETag")))
			return text_eq(header->value, wanted);
	}
	return false;
}

/* Digits only; what is too large for us lies behind every end. */
static bool read_position(struct text digits, int64_t *position)
{
	if (!digits.len)
		return false;
	for (size_t i = 0; i < digits.len; i++)
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
			return false;
	if (!text_to_int(digits, position))
		*position = INT64_MAX;
	return true;
}

/* "first-last", "first-" or "-suffix" into first and last inclusive; false: malformed. */
static bool read_range(struct text spec, int64_t size, int64_t *first, int64_t *last)
{
	ptrdiff_t dash = text_find_char(spec, '-');
	struct text left, right;

	if (dash < 0)
		return false;
	left = text_trim(text_sub(spec, 0, (size_t)dash));
	right = text_trim(text_from(spec, (size_t)dash + 1));
	if (!left.len) {
		int64_t suffix;

		if (!read_position(right, &suffix))
			return false;
		*first = suffix ? (suffix < size ? size - suffix : 0) : size;
		*last = size - 1;
		return true;
	}
	*last = size - 1;
	if (!read_position(left, first) || (right.len && !read_position(right, last)))
		return false;
	if (right.len && *last < *first)
		return false;
	if (*last >= size)
		*last = size - 1;
	return true;
}

bool header_range(struct call *c, int64_t size, int64_t *from, int64_t *len, bool *partial)
{
	struct text value = text_trim(call_header(c, "Range"));
	int64_t first, last;

	*from = 0;
	*len = size;
	*partial = false;
	if (c->method != METHOD_GET || !text_starts_nocase(value, TEXT("bytes=")))
		return true;
	value = text_from(value, strlen("bytes="));
	/* Several ranges would make a multipart answer; the whole is an answer too (14.2). */
	if (text_find_char(value, ',') >= 0 || !read_range(value, size, &first, &last) ||
	        !if_range_holds(c))
		return true;
	if (first >= size) {
		call_set(c, "Content-Range",
		        arena_printf(c->work.arena, "bytes */%lld", (long long)size));
		return err_set(&c->work.err, ERR_RANGE_NOT_SATISFIABLE, "there are %lld bytes",
		        (long long)size);
	}
	*from = first;
	*len = last - first + 1;
	*partial = true;
	call_set(c, "Content-Range",
	        arena_printf(c->work.arena, "bytes %lld-%lld/%lld", (long long)first,
	                (long long)last, (long long)size));
	return true;
}
