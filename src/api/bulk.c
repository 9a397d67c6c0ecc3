/* bulk.c - one change of many records: each is decided by itself, many are stored in one commit. */
#include "base/base.h"
#include <stdatomic.h>

#include "api/record.h"
#include "crm/problem.h"
#include "edit/crm.h"

enum { BULK_MOST = 5000, BATCH = 100, TRIES = 3 };

struct bulk;
struct wish {
	int64_t id;
	int tries;
	struct plan *plan;
	struct bulk *bulk;
};
VEC_OF(wishes, struct wish);

struct bulk {
	struct edit_crm edit;
	bool removes;
	struct wishes wishes;
	size_t next;        /* to be decided */
	struct wish *batch; /* lent to the writer */
	size_t batch_len;
	_Atomic size_t waiting;
	struct waker waker;
	int64_t changed;
	json_t *failed;
};

static void wish_for(struct call *c, struct bulk *bulk, int64_t id, int tries)
{
	*vec_push(c->work.arena, &bulk->wishes) = (struct wish){ .id = id, .tries = tries };
}

/* ---- which ---- */

static bool by_ids(struct call *c, struct bulk *bulk, const json_t *ids)
{
	json_t *id;
	size_t i;

	json_array_foreach((json_t *)ids, i, id)
	{
		if (json_integer_value(id) < 1)
			return api_refuse(c, "ids", "numbers are expected");
		wish_for(c, bulk, json_integer_value(id), 0);
	}
	return true;
}

static bool read_filters(struct call *c, const json_t *words, struct crm_ask *ask)
{
	json_t *one;
	size_t i;

	json_array_foreach((json_t *)words, i, one)
	{
		struct text text = text_of(json_string_value(one));

		if (!text.ptr)
			return api_refuse(c, "filter", "texts are expected");
		if (!crm_filter_parse(
		            &c->work, ask->noun, text, vec_push(c->work.arena, &ask->filters)))
			return false;
	}
	return true;
}

static bool by_filter(struct call *c, struct bulk *bulk, const json_t *words)
{
	struct crm_ask ask = { .noun = bulk->edit.noun, .limit = 500 };
	struct crm_page page;

	if (!read_filters(c, words, &ask))
		return false;
	do {
		if (!crm_list(&c->work, &ask, &page))
			return false;
		for (size_t i = 0; i < page.entries.len; i++)
			wish_for(c, bulk, page.entries.at[i].id, 0);
		ask.cursor = page.cursor;
	} while (page.cursor.ptr && bulk->wishes.len <= BULK_MOST);
	return true;
}

/* ---- deciding, a batch at a time ---- */

static void fail(struct arena *arena, struct bulk *bulk, int64_t id, const struct err *err)
{
	json_t *why = crm_problem(arena, err);

	json_object_set_new(why, "id", json_integer(id));
	json_array_append(bulk->failed, why);
}

static struct plan *decide(struct call *c, struct bulk *bulk, int64_t id)
{
	bulk->edit.id = id;
	return bulk->removes ? edit_crm_delete(&c->work, &bulk->edit)
	                     : edit_crm_put(&c->work, &bulk->edit);
}

static void fill_batch(struct call *c, struct bulk *bulk)
{
	bulk->batch_len = 0;
	while (bulk->next < bulk->wishes.len && bulk->batch_len < BATCH) {
		struct wish wish = bulk->wishes.at[bulk->next++];

		wish.plan = decide(c, bulk, wish.id);
		wish.bulk = bulk;
		if (wish.plan)
			bulk->batch[bulk->batch_len++] = wish;
		else
			fail(c->work.arena, bulk, wish.id, &c->work.err);
		err_clear(&c->work.err);
	}
}

/* ---- storing ---- */

/* Whoever comes last wakes the call, which nobody may touch afterwards. */
static void one_less(struct bulk *bulk)
{
	struct waker waker = bulk->waker;

	if (atomic_fetch_sub(&bulk->waiting, 1) == 1)
		waker.wake(waker.arg);
}

static void wish_settled(void *wish)
{
	one_less(((struct wish *)wish)->bulk);
}

static bool bulk_step(struct call *c);

static void take_outcome(struct call *c, struct bulk *bulk, const struct wish *wish)
{
	struct err stale = { 0 };

	switch (plan_state(wish->plan)) {
	case PLAN_DONE: bulk->changed++; return;
	case PLAN_STALE:
		err_set(&stale, ERR_CONFLICT, "others keep changing it");
		if (wish->tries + 1 < TRIES)
			wish_for(c, bulk, wish->id, wish->tries + 1);
		else
			fail(c->work.arena, bulk, wish->id, &stale);
		return;
	case PLAN_FAILED: fail(c->work.arena, bulk, wish->id, plan_error(wish->plan)); return;
	case PLAN_OPEN: break; /* the writer would not have it */
	}
	err_set(&stale, ERR_UNAVAILABLE, "%s", "");
	fail(c->work.arena, bulk, wish->id, &stale);
}

static bool batch_settled(struct call *c)
{
	struct bulk *bulk = api_of(c)->own;

	for (size_t i = 0; i < bulk->batch_len; i++)
		take_outcome(c, bulk, &bulk->batch[i]);
	if (bulk->next < bulk->wishes.len)
		return call_slow(c, bulk_step);
	return api_json(
	        c, 200, json_pack("{s:I, s:O}", "changed", bulk->changed, "failed", bulk->failed));
}

static bool bulk_step(struct call *c)
{
	struct bulk *bulk = api_of(c)->own;
	size_t len;

	fill_batch(c, bulk);
	len = bulk->batch_len;
	if (!len)
		return batch_settled(c);
	atomic_store(&bulk->waiting, len + 1);
	bulk->waker = call_park(c, batch_settled);
	for (size_t i = 0; i < len; i++) {
		struct wish *wish = &bulk->batch[i];

		if (edit_commit(&c->work, wish->plan, wish_settled, wish))
			continue;
		err_clear(&c->work.err);
		one_less(bulk);
	}
	one_less(bulk);
	return true;
}

/* ---- asked ---- */

static bool read_bulk(struct call *c, struct bulk *bulk, const json_t *body)
{
	const json_t *ids = json_object_get(body, "ids"), *set = json_object_get(body, "set");
	const json_t *filter = json_object_get(body, "filter");

	bulk->removes = json_is_true(json_object_get(body, "delete"));
	bulk->edit.set = set;
	if (bulk->removes ? set != NULL : !json_is_object(set))
		return api_refuse(c, "set", "either values or \"delete\": true are expected");
	if (json_is_array(ids) == json_is_array(filter))
		return api_refuse(c, "ids", "either ids or a filter are expected");
	if (!(ids ? by_ids(c, bulk, ids) : by_filter(c, bulk, filter)))
		return false;
	return bulk->wishes.len <= BULK_MOST ||
	       err_set(&c->work.err, ERR_UNPROCESSABLE, "at most %d at once", BULK_MOST);
}

static bool bulk_begin(struct call *c)
{
	struct bulk *bulk = arena_make(c->work.arena, struct bulk);
	const json_t *body;

	bulk->edit = (struct edit_crm){ .noun = api_of(c)->noun->noun, .base = -1, .position = -1 };
	bulk->failed = api_own(c, json_array());
	bulk->batch = arena_array(c->work.arena, BATCH, sizeof(*bulk->batch));
	api_of(c)->own = bulk;
	return api_body(c, &body) && api_edit(c, &bulk->edit) && read_bulk(c, bulk, body) &&
	       bulk_step(c);
}

bool api_bulk(struct call *c)
{
	return call_slow(c, bulk_begin);
}
