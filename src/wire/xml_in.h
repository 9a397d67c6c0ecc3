/* xml_in.h - request bodies as a small tree, with limits (security-notes: no DTD, no entities but
 * the five, depth, elements, size of a start tag).
 *
 * Memory:  the tree lives in the arena. Threads: pure; libxml2 is set up by xml_in_setup(). */
#ifndef KONTOR_WIRE_XML_IN_H
#define KONTOR_WIRE_XML_IN_H

#include "base/arena.h"
#include "base/err.h"
#include "wire/names.h"

struct xml_attr {
	struct xml_name name;
	struct text prefix; /* as written */
	struct text value;
	struct xml_attr *next;
};

struct xml_node {
	struct xml_name name;
	struct text prefix; /* as written: RFC 4918 4.3 asks to keep it */
	struct xml_attr *attrs;
	struct xml_node *parent, *first, *last, *next;
	/* For elements: all character data directly inside, joined, as sent (CR from &#13; kept);
	 * absent if there is none. */
	struct text text;
	/* Mixed content in order, for xml_copy(): this node is character data, and has no name.
	 * White space between the children of elements we know is not kept. */
	bool is_text;
};

struct xml_limits {
	size_t size;     /* 2 MiB: ERR_TOO_LARGE */
	size_t elements; /* 100,000 */
	size_t depth;    /* 32 */
	size_t tag;      /* 16 KiB */
};

/* Once, before threads start; more often does no harm. */
void xml_in_setup(void);
/* UTF-8 only, namespaces well-formed. ERR_BAD_XML, ERR_NO_EXTERNAL_ENTITIES (DOCTYPE),
 * ERR_TOO_LARGE. *root is never NULL on success. */
bool xml_parse(struct arena *arena, struct err *err, const struct xml_limits *limits,
        struct text body, struct xml_node **root) must_check;
/* Children that are elements: the first, and the next one; `node` may be NULL. */
const struct xml_node *xml_first(const struct xml_node *node);
const struct xml_node *xml_next(const struct xml_node *node);
/* The first child element of that name, or NULL; the next sibling of the same name. */
const struct xml_node *xml_child(const struct xml_node *node, enum name_id name);
const struct xml_node *xml_again(const struct xml_node *node, enum name_id name);
/* Value of an attribute without namespace; absent if not there. */
struct text xml_attr_value(const struct xml_node *node, const char *name);

#endif
