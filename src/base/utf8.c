/* The part of str.h that knows what bytes and characters mean. */
#include "base/block.h"
#include "base/str.h"

#include <utf8proc.h>

static bool in(unsigned char c, unsigned low, unsigned high)
{
	return c >= low && c <= high;
}

/* Length of the character at `s` (RFC 3629 4), or 0 if there is none. */
static size_t char_len(const unsigned char *s, size_t left)
{
	unsigned low = 0x80, high = 0xBF;
	size_t len;

	if (s[0] < 0x80)
		return 1;
	if (in(s[0], 0xC2, 0xDF)) {
		len = 2;
	} else if (in(s[0], 0xE0, 0xEF)) {
		len = 3;
		low = s[0] == 0xE0 ? 0xA0 : 0x80;
		high = s[0] == 0xED ? 0x9F : 0xBF;
	} else if (in(s[0], 0xF0, 0xF4)) {
		len = 4;
		low = s[0] == 0xF0 ? 0x90 : 0x80;
		high = s[0] == 0xF4 ? 0x8F : 0xBF;
	} else {
		return 0;
	}
	if (left < len || !in(s[1], low, high))
		return 0;
	for (size_t i = 2; i < len; i++)
		if (!in(s[i], 0x80, 0xBF))
			return 0;
	return len;
}

/* How many of the first bytes are ASCII, eight at a time: most text is nothing else. */
static size_t ascii_run(const char *s, size_t len)
{
	size_t i = 0;
	uint64_t word;

	for (; i + 8 <= len; i += 8) {
		memcpy(&word, s + i, 8);
		if (word & UINT64_C(0x8080808080808080))
			break;
	}
	while (i < len && !(s[i] & 0x80))
		i++;
	return i;
}

bool text_is_utf8(struct text text)
{
	size_t i = 0;

	while (i < text.len) {
		size_t step = ascii_run(text.ptr + i, text.len - i);

		i += step;
		if (i == text.len)
			break;
		step = char_len((const unsigned char *)text.ptr + i, text.len - i);
		if (!step)
			return false;
		i += step;
	}
	return true;
}

/* Whether sixteen bytes hold no control character, nor the first of what U+FFFE is made of. */
static bool is_clean_block(const char *at)
{
	block b = block_at(at);
	block not = (block)(b == 0x7F) | (block)(b == 0xEF);

	not |= (block)(b < 0x20) & (block)(b != '\t') & (block)(b != '\n') & (block)(b != '\r');
	return block_first(not ) == BLOCK;
}

static bool are_clean(struct text text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
			return false;
		/* U+FFFE and U+FFFF: EF BF BE, EF BF BF. */
		if (c == 0xEF && text.len - i >= 3 && (unsigned char)text.ptr[i + 1] == 0xBF &&
		        (unsigned char)text.ptr[i + 2] >= 0xBE)
			return false;
	}
	return true;
}

/* Sixteen bytes that are neither control characters nor beyond ASCII: as signed numbers, both are
 * below the space. */
static block not_plain(const char *at)
{
	block b = block_at(at);
	block low = (block)((signed_block)b < ' ');
	block white = (block)(b == '\t') | (block)(b == '\n') | (block)(b == '\r');

	return (low & ~white) | (block)(b == 0x7F);
}

bool text_is_ascii(struct text text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] & 0x80)
			return false;
	return true;
}

size_t text_chars(struct text text)
{
	size_t chars = 0;

	for (size_t i = 0; i < text.len; i++)
		chars += (text.ptr[i] & 0xC0) != 0x80;
	return chars;
}

bool text_is_plain(struct text text)
{
	size_t i = 0;
	block not = { 0 };

	for (; text.len - i >= BLOCK; i += BLOCK)
		not |= not_plain(text.ptr + i);
	if (block_first(not ) < BLOCK)
		return false;
	return text_is_ascii(text_from(text, i)) && are_clean(text, i, text.len);
}

bool text_is_clean(struct text text)
{
	size_t i = 0;

	for (; text.len - i >= BLOCK; i += BLOCK)
		if (!is_clean_block(text.ptr + i) && !are_clean(text, i, i + BLOCK))
			return false;
	return are_clean(text, i, text.len);
}

/* ---- folding ---- */

struct text text_ascii_casemap(struct arena *arena, struct text text)
{
	char *out = arena_raw(arena, text.len + 1);

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		out[i] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
	}
	out[text.len] = '\0';
	return (struct text){ out, text.len };
}

