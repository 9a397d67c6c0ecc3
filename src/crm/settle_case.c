/* settle_case.c - a case: its number, its status, and the clock of its service level. */
#include "base/base.h"
#include "base/settings.h"
#include "base/str.h"
#include "crm/hours.h"
#include "crm/settle.h"
#include "store/house.h"

enum { MINUTE = 60 };

static bool is(const struct crm_draft *draft, const char *status)
{
	return text_eq(draft_text(draft, "status"), text_of(status));
}

static bool was(const struct crm_draft *draft, const char *status)
{
	return text_eq(draft_was_text(draft, "status"), text_of(status));
}

static bool is_ended(struct text status)
{
	return text_eq(status, TEXT("Closed")) || text_eq(status, TEXT("Rejected")) ||
	       text_eq(status, TEXT("Duplicate"));
}

/* No clock runs: somebody else is to act, or nobody. */
static bool stands_still(struct text status)
{
	return is_ended(status) || text_eq(status, TEXT("Pending")) ||
	       text_eq(status, TEXT("Resolved, to confirm"));
}

/* ---- status ---- */

static void preset(struct crm_draft *draft)
{
	bool owned = draft_int(draft, "owner") != 0;

	if (!draft_text(draft, "status").len)
		draft_put_text(draft, "status", owned ? TEXT("Assigned") : TEXT("New"));
	else if (is(draft, "New") && owned && draft_moved(draft, "owner"))
		draft_put_text(draft, "status", TEXT("Assigned"));
	else if (is(draft, "Assigned") && !owned)
		draft_put_text(draft, "status", TEXT("New"));
	if (!draft_text(draft, "priority").len)
		draft_put_text(draft, "priority", TEXT("Normal"));
	if (!draft_is_new(draft) || draft_text(draft, "channel").len)
		return;
	if (draft->via == VIA_DAV)
		draft_put_text(draft, "channel", TEXT("Phone"));
	else if (draft->via == VIA_MAIL)
		draft_put_text(draft, "channel", TEXT("Mail"));
	else if (draft->via == VIA_FORM)
		draft_put_text(draft, "channel", TEXT("Web"));
}

/* A complaint is over when its cause is known; the answer confirms it. */
static void settle_complaint(struct work *work, struct crm_draft *draft)
{
	bool known = draft_text(draft, "cause").len > 0;

	if (!text_eq(draft_text(draft, "kind"), TEXT("Complaint")))
		return;
	if (is(draft, "Closed") && !known) {
		draft_put_text(draft, "status", TEXT("Resolved, to confirm"));
		draft_ask(work, draft, "cause", "What was the cause?");
	} else if (is(draft, "Resolved, to confirm") && known && draft_moved(draft, "cause")) {
		draft_put_text(draft, "status", TEXT("Closed"));
	}
	if (known || !stands_still(draft_text(draft, "status")))
		draft_answer(work, draft, "cause");
}

static bool check_end(struct work *work, const struct crm_draft *draft)
{
	if (is(draft, "Rejected") && !draft_text(draft, "reject_reason").len)
		return err_field(&work->err, "reject_reason", "say why it is rejected");
	if (!is(draft, "Duplicate"))
		return true;
	if (!draft_int(draft, "duplicate_of"))
		return err_field(&work->err, "duplicate_of", "say which case it is a duplicate of");
	return !draft->old || draft->old->id != draft_int(draft, "duplicate_of") ||
	       err_field(&work->err, "duplicate_of", "a case is no duplicate of itself");
}

/* Closed, and open again. What was resolved keeps the time when it is confirmed. */
static void settle_end(struct work *work, struct crm_draft *draft)
{
	struct text old = draft_was_text(draft, "status"), now = draft_text(draft, "status");
	bool over = is_ended(old) || was(draft, "Resolved, to confirm");
	bool ends = is_ended(now) || is(draft, "Resolved, to confirm");
	struct crm_happened *event;

	if (ends && (!over || !draft_int(draft, "closed_at")))
		draft_put_int(draft, "closed_at", draft->at);
	if (ends || !over)
		return;
	draft_put_int(draft, "reopen_count", draft_int(draft, "reopen_count") + 1);
	event = draft_event(work, draft, CRM_EVENT_REOPENED);
	event->from_value = old;
	event->to_value = now;
	event->from_num = draft_was_int(draft, "closed_at");
	event->to_num = draft_int(draft, "reopen_count");
	draft_put(draft, "closed_at", NULL);
}

/* ---- the clock ---- */

struct clock {
	bool business;
	struct hours hours;
};

static bool clock_of(struct work *work, const struct crm_row *sla, struct clock *clock)
{
	const struct settings *settings = house_settings(work->house);

	clock->business = !text_eq(crm_get_text(sla->values, "clock"), TEXT("calendar"));
	return !clock->business ||
	       hours_read(&work->err, text_of(settings->crm_business_hours),
	               zone_find(text_of(settings->crm_time_zone)), &clock->hours);
}

