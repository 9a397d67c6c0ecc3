/* router.h - the longest prefix of whole segments wins. Threads: pure. */
#ifndef KONTOR_HTTP_ROUTER_H
#define KONTOR_HTTP_ROUTER_H

#include "wire/call.h"

/* The route for the call's path, or NULL. "/calendars" is found for /calendars, /calendars/ and all
 * below; "/" for everything nobody else wants. */
const struct route *router_find(const struct route *routes, size_t len, struct call *c);

#endif
