/* lane.h - threads for work that takes its time: password hashing, exports, large queries. The
 * threads that serve connections must never wait for it. Whoever waits takes turns: of one person's
 * heap one is done, then one of everybody else's. Memory: long-lived. Threads: lane_put from any.
 */
#ifndef KONTOR_HTTP_LANE_H
#define KONTOR_HTTP_LANE_H

#include "base/queue.h"

struct lane;

struct lane_node {
	struct queue_node queued; /* first */
	int64_t due_ms;           /* not before this moment of clock_mono_ms(); 0: at once */
	uint64_t whose;           /* who waits for it; all with 0 are one */
	/* The lane's: of the first in somebody's line, who is next, and the last in this line. */
	struct lane_node *next_line;
	struct queue_node *last;
};

/* `run` is called with each node put, by one of `threads` threads. */
struct lane *lane_new(const char *name, int threads, void (*run)(struct lane_node *node));
/* False: the lane is closed, or `most` (0: no end) wait already, or LANE_LATE_MAX for their moment.
 * Whoever waits for a moment is in nobody's way. */
enum { LANE_LATE_MAX = 500 };
bool lane_put(struct lane *lane, struct lane_node *node, size_t most) must_check;
/* Lets what is there be done, nothing waits for its moment any more, and ends the threads; from now
 * on lane_put says no. */
void lane_stop(struct lane *lane);
void lane_free(struct lane **lane);

#endif
