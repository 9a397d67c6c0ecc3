/* jcard.h - vCard as JSON (RFC 7095), both ways.
 *
 * jCard is vCard 4.0 in other clothes; a card of version 3.0 is converted first.
 * Memory: results in the arena. Threads: pure. */
#ifndef KONTOR_OBJECT_JCARD_H
#define KONTOR_OBJECT_JCARD_H

#include "object/vcard.h"

/* ["vcard", [...]]; false only if the card cannot be converted to 4.0. */
bool jcard_write(
        struct arena *arena, struct err *err, struct vcard *card, struct text *json) must_check;
/* One jCard to a vCard 4.0: the body to be stored, to be judged by vcard_accept() like any other.
 * ERR_VALID_ADDRESS_DATA for anything RFC 7095 does not allow. */
bool jcard_read(
        struct arena *arena, struct err *err, struct text json, struct text *body) must_check;

#endif
