/* throttle.h - how long somebody who failed to log in has to wait before trying again.
 *
 * Counted per account and per address (IPv6: per /64); a count fades by one a minute. From the
 * third failure of an account on, each attempt waits, longer each time, up to four seconds; from
 * the tenth failure of an address on, its attempts come one after the other. Nobody is locked out:
 * whoever knows the password gets in, a few seconds late.
 *
 * Memory:  two tables of fixed size; where they are full the smallest count is forgotten.
 * Threads: any. */
#ifndef KONTOR_PEOPLE_THROTTLE_H
#define KONTOR_PEOPLE_THROTTLE_H

#include "base/base.h"

struct throttle;

struct throttle *throttle_new(void);
void throttle_free(struct throttle **throttle);
/* Milliseconds that this attempt has to wait; -1: too many wait already. Each call takes a place in
 * the address's line. `now_ms` is of clock_mono_ms(). */
int64_t throttle_wait(
        struct throttle *throttle, struct text account, struct text address, int64_t now_ms);
void throttle_failed(
        struct throttle *throttle, struct text account, struct text address, int64_t now_ms);
/* The account has shown the right password. */
void throttle_right(struct throttle *throttle, struct text account);

#endif
