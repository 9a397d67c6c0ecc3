#include "store/plan_run.h"

DB_STATEMENT(COUNTER_ALL, "SELECT i.value, c.value FROM counter i JOIN counter c"
                          " ON c.name = 'change' WHERE i.name = 'id'");
DB_STATEMENT(COUNTER_SET, "UPDATE counter SET value = ?2 WHERE name = ?1");

struct plan *plan_new(struct arena *arena, int64_t now)
{
	struct plan *plan = arena_make(arena, struct plan);

	plan->arena = arena;
	plan->now = now;
	plan->last = &plan->first;
	return plan;
}

static void append(struct plan *plan, plan_op_fn *run, void *data)
{
	struct plan_op *op = arena_make(plan->arena, struct plan_op);

	assert(plan->state == PLAN_OPEN);
	op->run = run;
	op->data = data;
	*plan->last = op;
	plan->last = &op->next;
}

void plan_add(struct plan *plan, plan_op_fn *run, void *data)
{
	append(plan, run, data);
	plan->writes = plan->may_tear = true;
}

void plan_add_look(struct plan *plan, plan_op_fn *run, void *data)
{
	append(plan, run, data);
	plan->may_tear = plan->may_tear || plan->writes;
}

void plan_add_whole(struct plan *plan, plan_op_fn *run, void *data)
{
	plan_add_look(plan, run, data);
	plan->writes = true;
}

bool plan_stale(struct writing *writing)
{
	writing->plan->is_stale = true;
	return false;
}

static bool counters_read(struct writing *writing)
{
	struct counters *c = writing->counters;
	struct db_rows *rows;

	if (c->is_read)
		return true;
	rows = db_query(writing->db, writing->err, &COUNTER_ALL, DB_NO_ARGS);
	if (rows && db_next(rows)) {
		c->id = db_int(rows, 0);
		c->change = db_int(rows, 1);
	}
	c->is_read = db_done(rows);
	return c->is_read;
}

bool writing_id(struct writing *writing, int64_t *id)
{
	if (!counters_read(writing))
		return false;
	writing->counters->is_changed = true;
	*id = ++writing->counters->id;
	return true;
}

bool writing_change(struct writing *writing, int64_t *number)
{
	if (!counters_read(writing))
		return false;
	writing->counters->is_changed = true;
	*number = ++writing->counters->change;
	return true;
}

void writing_untidy(struct writing *writing)
{
	writing->counters->is_untidy = true;
}

void writing_later(struct writing *writing, plan_op_fn *run)
{
	struct plan *plan = writing->plan;
	struct plan_op **last = plan->last;

	for (struct plan_op *op = plan->later; op; op = op->next)
		if (op->run == run)
			return;
	plan_add(plan, run, NULL);
	if (!plan->later)
		plan->later = *last;
}

bool counters_save(struct counters *c, struct db *db, struct err *err)
{
	if (!c->is_changed)
		return true;
	c->is_changed = false;
	return db_run(db, err, &COUNTER_SET, DB_ARGS(DB_TEXT(TEXT("id")), DB_INT(c->id)), NULL) &&
	       db_run(db, err, &COUNTER_SET, DB_ARGS(DB_TEXT(TEXT("change")), DB_INT(c->change)),
	               NULL);
}

bool plan_run(struct plan *plan, struct db *db, struct counters *counters)
{
	struct writing writing = { .db = db,
		.err = &plan->err,
		.arena = plan->arena,
		.plan = plan,
		.now = plan->now,
		.counters = counters };

	for (struct plan_op *op = plan->first; op; op = op->next)
		if (!op->run(&writing, op->data)) {
			assert(plan->is_stale || err_is_set(&plan->err));
			return false;
		}
	return true;
}

void plan_settle(struct plan *plan, const struct err *err)
{
	enum plan_state state = PLAN_DONE;

	if (err && err_is_set(err)) {
		plan->err = *err;
		state = PLAN_FAILED;
	} else if (err_is_set(&plan->err)) {
		state = PLAN_FAILED;
	} else if (plan->is_stale) {
		state = PLAN_STALE;
	}
	__atomic_store_n(&plan->state, state, __ATOMIC_RELEASE);
}

bool plan_hit_database(const struct plan *plan)
{
	return plan->err.id == ERR_STORAGE_FULL || plan->err.id == ERR_UNAVAILABLE;
}

enum plan_state plan_state(const struct plan *plan)
{
	return __atomic_load_n(&plan->state, __ATOMIC_ACQUIRE);
}

const struct err *plan_error(const struct plan *plan)
{
	return &plan->err;
}

struct arena *plan_arena(struct plan *plan)
{
	return plan->arena;
}

void plan_note(struct plan *plan, void *note)
{
	plan->note = note;
}

void *plan_noted(const struct plan *plan)
{
	return plan->note;
}

struct reserving {
	int64_t *ids;
	size_t len;
};

static bool reserve_run(struct writing *writing, void *data)
{
	const struct reserving *reserving = data;

	for (size_t i = 0; i < reserving->len; i++)
		if (!writing_id(writing, &reserving->ids[i]))
			return false;
	return true;
}

void plan_reserve(struct plan *plan, int64_t *ids, size_t len)
{
	struct reserving *reserving = arena_make(plan->arena, struct reserving);

	*reserving = (struct reserving){ ids, len };
	plan_add(plan, reserve_run, reserving);
}
