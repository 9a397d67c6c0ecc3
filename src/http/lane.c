#include "base/base.h"
#include "base/clock.h"
#include "base/thread.h"
#include "http/lane.h"

struct lane {
	struct queue *queue;
	struct lock taking;      /* the queue has one taker at a time, who also keeps: */
	struct queue_node *late; /* those waiting for their moment, the next one first */
	_Atomic size_t late_len;
	struct lane_node *lines; /* one line a person, whose turn is next first */
	_Atomic size_t in_line;
	void (*run)(struct lane_node *node);
	int threads;
	pthread_t thread[];
};

/* The list is one of queue nodes throughout: the same pointer written as one type and read as
 * another is lost on an optimizing compiler. */
static struct lane_node *first_late(const struct lane *lane)
{
	return (struct lane_node *)lane->late;
}

static void keep(struct lane *lane, struct lane_node *node)
{
	struct queue_node **at = &lane->late;

	while (*at && ((struct lane_node *)*at)->due_ms <= node->due_ms)
		at = &(*at)->next;
	node->queued.next = *at;
	*at = &node->queued;
}

static struct lane_node *take_late(struct lane *lane)
{
	struct lane_node *node = first_late(lane);

	lane->late = node->queued.next;
	lane->late_len--;
	return node;
}

/* ---- taking turns ---- */

static void line_up(struct lane *lane, struct lane_node *node)
{
	struct lane_node **at = &lane->lines;

	while (*at && (*at)->whose != node->whose)
		at = &(*at)->next_line;
	lane->in_line++;
	node->queued.next = NULL;
	if (*at) {
		(*at)->last->next = &node->queued;
		(*at)->last = &node->queued;
		return;
	}
	node->next_line = NULL;
	node->last = &node->queued;
	*at = node;
}

/* The first of the line whose turn it is, which then stands behind the others'. */
static struct lane_node *take_turn(struct lane *lane)
{
	struct lane_node *node = lane->lines, **end = &lane->lines;
	struct lane_node *next = (struct lane_node *)node->queued.next;

	lane->lines = node->next_line;
	lane->in_line--;
	if (!next)
		return node;
	next->last = node->last;
	next->next_line = NULL;
	while (*end)
		end = &(*end)->next_line;
	*end = next;
	return node;
}

/* Everything that has come, to where it waits. */
static void sort_out(struct lane *lane, struct queue_node *come)
{
	while (come) {
		struct queue_node *next = come->next;
		struct lane_node *node = (struct lane_node *)come;

		if (node->due_ms)
			keep(lane, node);
		else
			line_up(lane, node);
		come = next;
	}
}

/* What can be run now; NULL: closed, and nothing is left. */
static struct lane_node *take(struct lane *lane)
{
	for (;;) {
		struct lane_node *first;
		struct queue_node *come;
		int64_t now = clock_mono_ms();

		if (queue_len(lane->queue))
			sort_out(lane, queue_take(lane->queue, SIZE_MAX));
		first = first_late(lane);
		if (first && first->due_ms <= now)
			return take_late(lane);
		if (lane->lines)
			return take_turn(lane);
		if (first && !queue_wait(lane->queue, first->due_ms - now))
			continue;
		come = queue_take(lane->queue, SIZE_MAX);
		if (!come)
			return first ? take_late(lane) : NULL;
		sort_out(lane, come);
	}
}

static void *lane_run(void *arg)
{
	struct lane *lane = arg;

	for (;;) {
		struct lane_node *node;

		lock_take(&lane->taking);
		node = take(lane);
		lock_give(&lane->taking);
		if (!node)
			return NULL;
		lane->run(node);
	}
}

struct lane *lane_new(const char *name, int threads, void (*run)(struct lane_node *node))
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

bool lane_put(struct lane *lane, struct lane_node *node, size_t most)
{
	if (most && queue_len(lane->queue) + lane->in_line >= most)
		return false;
	if (!node->due_ms)
		return queue_put(lane->queue, &node->queued);
	if (lane->late_len++ < LANE_LATE_MAX && queue_put(lane->queue, &node->queued))
		return true;
	lane->late_len--;
	return false;
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
