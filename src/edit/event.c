#include "edit/event.h"
#include "base/base.h"
#include "base/hash.h"
#include "edit/crm.h"
#include "edit/gate.h"
#include "view/event.h"

static const struct edit_locks NO_LOCKS;

static struct edit_body body_of(struct text bytes, struct text device)
{
	return (struct edit_body){
		.bytes = bytes, .fd = -1, .media = TEXT("text/calendar"), .device = device
	};
}

static bool check_base(struct work *work, const struct edit_event *asked, const struct target *at)
{
	return asked->base < 0 || asked->base == at->item->member.revision ||
	       err_set(&work->err, ERR_PRECONDITION_FAILED, "It was changed in the meantime");
}

/* ---- gone ---- */

/* What has values beside its body goes into the bin, where they are kept. */
static struct plan *remove_whole(struct work *work, const struct edit_event *asked,
        struct event_seen *seen, struct event_undo *undo)
{
	undo->is_gone = true;
	if (seen->record->private.len) {
		struct edit_crm crm = { .noun = CRM_MEETING,
			.id = asked->record,
			.base = asked->base,
			.device = asked->device,
			.via = VIA_WEB };

		undo->body = TEXT_NONE;
		return edit_crm_delete(work, &crm);
	}
	return edit_remove(work, &seen->at, &NO_LOCKS);
}

/* ---- changed ---- */

static bool put_later(struct work *work, struct plan *plan, const struct series_ask *ask,
        const struct series_done *done, const struct edit_event *asked, struct event_undo *undo)
{
	struct edit_body body = body_of(done->later, asked->device);
	struct target at;

	return event_place(work, undo->collection,
	               arena_printf(work->arena, "%.*s.ics", TEXT_ARG(ask->uid)), &at) &&
	       edit_put_beside(work, plan, &at, &body, &undo->made);
}

struct plan *edit_event(struct work *work, const struct edit_event *asked, struct event_undo *undo)
{
	struct series_ask ask = { .scope = asked->scope,
		.floating = event_zone(work),
		.now = work->now,
		.uid = random_uuid(work->arena),
		.change = asked->change };
	struct series_done done;
	struct event_seen seen;
	struct edit_body body;
	struct plan *plan;

	if (!event_seen(work, asked->record, asked->occurrence, &seen) ||
	        !check_base(work, asked, &seen.at))
		return NULL;
	ask.occurrence = seen.occurrence;
	*undo = (struct event_undo){ .collection = seen.at.collection->id,
		.name = seen.at.name,
		.body = seen.at.item->body,
		.record = asked->record };
	if (!series_do(work->arena, &work->err, seen.ical, &ask, &done))
		return NULL;
	if (!done.body.ptr)
		return remove_whole(work, asked, &seen, undo);
	body = body_of(done.body, asked->device);
	plan = edit_put(work, &seen.at, &body, seen.at.item->member.revision, &NO_LOCKS);
	if (!plan)
		return NULL;
	undo->now = ((const struct outcome *)plan_noted(plan))->record;
	if (done.later.ptr && !put_later(work, plan, &ask, &done, asked, undo))
		return NULL;
	return plan;
}

/* ---- and back ---- */

static bool remove_made(struct work *work, struct plan *plan, const struct event_back *asked)
{
	struct event_seen seen;

	if (!event_seen(work, asked->made, 0, &seen))
		return false;
	if (seen.at.collection->id != asked->collection ||
	        seen.at.item->member.revision != asked->made_base)
		return err_set(
		        &work->err, ERR_PRECONDITION_FAILED, "It was changed in the meantime");
	if (!gate_need_above(work, &seen.at, PRIVILEGE_UNBIND))
		return false;
	plan_remove(plan, asked->collection, seen.at.name, asked->made_base, work->house);
	return true;
}

struct plan *edit_event_back(struct work *work, const struct event_back *asked)
{
	struct edit_body body = body_of(asked->body, asked->device);
	struct plan *plan;
	struct target at;

	if (!event_place(work, asked->collection, asked->name, &at))
		return NULL;
	plan = edit_put(work, &at, &body, asked->base, &NO_LOCKS);
	if (plan && asked->made && !remove_made(work, plan, asked))
		return NULL;
	return plan;
}
