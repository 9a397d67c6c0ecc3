/* clock.h - the only source of time. Threads: any. */
#ifndef KONTOR_BASE_CLOCK_H
#define KONTOR_BASE_CLOCK_H

#include "base/arena.h"

/* Seconds since 1970 UTC. KONTOR_CLOCK in the environment (such a number) fixes it, for
 * tests; it is read once. */
int64_t clock_now(void);
/* Milliseconds and microseconds that never go back; only differences mean anything. */
int64_t clock_mono_ms(void);
int64_t clock_mono_us(void);
/* RFC 9110 5.6.7 IMF-fixdate, and back (all three forms); false when it is none. */
struct text clock_http(struct arena *arena, int64_t time);
bool clock_from_http(struct text text, int64_t *time) must_check;
/* RFC 3339 in UTC: 2026-11-24T12:00:00Z. */
struct text clock_rfc3339(struct arena *arena, int64_t time);

#endif