static struct text ascii_lower(struct arena *arena, struct text text)
{
	char *out = arena_raw(arena, text.len + 1);

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		out[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	out[text.len] = '\0';
	return (struct text){ out, text.len };
}

static void put_char(struct buf *out, utf8proc_int32_t c)
{
	char *room = buf_reserve(out, 4);

	out->len += (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)room);
}

typedef void fold_char(struct buf *out, utf8proc_int32_t c);

static struct text fold_with(struct arena *arena, struct text text, fold_char *fold)
{
	struct buf out;
	size_t i = 0;

	buf_init(&out, arena);
	buf_reserve(&out, text.len + text.len / 2);
	while (i < text.len) {
		utf8proc_int32_t c;
		utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)text.ptr + i,
		        (utf8proc_ssize_t)(text.len - i), &c);

		if (step <= 0)
			return text;
		fold(&out, c);
		i += (size_t)step;
	}
	return buf_text(&out);
}

/* Longest compatibility decomposition: U+FDFA, 18 characters. */
enum { DECOMPOSED_MAX = 32 };

static size_t decompose(utf8proc_int32_t c, int options, utf8proc_int32_t out[DECOMPOSED_MAX])
{
	int boundary = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char(c, out, DECOMPOSED_MAX, options, &boundary);

	if (n < 0 || n > DECOMPOSED_MAX) {
		out[0] = c;
		return 1;
	}
	return (size_t)n;
}

/* RFC 5051 2: titlecase, then the decomposition applied until nothing is left to decompose, tagged
 * (compatibility) ones included, as its example with U+01C4 shows. */
static void unicode_casemap_char(struct buf *out, utf8proc_int32_t c)
{
	utf8proc_int32_t parts[DECOMPOSED_MAX];
	size_t n = decompose(utf8proc_totitle(c), UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, parts);

	for (size_t i = 0; i < n; i++)
		put_char(out, parts[i]);
}

struct text text_unicode_casemap(struct arena *arena, struct text text)
{
	if (ascii_run(text.ptr, text.len) == text.len)
		return text_ascii_casemap(arena, text);
	return fold_with(arena, text, unicode_casemap_char);
}

/* Letters that Unicode does not take apart, though people search for them without the stroke. */
static const struct {
	utf8proc_int32_t c;
	const char *plain;
} PLAIN[] = {
	/* clang-format off */
	{ 0x00DF, "ss" }, { 0x00E6, "ae" }, { 0x00F0, "d" },  { 0x00F8, "o" },  { 0x00FE, "th" },
	{ 0x0111, "d" },  { 0x0127, "h" },  { 0x0131, "i" },  { 0x0138, "k" },  { 0x0142, "l" },
	{ 0x014B, "n" },  { 0x0153, "oe" }, { 0x0167, "t" },  { 0x0180, "b" },  { 0x0188, "c" },
	{ 0x0192, "f" },  { 0x019A, "l" },  { 0x01B6, "z" },  { 0x01E5, "g" },  { 0x0268, "i" },
	/* clang-format on */
};

static const char *plain_of(utf8proc_int32_t c)
{
	for (size_t i = 0; i < COUNT_OF(PLAIN); i++)
		if (PLAIN[i].c == c)
			return PLAIN[i].plain;
	return NULL;
}

/* Accents and points, but not what makes another letter: viramas (9), kana voicing (8) and nuktas
 * (7), nor the vowel signs of Indic scripts (0). */
static bool is_accent(utf8proc_int32_t c)
{
	const utf8proc_property_t *property = utf8proc_get_property(c);

	return property->category == UTF8PROC_CATEGORY_MN && property->combining_class > 9;
}

static void search_fold_char(struct buf *out, utf8proc_int32_t c)
{
	utf8proc_int32_t parts[DECOMPOSED_MAX];
	size_t n;

	if (c < 0x80) {
		buf_char(out, (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
		return;
	}
	n = decompose(c, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
	        parts);
	for (size_t i = 0; i < n; i++) {
		const char *plain;

		if (parts[i] < 0x80) {
			buf_char(out, (char)parts[i]);
			continue;
		}
		if (is_accent(parts[i]))
			continue;
		plain = plain_of(parts[i]);
		if (plain)
			buf_add(out, text_of(plain));
		else
			put_char(out, parts[i]);
	}
}

struct text text_fold(struct arena *arena, struct text text)
{
	if (ascii_run(text.ptr, text.len) == text.len)
		return ascii_lower(arena, text);
	return fold_with(arena, text, search_fold_char);
}
