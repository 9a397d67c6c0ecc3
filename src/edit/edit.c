#include "base/base.h"

#include <semaphore.h>

#include "edit/gate.h"
#include "store/writer.h"

bool edit_commit(struct work *work, struct plan *plan, void (*wake)(void *), void *arg)
{
	return writer_submit(work->house->writer, plan, wake, arg, &work->err);
}

static void settled(void *arg)
{
	sem_post(arg);
}

bool edit_commit_wait(struct work *work, struct plan *plan)
{
	bool taken;
	sem_t done;

	work_step_end(work);
	sem_init(&done, 0, 0);
	taken = edit_commit(work, plan, settled, &done);
	while (taken && sem_wait(&done))
		;
	sem_destroy(&done);
	return taken;
}

struct plan *edit_reserve(struct work *work, int64_t *ids, size_t len)
{
	struct outcome *outcome;
	struct plan *plan = gate_plan(work, &outcome);

	plan_reserve(plan, ids, len);
	return plan;
}

bool edit_stale(const struct plan *plan)
{
	return plan_state(plan) == PLAN_STALE;
}

bool edit_result(struct work *work, struct plan *plan, struct edit_result *result)
{
	const struct outcome *outcome = plan_noted(plan);

	*result = (struct edit_result){ 0 };
	switch (plan_state(plan)) {
	case PLAN_DONE: break;
	case PLAN_STALE:
		return err_set(&work->err, ERR_CONFLICT, "Others keep changing the same thing");
	case PLAN_FAILED:
		if (!err_is_set(&work->err))
			work->err = *plan_error(plan);
		return false;
	case PLAN_OPEN: return err_set(&work->err, ERR_INTERNAL, "The change is not settled");
	}
	result->created = outcome->created;
	result->altered = outcome->altered;
	result->name = outcome->name;
	result->uid = outcome->uid;
	if (outcome->record && !outcome->record->blob)
		result->body = outcome->record->body;
	if (outcome->record)
		result->etag = record_etag(work->arena, outcome->record->revision);
	return true;
}
