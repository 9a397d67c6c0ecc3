/* What survives what:
 *
 * A plan is answered only after the commit it was part of has returned, and a commit returns only
 * when the database has flushed its log (SQLite: WAL with synchronous=FULL; PostgreSQL:
 * synchronous_commit=on). So whatever was acknowledged is there after kill -9 or a power cut. A
 * plan that was not answered is in a transaction that either reached the log whole or is not seen
 * at all: operations, change numbers, tombstones and derived rows are in the same transaction, so
 * none can be there without the others. When the outcome of a commit is not known (the connection
 * broke in between), the plans fail: the client asks again and finds either state, both whole.
 *
 * When the database itself fails in the middle (disk full, I/O error, lost connection), SQLite may
 * have rolled back the whole transaction already; running on would then write single statements
 * outside of any. So the batch ends there and all its plans fail; the next batch begins afresh with
 * whatever connection the pool has. */
#include "store/writer.h"

#include "base/clock.h"
#include "base/log.h"
#include "store/plan_run.h"

enum { BATCH_MAX = 256, QUEUE_MAX = 8192, RANK_QUEUE = 80, RANK_APPLY = 90, IDLE_MS = 1000 };

struct writer {
	struct pool *pool;
	struct queue *queue;
	pthread_t thread;
	struct notices *board; /* NULL: nobody watches */
	plan_op_fn *chore;
	void *chore_data;
	bool untidy;               /* atomically: there may be something to do for it */
	bool careful;              /* an operation was not as whole as it said (run_whole()) */
	struct writer_stats stats; /* each field written by the writer only, atomically */
};

static void count(int64_t *field, int64_t n)
{
	__atomic_fetch_add(field, n, __ATOMIC_RELAXED);
}

/* Runs one plan among others: refused, it is undone alone. False: the transaction is lost. */
static bool run_guarded(struct plan *plan, struct db *db, struct counters *counters)
{
	if (!db_savepoint(db, &plan->err))
		return false;
	if (plan_run(plan, db, counters) && db_savepoint_release(db, &plan->err))
		return true;
	if (plan_hit_database(plan))
		return false;
	db_savepoint_rollback(db);
	return true;
}

/* The same for one that leaves nothing to undo when it is refused. If it has left something all the
 * same, that is our mistake: nothing of the batch is stored, and it will be the last one without
 * savepoints. */
static bool run_whole(struct plan *plan, struct db *db, struct counters *counters)
{
	int64_t written = db_written(db);

	if (plan_run(plan, db, counters))
		return true;
	if (plan_hit_database(plan))
		return false;
	if (db_written(db) == written)
		return true;
	if (!err_is_set(&plan->err))
		err_set(&plan->err, ERR_INTERNAL, "a refused change had been made");
	return false;
}

static bool refused(const struct plan *plan)
{
	return plan->is_stale || err_is_set(&plan->err);
}

static struct plan *next_plan(struct plan *plan)
{
	return (struct plan *)plan->node.next;
}

/* What a batch is run with, and what it leaves. */
struct batch {
	struct notices *board;
	struct counters counters;
	bool is_untidy; /* one of its plans left something for the chore */
	bool is_stored;
	bool is_careful; /* every plan has a savepoint; set when one would have needed it */
};

static bool run_among(struct plan *plan, struct db *db, struct batch *batch)
{
	if (batch->is_careful || plan->may_tear || db_written(db) < 0)
		return run_guarded(plan, db, &batch->counters);
	if (run_whole(plan, db, &batch->counters))
		return true;
	batch->is_careful = !plan_hit_database(plan);
	return false;
}

static bool commit(struct db *db, struct plan *first, struct batch *batch, struct err *err)
{
	bool ok = counters_save(&batch->counters, db, err);

	for (struct plan *plan = first; plan && ok; plan = next_plan(plan))
		ok = refused(plan) || notice_tell(batch->board, db, &plan->notices, err);
	batch->is_stored = ok && db_write_commit(db, err);
	if (!ok)
		db_write_rollback(db);
	return batch->is_stored;
}

