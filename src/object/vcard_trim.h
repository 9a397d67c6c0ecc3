/* vcard_trim.h - only the properties somebody asked for (CARDDAV:address-data, RFC 6352 10.4).
 *
 * Works on the lines of a body, without parsing the card.
 * Memory: the result is in the arena, or the body itself when all of it was asked for.
 * Threads: pure. */
#ifndef KONTOR_OBJECT_VCARD_TRIM_H
#define KONTOR_OBJECT_VCARD_TRIM_H

#include "base/arena.h"
#include "base/vec.h"

struct card_wanted_prop {
	struct text name; /* with a group ("item1.TEL"): that group only */
	bool novalue;     /* name, parameters and colon, no value */
};
VEC_OF(card_wanted_props, struct card_wanted_prop);

struct card_wanted { /* zeroed: everything (no CARDDAV:prop, or CARDDAV:allprop) */
	struct card_wanted_props props;
};

/* The body with BEGIN, VERSION, END and the properties wanted. VERSION is always there: RFC 6350
 * 6.7.9 makes what we send unreadable without. */
struct text vcard_trim(struct arena *arena, struct text body, const struct card_wanted *wanted);

#endif
