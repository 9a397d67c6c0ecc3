/* xml_kept.h - the trees of small bodies that come again and again: a phone asks the same question
 * every few minutes, in the same bytes, and a server's day is made of that.
 *
 * A body that a thread sees for the second time is kept with its tree; the third time it is only
 * compared. Bounded: 16 bodies of at most 1 KiB a thread.
 * Memory:  the tree lives as long as the arena, whoever forgets it meanwhile.
 * Threads: any; each keeps its own. */
#ifndef KONTOR_WIRE_XML_KEPT_H
#define KONTOR_WIRE_XML_KEPT_H

#include "wire/xml_in.h"

/* As xml_parse(); the tree may be shared: it is not to be changed. */
bool xml_parse_kept(struct arena *arena, struct err *err, const struct xml_limits *limits,
        struct text body, const struct xml_node **root) must_check;

#endif
