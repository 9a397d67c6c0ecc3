#include "../test.h"

#include "base/clock.h"
#include "base/queue.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RANK = 10, THREADS = 4, EACH = 5000 };

struct item {
	struct queue_node node;
	int by, number;
};

static void oldest_come_first_and_not_too_many(void **state UNUSED)
{
	struct queue *queue = queue_new("test", RANK);
	struct item items[5];
	struct queue_node *node;

	for (int i = 0; i < 5; i++)
		assert_true(queue_put(queue, &items[i].node));
	assert_int_equal(queue_len(queue), 5);
	node = queue_take(queue, 3);
	assert_ptr_equal(node, &items[0].node);
	assert_ptr_equal(node->next, &items[1].node);
	assert_ptr_equal(node->next->next, &items[2].node);
	assert_null(node->next->next->next);
	assert_true(queue_put(queue, &items[0].node));
	node = queue_take(queue, SIZE_MAX);
	assert_ptr_equal(node, &items[3].node);
	assert_ptr_equal(node->next->next, &items[0].node);
	assert_int_equal(queue_len(queue), 0);
	queue_close(queue);
	queue_free(&queue);
	assert_null(queue);
}

static void a_closed_queue_is_drained_and_takes_no_more(void **state UNUSED)
{
	struct queue *queue = queue_new("test", RANK);
	struct item a, b;

	assert_true(queue_put(queue, &a.node));
	queue_close(queue);
	assert_false(queue_put(queue, &b.node));
	assert_ptr_equal(queue_take(queue, 9), &a.node);
	assert_null(queue_take(queue, 9));
	queue_free(&queue);
}

static struct queue *shared;
static struct item items[THREADS][EACH];
static int put_by[THREADS] = { 0, 1, 2, 3 };

static void *put_all(void *arg)
{
	int by = *(int *)arg;

	for (int i = 0; i < EACH; i++) {
		items[by][i] = (struct item){ .by = by, .number = i };
		if (!queue_put(shared, &items[by][i].node))
			abort();
	}
	return NULL;
}

static void nothing_is_lost_between_threads(void **state UNUSED)
{
	pthread_t threads[THREADS];
	int next[THREADS] = { 0 };

	shared = queue_new("test", RANK);
	for (int i = 0; i < THREADS; i++)
		threads[i] = thread_start("put", put_all, &put_by[i]);
	for (int left = THREADS * EACH; left;) {
		struct queue_node *node = queue_take(shared, 64), *after;

		for (; node; node = after, left--) {
			struct item *item = (struct item *)node;

			after = node->next;
			assert_int_equal(item->number, next[item->by]++);
		}
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	queue_free(&shared);
}

static void *take_till_closed(void *arg UNUSED)
{
	size_t count = 0;

	while (queue_take(shared, 1))
		count++;
	return (void *)count;
}

static void several_takers_share_the_work(void **state UNUSED)
{
	pthread_t takers[3], putter;
	size_t sum = 0;
	void *count;

	shared = queue_new("test", RANK);
	for (int i = 0; i < 3; i++)
		takers[i] = thread_start("take", take_till_closed, NULL);
	putter = thread_start("put", put_all, &put_by[0]);
	pthread_join(putter, NULL);
	queue_close(shared);
	for (int i = 0; i < 3; i++) {
		pthread_join(takers[i], &count);
		sum += (size_t)count;
	}
	assert_int_equal(sum, EACH);
	queue_free(&shared);
}

static void waiting_ends_in_time(void **state UNUSED)
{
	struct lock lock = LOCK_INIT("test", RANK);
	pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
	int64_t start = clock_mono_ms();

	lock_take(&lock);
	while (lock_wait(&lock, &cond, 20))
		;
	lock_give(&lock);
	assert_in_range(clock_mono_ms() - start, 19, 5000);
}

/* Runs it in a child process; true if that aborted. */
static bool aborts(void (*run)(void))
{
	int status;
	pid_t child = fork();

	if (!child) {
		fclose(stderr);
		signal(SIGABRT, SIG_DFL);
		run();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static struct lock low = LOCK_INIT("low", 1), high = LOCK_INIT("high", 2);

static void take_upwards(void)
{
	lock_take(&low);
	lock_take(&high);
	lock_give(&low);
	lock_give(&high);
	lock_take(&low);
	lock_give(&low);
}

static void take_downwards(void)
{
	lock_take(&high);
	lock_take(&low);
}

static void take_twice(void)
{
	lock_take(&low);
	lock_take(&low);
}

static void locks_taken_in_the_wrong_order_abort(void **state UNUSED)
{
	assert_false(aborts(take_upwards));
	assert_true(aborts(take_downwards));
	assert_true(aborts(take_twice));
}

static void *tell_name(void *arg)
{
	pthread_getname_np(pthread_self(), arg, 16);
	return arg;
}

static void threads_have_names(void **state UNUSED)
{
	char name[16] = "";

	pthread_join(thread_start("a name that is too long", tell_name, name), NULL);
	assert_string_equal(name, "a name that is ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(oldest_come_first_and_not_too_many),
		cmocka_unit_test(a_closed_queue_is_drained_and_takes_no_more),
		cmocka_unit_test(nothing_is_lost_between_threads),
		cmocka_unit_test(several_takers_share_the_work),
		cmocka_unit_test(waiting_ends_in_time),
		cmocka_unit_test(locks_taken_in_the_wrong_order_abort),
		cmocka_unit_test(threads_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
