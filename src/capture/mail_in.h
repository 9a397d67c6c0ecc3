/* mail_in.h - one mail, from its bytes to the record it became.
 * Memory: in work->arena. Threads: one that may wait for the writer: commands, LMTP. */
#ifndef KONTOR_CAPTURE_MAIL_IN_H
#define KONTOR_CAPTURE_MAIL_IN_H

#include "edit/capture.h"

/* What a mail server says of a mail beside it. */
struct mail_envelope {
	const struct text *recipients; /* where there are none, those of its headers count */
	size_t len;
	bool from_nobody; /* MAIL FROM:<>: a report or an automatic answer (RFC 5321 4.5.5) */
};

/* Takes a mail. One log line says what it became. False with work->err set: it was not taken, and
 * the sender should hear of it (ERR_BAD_REQUEST: for good; others: later). */
bool mail_in(struct work *work, struct text bytes, const struct mail_envelope *envelope,
        enum capture_did *did) must_check;

#endif
