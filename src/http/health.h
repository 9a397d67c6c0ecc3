/* health.h - what the server says of itself without a login: /healthz, /readyz, /metrics.
 * Threads: as any handler. */
#ifndef KONTOR_HTTP_HEALTH_H
#define KONTOR_HTTP_HEALTH_H

#include "wire/call.h"

/* Answered while draining too, and never asks who calls. */
enum { ROUTE_ALWAYS = 1 << 16 };

extern const struct route HEALTH_ROUTES[2];
/* The admin listener's. */
extern const struct route ADMIN_ROUTES[3];

#endif
