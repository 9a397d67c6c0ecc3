/* crm.c - new and changed records. */
#include "base/base.h"
#include "base/str.h"
#include "crm/key.h"
#include "crm/project.h"
#include "crm/trace.h"
#include "edit/crm.h"
#include "edit/gate.h"
#include "people/who.h"
#include "view/crm.h"

DB_STATEMENT(NAME_AT_HOME, "SELECT name FROM member WHERE record = ?1 AND collection = ?2");

int64_t edit_crm_id(const struct plan *plan)
{
	const struct outcome *outcome = plan_noted(plan);

	return outcome->record ? outcome->record->id : 0;
}

/* ---- adding a draft to a plan ---- */

static bool name_at_home(struct work *work, const struct record *record, struct text *name)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, &NAME_AT_HOME,
	                                    DB_ARGS(DB_INT(record->id), DB_INT(record->home)))
	                          : NULL;

	*name = rows && db_next(rows) ? arena_text(work->arena, db_text(rows, 0)) : TEXT_NONE;
	if (!db_done(rows))
		return false;
	return name->ptr || err_set(&work->err, ERR_CONFLICT, "It was removed in the meantime");
}

static bool home_of(struct work *work, const struct crm_draft *draft, struct collection **home)
{
	bool ok = draft->home ? collection_get(work, draft->home, home)
	                      : crm_home(work, draft->noun, home);

	return ok && (*home || err_set(&work->err, ERR_CONFLICT,
	                               "The company's collection for this is not there"));
}

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

static struct record *record_of(
        struct work *work, const struct crm_draft *draft, const struct collection *home)
{
	struct record *record = arena_make(work->arena, struct record);

	if (draft->old)
		*record = *draft->old;
	else
		*record = (struct record){ .id = draft->id, .created = draft->at };
	record->kind = draft->noun == CRM_TASK || draft->noun == CRM_MEETING
	                       ? KIND_EVENT
	                       : crm_kind_of(draft->noun);
	record->home = home->id;
	record->private = draft->private;
	record->body = draft->body;
	return record;
}

/* A lead that becomes a contact changes shelves. */
static void move_home(struct work *work, struct plan *plan, const struct crm_draft *draft,
        const struct record_put *put, struct text name)
{
	struct record_move *move = arena_make(work->arena, struct record_move);

	*move = (struct record_move){ .from = draft->old->home,
		.to = put->record->home,
		.name = name,
		.new_name = put->name,
		.guard = put->guard };
	plan_move(plan, move);
}

static const char *action_of(const struct crm_draft *draft)
{
	if (draft->action)
		return draft->action;
	return draft->old ? "change" : "create";
}

bool edit_crm_add(struct work *work, struct plan *plan, struct crm_draft *draft)
{
	struct record_put *put = arena_make(work->arena, struct record_put);
	struct collection *home;
	struct text name = TEXT_NONE;

	if (!crm_draft_render(work, draft) || !home_of(work, draft, &home) ||
	        (draft->old && !name_at_home(work, draft->old, &name)))
		return false;
	put->record = record_of(work, draft, home);
	put->guard = draft->old ? draft->old->revision : 0;
	put->reserved = !draft->old && draft->id;
	put->at = draft->at;
	put->name = name.ptr ? name : crm_file_name(work->arena, draft->noun, draft->uid);
	put->uid = draft->uid;
	put->tag = tag_of(draft->noun);
	put->rows = rows_new(work->arena);
	put->kind = kind_of(work->house, (enum kind_id)put->record->kind);
	put->as = draft->as;
	if (!crm_draft_project(work, draft, home, put->rows))
		return false;
	if (draft->old && draft->old->home != home->id)
		move_home(work, plan, draft, put, name);
	plan_put(plan, put);
	trace_record(work, plan, draft, put->record, action_of(draft));
	draft->stored = put->record;
	return true;
}

/* ---- one that somebody asks for ---- */

struct asking {
	struct work *work;
	const struct edit_crm *asked;
	struct crm_draft *draft;
};

/* Seen, and to be changed. */
static bool may_change(struct asking *a)
{
	struct work *work = a->work;
	struct crm_entry *entry;
	bool may;

	if (!crm_entry_get(work, a->asked->noun, a->asked->id, &entry))
		return false;
	if (!entry)
		return err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
	if (!crm_may_change(work, entry, &may))
		return false;
	return may || err_set(&work->err, ERR_NEED_PRIVILEGES, "This is not yours to change");
}

static bool load(struct asking *a)
{
	struct work *work = a->work;
	struct record *record;

	if (!may_change(a) || !record_get(work, a->asked->id, &record))
		return false;
	if (!record)
		return err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
	return crm_draft_load(work, record, &a->draft);
}

static bool begin(struct asking *a)
{
	struct work *work = a->work;
	struct crm_known *known = NULL;

	if (a->asked->uid.len && !crm_known_uid(work, a->asked->uid, &known))
		return false;
	if (known)
		return err_set(&work->err, ERR_TAKEN, "This UID is in use");
	return crm_draft_begin(work, a->asked->noun, a->asked->uid, &a->draft);
}

static bool set_values(struct asking *a)
{
	struct work *work = a->work;
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)a->asked->set, key, value)
	{
		const struct crm_field *field = crm_field(a->asked->noun, text_of(key));

		if (!field)
			return err_field(&work->err, arena_cstr(work->arena, text_of(key)),
			        "there is no such field");
		if (!crm_draft_set(work, a->draft, field, value))
			return false;
	}
	return true;
}

/* What somebody else changed since `base` must be other fields than those that differ now. */
static bool check_base(struct asking *a)
{
	struct crm_draft *draft = a->draft;
	json_t *changed, *value;
	const char *key;

	if (!draft->old || a->asked->base < 0 || a->asked->base == draft->old->revision)
		return true;
	if (!trace_changed_since(a->work, draft->old->id, a->asked->base, &changed))
		return false;
	json_object_foreach((json_t *)a->asked->set, key, value)
	{
		json_t *was = json_object_get(draft->before, key);
		json_t *is = json_object_get(draft->now, key);
		bool same = was == is || (was && is && json_equal(was, is));

		if (!same && json_object_get(changed, key))
			return err_set(&a->work->err, ERR_PRECONDITION_FAILED,
			        "Somebody else changed %s in the meantime", key);
	}
	return true;
}

static void say_how(struct asking *a)
{
	a->draft->via = a->asked->via ? a->asked->via : VIA_WEB;
	a->draft->device = a->asked->device;
	if (a->asked->at)
		a->draft->at = a->asked->at;
}

struct plan *edit_crm_put(struct work *work, const struct edit_crm *asked)
{
	struct asking a = { work, asked, NULL };
	struct outcome *outcome;
	struct plan *plan;

	if (!(asked->id ? load(&a) : begin(&a)))
		return NULL;
	say_how(&a);
	if (!set_values(&a) || !check_base(&a) || !crm_draft_settle(work, a.draft))
		return NULL;
	plan = gate_plan(work, &outcome);
	outcome->created = !asked->id;
	outcome->record = a.draft->old;
	if (!crm_draft_changed(a.draft))
		return plan;
	if (!edit_crm_add(work, plan, a.draft))
		return NULL;
	outcome->record = a.draft->stored;
	return plan;
}
