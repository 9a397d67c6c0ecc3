/* Work in lanes: at once, or at its moment. */
#include "base/base.h"

#include <stdatomic.h>
#include <time.h>

#include "base/clock.h"
#include "http/lane.h"
#include "../test.h"

struct job {
	struct lane_node node;
	_Atomic int64_t ran_ms;
};

static void run(struct lane_node *node)
{
	((struct job *)node)->ran_ms = clock_mono_ms();
}

static void wait_for(struct job *job)
{
	struct timespec pause = { .tv_nsec = 1000000 };

	for (int i = 0; i < 5000 && !job->ran_ms; i++)
		nanosleep(&pause, NULL);
	assert_true(job->ran_ms > 0);
}

static void who_waits_is_in_nobodys_way(void **state)
{
	struct lane *lane = lane_new("test", 1, run);
	struct job late = { 0 }, later = { 0 }, now = { 0 };
	int64_t begun = clock_mono_ms();

	(void)state;
	later.node.due_ms = begun + 120;
	late.node.due_ms = begun + 60;
	assert_true(lane_put(lane, &later.node, 0));
	assert_true(lane_put(lane, &late.node, 0));
	assert_true(lane_put(lane, &now.node, 0));
	wait_for(&now);
	assert_true(now.ran_ms < begun + 60);
	wait_for(&later);
	assert_true(late.ran_ms >= begun + 60 && late.ran_ms <= later.ran_ms);
	assert_true(later.ran_ms >= begun + 120);
	lane_free(&lane);
}

static void only_so_many_may_wait(void **state)
{
	static struct job jobs[LANE_LATE_MAX + 1];
	struct lane *lane = lane_new("test", 2, run);
	struct job now = { 0 };
	int64_t begun = clock_mono_ms();

	(void)state;
	for (size_t i = 0; i <= LANE_LATE_MAX; i++) {
		jobs[i].node.due_ms = begun + 100000;
		assert_int_equal(lane_put(lane, &jobs[i].node, 0), i < LANE_LATE_MAX);
	}
	assert_true(lane_put(lane, &now.node, 0));
	wait_for(&now);
	/* Stopping waits for nobody's moment, and loses nobody. */
	lane_stop(lane);
	assert_true(clock_mono_ms() < begun + 50000);
	for (size_t i = 0; i < LANE_LATE_MAX; i++)
		assert_true(jobs[i].ran_ms > 0);
	assert_false(lane_put(lane, &now.node, 0));
	lane_free(&lane);
}

/* ---- turns ---- */

static struct job *_Atomic order[16];
static _Atomic size_t done;
static _Atomic bool begun, go;

static void run_in_turn(struct lane_node *node)
{
	struct timespec pause = { .tv_nsec = 1000000 };

	/* The first one holds the only thread until all others wait. */
	begun = true;
	while (!go)
		nanosleep(&pause, NULL);
	order[done] = (struct job *)node;
	done++;
}

static void of_ones_heap_one_is_done_then_one_of_everybody_elses(void **state)
{
	struct lane *lane = lane_new("test", 1, run_in_turn);
	struct job first = { 0 }, heap[8] = { 0 }, other[2] = { 0 }, third = { 0 };
	struct timespec pause = { .tv_nsec = 1000000 };
	const struct job *wanted[] = { &first, &heap[0], &other[0], &third, &heap[1], &other[1],
		&heap[2], &heap[3], &heap[4], &heap[5], &heap[6], &heap[7] };

	(void)state;
	first.node.whose = 1;
	assert_true(lane_put(lane, &first.node, 0));
	while (!begun)
		nanosleep(&pause, NULL);
	for (size_t i = 0; i < COUNT_OF(heap); i++) {
		heap[i].node.whose = 1;
		assert_true(lane_put(lane, &heap[i].node, 0));
	}
	for (size_t i = 0; i < COUNT_OF(other); i++) {
		other[i].node.whose = 2;
		assert_true(lane_put(lane, &other[i].node, 0));
	}
	third.node.whose = 3;
	assert_true(lane_put(lane, &third.node, 0));
	go = true;
	lane_stop(lane);
	assert_int_equal(done, COUNT_OF(wanted));
	for (size_t i = 0; i < COUNT_OF(wanted); i++)
		assert_ptr_equal(order[i], wanted[i]);
	lane_free(&lane);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_waits_is_in_nobodys_way),
		cmocka_unit_test(only_so_many_may_wait),
		cmocka_unit_test(of_ones_heap_one_is_done_then_one_of_everybody_elses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
