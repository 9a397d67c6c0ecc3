/* plan.h - a change, fully decided, waiting to be committed.
 *
 * Everything hard happens before: parsing, checks, access, projection, scheduling. What is left is
 * dull on purpose: guards ("still at revision 7") and operations, in order, applied whole or not at
 * all. Modules of store/ offer the operations (plan_put, collection_plan_make, grant_plan_set ...);
 * each is a function run by the writer inside the plan's savepoint. Memory:  a plan and all it
 * points to live in the arena given to plan_new(). Threads: built by one thread, then lent to the
 * writer; nobody touches it until it is settled. A plan is run once: a stale one is decided anew.
 */
#ifndef KONTOR_STORE_PLAN_H
#define KONTOR_STORE_PLAN_H

#include "base/queue.h"
#include "base/vec.h"
#include "base/work.h"
#include "db/db.h"

/* Lists that many want. */
VEC_OF(texts, struct text);
VEC_OF(ids, int64_t);

struct plan;
struct counters; /* of the transaction: store/plan_run.h */

/* What an operation gets on the writer's thread. */
struct writing {
	struct db *db;
	struct err *err;
	struct arena *arena; /* of the plan */
	struct plan *plan;
	int64_t now;
	struct counters *counters;
};
/* Applies one operation. False with err set: the plan is undone. A guard that does not hold calls
 * plan_stale(writing) and returns false. */
typedef bool plan_op_fn(struct writing *writing, void *data);

enum plan_state { PLAN_OPEN, PLAN_DONE, PLAN_STALE, PLAN_FAILED };

/* `now`: what `created` and `modified` of what it writes will say. */
struct plan *plan_new(struct arena *arena, int64_t now);
/* Adds an operation; `data` lives in the plan's arena. */
void plan_add(struct plan *plan, plan_op_fn *run, void *data);
/* The same, for one that writes nothing; */
void plan_add_look(struct plan *plan, plan_op_fn *run, void *data);
/* and for one that refuses before it has written anything, or not at all. A plan of looks and one
 * of these leaves nothing to undo when it is refused: it is run without a savepoint, which costs
 * SQLite a copy of every page it touches. */
void plan_add_whole(struct plan *plan, plan_op_fn *run, void *data);
/* Marks the plan stale: what it was decided on has changed. Returns false. */
bool plan_stale(struct writing *writing);
/* The next id, and the next change number: monotonic over the whole database, never reused. */
bool writing_id(struct writing *writing, int64_t *id) must_check;
bool writing_change(struct writing *writing, int64_t *number) must_check;
/* Gives out `len` ids, for records of a plan to come that name each other; those never used are a
 * gap, nothing more. */
void plan_reserve(struct plan *plan, int64_t *ids, size_t len);
/* Something was left to be cleared away when there is nothing better to do (writer_chore()). */
void writing_untidy(struct writing *writing);
/* Runs `run` (with no data) when the plan's own operations have run; once, however often asked. */
void writing_later(struct writing *writing, plan_op_fn *run);
enum plan_state plan_state(const struct plan *plan);
/* Set when PLAN_FAILED. */
const struct err *plan_error(const struct plan *plan);
struct arena *plan_arena(struct plan *plan);
/* What the decider wants to find again when the plan is settled; NULL unless set. */
void plan_note(struct plan *plan, void *note);
void *plan_noted(const struct plan *plan);

#endif
