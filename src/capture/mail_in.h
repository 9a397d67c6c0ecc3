/* mail_in.h - one mail, from its bytes to the record it became.
 * Memory: in work->arena. Threads: one that may wait for the writer: commands, LMTP. */
#ifndef KONTOR_CAPTURE_MAIL_IN_H
#define KONTOR_CAPTURE_MAIL_IN_H

#include "edit/capture.h"

/* Takes a mail for these recipients (of the envelope; those of its headers count too where there
 * are none). One log line says what it became. False with work->err set: it was not taken, and the
 * sender should hear of it (ERR_BAD_REQUEST: for good; others: later). */
bool mail_in(struct work *work, struct text bytes, const struct text *recipients, size_t len,
        enum capture_did *did) must_check;

#endif
