/* xml_escape.h - the only escaper, for wire/xml_out.c and its siblings.
 * Memory: appends to the buf given. Threads: pure. */
#ifndef KONTOR_WIRE_XML_ESCAPE_H
#define KONTOR_WIRE_XML_ESCAPE_H

#include "base/str.h"

enum xml_where { XML_IN_TEXT = 1, XML_IN_ATTR = 2 };

/* Appends `text` as character data or as an attribute value. What XML 1.0 cannot carry (2.2 Char,
 * and bytes that are no UTF-8) is left out: one such byte would make the whole answer unreadable.
 */
void xml_escape(struct buf *buf, struct text text, enum xml_where where);

/* buf_add() without the call, for the many small pieces of a multistatus. */
static inline void put(struct buf *buf, const char *ptr, size_t len)
{
	if (buf->cap - buf->len <= len)
		buf_reserve(buf, len);
	memcpy(buf->ptr + buf->len, ptr, len);
	buf->len += len;
}

static inline void put_text(struct buf *buf, struct text text)
{
	if (text.len)
		put(buf, text.ptr, text.len);
}

#define PUT(buf, literal) put((buf), "" literal, sizeof(literal) - 1)

#endif
