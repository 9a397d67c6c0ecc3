/* vcard_check.h - may this card be stored?
 *
 * The rules of RFC 6352 5.1 and 6.3.2.1 over RFC 2426 and RFC 6350, as far as clients keep them:
 *   - one card, VERSION 3.0 or 4.0, once (else ERR_SUPPORTED_ADDRESS_DATA);
 *   - UID once and not empty: RFC 6352 5.1 wants it, and sync cannot live without;
 *   - FN at least once (RFC 6350 6.2.1, RFC 2426 3.1.1), though it may be empty; a missing FN
 *     is forgiven where N, ORG, NICKNAME, EMAIL or TEL give the person a name;
 *   - a missing N is forgiven everywhere (optional in 4.0, left out by many in 3.0);
 *   - properties that may stand only once (N, BDAY, REV, PRODID, KIND ...) are not counted: Outlook
 *     and Google repeat them and nothing breaks.
 * Everything else is the client's own affair and is kept as sent.
 * Memory: the card lives in the arena and points into the body. Threads: pure. */
#ifndef KONTOR_OBJECT_VCARD_CHECK_H
#define KONTOR_OBJECT_VCARD_CHECK_H

#include "object/vcard.h"

/* Parses and judges. `max_size` (0: none) is CARDDAV:max-resource-size; it is checked before
 * anything is read (ERR_CARD_MAX_RESOURCE_SIZE). */
bool vcard_accept(struct arena *arena, struct err *err, struct text body, size_t max_size,
        struct vcard **card) must_check;
/* Judges what is parsed already. */
bool vcard_check(const struct vcard *card, struct err *err) must_check;

/* Makes a card of a file that is imported fit to be stored: adds what vcard_check() would miss (UID
 * `uid` if there is none, FN from N, ORG, NICKNAME, EMAIL or TEL). Does not judge. */
void vcard_repair(struct arena *arena, struct vcard *card, struct text uid);

#endif