/* Before anybody is told: whoever asks again after an answer has heard of it. */
static void publish(struct plan *first, const struct batch *batch)
{
	const struct notice_list none = VEC_EMPTY;

	if (!batch->is_stored || !batch->board)
		return;
	for (struct plan *plan = first; plan; plan = next_plan(plan))
		if (!refused(plan) && plan->notices.len)
			notice_publish(batch->board, &plan->notices, 0);
	notice_publish(batch->board, &none, batch->counters.change);
}

/* Runs and commits a list of plans. False with err set: nothing of it is stored. */
static bool run_batch(struct db *db, struct plan *first, struct batch *batch, struct err *err)
{
	bool single = !first->node.next, kept = false, ok = true;

	if (!db_write_begin(db, err))
		return false;
	for (struct plan *plan = first; plan && ok; plan = next_plan(plan)) {
		if (single)
			ok = plan_run(plan, db, &batch->counters) || !plan_hit_database(plan);
		else
			ok = run_among(plan, db, batch);
		if (!ok)
			*err = plan->err;
		else if (!refused(plan))
			kept = true;
	}
	if (ok && kept && batch->counters.is_untidy)
		batch->is_untidy = true;
	if (ok && kept)
		return commit(db, first, batch, err);
	db_write_rollback(db);
	return ok;
}

/* Settles and wakes; `plan` is gone as soon as its owner is awake, so `next` is read before. */
static void wake_all(struct plan *plan, const struct err *err)
{
	while (plan) {
		struct plan *next = next_plan(plan);
		void (*wake)(void *) = plan->wake;
		void *arg = plan->wake_arg;

		plan_settle(plan, err);
		wake(arg);
		plan = next;
	}
}

/* Before anybody is told: whoever looks after an answer finds it counted. */
static void note(struct writer *writer, struct plan *first, const struct err *err, int64_t took)
{
	int plans = 0;

	for (struct plan *plan = first; plan; plan = next_plan(plan))
		plans++;
	count(&writer->stats.batches, 1);
	count(&writer->stats.plans, plans);
	count(&writer->stats.microseconds, took);
	if (!err) {
		log_debug("commit", "plans=%d us=%lld", plans, (long long)took);
	} else {
		count(&writer->stats.failed, 1);
		log_warn("commit-failed", "plans=%d status=%d reason=%s", plans,
		        err_row(err->id)->status, log_value(text_of(err->detail)));
	}
}

/* One bit of the chore. A failure ends it for now. */
static void run_chore(struct writer *writer)
{
	struct arena *arena = arena_new();
	struct plan *plan = plan_new(arena, clock_now());
	struct err err = { 0 };
	struct db *db = pool_writer(writer->pool, &err);
	struct batch batch = { .board = writer->board };

	plan_add(plan, writer->chore, writer->chore_data);
	if (!db || !run_batch(db, plan, &batch, &err) || refused(plan))
		log_warn("chore-failed", "reason=%s",
		        log_value(text_of(err_is_set(&err) ? err.detail : plan->err.detail)));
	else if (db)
		db_tidy(db, false);
	__atomic_store_n(&writer->untidy, batch.is_untidy, __ATOMIC_RELEASE);
	publish(plan, &batch);
	arena_free(&arena);
}

static bool is_untidy(struct writer *writer)
{
	return __atomic_load_n(&writer->untidy, __ATOMIC_ACQUIRE);
}

/* The next list; before, if nothing has come: the chore, and the database's own tidying. */
static struct queue_node *next_list(struct writer *writer, struct db *db)
{
	while (is_untidy(writer) && !queue_wait(writer->queue, 0))
		run_chore(writer);
	if (db && !queue_wait(writer->queue, IDLE_MS))
		db_tidy(db, true);
	return queue_take(writer->queue, BATCH_MAX);
}

static void *writer_loop(void *arg)
{
	struct writer *writer = arg;
	struct queue_node *list;
	struct db *db = NULL;

	while ((list = next_list(writer, db))) {
		struct plan *first = (struct plan *)list;
		int64_t start = clock_mono_us();
		struct err err = { 0 };
		struct batch batch = { .board = writer->board,
			.is_untidy = is_untidy(writer),
			.is_careful = writer->careful };
		bool ok;

		db = pool_writer(writer->pool, &err);
		ok = db && run_batch(db, first, &batch, &err);
		writer->careful = batch.is_careful;
		__atomic_store_n(
		        &writer->untidy, batch.is_untidy && writer->chore, __ATOMIC_RELEASE);
		publish(first, &batch);
		note(writer, first, ok ? NULL : &err, clock_mono_us() - start);
		wake_all(first, ok ? NULL : &err);
		if (db)
			db_tidy(db, false);
	}
	return NULL;
}

