/* crm_add.c - a draft becomes a part of a plan: record, traces, what is asked, what follows. */
#include "base/base.h"
#include "base/str.h"
#include "crm/key.h"
#include "crm/project.h"
#include "crm/trace.h"
#include "edit/crm_impl.h"
#include "people/who.h"
#include "store/house.h"

DB_STATEMENT(NAME_AT_HOME, "SELECT name FROM member WHERE record = ?1 AND collection = ?2");
/* The first case of a company is number 1001. */
DB_STATEMENT(NEXT_NUMBER, "INSERT INTO counter (name, value) VALUES ('case', 1001)"
                          " ON CONFLICT (name) DO UPDATE SET value = counter.value + 1"
                          " RETURNING value");

struct adding {
	struct work *work;
	struct plan *plan;
	struct crm_draft *draft;
	struct collection *home;
	struct text name; /* at home, of an existing one */
	struct record_put *put;
};

/* ---- where it is at home ---- */

static bool name_at_home(struct adding *a)
{
	const struct record *old = a->draft->old;
	struct db *db = work_reader(a->work);
	struct db_rows *rows = db ? db_query(db, &a->work->err, &NAME_AT_HOME,
	                                    DB_ARGS(DB_INT(old->id), DB_INT(old->home)))
	                          : NULL;

	a->name = rows && db_next(rows) ? arena_text(a->work->arena, db_text(rows, 0)) : TEXT_NONE;
	if (!db_done(rows))
		return false;
	return a->name.ptr ||
	       err_set(&a->work->err, ERR_CONFLICT, "It was removed in the meantime");
}

static bool is_plain(enum crm_noun noun)
{
	return noun == CRM_TASK || noun == CRM_MEETING;
}

/* Tasks and meetings are at home with whoever has them. */
static bool personal_home(struct adding *a)
{
	int64_t owner = crm_get_int(a->draft->now, "owner");
	struct text child = a->draft->noun == CRM_TASK ? TEXT("tasks") : TEXT("calendar");
	struct collection *home;

	if (a->draft->old) {
		if (!collection_get(a->work, a->draft->old->home, &a->home))
			return false;
		if (a->home && (!owner || a->home->owner == owner))
			return true;
	}
	return collection_home(a->work, owner, COLLECTION_CALENDAR_HOME, &home) &&
	       (!home || collection_child(a->work, home->id, child, &a->home));
}

static bool find_home(struct adding *a)
{
	struct crm_draft *draft = a->draft;
	bool ok;

	if (draft->home && !is_plain(draft->noun))
		ok = collection_get(a->work, draft->home, &a->home);
	else if (is_plain(draft->noun))
		ok = personal_home(a);
	else
		ok = crm_home(a->work, draft->noun, &a->home);
	if (!ok || (draft->old && !name_at_home(a)))
		return false;
	return a->home || err_set(&a->work->err, ERR_CONFLICT, "There is no collection for it");
}

/* ---- the record ---- */

static int64_t tag_of(enum crm_noun noun)
{
	switch (noun) {
	case CRM_DEAL:
	case CRM_NOTE: return COMPONENT_VJOURNAL;
	case CRM_CASE:
	case CRM_TASK: return COMPONENT_VTODO;
	case CRM_MEETING: return COMPONENT_VEVENT;
	default: return 0;
	}
}

static struct record *record_of(struct adding *a)
{
	struct record *record = arena_make(a->work->arena, struct record);
	const struct crm_draft *draft = a->draft;

	if (draft->old)
		*record = *draft->old;
	else
		*record = (struct record){ .id = draft->id,
			.created = draft->created ? draft->created : draft->at };
	record->kind = is_plain(draft->noun) ? KIND_EVENT : crm_kind_of(draft->noun);
	record->home = a->home->id;
	record->private = draft->private;
	record->body = draft->body;
	return record;
}

static bool make_put(struct adding *a)
{
	const struct crm_draft *draft = a->draft;
	struct record_put *put = a->put = arena_make(a->work->arena, struct record_put);

	put->record = record_of(a);
	put->guard = draft->old ? draft->old->revision : 0;
	put->at = draft->at;
	put->reserved = !draft->old && draft->id;
	put->name = a->name.ptr ? a->name : crm_file_name(a->work->arena, draft->noun, draft->uid);
	put->uid = draft->uid;
	put->as = draft->as;
	put->tag = tag_of(draft->noun);
	put->rows = rows_new(a->work->arena);
	put->kind = kind_of(a->work->house, (enum kind_id)put->record->kind);
	return crm_draft_project(a->work, draft, a->home, put->rows);
}

/* A lead that becomes a contact, a task that somebody else gets: another collection. */
static void move_home(struct adding *a)
{
	struct record_move *move = arena_make(a->work->arena, struct record_move);

	*move = (struct record_move){ .from = a->draft->old->home,
		.to = a->put->record->home,
		.name = a->name,
		.new_name = a->put->name,
		.guard = a->put->guard,
		.kind = a->put->kind };
	plan_move(a->plan, move);
}

/* ---- the number of a case ---- */

static bool number_run(struct writing *w, void *data)
{
	const struct adding *a = data;
	struct record *record = a->put->record;
	struct db_rows *rows = db_query(w->db, w->err, &NEXT_NUMBER, DB_NO_ARGS);
	int64_t number = rows && db_next(rows) ? db_int(rows, 0) : 0;

	if (!db_done(rows))
		return false;
	a->draft->number = number;
	record->body = text_renumber(w->arena, record->body, CRM_NUMBER_TO_COME, number);
	record->private = text_renumber(w->arena, record->private, CRM_NUMBER_TO_COME, number);
	rows_renumber(a->put->rows, CRM_NUMBER_TO_COME, number);
	return true;
}

/* ---- what is asked ---- */

static void plan_requests(struct adding *a)
{
	const struct crm_draft *draft = a->draft;
	int64_t owner = crm_get_int(draft->now, "owner");

	for (size_t i = 0; draft->old && i < draft->answered.len; i++)
		plan_row_answer(a->plan, draft->old->id, draft->answered.at[i]);
	for (size_t i = 0; i < draft->asked.len; i++)
		plan_row_ask(a->plan, &(struct crm_row_ask){ .record = &draft->stored->id,
		                              .who = a->work->who ? a->work->who->id : owner,
		                              .kind = draft->asked.at[i].kind,
		                              .words = draft->asked.at[i].words });
}

static const char *action_of(const struct crm_draft *draft)
{
	if (draft->action)
		return draft->action;
	return draft->old ? "change" : "create";
}

bool edit_crm_add(struct work *work, struct plan *plan, struct crm_draft *draft)
{
	struct adding *a = arena_make(work->arena, struct adding);

	*a = (struct adding){ .work = work, .plan = plan, .draft = draft };
	if (!crm_draft_render(work, draft) || !find_home(a) || !make_put(a))
		return false;
	if (draft->old && draft->old->home != a->home->id)
		move_home(a);
	if (crm_get_int(draft->now, "number") == CRM_NUMBER_TO_COME)
		plan_add(plan, number_run, a);
	plan_put(plan, a->put);
	draft->stored = a->put->record;
	trace_record(work, plan, draft, draft->stored, action_of(draft));
	plan_requests(a);
	return crm_follow_up(work, plan, draft);
}
