#include "base/thread.h"

#include <errno.h>
#include <signal.h>

enum { HELD_MAX = 16 };

/* Ranks of the locks this thread holds, in the order it took them. */
static _Thread_local struct {
	const struct lock *lock[HELD_MAX];
	int count;
} held;

void lock_init(struct lock *lock, const char *name, int rank)
{
	*lock = (struct lock){ .name = name, .rank = rank };
	if (pthread_mutex_init(&lock->mutex, NULL))
		abort();
}

static void hold(const struct lock *lock)
{
	for (int i = 0; i < held.count; i++) {
		if (held.lock[i]->rank < lock->rank)
			continue;
		fprintf(stderr, "lock %s (%d) taken while holding %s (%d)\n", lock->name,
		        lock->rank, held.lock[i]->name, held.lock[i]->rank);
		abort();
	}
	assert(held.count < HELD_MAX);
	held.lock[held.count++] = lock;
}

static void let_go(const struct lock *lock)
{
	int i = held.count - 1;

	while (i >= 0 && held.lock[i] != lock)
		i--;
	assert(i >= 0);
	held.count--;
	for (; i < held.count; i++)
		held.lock[i] = held.lock[i + 1];
}

void lock_take(struct lock *lock)
{
	hold(lock);
	if (pthread_mutex_lock(&lock->mutex))
		abort();
}

void lock_give(struct lock *lock)
{
	let_go(lock);
	if (pthread_mutex_unlock(&lock->mutex))
		abort();
}

bool lock_wait(struct lock *lock, pthread_cond_t *cond, int64_t ms)
{
	struct timespec until;
	int rc;

	if (ms < 0)
		return !pthread_cond_wait(cond, &lock->mutex);
	if (clock_gettime(CLOCK_MONOTONIC, &until))
		abort();
	until.tv_sec += ms / 1000;
	until.tv_nsec += ms % 1000 * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	rc = pthread_cond_clockwait(cond, &lock->mutex, CLOCK_MONOTONIC, &until);
	if (rc && rc != ETIMEDOUT)
		abort();
	return !rc;
}

struct beginning {
	void *(*run)(void *);
	void *arg;
	char name[16];
};

static void *begin(void *arg)
{
	struct beginning b = *(struct beginning *)arg;

	free(arg);
	pthread_setname_np(pthread_self(), b.name);
	return b.run(b.arg);
}

pthread_t thread_start(const char *name, void *(*run)(void *), void *arg)
{
	struct beginning *b = calloc(1, sizeof(*b));
	sigset_t all, before;
	pthread_t thread;

	if (!b)
		abort();
	b->run = run;
	b->arg = arg;
	snprintf(b->name, sizeof(b->name), "%s", name);
	/* Signals are for the main thread. */
	sigfillset(&all);
	if (pthread_sigmask(SIG_SETMASK, &all, &before) ||
	        pthread_create(&thread, NULL, begin, b) ||
	        pthread_sigmask(SIG_SETMASK, &before, NULL))
		abort();
	return thread;
}
