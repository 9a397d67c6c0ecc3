/* settle_activity.c - tasks, meetings, notes: what people do and did. */
#include "base/base.h"
#include "base/str.h"
#include "crm/settle.h"
#include "people/who.h"

enum { HOUR = 3600 };

static void preset(struct crm_draft *draft, const char *key, const char *value)
{
	if (!draft_text(draft, key).len)
		draft_put_text(draft, key, text_of(value));
}

/* Somebody does it, whoever asked. */
static bool check_owner(struct work *work, struct crm_draft *draft)
{
	if (!draft_int(draft, "owner") && work->who)
		draft_put_int(draft, "owner", work->who->id);
	return draft_int(draft, "owner") || err_field(&work->err, "owner", "somebody must have it");
}

static void settle_done(struct crm_draft *draft)
{
	bool done;

	if (draft_moved(draft, "percent") && !draft_moved(draft, "status") &&
	        draft_int(draft, "percent") == 100)
		draft_put_text(draft, "status", TEXT("Done"));
	done = text_eq(draft_text(draft, "status"), TEXT("Done"));
	if (done && !text_eq(draft_was_text(draft, "status"), TEXT("Done"))) {
		draft_put_int(draft, "percent", 100);
		draft_put_int(draft, "closed_at", draft->at);
	} else if (!done) {
		draft_put(draft, "closed_at", NULL);
		if (draft_int(draft, "percent") == 100)
			draft_put(draft, "percent", NULL);
	}
}

bool settle_task(struct work *work, struct crm_draft *draft)
{
	preset(draft, "status", "Open");
	settle_done(draft);
	if (!draft_int(draft, "due"))
		draft_put(draft, "due_date", NULL);
	return check_owner(work, draft);
}

bool settle_meeting(struct work *work, struct crm_draft *draft)
{
	int64_t start = draft_int(draft, "start"), end = draft_int(draft, "end");

	preset(draft, "category", "Meeting");
	preset(draft, "outcome", "planned");
	if (start && !end && !crm_get_bool(draft->now, "all_day"))
		draft_put_int(draft, "end", start + HOUR);
	if (start && end && end < start)
		return err_field(&work->err, "end", "it ends before it starts");
	return check_owner(work, draft);
}

bool settle_note(struct work *work, struct crm_draft *draft)
{
	preset(draft, "category", "Note");
	if (text_eq(draft_text(draft, "category"), TEXT("Note")))
		preset(draft, "direction", "internal");
	if (!draft_int(draft, "at"))
		draft_put_int(draft, "at", draft->at);
	if (!draft_text(draft, "subject").len && !draft_text(draft, "text").len)
		return err_field(&work->err, "text", "there is nothing in it");
	if (draft_is_new(draft) && !draft_int(draft, "owner") && work->who)
		draft_put_int(draft, "owner", work->who->id);
	return true;
}