struct writer *writer_start(struct pool *pool)
{
	struct writer *writer = calloc(1, sizeof(*writer));

	if (!writer)
		abort();
	writer->pool = pool;
	writer->queue = queue_new("writer", RANK_QUEUE);
	writer->thread = thread_start("writer", writer_loop, writer);
	return writer;
}

void writer_close(struct writer *writer)
{
	queue_close(writer->queue);
}

void writer_stop(struct writer **writer)
{
	if (!*writer)
		return;
	writer_close(*writer);
	pthread_join((*writer)->thread, NULL);
	queue_free(&(*writer)->queue);
	free(*writer);
	*writer = NULL;
}

void writer_board(struct writer *writer, struct notices *board)
{
	writer->board = board;
}

void writer_chore(struct writer *writer, plan_op_fn *run, void *data)
{
	writer->chore = run;
	writer->chore_data = data;
	__atomic_store_n(&writer->untidy, true, __ATOMIC_RELEASE);
}

bool writer_submit(
        struct writer *writer, struct plan *plan, void (*wake)(void *), void *arg, struct err *err)
{
	assert(plan->state == PLAN_OPEN);
	if (queue_len(writer->queue) >= QUEUE_MAX)
		return err_set(err, ERR_UNAVAILABLE, "too many changes are waiting to be written");
	plan->wake = wake;
	plan->wake_arg = arg;
	if (!queue_put(writer->queue, &plan->node))
		return err_set(err, ERR_UNAVAILABLE, "the server is shutting down");
	return true;
}

/* ---- waiting for it ---- */

struct waiter {
	struct lock lock;
	pthread_cond_t cond;
	bool done;
};

static void waiter_wake(void *arg)
{
	struct waiter *waiter = arg;

	lock_take(&waiter->lock);
	waiter->done = true;
	pthread_cond_signal(&waiter->cond);
	lock_give(&waiter->lock);
}

static bool outcome(struct plan *plan, struct err *err)
{
	switch (plan_state(plan)) {
	case PLAN_DONE: return true;
	case PLAN_STALE: return err_set(err, ERR_PRECONDITION_FAILED, "%s", "");
	default:
		if (!err_is_set(err))
			*err = *plan_error(plan);
		return false;
	}
}

bool writer_apply(struct writer *writer, struct plan *plan, struct err *err)
{
	struct waiter waiter = { .cond = PTHREAD_COND_INITIALIZER };

	lock_init(&waiter.lock, "writer-apply", RANK_APPLY);
	if (!writer_submit(writer, plan, waiter_wake, &waiter, err))
		return false;
	lock_take(&waiter.lock);
	while (!waiter.done)
		lock_wait(&waiter.lock, &waiter.cond, -1);
	lock_give(&waiter.lock);
	pthread_cond_destroy(&waiter.cond);
	pthread_mutex_destroy(&waiter.lock.mutex);
	return outcome(plan, err);
}

bool writer_apply_here(struct db *db, struct plan *plan, struct err *err)
{
	struct err failed = { 0 };
	struct batch batch = { 0 };
	bool ok = run_batch(db, plan, &batch, &failed);

	plan_settle(plan, ok ? NULL : &failed);
	return outcome(plan, err);
}

void writer_measure(const struct writer *writer, struct writer_stats *stats)
{
	stats->batches = __atomic_load_n(&writer->stats.batches, __ATOMIC_RELAXED);
	stats->plans = __atomic_load_n(&writer->stats.plans, __ATOMIC_RELAXED);
	stats->failed = __atomic_load_n(&writer->stats.failed, __ATOMIC_RELAXED);
	stats->microseconds = __atomic_load_n(&writer->stats.microseconds, __ATOMIC_RELAXED);
	stats->waiting = (int64_t)queue_len(writer->queue);
}
