/* vcard_convert.h - a card in the version somebody asked for (RFC 6352 5.1.1).
 *
 * Only on request: a card is stored and given as it was sent otherwise. What has no counterpart is
 * kept as it is, since dropping is worse than an unknown property:
 *
 *   3.0                                     4.0
 *   PHOTO;ENCODING=b;TYPE=JPEG:...          PHOTO:data:image/jpeg;base64,...   (LOGO, SOUND, KEY
 * too) TYPE=pref                               PREF=1 (other degrees are lost on the way to 3.0)
 *   TYPE=INTERNET, CHARSET=                 left out
 *   X-ADDRESSBOOKSERVER-KIND, -MEMBER       KIND, MEMBER
 *   X-ABShowAs:COMPANY                      KIND:org
 *   BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-04  BDAY:--0304
 *   X-ANNIVERSARY, item1.X-ABDATE           ANNIVERSARY (to 3.0: X-ANNIVERSARY)
 *   X-GENDER                                GENDER
 *   SORT-STRING                             SORT-AS of N
 *   LABEL;TYPE=home                         ADR;LABEL=
 *   X-AIM, X-JABBER, ...                    IMPP:aim:..., xmpp:... (RFC 4770 has IMPP in 3.0 too)
 *   TEL:+1 555                              TEL;VALUE=uri:tel:+1-555 (to 3.0 only)
 *   GEO:1.5;2.5                             GEO:geo:1.5,2.5
 *   TZ:-05:00                               TZ;VALUE=utc-offset:-0500
 *   AGENT;VALUE=uri                         RELATED;TYPE=agent
 *   UID:x                                   UID;VALUE=text:x
 *   dates with hyphens and colons           dates without
 *   N and FN wanted                         FN wanted
 *
 * Memory: the result is in the arena and points into the card. Threads: pure. */
#ifndef KONTOR_OBJECT_VCARD_CONVERT_H
#define KONTOR_OBJECT_VCARD_CONVERT_H

#include "object/vcard.h"

/* The card in that version: itself if it is in it already. A card of neither version, or a target
 * of VCARD_OTHER: ERR_SUPPORTED_ADDRESS_CONVERSION. */
bool vcard_convert(struct arena *arena, struct err *err, struct vcard *card,
        enum vcard_version version, struct vcard **converted) must_check;

#endif
