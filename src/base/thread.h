/* thread.h - threads, and locks that have names and an order.
 *
 * A lock has a rank; taking a lock while holding one of equal or higher rank aborts:
 * what could deadlock one day fails in the first test that comes by.
 * Threads: that is the point. */
#ifndef KONTOR_BASE_THREAD_H
#define KONTOR_BASE_THREAD_H

#include "base/base.h"
#include <pthread.h>

struct lock {
	pthread_mutex_t mutex;
	const char *name;
	int rank;
};

#define LOCK_INIT(lock_name, lock_rank) \
	{ \
		PTHREAD_MUTEX_INITIALIZER, (lock_name), (lock_rank) \
	}
void lock_init(struct lock *lock, const char *name, int rank);
void lock_take(struct lock *lock);
void lock_give(struct lock *lock);
/* Gives the lock, waits until signalled (true) or until `ms` have passed (false; negative: no end)
 * and takes it again. Spurious wake-ups happen: wait in a loop. */
bool lock_wait(struct lock *lock, pthread_cond_t *cond, int64_t ms);

/* Signals are blocked in it: they are for the main thread. Aborts if the system refuses. The name
 * shows in top and gdb (15 letters). */
pthread_t thread_start(const char *name, void *(*run)(void *), void *arg);

#endif
