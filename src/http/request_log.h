/* request_log.h - one line in the log about each request.
 * Memory: in the exchange's arena. Threads: as the exchange. */
#ifndef KONTOR_HTTP_REQUEST_LOG_H
#define KONTOR_HTTP_REQUEST_LOG_H

#include "http/exchange.h"

/* `whole`: the reply went out; it took `us` microseconds. What went wrong on our side gets a line
 * of its own. The query of the target is left out: it may hold what is nobody's business. */
void request_log(const struct exchange *x, bool whole, int64_t us);

#endif
