/* compose.h - the parts, put together. Threads: at start and end, the main thread. */
#ifndef KONTOR_APP_COMPOSE_H
#define KONTOR_APP_COMPOSE_H

#include "http/http.h"
#include "store/kind.h"

/* What the house must know before it is opened: the kinds of records, the steps of writing; and
 * what is constant for the process: time zones, XML, the doors' tables. */
void compose_house(struct house *house);
/* From now on `settings` hold; they must live as long as the house. */
void compose_reload(struct house *house, const struct settings *settings);
/* Routes and hooks for serving it. */
struct http_setup compose_http(struct house *house);

#endif
