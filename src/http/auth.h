/* auth.h - credentials as they come over HTTP: the Authorization header, the challenge, and when a
 * password may be sent at all. Whether it is right is for the login hook.
 *
 * Each request stands for itself: nothing is remembered of a connection.
 * Memory: in the call's arena. Threads: as the call. */
#ifndef KONTOR_HTTP_AUTH_H
#define KONTOR_HTTP_AUTH_H

#include "wire/call.h"

enum auth_given {
	AUTH_NONE,  /* no Authorization header */
	AUTH_BASIC, /* name and password are filled in */
	AUTH_OTHER, /* another scheme */
	AUTH_BAD    /* malformed: not base64, not UTF-8, a NUL, longer than 1024 bytes, no colon */
};

struct credentials {
	struct text name;
	struct text password;
};

/* Basic credentials (RFC 7617), as UTF-8. */
enum auth_given auth_basic(struct call *c, struct credentials *out);
/* The challenge of a 401: one realm on all paths, so that clients ask for a password once. */
void auth_challenge(struct call *c);

#endif
