#include "base/codec.h"

#include "base/str.h"

static const char STANDARD[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char URL_SAFE[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static struct text encode(struct arena *arena, struct text bytes, const char *letters, bool pad)
{
	struct text out;
	const unsigned char *in = (const unsigned char *)bytes.ptr;
	size_t i = 0;
	char *start, *at;

	if (bytes.len > SIZE_MAX / 2)
		abort();
	start = at = arena_raw(arena, bytes.len / 3 * 4 + 5);
	for (; i + 3 <= bytes.len; i += 3) {
		uint32_t bits = (uint32_t)in[i] << 16 | (uint32_t)in[i + 1] << 8 | in[i + 2];

		*at++ = letters[bits >> 18];
		*at++ = letters[bits >> 12 & 63];
		*at++ = letters[bits >> 6 & 63];
		*at++ = letters[bits & 63];
	}
	if (i < bytes.len) {
		bool two = bytes.len - i == 2;
		uint32_t bits = (uint32_t)in[i] << 16 | (two ? (uint32_t)in[i + 1] << 8 : 0);

		*at++ = letters[bits >> 18];
		*at++ = letters[bits >> 12 & 63];
		if (two)
			*at++ = letters[bits >> 6 & 63];
		for (int left = two ? 1 : 2; pad && left; left--)
			*at++ = '=';
	}
	*at = '\0';
	out = (struct text){ start, (size_t)(at - start) };
	return out;
}

struct text base64_encode(struct arena *arena, struct text bytes)
{
	return encode(arena, bytes, STANDARD, true);
}

struct text base64url_encode(struct arena *arena, struct text bytes)
{
	return encode(arena, bytes, URL_SAFE, false);
}

static int value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool base64_decode(struct arena *arena, struct text encoded, struct text *bytes)
{
	char *start = arena_raw(arena, encoded.len / 4 * 3 + 4), *at = start;
	uint32_t bits = 0;
	int count = 0, pads = 0;

	for (size_t i = 0; i < encoded.len; i++) {
		int value = value_of(encoded.ptr[i]);

		if (is_space(encoded.ptr[i]))
			continue;
		if (encoded.ptr[i] == '=')
			pads++;
		else if (value < 0 || pads)
			return false;
		bits = bits << 6 | (value < 0 ? 0 : (uint32_t)value);
		if (++count % 4)
			continue;
		*at++ = (char)(bits >> 16);
		*at++ = (char)(bits >> 8);
		*at++ = (char)bits;
		bits = 0;
		if (pads > 2)
			return false;
	}
	/* Padding that stands anywhere but at the end of the last four was refused above, unless it
	 * fills a group of its own. */
	if (count % 4 || pads > 2)
		return false;
	at -= pads;
	*at = '\0';
	*bytes = (struct text){ start, (size_t)(at - start) };
	return true;
}

static const char HEX[] = "0123456789abcdef";

struct text hex_encode(struct arena *arena, struct text bytes)
{
	char *out;

	if (bytes.len > SIZE_MAX / 4)
		abort();
	out = arena_raw(arena, bytes.len * 2 + 1);
	for (size_t i = 0; i < bytes.len; i++) {
		out[2 * i] = HEX[(unsigned char)bytes.ptr[i] >> 4];
		out[2 * i + 1] = HEX[(unsigned char)bytes.ptr[i] & 15];
	}
	out[2 * bytes.len] = '\0';
	return (struct text){ out, bytes.len * 2 };
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The byte that two hex digits stand for, or -1. */
static int hex_pair(const char *at)
{
	int high = hex_value(at[0]);
	int low = high < 0 ? -1 : hex_value(at[1]);

	return low < 0 ? -1 : high << 4 | low;
}

bool hex_decode(struct arena *arena, struct text hex, struct text *bytes)
{
	char *out;

	if (hex.len % 2)
		return false;
	out = arena_raw(arena, hex.len / 2 + 1);
	for (size_t i = 0; i < hex.len; i += 2) {
		int byte = hex_pair(hex.ptr + i);

		if (byte < 0)
			return false;
		out[i / 2] = (char)byte;
	}
	out[hex.len / 2] = '\0';
	*bytes = (struct text){ out, hex.len / 2 };
	return true;
}

/* RFC 3986 3.3: pchar = unreserved / pct-encoded / sub-delims / ":" / "@" */
static bool is_pchar(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-._~!$&'()*+,;=:@", c));
}

struct text percent_encode(struct arena *arena, struct text segment)
{
	static const char upper[] = "0123456789ABCDEF";
	char *start, *at;

	if (segment.len > SIZE_MAX / 4)
		abort();
	start = at = arena_raw(arena, segment.len * 3 + 1);
	for (size_t i = 0; i < segment.len; i++) {
		unsigned char c = (unsigned char)segment.ptr[i];

		if (is_pchar((char)c)) {
			*at++ = (char)c;
			continue;
		}
		*at++ = '%';
		*at++ = upper[c >> 4];
		*at++ = upper[c & 15];
	}
	*at = '\0';
	return (struct text){ start, (size_t)(at - start) };
}

bool percent_decode(struct arena *arena, struct text encoded, struct text *bytes)
{
	char *start = arena_raw(arena, encoded.len + 1), *at = start;

	for (size_t i = 0; i < encoded.len; i++) {
		int byte;

		if (encoded.ptr[i] != '%') {
			*at++ = encoded.ptr[i];
			continue;
		}
		byte = encoded.len - i >= 3 ? hex_pair(encoded.ptr + i + 1) : -1;
		if (byte < 0)
			return false;
		*at++ = (char)byte;
		i += 2;
	}
	*at = '\0';
	*bytes = (struct text){ start, (size_t)(at - start) };
	return true;
}
