#include "base/log_gather.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "base/thread.h"

#include <errno.h>
#include <stdatomic.h>
#include <unistd.h>

enum {
	GATHER_BYTES = 65536,
	/* Long enough to make one write of hundreds of lines under load, too short to be noticed.
	 */
	GATHER_MS = 20,
	RANK = 1000 /* lines are written whatever else is locked */
};

static struct {
	struct lock lock;
	pthread_cond_t filled, stopping;
	_Atomic bool on;
	pthread_t thread;
	int64_t written_ms;
	size_t len;
	char bytes[GATHER_BYTES];
} gathered = {
	.lock = LOCK_INIT("log", RANK),
	.filled = PTHREAD_COND_INITIALIZER,
	.stopping = PTHREAD_COND_INITIALIZER,
};

/* A log that cannot be written is nobody's reason to stop. */
static void write_all(struct text text)
{
	while (text.len) {
		ssize_t n = write(STDERR_FILENO, text.ptr, text.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		text = text_from(text, (size_t)n);
	}
}

static void flush(int64_t now_ms)
{
	write_all((struct text){ gathered.bytes, gathered.len });
	gathered.len = 0;
	gathered.written_ms = now_ms;
}

static void gather(struct text lines, bool at_once)
{
	int64_t now_ms = clock_mono_ms();

	if (lines.len > GATHER_BYTES - gathered.len)
		flush(now_ms);
	if (lines.len > GATHER_BYTES) {
		write_all(lines);
		return;
	}
	if (lines.len)
		memcpy(gathered.bytes + gathered.len, lines.ptr, lines.len);
	gathered.len += lines.len;
	if (at_once || now_ms - gathered.written_ms >= GATHER_MS)
		flush(now_ms);
	else if (gathered.len == lines.len)
		pthread_cond_signal(&gathered.filled);
}

void log_out(struct text lines, bool at_once)
{
	if (!atomic_load_explicit(&gathered.on, memory_order_relaxed)) {
		write_all(lines);
		return;
	}
	lock_take(&gathered.lock);
	gather(lines, at_once);
	lock_give(&gathered.lock);
}

/* Writes what no later line has written. */
static void *flusher(void *arg UNUSED)
{
	lock_take(&gathered.lock);
	while (gathered.on) {
		int64_t left = gathered.written_ms + GATHER_MS - clock_mono_ms();

		if (!gathered.len)
			lock_wait(&gathered.lock, &gathered.filled, -1);
		else if (left > 0)
			lock_wait(&gathered.lock, &gathered.stopping, left);
		else
			flush(clock_mono_ms());
	}
	lock_give(&gathered.lock);
	return NULL;
}

void log_gather_start(void)
{
	if (atomic_exchange(&gathered.on, true))
		return;
	gathered.thread = thread_start("log", flusher, NULL);
}

void log_gather_stop(void)
{
	if (!gathered.on)
		return;
	lock_take(&gathered.lock);
	gathered.on = false;
	flush(clock_mono_ms());
	pthread_cond_signal(&gathered.filled);
	pthread_cond_signal(&gathered.stopping);
	lock_give(&gathered.lock);
	pthread_join(gathered.thread, NULL);
}
