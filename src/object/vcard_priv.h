/* vcard_priv.h - what a card is made of, for vcard*.c that read and write it.
 * Memory, threads: as vcard.h. */
#ifndef KONTOR_OBJECT_VCARD_PRIV_H
#define KONTOR_OBJECT_VCARD_PRIV_H

#include "object/vcard.h"
#include "object/vcard_line.h"

struct vcard {
	struct arena *arena;
	struct text source; /* absent: it was made, not parsed */
	struct text head;   /* up to and with the BEGIN line */
	struct text tail;   /* from the END line on */
	struct text eol;    /* as the BEGIN line's */
	struct vcard_prop *first, *last;
	size_t count;
	bool changed; /* properties came or went */
};

/* A zeroed property at the end. */
struct vcard_prop *vcard_link(struct vcard *card);

#endif
