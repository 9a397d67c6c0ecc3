#include "base/base.h"
#include "base/thread.h"
#include "http/lane.h"

struct lane {
	struct queue *queue;
	struct lock taking; /* the queue has one taker at a time */
	void (*run)(struct queue_node *node);
	int threads;
	pthread_t thread[];
};

static void *lane_run(void *arg)
{
	struct lane *lane = arg;

	for (;;) {
		struct queue_node *node;

		lock_take(&lane->taking);
		node = queue_take(lane->queue, 1);
		lock_give(&lane->taking);
		if (!node)
			return NULL;
		lane->run(node);
	}
}

struct lane *lane_new(const char *name, int threads, void (*run)(struct queue_node *node))
{
	struct lane *lane = calloc(1, sizeof(*lane) + (size_t)threads * sizeof(lane->thread[0]));

	assert(lane);
	lane->queue = queue_new(name, 62);
	lock_init(&lane->taking, "http-lane", 61);
	lane->run = run;
	lane->threads = threads;
	for (int i = 0; i < threads; i++)
		lane->thread[i] = thread_start(name, lane_run, lane);
	return lane;
}

bool lane_put(struct lane *lane, struct queue_node *node, size_t most)
{
	if (most && queue_len(lane->queue) >= most)
		return false;
	return queue_put(lane->queue, node);
}

void lane_stop(struct lane *lane)
{
	queue_close(lane->queue);
	for (int i = 0; i < lane->threads; i++)
		pthread_join(lane->thread[i], NULL);
	lane->threads = 0;
}

void lane_free(struct lane **lane)
{
	struct lane *gone = *lane;

	if (!gone)
		return;
	*lane = NULL;
	lane_stop(gone);
	queue_free(&gone->queue);
	free(gone);
}
