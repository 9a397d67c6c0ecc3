#include "base/str.h"

struct text text_of(const char *cstr)
{
	return cstr ? (struct text){ cstr, strlen(cstr) } : TEXT_NONE;
}

bool text_eq(struct text a, struct text b)
{
	return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

static inline unsigned char lower(char c)
{
	unsigned char u = (unsigned char)c;

	return u >= 'A' && u <= 'Z' ? u | 0x20 : u;
}

bool text_eq_nocase(struct text a, struct text b)
{
	return a.len == b.len && text_starts_nocase(a, b);
}

int text_cmp(struct text a, struct text b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? memcmp(a.ptr, b.ptr, len) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool text_starts(struct text text, struct text prefix)
{
	return text.len >= prefix.len && text_eq(text_sub(text, 0, prefix.len), prefix);
}

bool text_starts_nocase(struct text text, struct text prefix)
{
	if (text.len < prefix.len)
		return false;
	for (size_t i = 0; i < prefix.len; i++)
		if (lower(text.ptr[i]) != lower(prefix.ptr[i]))
			return false;
	return true;
}

bool text_ends(struct text text, struct text suffix)
{
	return text.len >= suffix.len && text_eq(text_from(text, text.len - suffix.len), suffix);
}

ptrdiff_t text_find_char(struct text text, char c)
{
	const char *at = text.len ? memchr(text.ptr, c, text.len) : NULL;

	return at ? at - text.ptr : -1;
}

ptrdiff_t text_find(struct text text, struct text needle)
{
	const char *at;

	if (!needle.len)
		return 0;
	at = text.len ? memmem(text.ptr, text.len, needle.ptr, needle.len) : NULL;
	return at ? at - text.ptr : -1;
}

struct text text_from(struct text text, size_t start)
{
	if (start > text.len)
		start = text.len;
	return text.ptr ? (struct text){ text.ptr + start, text.len - start } : TEXT_NONE;
}

struct text text_sub(struct text text, size_t start, size_t len)
{
	struct text rest = text_from(text, start);

	if (rest.len > len)
		rest.len = len;
	return rest;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct text text_trim(struct text text)
{
	while (text.len && is_space(text.ptr[text.len - 1]))
		text.len--;
	while (text.len && is_space(*text.ptr)) {
		text.ptr++;
		text.len--;
	}
	return text;
}

bool text_split(struct text *rest, char separator, struct text *piece)
{
	ptrdiff_t at;

	if (!rest->ptr)
		return false;
	at = text_find_char(*rest, separator);
	if (at < 0) {
		*piece = *rest;
		*rest = TEXT_NONE;
		return true;
	}
	*piece = text_sub(*rest, 0, (size_t)at);
	*rest = text_from(*rest, (size_t)at + 1);
	return true;
}

bool text_to_int(struct text text, int64_t *value)
{
	bool minus = text.len && text.ptr[0] == '-';
	int64_t sum = 0;

	if (minus || (text.len && text.ptr[0] == '+'))
		text = text_from(text, 1);
	if (!text.len)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		int digit = text.ptr[i] - '0';

		if (digit < 0 || digit > 9)
			return false;
		if (__builtin_mul_overflow(sum, 10, &sum) ||
		        __builtin_add_overflow(sum, minus ? -digit : digit, &sum))
			return false;
	}
	*value = sum;
	return true;
}

/* ---- building ---- */

enum { BUF_FIRST = 240 };

void buf_init(struct buf *buf, struct arena *arena)
{
	*buf = (struct buf){ .arena = arena };
}

char *buf_reserve(struct buf *buf, size_t len)
{
	size_t want, cap;

	/* One more than asked for: the NUL that buf_text() sets. */
	if (__builtin_add_overflow(buf->len, len, &want) || want >= SIZE_MAX / 4)
		abort();
	if (want >= buf->cap) {
		cap = buf->cap ? buf->cap * 2 : BUF_FIRST;
		if (cap <= want)
			cap = want + 1;
		buf->ptr = arena_grow(buf->arena, buf->ptr, buf->len, cap);
		buf->cap = cap;
	}
	return buf->ptr + buf->len;
}

void buf_add(struct buf *buf, struct text text)
{
	if (!text.len)
		return;
	memcpy(buf_reserve(buf, text.len), text.ptr, text.len);
	buf->len += text.len;
}

void buf_char(struct buf *buf, char c)
{
	*buf_reserve(buf, 1) = c;
	buf->len++;
}

enum { DIGITS = 24 };

static struct text digits_of(char room[DIGITS], uint64_t number, unsigned base)
{
	size_t at = DIGITS;

	do {
		room[--at] = "0123456789abcdef"[number % base];
		number /= base;
	} while (number);
	return (struct text){ room + at, DIGITS - at };
}

void buf_int(struct buf *buf, int64_t number)
{
	char room[DIGITS];
	uint64_t size = (uint64_t)number;

	if (number < 0) {
		buf_char(buf, '-');
		size = 0 - size;
	}
	buf_add(buf, digits_of(room, size, 10));
}

void buf_hex(struct buf *buf, uint64_t number)
{
	char room[DIGITS];

	buf_add(buf, digits_of(room, number, 16));
}

struct text text_of_hex(struct arena *arena, uint64_t number)
{
	char room[DIGITS];

	return arena_text(arena, digits_of(room, number, 16));
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	char *room = buf_reserve(buf, 64);
	size_t size = buf->cap - buf->len;
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(room, size, format, args);
	va_end(args);
	if (len < 0)
		abort();
	if ((size_t)len >= size) {
		room = buf_reserve(buf, (size_t)len);
		va_start(args, format);
		vsnprintf(room, (size_t)len + 1, format, args);
		va_end(args);
	}
	buf->len += (size_t)len;
}

struct text buf_text(struct buf *buf)
{
	*buf_reserve(buf, 0) = '\0';
	return (struct text){ buf->ptr, buf->len };
}
