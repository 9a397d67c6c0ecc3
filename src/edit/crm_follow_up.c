/* crm_follow_up.c - what a change brings about elsewhere, in the same plan. */
#include "base/base.h"
#include "base/settings.h"
#include "base/str.h"
#include "crm/draft_impl.h"
#include "crm/hours.h"
#include "crm/mention.h"
#include "crm/settle.h"
#include "crm/trace.h"
#include "edit/crm_impl.h"
#include "store/house.h"

enum { PEOPLE_MAX = 500, DAY = 86400 };

DB_STATEMENT(OPEN_STEPS, "SELECT 1 FROM crm_item WHERE parent = ?1 AND parent <> 0 AND noun = 6"
                         " AND state = 0 AND record <> ?2 LIMIT 1");
DB_STATEMENT(
        PEOPLE_OF, "SELECT record FROM crm_person WHERE account = ?1 ORDER BY record LIMIT ?2");

static bool open_draft(
        struct work *work, int64_t id, const struct crm_draft *after, struct crm_draft **draft)
{
	struct record *record;

	*draft = NULL;
	if (!record_get(work, id, &record) || !record)
		return !err_is_set(&work->err);
	if (!crm_draft_load(work, record, draft))
		return false;
	(*draft)->via = after->via;
	(*draft)->device = after->device;
	(*draft)->at = after->at;
	return true;
}

/* ---- the first answer (docs/crm.md 7) ---- */

static bool is_one_of(struct text text, const char *words)
{
	struct text rest = text_of(words), word;

	while (text_split(&rest, '|', &word))
		if (text_eq(word, text))
			return true;
	return false;
}

/* A human act towards the outside, when: a call, a mail, a meeting that was held. 0: none. */
static int64_t answered_at(const struct crm_draft *d)
{
	if (d->noun == CRM_MEETING)
		return text_eq(draft_text(d, "outcome"), TEXT("held")) ? draft_int(d, "start") : 0;
	if (d->noun != CRM_NOTE || crm_get_bool(d->now, "automatic") ||
	        !text_eq(draft_text(d, "direction"), TEXT("out")) ||
	        !is_one_of(draft_text(d, "category"), "Mail|Call|Chat"))
		return 0;
	return draft_int(d, "at");
}

static bool answer(struct work *work, struct plan *plan, const struct crm_draft *by)
{
	int64_t at = answered_at(by);
	struct crm_happened *event;
	struct crm_draft *draft;

	if (!at || !draft_int(by, "parent"))
		return true;
	if (!open_draft(work, draft_int(by, "parent"), by, &draft))
		return false;
	if (!draft || (draft->noun != CRM_LEAD && draft->noun != CRM_CASE) ||
	        draft_int(draft, "first_responded_at"))
		return true;
	draft_put_int(draft, "first_responded_at", at);
	if (!crm_draft_settle(work, draft))
		return false;
	event = draft_event(work, draft, CRM_EVENT_RESPONDED);
	event->to_value = draft_text(by, "category");
	event->seconds = at > draft->old->created ? at - draft->old->created : 0;
	event->to_id = by->stored ? &by->stored->id : NULL;
	return edit_crm_add(work, plan, draft);
}

/* ---- the next step ---- */

static bool has_step(struct work *work, int64_t parent, int64_t but, bool *has)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &OPEN_STEPS, DB_ARGS(DB_INT(parent), DB_INT(but)))
	           : NULL;

	*has = rows && db_next(rows);
	return db_done(rows);
}

/* Midnight of the next day on which somebody works. */
static bool next_working_day(struct work *work, int64_t now, int64_t *day)
{
	const struct settings *settings = house_settings(work->house);
	const struct zone *zone = zone_find(text_of(settings->crm_time_zone));
	struct hours hours;
	int64_t tomorrow, works;

	if (!zone)
		zone = zone_utc();
	if (!hours_read(&work->err, text_of(settings->crm_business_hours), zone, &hours))
		return false;
	tomorrow = (zone_to_wall(zone, now) / DAY + 1) * DAY;
	works = hours_after(&hours, zone_to_utc(zone, tomorrow), 1);
	*day = zone_to_utc(zone, zone_to_wall(zone, works) / DAY * DAY);
	return true;
}

static bool add_step(struct work *work, struct plan *plan, const struct crm_draft *done,
        const struct crm_known *parent)
{
	int64_t owner = parent->owner ? parent->owner : draft_int(done, "owner"), day;
	struct crm_draft *step;

	if (!owner)
		return true;
	if (!next_working_day(work, done->at, &day) ||
	        !crm_draft_begin(work, CRM_TASK, TEXT_NONE, &step))
		return false;
	step->via = VIA_RULE;
	step->at = done->at;
	draft_put_text(step, "subject", TEXT("Choose the next step"));
	draft_put_int(step, "due", day);
	draft_put(step, "due_date", json_true());
	draft_put_int(step, "owner", owner);
	draft_put_int(step, "parent", parent->id);
	return crm_draft_settle(work, step) && edit_crm_add(work, plan, step);
}

