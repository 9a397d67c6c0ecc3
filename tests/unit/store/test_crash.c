/* What must survive: kill -9, a full disk, another process that writes at the same time. */
#include "fixture.h"

#include "base/thread.h"
#include "store/fsck.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

enum { STORM_THREADS = 4, NODE_PUTS = 40 };

static void tell_fault(void *arg, const struct fsck_fault *fault)
{
	(void)arg;
	print_error("%s: %lld\n", fault->word, (long long)fault->id);
}

static void assert_sound(struct fixture *f)
{
	struct db *db = pool_private(f->house.pool, &f->work.err);
	struct fsck fsck = { .report = tell_fault };
	static const struct kind event = { .id = KIND_EVENT, .name = "event" };
	static const struct kind *const kinds[] = { &event, NULL };

	must(f, db);
	work_step_end(&f->work);
	fixture_compose(f, kinds, NULL);
	must(f, fsck_run(&f->house, db, &fsck, &f->work.err));
	assert_int_equal(fsck.found, 0);
	db_close(&db);
}

static bool put_numbered(struct house *house, int64_t calendar, int64_t i)
{
	struct arena *arena = arena_new();
	struct plan *plan = plan_new(arena, NOW);
	struct record record = { .home = calendar, .kind = KIND_EVENT };
	struct record_put put = { .record = &record };
	struct err err = { 0 };
	bool ok;

	record.body = put.uid = put.name = arena_printf(arena, "%lld", (long long)i);
	plan_put(plan, &put);
	ok = writer_apply(house->writer, plan, &err);
	arena_free(&arena);
	return ok;
}

/* ---- kill -9 ---- */

struct storm {
	struct house *house;
	int64_t calendar, first;
	int pipe;
};

static void *storm(void *arg)
{
	const struct storm *s = arg;

	for (int64_t i = s->first;; i += STORM_THREADS)
		if (!put_numbered(s->house, s->calendar, i) ||
		        write(s->pipe, &i, sizeof(i)) != sizeof(i))
			break;
	return NULL;
}

static _Noreturn void storm_until_killed(struct fixture *f, int to)
{
	struct storm storms[STORM_THREADS];

	if (!house_open(&f->house, &f->settings, &f->work.err))
		_exit(1);
	house_start_writer(&f->house);
	for (int i = 0; i < STORM_THREADS; i++) {
		storms[i] = (struct storm){ &f->house, f->calendar, i, to };
		thread_start("storm", storm, &storms[i]);
	}
	for (;;)
		pause();
}

static void what_was_acknowledged_survives_a_kill(void **state)
{
	struct fixture *f = *state;
	int fds[2], status;
	int64_t i, acknowledged = 0;
	pid_t child;

	work_step_end(&f->work);
	house_close(&f->house);
	assert_int_equal(pipe(fds), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child)
		storm_until_killed(f, fds[1]);
	close(fds[1]);
	/* The moment is any: the child is in the middle of something whenever it is. */
	assert_int_equal(read(fds[0], &i, sizeof(i)), sizeof(i));
	usleep(150000);
	kill(child, SIGKILL);
	waitpid(child, &status, 0);
	assert_true(WIFSIGNALED(status));
	must(f, house_open(&f->house, &f->settings, &f->work.err));
	house_start_writer(&f->house);
	do {
		char name[30];
		struct item *item;

		snprintf(name, sizeof(name), "%lld", (long long)i);
		item = item_at(f, f->calendar, name);
		assert_non_null(item);
		assert_true(text_eq(item->body, text_of(name)));
		acknowledged++;
	} while (read(fds[0], &i, sizeof(i)) == sizeof(i));
	close(fds[0]);
	assert_true(acknowledged > 3);
	assert_sound(f);
}

/* ---- two nodes ---- */

struct node {
	struct house house;
	int64_t calendar, first;
	int done;
};

static void *node_puts(void *arg)
{
	struct node *node = arg;

	for (int i = 0; i < NODE_PUTS; i++)
		node->done += put_numbered(&node->house, node->calendar, node->first + i);
	return NULL;
}

static void two_nodes_on_one_database_are_right(void **state)
{
	struct fixture *f = *state;
	struct scope scope = { f->calendar, 0 };
	int64_t since = latest(f), last = since;
	struct node nodes[2] = { 0 };
	struct changes changes;
	pthread_t threads[2];
	bool more;

	work_step_end(&f->work);
	for (int i = 0; i < 2; i++) {
		must(f, house_open(&nodes[i].house, &f->settings, &f->work.err));
		house_start_writer(&nodes[i].house);
		nodes[i].calendar = f->calendar;
		nodes[i].first = i * 1000;
		threads[i] = thread_start("node", node_puts, &nodes[i]);
	}
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(nodes[0].done + nodes[1].done, 2 * NODE_PUTS);
	must(f, change_list(&f->work, &scope, since, 1000, &changes, &more));
	assert_int_equal(changes.len, 2 * NODE_PUTS);
	for (size_t i = 0; i < changes.len; i++) {
		assert_true(changes.at[i].number > last);
		last = changes.at[i].number;
	}
	assert_int_equal(collection_at(f, f->calendar)->token, last);
	assert_sound(f);
	for (int i = 0; i < 2; i++)
		house_close(&nodes[i].house);
}

/* ---- a full disk ---- */

static void limit_files(rlim_t bytes)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_full_disk_refuses_and_recovers(void **state)
{
	enum { BODY = 100000 };
	struct fixture *f = *state;
	char *body = arena_alloc(f->work.arena, BODY + 1);
	struct plan *plan;
	int stored = 0;
	char name[30];

	if (f->dsn[0])
		skip();
	memset(body, 'x', BODY);
	signal(SIGXFSZ, SIG_IGN);
	limit_files(3000000);
	for (;; stored++) {
		assert_true(stored < 100);
		snprintf(name, sizeof(name), "%d", stored);
		plan = new_plan(f);
		plan_body(f, plan, f->files, PUT(name, NULL, body));
		if (!apply(f, plan))
			break;
	}
	/* A limit on files is not ENOSPC, which alone the database calls full. */
	assert_true(f->work.err.id == ERR_STORAGE_FULL || f->work.err.id == ERR_UNAVAILABLE);
	assert_true(stored > 3);
	assert_null(item_at(f, f->files, name));
	assert_non_null(item_at(f, f->files, "0"));
	limit_files(RLIM_INFINITY);
	put_body(f, f->files, PUT(name, NULL, body));
	assert_int_equal(collection_at(f, f->files)->bytes, (stored + 1) * BODY);
}

#define TESTS(ON) \
	ON(what_was_acknowledged_survives_a_kill), ON(two_nodes_on_one_database_are_right), \
	        ON(a_full_disk_refuses_and_recovers)
RUN_TESTS(TESTS)
