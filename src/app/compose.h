/* compose.h - the parts, put together. Threads: at start and end, the main thread. */
#ifndef KONTOR_APP_COMPOSE_H
#define KONTOR_APP_COMPOSE_H

#include "http/http.h"
#include "store/kind.h"

/* What the house must know before it is opened: the kinds of records, the steps of writing. */
void compose_house(struct house *house);
/* Routes and hooks for a server of these settings. */
struct http_setup compose_http(const struct settings *settings);

#endif
