/* tls.h - the certificate, and the only file that sees GnuTLS.
 *
 * A reload swaps the pair: the next handshake sees the new one, connections go on with theirs.
 * Memory:  long-lived; replaced pairs are kept until no handshake can hold them.
 * Threads: tls_load and tls_unload from one thread; handshakes from any. */
#ifndef KONTOR_HTTP_TLS_H
#define KONTOR_HTTP_TLS_H

#include "base/err.h"

/* TLS 1.2 and newer, without what is known to be weak. */
extern const char TLS_PRIORITIES[];

/* Reads chain and key (PEM) and takes them into use. With err set the pair in use stays. */
bool tls_load(const char *certificate, const char *key, struct err *err) must_check;
void tls_unload(void);
/* A gnutls_certificate_retrieve_function2. */
void *tls_callback(void);
/* Writes into a session outside the library, as a last word before it is cut. */
void tls_say(void *session, struct text words);

#endif
