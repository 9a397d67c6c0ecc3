/* letter.h - a mail on its way out: RFC 5322, one part of plain text, flowed (flowed.h),
 * seven bits wide. An address beyond ASCII is shown by its words alone (a group without members,
 * RFC 6854), so that everybody else can be sent the letter by servers that know no such addresses.
 *
 * Whatever stands in a letter may come from strangers: controls (CR and LF too) become spaces in
 * headers, what is not ASCII is encoded (RFC 2047), lines are folded, so that nobody writes a
 * header of their own. Addresses are the caller's to check. Memory: in the arena. Threads: pure. */
#ifndef KONTOR_WIRE_LETTER_H
#define KONTOR_WIRE_LETTER_H

#include "base/str.h"
#include "base/vec.h"

VEC_OF(letter_words, struct text);

struct letter {
	struct text name, from;     /* of the author; the name may be absent */
	struct text reply_to;       /* absent: none */
	struct letter_words to, cc; /* bare addresses, as they travel */
	struct text subject;
	struct text message_id,
	        in_reply_to;            /* without <>; in_reply_to absent: it begins a thread */
	struct letter_words references; /* the oldest first, without <> */
	int64_t date;
	struct text text; /* UTF-8; lines end as they like */
};
/* The bytes, lines ending in CR LF. */
struct text letter_write(struct arena *arena, const struct letter *letter);

/* An address that a mail can be sent to: local@domain in ASCII, a dot-string and a host name (RFC
 * 5321 4.1.2), without quotes, routes or brackets. */
bool letter_address(struct text address);
/* The same with letters of any language (RFC 6531 3.3). `travels`: as it is sent to, the domain in
 * ASCII (IDNA 2008, RFC 5891); the local part is the business of whoever has the mailbox. */
bool letter_address_any(struct arena *arena, struct text address, struct text *travels);
/* What can stand between < and > of a Message-ID: seven bits, no space, no bracket. */
bool letter_id(struct text id);

#endif
