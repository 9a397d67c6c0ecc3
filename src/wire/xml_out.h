/* xml_out.h - the streaming XML writer, and the only place that escapes.
 *
 * Elements are names by number; xml_open/xml_close assert balance. What XML 1.0 cannot carry is
 * dropped from text, CR becomes &#13;, "]]>" is escaped.
 * Memory:  appends to the buf given; open elements are remembered in its arena.
 * Threads: as the buf. */
#ifndef KONTOR_WIRE_XML_OUT_H
#define KONTOR_WIRE_XML_OUT_H

#include "base/str.h"
#include "wire/names.h"

struct xml_out;
struct xml_node;

/* A writer on `buf`. xml_out_on() moves it to another buf between two calls (streams do). */
struct xml_out *xml_out_new(struct arena *arena, struct buf *buf);
void xml_out_on(struct xml_out *out, struct buf *buf);
/* The declaration and the root element, with every namespace we use declared on it. */
void xml_root(struct xml_out *out, enum name_id name);
void xml_open(struct xml_out *out, enum name_id name);
void xml_close(struct xml_out *out, enum name_id name);
/* <name/>, and <name>text</name>. */
void xml_empty(struct xml_out *out, enum name_id name);
void xml_text(struct xml_out *out, enum name_id name, struct text text);
void xml_int(struct xml_out *out, enum name_id name, int64_t value);
/* Text inside the element that is open. */
void xml_chars(struct xml_out *out, struct text text);
/* The same by somebody who appends to the buf, by xml_dress(). */
struct buf *xml_inside(struct xml_out *out);
void xml_dress(struct buf *buf, struct text text);
/* An attribute of the element just opened, before anything is inside. */
void xml_attr(struct xml_out *out, const char *name, struct text value);
/* Names we do not know (dead properties): local prefix declared on the element. */
void xml_open_name(struct xml_out *out, const struct xml_name *name);
void xml_close_name(struct xml_out *out, const struct xml_name *name);
void xml_empty_name(struct xml_out *out, const struct xml_name *name);
/* <D:href>: an encoded path. */
void xml_href(struct xml_out *out, struct text href);
/* <D:status>HTTP/1.1 200 OK</D:status> */
void xml_status(struct xml_out *out, int status);
/* "etag" in quotes, escaped, inside the open element. */
void xml_etag(struct xml_out *out, struct text etag);
/* Well-formed XML made earlier by this writer (stored dead properties); trusted. */
void xml_raw(struct xml_out *out, struct text xml);
/* A parsed element and all below it, namespaces declared where needed: how a dead property is
 * stored. */
void xml_copy(struct xml_out *out, const struct xml_node *node);
const char *http_reason(int status);

/* A place to come back to: what was written and opened since then is taken back. Both in the same
 * buf. */
struct xml_mark {
	size_t len, depth;
};
struct xml_mark xml_mark(const struct xml_out *out);
void xml_undo(struct xml_out *out, struct xml_mark mark);

#endif
