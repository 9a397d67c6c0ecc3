/* vcard_date.h - dates and times of cards, between the basic format of RFC 6350 4.3 (19850412) and
 * the extended one of RFC 2426 and RFC 7095 3.5 (1985-04-12), partial ones included (--0412).
 *
 * Only the punctuation changes: whether there is a 31st of February is nobody's business here.
 * Memory: results in the arena. Threads: pure. */
#ifndef KONTOR_OBJECT_VCARD_DATE_H
#define KONTOR_OBJECT_VCARD_DATE_H

#include "base/arena.h"

enum vcard_style { VCARD_BASIC, VCARD_EXTENDED };

/* A date, a date with a time, or a time behind a T, in either style, to that style. Fractions of
 * seconds are left out: neither RFC 6350 nor RFC 7095 has them. False: it is none of these. */
bool vcard_date(
        struct arena *arena, struct text text, enum vcard_style style, struct text *out) must_check;
/* The same for a time without a T before it, and for an offset from UTC (+0100, -05:00, Z). */
bool vcard_time(
        struct arena *arena, struct text text, enum vcard_style style, struct text *out) must_check;
bool vcard_offset(
        struct arena *arena, struct text text, enum vcard_style style, struct text *out) must_check;

#endif
