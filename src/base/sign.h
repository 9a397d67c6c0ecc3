/* sign.h - signed messages: CMS (RFC 5652) with a key and a chain in PEM files.
 * Memory: results in the arena given. Threads: any. */
#ifndef KONTOR_BASE_SIGN_H
#define KONTOR_BASE_SIGN_H

#include "base/arena.h"
#include "base/err.h"

/* `words` and the signature of them in one (DER), with every certificate of the file: its first one
 * is the signer's. ERR_UNAVAILABLE when a file cannot be read, or the key is of a kind that does
 * not sign such messages (Ed25519). */
bool sign_cms(struct arena *arena, struct err *err, const char *certificate, const char *key,
        struct text words, struct text *signed_words) must_check;

#endif
