/* demo_tell.c - how the demo's business is told: drafts in batches, at the time they happened. */
#include "base/base.h"

#include "app/demo_impl.h"
#include "edit/crm.h"
#include "store/record.h"
#include "store/writer.h"

enum { BATCH = 150 };

static const char *const SAYINGS[] = {
#define CHOICE(...)
#define CAMPAIGN(...)
#define TROUBLE(...)
#define SAID(words) words,
#include "app/demo_crm.tbl.h"
#undef CHOICE
#undef CAMPAIGN
#undef TROUBLE
#undef SAID
};

/* ---- chance ---- */

/* xorshift64* (Vigna 2016). */
uint64_t tale_random(struct tale *tale, uint64_t below)
{
	uint64_t x = tale->random;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	tale->random = x;
	return below ? (x * 0x2545F4914F6CDD1D >> 33) % below : 0;
}

bool tale_chance(struct tale *tale, unsigned percent)
{
	return tale_random(tale, 100) < percent;
}

struct text tale_pick(struct tale *tale, const char *list)
{
	struct text rest = text_of(list), one = TEXT_NONE;
	size_t n = 1;

	for (const char *c = list; *c; c++)
		n += *c == '|';
	for (uint64_t i = tale_random(tale, n) + 1; i; i--)
		if (!text_split(&rest, '|', &one))
			break;
	return one;
}

int64_t tale_time(struct tale *tale, int64_t days_ago)
{
	int64_t day = tale->today / A_DAY - days_ago;
	int64_t weekday = (day + 3) % 7;

	if (weekday > 4)
		day -= weekday - 4;
	return day * A_DAY + 7 * AN_HOUR + (int64_t)tale_random(tale, 8 * AN_HOUR);
}

int64_t tale_staff(struct tale *tale, const struct staff_list *list)
{
	return list->at[tale_random(tale, list->len)];
}

struct text tale_words(struct tale *tale)
{
	return text_of(SAYINGS[tale_random(tale, COUNT_OF(SAYINGS))]);
}

/* ---- batches ---- */

static void begin_batch(struct tale *tale)
{
	tale->work = tale->desk->work;
	tale->work.arena = arena_new();
	tale->work.db = NULL;
	tale->work.rights = tale->work.soon = NULL;
	tale->plan = plan_new(tale->work.arena, tale->desk->work.now);
	tale->pending.at = NULL;
	tale->pending.len = tale->pending.cap = 0;
}

bool tale_flush(struct tale *tale)
{
	struct err *err = &tale->desk->work.err;
	bool ok = true;

	if (!tale->plan)
		return true;
	work_step_end(&tale->work);
	if (tale->pending.len)
		ok = writer_apply(tale->desk->house.writer, tale->plan, err);
	for (size_t i = 0; ok && i < tale->pending.len; i++)
		if (tale->pending.at[i].id)
			*tale->pending.at[i].id = tale->pending.at[i].draft->stored->id;
	tale->plan = NULL;
	arena_free(&tale->work.arena);
	return ok;
}

bool tale_begin(struct tale *tale)
{
	if (tale->plan && tale->pending.len >= BATCH && !tale_flush(tale))
		return false;
	/* One snapshot at a time. */
	work_step_end(&tale->desk->work);
	if (!tale->plan)
		begin_batch(tale);
	tale->work.who = tale->who.id ? &tale->who : NULL;
	return true;
}

void tale_act(struct tale *tale, int64_t who, int64_t at)
{
	int64_t now = tale->desk->work.now;

	tale->who = (struct who){ .id = who, .is_admin = true };
	for (size_t i = 0; i < SHELF_COUNT; i++)
		tale->who.reach[i] = REACH_ALL;
	/* Nothing happens in the future. */
	tale->at = at < now ? at : now - 60;
}

/* ---- records ---- */

static bool fail(struct tale *tale)
{
	tale->desk->work.err = tale->work.err;
	return false;
}

static bool set_all(struct tale *tale, struct crm_draft *draft, json_t *values)
{
	const char *key;
	json_t *value;

	json_object_foreach(values, key, value)
	{
		const struct crm_field *field = crm_field(draft->noun, text_of(key));

		assert(field);
		if (!crm_draft_set(&tale->work, draft, field, value))
			return false;
	}
	return true;
}

static bool add(struct tale *tale, struct crm_draft *draft, json_t *values, int64_t *id)
{
	draft->via = VIA_DEMO;
	draft->device = TEXT("demo");
	draft->at = tale->at;
	crm_json_own(tale->work.arena, values);
	if (!set_all(tale, draft, values) || !crm_draft_settle(&tale->work, draft))
		return fail(tale);
	if (!crm_draft_changed(draft))
		return true;
	if (!edit_crm_add(&tale->work, tale->plan, draft))
		return fail(tale);
	*vec_push(tale->work.arena, &tale->pending) =
	        (struct tale_pending){ id, draft, crm_get_int(draft->now, "parent") };
	return true;
}

/* Does the batch hold a change of it, or of what may change it (a note answers a case)? */
static bool is_pending(const struct tale *tale, int64_t id)
{
	for (size_t i = 0; id && i < tale->pending.len; i++) {
		const struct tale_pending *p = &tale->pending.at[i];

		if (p->parent == id || (p->draft->old && p->draft->old->id == id))
			return true;
	}
	return false;
}

bool tale_new(struct tale *tale, enum crm_noun noun, json_t *values, int64_t *id)
{
	struct crm_draft *draft;

	/* Values that were made in the batch's arena live on: jansson has copied them. */
	if (tale->plan && is_pending(tale, crm_get_int(values, "parent")) && !tale_flush(tale))
		return false;
	if (!tale_begin(tale))
		return false;
	if (!crm_draft_begin(&tale->work, noun, TEXT_NONE, &draft))
		return fail(tale);
	return add(tale, draft, values, id);
}

bool tale_change(struct tale *tale, enum crm_noun noun, int64_t id, json_t *values)
{
	struct crm_draft *draft;
	struct record *record;

	/* Twice in one batch: the second must see what the first made of it. */
	if (tale->plan && is_pending(tale, id) && !tale_flush(tale))
		return false;
	if (!tale_begin(tale))
		return false;
	if (!record_get(&tale->work, id, &record) || !record ||
	        !crm_draft_load(&tale->work, record, &draft))
		return fail(tale);
	assert(draft->noun == noun);
	return add(tale, draft, values, NULL);
}

bool tale_said(struct tale *tale, int64_t about, const char *category, const char *direction,
        struct text words)
{
	return tale_new(tale, CRM_NOTE,
	        json_pack("{s:s%, s:I, s:s, s:s, s:I, s:I}", "text", words.ptr, words.len, "at",
	                (json_int_t)tale->at, "category", category, "direction", direction,
	                "parent", (json_int_t)about, "owner", (json_int_t)tale->who.id),
	        NULL);
}

/* ---- rows: few, each by itself ---- */

bool tale_row(struct tale *tale, enum crm_noun noun, int64_t parent, json_t *values, int64_t *id)
{
	struct work *work = &tale->desk->work;
	struct edit_crm asked = { .noun = noun,
		.base = -1,
		.set = crm_json_own(work->arena, values),
		.parent = parent,
		.position = -1,
		.via = VIA_DEMO,
		.device = TEXT("demo") };
	struct plan *plan;

	if (!tale_flush(tale))
		return false;
	plan = edit_crm_put(work, &asked);
	if (!plan || !desk_apply(tale->desk, plan))
		return false;
	if (id)
		*id = edit_crm_id(plan);
	return true;
}
