/* jcard_types.h - the value types of vCard 4.0 properties, as RFC 7095 names them.
 * Threads: pure. */
#ifndef KONTOR_OBJECT_JCARD_TYPES_H
#define KONTOR_OBJECT_JCARD_TYPES_H

#include "base/str.h"

enum jcard_shape {
	JCARD_SINGLE,
	JCARD_LIST,   /* comma separated: several values */
	JCARD_FIELDS, /* semicolon separated: one value that is an array (RFC 7095 3.3.1.3) */
	JCARD_FIELDS_OF_LISTS,
};

/* How a value is written and read. */
enum jcard_type {
	JCARD_TEXT,
	JCARD_DATE, /* date, date-time, date-and-or-time, timestamp */
	JCARD_TIME,
	JCARD_OFFSET,
	JCARD_BOOLEAN,
	JCARD_INTEGER,
	JCARD_FLOAT,
	JCARD_RAW, /* uri, language-tag, unknown and whatever we have not heard of */
};

/* Name of the type a property has without VALUE; "unknown" where RFC 6350 does not know it. */
struct text jcard_default_type(struct text property);
enum jcard_shape jcard_shape_of(struct text property);
enum jcard_type jcard_type_of(struct text type);
/* A name of a property, parameter, group or type (RFC 6350 3.3), or with an underscore in it. */
bool jcard_is_name(struct text name);
/* Clean, and nothing in it ends a line: it may stand in a card unescaped. */
bool jcard_is_one_line(struct text text);

#endif
