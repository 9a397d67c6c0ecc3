/* happen.c - what happened between `before` and `now`: the rows of crm_event to be. */
#include "base/base.h"
#include "base/str.h"
#include "crm/draft_impl.h"

struct happening {
	struct work *work;
	struct crm_draft *draft;
	struct standing was, is;
};

struct crm_happened *draft_event(struct work *work, struct crm_draft *draft, enum crm_what what)
{
	struct crm_happened *event = vec_push(work->arena, &draft->events);

	event->what = what;
	event->from_value = event->to_value = TEXT("");
	return event;
}

static struct crm_happened *add(struct happening *h, enum crm_what what)
{
	return draft_event(h->work, h->draft, what);
}

static void number_moved(struct happening *h, const char *key, enum crm_what what)
{
	int64_t was = draft_was_int(h->draft, key), is = draft_int(h->draft, key);
	struct crm_happened *event;

	if (was == is)
		return;
	event = add(h, what);
	event->from_num = was;
	event->to_num = is;
}

static int64_t place_of(const struct standing *s)
{
	return s->state * ((int64_t)1 << 32) + s->row;
}

static void status_moved(struct happening *h)
{
	int64_t entered = draft_was_int(h->draft, "_entered");
	struct crm_happened *event;

	if (h->was.row == h->is.row && text_eq(h->was.name, h->is.name))
		return;
	event = add(h, CRM_EVENT_STATUS);
	event->from_value = h->was.name;
	event->to_value = h->is.name;
	event->from_num = place_of(&h->was);
	event->to_num = place_of(&h->is);
	event->seconds = entered && entered < h->draft->at ? h->draft->at - entered : 0;
}

static int64_t close_of(const json_t *values)
{
	return crm_midnight(crm_get_text(values, "expected_close"));
}

/* The deal's own probability, else its stage's. */
static int64_t chance_of(const json_t *values, const struct standing *s)
{
	return json_object_get(values, "probability") ? crm_get_int(values, "probability")
	                                              : s->chance;
}

static void deal_moved(struct happening *h)
{
	const json_t *before = h->draft->before, *now = h->draft->now;
	int64_t from = chance_of(before, &h->was), to = chance_of(now, &h->is);
	struct text was = crm_get_text(before, "forecast"), is = crm_get_text(now, "forecast");
	struct crm_happened *event;

	if (close_of(before) != close_of(now)) {
		event = add(h, CRM_EVENT_CLOSE);
		event->from_num = close_of(before);
		event->to_num = close_of(now);
	}
	if (from == to && text_eq(was, is))
		return;
	event = add(h, CRM_EVENT_CHANCE);
	event->from_value = was.ptr ? was : TEXT("");
	event->to_value = is.ptr ? is : TEXT("");
	event->from_num = from;
	event->to_num = to;
}

/* What a new one begins with is told by CREATED, and, where a value of its own counts later (owner,
 * campaign, close, chance), by that value's event. */
static void begun(struct happening *h)
{
	struct crm_happened *event = add(h, CRM_EVENT_CREATED);

	event->to_value = h->is.name;
	event->from_num = place_of(&h->is);
	event->to_num = draft_int(h->draft, "_amount");
}

bool draft_happen(struct work *work, struct crm_draft *draft)
{
	struct happening h = { .work = work, .draft = draft };

	if (!standing_of(work, draft->noun, draft->before, &h.was) ||
	        !standing_of(work, draft->noun, draft->now, &h.is))
		return false;
	if (draft_is_new(draft)) {
		begun(&h);
	} else {
		status_moved(&h);
		number_moved(&h, "_amount", CRM_EVENT_AMOUNT);
	}
	number_moved(&h, "owner", CRM_EVENT_OWNER);
	number_moved(&h, "team", CRM_EVENT_TEAM);
	number_moved(&h, "campaign", CRM_EVENT_CAMPAIGN);
	if (draft->noun == CRM_DEAL)
		deal_moved(&h);
	return true;
}
