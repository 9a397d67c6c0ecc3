/* api.h - what app/compose.c knows of the JSON door.
 * Memory: in the call's arena. Threads: as the call. */
#ifndef KONTOR_API_API_H
#define KONTOR_API_API_H

#include "wire/call.h"

/* For the route "/api", and for API_SESSION, which somebody without a login may ask. */
#define API_SESSION "/api/v1/session"
bool api_handle(struct call *c);
/* work.err as a problem document (RFC 9457). */
void api_fail(struct call *c);
/* Name and password in the body of a POST to API_SESSION. False: there are none. */
bool api_credentials(struct call *c, struct text *name, struct text *password) must_check;

#endif