static int64_t later(const struct clock *clock, int64_t from, int64_t seconds)
{
	return clock->business ? hours_after(&clock->hours, from, seconds) : from + seconds;
}

static int64_t elapsed(const struct clock *clock, int64_t from, int64_t to)
{
	if (clock->business)
		return hours_between(&clock->hours, from, to);
	return to > from ? to - from : 0;
}

static bool tier_of(struct work *work, const struct crm_draft *draft, struct text *tier)
{
	json_t *fields;

	*tier = TEXT_NONE;
	if (!draft_int(draft, "account"))
		return true;
	if (!crm_values(work, draft_int(draft, "account"), &fields))
		return false;
	*tier = fields ? crm_get_text(fields, "tier") : TEXT_NONE;
	return true;
}

/* The level for this priority: of the account's tier, else of none. */
static bool choose_sla(struct work *work, const struct crm_draft *draft, struct crm_row **sla)
{
	struct text tier, priority = draft_text(draft, "priority");
	struct crm_rows rows;

	*sla = NULL;
	if (!tier_of(work, draft, &tier) || !crm_rows_of(work, CRM_SLA, -1, &rows))
		return false;
	for (size_t i = 0; i < rows.len; i++) {
		struct text of = crm_get_text(rows.at[i].values, "tier");

		if (!text_eq(crm_get_text(rows.at[i].values, "priority"), priority))
			continue;
		if (of.len ? text_eq(of, tier) : !*sla)
			*sla = &rows.at[i];
	}
	return true;
}

static bool find_sla(struct work *work, struct crm_draft *draft, struct crm_row **sla)
{
	bool by_hand = draft_moved(draft, "sla") && draft_int(draft, "sla");
	bool again = draft_is_new(draft) || draft_moved(draft, "priority") ||
	             draft_moved(draft, "account") || !draft_int(draft, "sla");

	if (by_hand || !again)
		return crm_row_get(work, draft_int(draft, "sla"), sla);
	if (!choose_sla(work, draft, sla))
		return false;
	draft_put_int(draft, "sla", *sla ? (*sla)->id : 0);
	return true;
}

/* Counted from the beginning, with what the clock stood still meanwhile. */
static void set_targets(
        struct crm_draft *draft, const struct crm_row *sla, const struct clock *clock)
{
	int64_t created = draft->old ? draft->old->created : draft->at;
	int64_t stood = draft_int(draft, "_stood");
	int64_t response = crm_get_int(sla->values, "response") * MINUTE;
	int64_t resolution = crm_get_int(sla->values, "resolution") * MINUTE;

	draft_put_int(draft, "response_due", later(clock, created, response));
	if (draft_is_new(draft) ? !draft_int(draft, "due") : !draft_moved(draft, "due"))
		draft_put_int(draft, "due", later(clock, created, resolution + stood));
}

/* The clock stops and goes on: what it stood still is put behind the target. */
static void run_clock(struct crm_draft *draft, const struct clock *clock)
{
	bool stood = stands_still(draft_was_text(draft, "status"));
	bool stands = stands_still(draft_text(draft, "status"));
	int64_t since = draft_was_int(draft, "_paused"), pause;

	if (was(draft, "Pending") && !is(draft, "Pending"))
		draft_put_int(draft, "pending_seconds",
		        draft_int(draft, "pending_seconds") +
		                (draft->at - draft_was_int(draft, "_entered")));
	if (stands && !stood)
		draft_put_int(draft, "_paused", draft->at);
	if (stands || !stood || !since)
		return;
	pause = elapsed(clock, since, draft->at);
	draft_put(draft, "_paused", NULL);
	draft_put_int(draft, "_stood", draft_int(draft, "_stood") + pause);
	if (draft_int(draft, "due") && !draft_moved(draft, "due"))
		draft_put_int(draft, "due", later(clock, draft_int(draft, "due"), pause));
}

static bool settle_clock(struct work *work, struct crm_draft *draft)
{
	struct clock clock = { 0 };
	struct crm_row *sla;

	if (!find_sla(work, draft, &sla) || (sla && !clock_of(work, sla, &clock)))
		return false;
	if (draft->before)
		run_clock(draft, &clock);
	else if (stands_still(draft_text(draft, "status")))
		draft_put_int(draft, "_paused", draft->at);
	if (sla && (draft_is_new(draft) || draft_moved(draft, "sla")))
		set_targets(draft, sla, &clock);
	return true;
}

bool settle_case(struct work *work, struct crm_draft *draft)
{
	bool person = draft->via == VIA_DAV;

	/* What a phone puts is its owner's; what the browser puts waits in a queue, unless said. */
	if (person)
		settle_owner(work, draft);
	if (draft_is_new(draft))
		draft_put_int(draft, "number", CRM_NUMBER_TO_COME);
	if (!settle_account(work, draft))
		return false;
	preset(draft);
	settle_complaint(work, draft);
	if (!check_end(work, draft))
		return false;
	settle_end(work, draft);
	return settle_clock(work, draft);
}
