/* queue.h - many threads put, one or several take whatever is there.
 * Memory: nodes are embedded in what is queued; the queue owns nothing.
 * Threads: any. A node may be reused or freed as soon as it
 * was taken: read `next` first, then hand the item on. */
#ifndef KONTOR_BASE_QUEUE_H
#define KONTOR_BASE_QUEUE_H

#include "base/thread.h"

struct queue_node {
	struct queue_node *next;
};

struct queue;
struct queue *queue_new(const char *name, int rank);
void queue_free(struct queue **queue);
/* False once the queue is closed: the item was not taken. */
bool queue_put(struct queue *queue, struct queue_node *node) must_check;
/* Waits for at least one item; takes up to `max`, oldest first, as a list. NULL: closed and empty.
 */
struct queue_node *queue_take(struct queue *queue, size_t max);
/* Waits until there is something to take or the queue is closed; false after `ms` in vain. */
bool queue_wait(struct queue *queue, int64_t ms);
/* No more items; takers drain what is there. */
void queue_close(struct queue *queue);
size_t queue_len(struct queue *queue);

#endif
