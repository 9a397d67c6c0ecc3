/* spool.h - the body of a request: gathered in memory, or in a temporary file where a route takes
 * large ones. Memory: in the exchange's arena. Threads: as the exchange. */
#ifndef KONTOR_HTTP_SPOOL_H
#define KONTOR_HTTP_SPOOL_H

#include "http/exchange.h"

/* The body of somebody who is not signed in, at most. */
enum { ANONYMOUS_MAX = 65536 };

/* Knows the route and who asks: compares the declared length with the limit. ERR_TOO_LARGE. */
bool body_begin(struct exchange *x) must_check;
/* False with err set: too much came, or the disk is full; what follows is thrown away. */
bool body_add(struct exchange *x, struct text piece) must_check;
/* Hands the body to the call. */
bool body_end(struct exchange *x) must_check;
void body_close(struct exchange *x);
/* Makes the folder for temporary files. */
bool spool_prepare(const char *data_dir, struct err *err) must_check;

#endif
