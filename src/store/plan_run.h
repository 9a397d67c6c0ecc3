/* plan_run.h - how the committer runs a plan: for writer.c, and for maintenance that has its own
 * connection. Nobody else includes this.
 * Threads: the one that holds the write transaction. */
#ifndef KONTOR_STORE_PLAN_RUN_H
#define KONTOR_STORE_PLAN_RUN_H

#include "store/notice.h"

/* The rows of table `counter`, read once in a transaction and written back once before it commits.
 * They are never kept across transactions: another process may have counted on meanwhile. */
struct counters {
	int64_t id, change;
	bool is_read, is_changed;
	bool is_untidy; /* something was left for the writer's chore */
};
bool counters_save(struct counters *counters, struct db *db, struct err *err) must_check;

struct plan_op {
	struct plan_op *next;
	plan_op_fn *run;
	void *data;
};

struct plan {
	struct queue_node node; /* first: the queue's link is the plan */
	struct arena *arena;
	int64_t now;
	struct plan_op *first, **last;
	struct plan_op *later; /* the first of those that writing_later() added */
	bool writes;           /* one of its operations may write, */
	bool may_tear;         /* and one may refuse after that */
	bool is_stale;
	enum plan_state state;
	struct err err;
	void (*wake)(void *);
	void *wake_arg;
	struct notice_list notices; /* what its operations touched */
	void *note;                 /* of whoever decided it */
};

/* Runs all operations on `db`, inside a transaction that the caller holds. True: they are applied;
 * nothing is settled yet. False: what it did must be undone; plan_settle() says how it ends. */
bool plan_run(struct plan *plan, struct db *db, struct counters *counters) must_check;
/* Settles: stale or failed if it said so itself, failed with `err` if that is set, else done. */
void plan_settle(struct plan *plan, const struct err *err);
/* The database itself failed, not just this plan: nothing else may run in this transaction. */
bool plan_hit_database(const struct plan *plan);

#endif
