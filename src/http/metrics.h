/* metrics.h - what is counted, and how Prometheus reads it.
 * Memory: long-lived. Threads: any. */
#ifndef KONTOR_HTTP_METRICS_H
#define KONTOR_HTTP_METRICS_H

#include "base/str.h"
#include "wire/call.h"

struct metrics;

struct metrics *metrics_new(void);
void metrics_free(struct metrics **metrics);
/* A request was answered (or broken off: status 0) after `us` microseconds. METHOD_COUNT: unknown.
 */
void metrics_request(struct metrics *metrics, enum method method, int status, int64_t us);
/* A refusal or mistake the library dealt with before there was a request. */
void metrics_trouble(struct metrics *metrics);
void metrics_write(struct metrics *metrics, int64_t under_way, struct buf *out);

#endif
