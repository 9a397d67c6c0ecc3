/* writer.h - the one committer.
 *
 * Takes whatever queued while the last commit was syncing (at most 256 plans, no timer), runs each
 * in a savepoint, commits, then wakes everybody. It never parses, sends or waits for anything but
 * the disk. A commit that fails settles every plan of the batch as failed. Threads: writer_submit()
 * from any thread. */
#ifndef KONTOR_STORE_WRITER_H
#define KONTOR_STORE_WRITER_H

#include "store/plan.h"
#include "db/pool.h"

struct notices;
struct writer;
struct writer *writer_start(struct pool *pool);
/* What to do when there is nothing to write: `run`, a bit at a time, each in a transaction of its
 * own, as long as it says writing_untidy(). It begins after the first plan, and again after each
 * that said so; an end in between leaves the rest to the next start. To be set before anything is
 * submitted. */
void writer_chore(struct writer *writer, plan_op_fn *run, void *data);
/* Where what was stored is published. To be set before anything is submitted. */
void writer_board(struct writer *writer, struct notices *board);
/* Nothing is taken any more (ERR_UNAVAILABLE); what is queued will be written. */
void writer_close(struct writer *writer);
/* Closes, drains what is queued, then ends: by now nobody may submit. */
void writer_stop(struct writer **writer);
/* Lends the plan; `wake(arg)` is called from the writer's thread once it is settled, also when it
 * failed. False (err set, wake not called) while stopping or when too much is queued. */
bool writer_submit(struct writer *writer, struct plan *plan, void (*wake)(void *), void *arg,
        struct err *err) must_check;
/* Submits and waits: for commands, tests and the slow lane, never on a thread that serves
 * connections. A stale plan is ERR_PRECONDITION_FAILED. */
bool writer_apply(struct writer *writer, struct plan *plan, struct err *err) must_check;
/* Applies a plan on a private connection in this thread, without a writer: maintenance commands. */
bool writer_apply_here(struct db *db, struct plan *plan, struct err *err) must_check;

/* Since the start, for metrics. */
struct writer_stats {
	int64_t batches, plans, failed; /* failed: batches of which nothing was stored */
	int64_t microseconds;           /* spent in batches */
	int64_t waiting;                /* plans queued now */
};
void writer_measure(const struct writer *writer, struct writer_stats *stats);

#endif
