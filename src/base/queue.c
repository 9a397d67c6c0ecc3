#include "base/queue.h"

struct queue {
	struct lock lock;
	pthread_cond_t filled;
	struct queue_node *first, **end;
	size_t len;
	int waiting; /* takers */
	bool closed;
};

struct queue *queue_new(const char *name, int rank)
{
	struct queue *queue = calloc(1, sizeof(*queue));

	if (!queue || pthread_cond_init(&queue->filled, NULL))
		abort();
	lock_init(&queue->lock, name, rank);
	queue->end = &queue->first;
	return queue;
}

void queue_free(struct queue **queue_ptr)
{
	struct queue *queue = *queue_ptr;

	*queue_ptr = NULL;
	if (!queue)
		return;
	assert(!queue->first);
	pthread_cond_destroy(&queue->filled);
	pthread_mutex_destroy(&queue->lock.mutex);
	free(queue);
}

bool queue_put(struct queue *queue, struct queue_node *node)
{
	bool open, wake;

	node->next = NULL;
	lock_take(&queue->lock);
	open = !queue->closed;
	wake = open && queue->waiting > 0;
	if (open) {
		*queue->end = node;
		queue->end = &node->next;
		queue->len++;
	}
	/* Under the lock: once it is given, the taker may end and free the queue. */
	if (wake)
		pthread_cond_signal(&queue->filled);
	lock_give(&queue->lock);
	return open;
}

struct queue_node *queue_take(struct queue *queue, size_t max)
{
	struct queue_node *first, *last;
	size_t count = 1;

	assert(max > 0);
	lock_take(&queue->lock);
	queue->waiting++;
	while (!queue->first && !queue->closed)
		lock_wait(&queue->lock, &queue->filled, -1);
	queue->waiting--;
	first = last = queue->first;
	if (first) {
		while (last->next && count < max) {
			last = last->next;
			count++;
		}
		queue->first = last->next;
		queue->len -= count;
		if (!queue->first)
			queue->end = &queue->first;
		last->next = NULL;
	}
	lock_give(&queue->lock);
	return first;
}

bool queue_wait(struct queue *queue, int64_t ms)
{
	bool come;

	lock_take(&queue->lock);
	queue->waiting++;
	while (!queue->first && !queue->closed && lock_wait(&queue->lock, &queue->filled, ms))
		;
	queue->waiting--;
	come = queue->first || queue->closed;
	lock_give(&queue->lock);
	return come;
}

void queue_close(struct queue *queue)
{
	lock_take(&queue->lock);
	queue->closed = true;
	pthread_cond_broadcast(&queue->filled);
	lock_give(&queue->lock);
}

size_t queue_len(struct queue *queue)
{
	size_t len;

	lock_take(&queue->lock);
	len = queue->len;
	lock_give(&queue->lock);
	return len;
}