static bool next_step(struct work *work, struct plan *plan, const struct crm_draft *draft)
{
	struct crm_known *parent;
	struct standing was, is;
	bool has;

	if (!draft_int(draft, "parent") || !draft->old ||
	        !standing_of(work, CRM_TASK, draft->before, &was) ||
	        !standing_of(work, CRM_TASK, draft->now, &is))
		return !err_is_set(&work->err);
	if (was.state != STATE_OPEN || is.state == STATE_OPEN)
		return true;
	if (!crm_known(work, draft_int(draft, "parent"), &parent))
		return false;
	if (!parent || parent->state != STATE_OPEN ||
	        (parent->noun != CRM_LEAD && parent->noun != CRM_DEAL))
		return true;
	return has_step(work, parent->id, draft->old->id, &has) &&
	       (has || add_step(work, plan, draft, parent));
}

/* ---- the company on cards ---- */

static bool rename_on(
        struct work *work, struct plan *plan, const struct crm_draft *account, int64_t contact)
{
	struct crm_draft *draft;

	if (!open_draft(work, contact, account, &draft))
		return false;
	if (!draft || draft->noun != CRM_CONTACT || main_account(draft->now) != account->old->id)
		return true;
	draft->via = VIA_RULE;
	draft_put_text(draft, "company", draft_text(account, "name"));
	return crm_draft_settle(work, draft) &&
	       (!crm_draft_changed(draft) || edit_crm_add(work, plan, draft));
}

static bool rename_company(struct work *work, struct plan *plan, const struct crm_draft *account)
{
	struct db *db = work_reader(work);
	struct ids people = VEC_EMPTY;
	struct db_rows *rows;

	if (!account->old || !draft_moved(account, "name"))
		return true;
	rows = db ? db_query(db, &work->err, &PEOPLE_OF,
	                    DB_ARGS(DB_INT(account->old->id), DB_INT(PEOPLE_MAX)))
	          : NULL;
	while (rows && db_next(rows))
		*vec_push(work->arena, &people) = db_int(rows, 0);
	if (!db_done(rows))
		return false;
	for (size_t i = 0; i < people.len; i++)
		if (!rename_on(work, plan, account, people.at[i]))
			return false;
	return true;
}

bool crm_follow_up(struct work *work, struct plan *plan, struct crm_draft *draft)
{
	switch (draft->noun) {
	case CRM_TASK: return next_step(work, plan, draft);
	case CRM_MEETING:
	case CRM_NOTE: return answer(work, plan, draft);
	case CRM_ACCOUNT: return rename_company(work, plan, draft);
	default: return true;
	}
}

/* ---- plain calendar objects that a client put ---- */

/* As it was and as it is put; NULL: the CRM keeps nothing of it. */
static bool put_draft(struct work *work, const struct collection *at, const struct record *old,
        const struct subject *subject, struct crm_draft **draft)
{
	struct record *now = arena_make(work->arena, struct record);
	struct crm_draft *before = NULL;

	*draft = NULL;
	if (old)
		*now = *old;
	now->kind = KIND_EVENT;
	now->home = at->id;
	now->body = subject->body;
	if (!crm_draft_load(work, now, draft) || (old && !crm_draft_load(work, old, &before)))
		return false;
	(*draft)->old = old;
	(*draft)->before = before && before->noun == (*draft)->noun ? before->before : NULL;
	(*draft)->via = VIA_DAV;
	(*draft)->device = subject->device;
	(*draft)->stored = subject->stored;
	return true;
}

/* Most events touch nothing of the CRM. */
static bool is_concerned(
        struct work *work, const struct record *old, const struct subject *subject, bool *is)
{
	struct crm_known *known = NULL;

	*is = mention_concerns(work, subject->parsed);
	if (!*is && old && !crm_known(work, old->id, &known))
		return false;
	*is = *is || known;
	return true;
}

/* What somebody keeps for themselves leaves no trace: only what belongs to a record, or was made
 * here. */
static bool belongs_here(const struct crm_draft *draft)
{
	return draft_int(draft, "parent") || draft_was_int(draft, "parent") ||
	       (draft->old && draft->old->private.len);
}

static bool step_decide(struct work *work, struct plan *plan, const struct collection *at,
        const struct record *old, struct subject *subject)
{
	struct crm_draft *draft;
	bool is;

	if (at->type != COLLECTION_CALENDAR || at->crm ||
	        !(subject->tag & (COMPONENT_VEVENT | COMPONENT_VTODO)))
		return true;
	if (!is_concerned(work, old, subject, &is) || !is)
		return !err_is_set(&work->err);
	if (!put_draft(work, at, old, subject, &draft) || !draft_happen(work, draft))
		return false;
	if (belongs_here(draft) && crm_draft_changed(draft))
		trace_record(work, plan, draft, subject->stored, old ? "change" : "create");
	return crm_follow_up(work, plan, draft);
}

const struct step crm_step = { .name = "crm", .decide = step_decide };
