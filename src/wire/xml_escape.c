#include "wire/xml_escape.h"

#include "base/block.h"

/* Bytes that cannot be copied as they are: in text, in attribute values. */
static const uint8_t SPECIAL[256] = {
	[0x00 ... 0x08] = XML_IN_TEXT | XML_IN_ATTR,
	['\t'] = XML_IN_ATTR,
	['\n'] = XML_IN_ATTR,
	[0x0b ... 0x1f] = XML_IN_TEXT | XML_IN_ATTR,
	['"'] = XML_IN_ATTR,
	['&'] = XML_IN_TEXT | XML_IN_ATTR,
	['<'] = XML_IN_TEXT | XML_IN_ATTR,
	['>'] = XML_IN_TEXT | XML_IN_ATTR,
	[0x80 ... 0xff] = XML_IN_TEXT | XML_IN_ATTR,
};

/* Length of the UTF-8 sequence at `at` if XML 1.0 can carry it (2.2 Char), or 0. */
static size_t sequence(const unsigned char *at, size_t left)
{
	unsigned char lead = at[0];
	size_t len = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
	uint32_t code = lead & (0xff >> (len + 1));

	if (!len || len > left)
		return 0;
	for (size_t i = 1; i < len; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (at[i] & 0x3f);
	}
	if (len == 3 && (code < 0x800 || (code >= 0xd800 && code < 0xe000) || code >= 0xfffe))
		return 0;
	if (len == 4 && (code < 0x10000 || code > 0x10ffff))
		return 0;
	return len;
}

static struct text escape_of(unsigned char c)
{
	switch (c) {
	case '<': return TEXT("&lt;");
	case '>': return TEXT("&gt;");
	case '&': return TEXT("&amp;");
	case '"': return TEXT("&quot;");
	case '\t': return TEXT("&#9;");
	case '\n': return TEXT("&#10;");
	case '\r': return TEXT("&#13;");
	default: return TEXT_NONE;
	}
}

/* SPECIAL, of sixteen bytes. */
static block special(block b, enum xml_where where)
{
	block is = (block)(b >= 0x80) | (block)(b == '&') | (block)(b == '<') | (block)(b == '>');
	block control = (block)(b < 0x20);

	if (where & XML_IN_ATTR)
		return is | control | (block)(b == '"');
	return is | (control & (block)(b != '\t') & (block)(b != '\n'));
}

/* How many of the first bytes can be copied as they are. */
static size_t plain_run(const unsigned char *bytes, size_t len, enum xml_where where)
{
	size_t i = 0;

	for (; len - i >= BLOCK; i += BLOCK) {
		size_t n = block_first(special(block_at(bytes + i), where));

		if (n < BLOCK)
			return i + n;
	}
	while (i < len && !(SPECIAL[bytes[i]] & where))
		i++;
	return i;
}

void xml_escape(struct buf *buf, struct text text, enum xml_where where)
{
	const unsigned char *bytes = (const unsigned char *)text.ptr;
	size_t from = 0, at = 0;

	while (at < text.len) {
		size_t len;

		if (!(SPECIAL[bytes[at]] & where)) {
			at += plain_run(bytes + at, text.len - at, where);
			continue;
		}
		if (bytes[at] >= 0x80 && (len = sequence(bytes + at, text.len - at))) {
			at += len;
			continue;
		}
		if (at > from)
			put(buf, text.ptr + from, at - from);
		put_text(buf, escape_of(bytes[at]));
		from = ++at;
	}
	if (at > from)
		put(buf, text.ptr + from, at - from);
}
