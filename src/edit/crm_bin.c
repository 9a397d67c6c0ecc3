/* crm_bin.c - into the bin and out of it; followers. */
#include "base/base.h"
#include "base/str.h"
#include "crm/draft_impl.h"
#include "crm/follow.h"
#include "crm/trace.h"
#include "edit/crm_impl.h"
#include "people/who.h"
#include "store/appear.h"
#include "store/house.h"

DB_STATEMENT(BIN_ADD, "INSERT INTO crm_bin (record, noun, uid, title, owner, deleted, who, private,"
                      " body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
DB_STATEMENT(BIN_GET, "SELECT noun, uid, owner, who, private, body FROM crm_bin WHERE record = ?1");
DB_STATEMENT(BIN_DROP, "DELETE FROM crm_bin WHERE record = ?1");
DB_STATEMENT(REQUESTS_DROP, "DELETE FROM crm_row WHERE noun = 36 AND parent = ?1");
DB_STATEMENT(VERSIONS_DROP, "DELETE FROM crm_version WHERE record = ?1");

/* ---- into it ---- */

struct binning {
	const struct crm_draft *draft;
	struct text title, private;
	int64_t owner, who;
};

/* When it was made is told by no body. */
static struct text with_created(struct work *work, const struct record *old)
{
	json_t *beside;

	if (!crm_json_read(work, old->private, &beside))
		return TEXT_NONE;
	json_object_set_new(beside, "_created", json_integer(old->created));
	return crm_json_write(work->arena, beside);
}

static bool bin_run(struct writing *w, void *data)
{
	const struct binning *b = data;
	const struct crm_draft *d = b->draft;
	const struct record *old = d->old;

	return db_run(w->db, w->err, &BIN_ADD,
	               DB_ARGS(DB_INT(old->id), DB_INT(d->noun), DB_TEXT(d->uid), DB_TEXT(b->title),
	                       DB_INT(b->owner), DB_INT(d->at), DB_INT(b->who), DB_TEXT(b->private),
	                       DB_BLOB(old->body)),
	               NULL) &&
	       db_run(w->db, w->err, &REQUESTS_DROP, DB_ARGS(DB_INT(old->id)), NULL);
}

/* Nobody merges with what is gone. */
static bool unversion_run(struct writing *w, void *data)
{
	const struct binning *b = data;

	return db_run(w->db, w->err, &VERSIONS_DROP, DB_ARGS(DB_INT(b->draft->old->id)), NULL);
}

static bool add_deleted(struct work *work, struct crm_draft *draft)
{
	struct crm_happened *event;
	struct standing was;

	if (!standing_of(work, draft->noun, draft->before, &was))
		return false;
	event = draft_event(work, draft, CRM_EVENT_DELETED);
	event->from_value = was.name;
	event->from_num = crm_get_int(draft->before, "_amount");
	return true;
}

static bool load(struct work *work, const struct edit_crm *asked, struct crm_entry **entry,
        struct crm_draft **draft)
{
	struct record *record;

	if (!crm_gate(work, asked->noun, asked->id, entry))
		return false;
	/* Keeping accounts right is everybody's; taking them away is not. */
	if (work->who) {
		bool may;

		if (!crm_commands(work, (*entry)->holder, &may))
			return false;
		if (!may)
			return err_set(
			        &work->err, ERR_NEED_PRIVILEGES, "This is not yours to delete");
	}
	if (!record_get(work, asked->id, &record))
		return false;
	if (!record)
		return err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
	if (asked->base >= 0 && asked->base != record->revision)
		return err_set(
		        &work->err, ERR_PRECONDITION_FAILED, "It was changed in the meantime");
	if (!crm_draft_load(work, record, draft))
		return false;
	(*draft)->via = asked->via ? asked->via : VIA_WEB;
	(*draft)->device = asked->device;
	return true;
}

bool crm_bin_put(struct work *work, struct plan *plan, struct crm_draft *draft,
        const struct crm_entry *entry)
{
	struct binning *b = arena_make(work->arena, struct binning);

	*b = (struct binning){ .draft = draft,
		.title = entry->title,
		.private = with_created(work, draft->old),
		.owner = entry->owner,
		.who = work->who ? work->who->id : 0 };
	if (!b->private.ptr)
		return false;
	draft->now = crm_json_own(work->arena, json_object());
	plan_add(plan, bin_run, b);
	plan_vanish(plan, draft->old->id, draft->old->revision, work->house);
	trace_record(work, plan, draft, draft->old, draft->action ? draft->action : "delete");
	plan_add(plan, unversion_run, b);
	return true;
}

bool crm_bin_add(struct work *work, struct plan *plan, const struct edit_crm *asked)
{
	struct crm_entry *entry;
	struct crm_draft *draft;

	return load(work, asked, &entry, &draft) && add_deleted(work, draft) &&
	       crm_bin_put(work, plan, draft, entry);
}

struct plan *edit_crm_delete(struct work *work, const struct edit_crm *asked)
{
	struct outcome *outcome;
	struct plan *plan;

	if (crm_noun_is_row(asked->noun))
		return crm_row_delete(work, asked);
	plan = gate_plan(work, &outcome);
	return crm_bin_add(work, plan, asked) ? plan : NULL;
}

/* ---- out of it ---- */

struct binned {
	enum crm_noun noun;
	struct text uid;
	int64_t owner, who;
	struct record record;
};

static bool bin_get(struct work *work, int64_t id, struct binned **binned)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, &BIN_GET, DB_ARGS(DB_INT(id))) : NULL;

	*binned = NULL;
	if (rows && db_next(rows)) {
		struct binned *b = *binned = arena_make(work->arena, struct binned);

		b->noun = (enum crm_noun)db_int(rows, 0);
		b->uid = arena_text(work->arena, db_text(rows, 1));
		b->owner = db_int(rows, 2);
		b->who = db_int(rows, 3);
		b->record.private = arena_text(work->arena, db_text(rows, 4));
		b->record.body = arena_text(work->arena, db_text(rows, 5));
		b->record.kind = b->noun == CRM_TASK || b->noun == CRM_MEETING
		                         ? KIND_EVENT
		                         : crm_kind_of(b->noun);
	}
	return db_done(rows);
}

static bool unbin_run(struct writing *w, void *data)
{
	int64_t dropped;

	if (!db_run(w->db, w->err, &BIN_DROP, DB_ARGS(DB_INT(*(int64_t *)data)), &dropped))
		return false;
	return dropped ? true : plan_stale(w);
}

/* Whoever put it there, whose it was, and who commands that. */
static bool may_restore(struct work *work, const struct binned *b, bool *may)
{
	*may = !work->who || work->who->id == b->who || work->who->id == b->owner;
	return *may || crm_commands(work, b->owner, may);
}

/* It was stored before: its values need not be settled again, it only comes back. */
static bool revive(struct work *work, const struct binned *b, struct crm_draft **draft)
{
	struct crm_happened *event;
	struct standing is;

	if (!crm_draft_load(work, &b->record, draft))
		return false;
	(*draft)->old = NULL;
	(*draft)->before = NULL;
	(*draft)->home = 0;
	(*draft)->id = b->record.id;
	(*draft)->action = "restore";
	(*draft)->created = draft_int(*draft, "_created");
	draft_put(*draft, "_created", NULL);
	if (!draft_int(*draft, "owner") && noun_is_plain(b->noun))
		draft_put_int(*draft, "owner", b->owner);
	if (!standing_of(work, b->noun, (*draft)->now, &is))
		return false;
	event = draft_event(work, *draft, CRM_EVENT_RESTORED);
	event->to_value = is.name;
	event->to_num = draft_int(*draft, "_amount");
	return true;
}

struct plan *edit_crm_restore(struct work *work, int64_t id, enum crm_via via, struct text device)
{
	int64_t *dropped = arena_make(work->arena, int64_t);
	struct outcome *outcome;
	struct crm_draft *draft;
	struct binned *binned;
	struct plan *plan;
	bool may;

	if (!bin_get(work, id, &binned) || (binned && !may_restore(work, binned, &may)))
		return NULL;
	if (!binned || !may) {
		err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
		return NULL;
	}
	binned->record.id = id;
	if (!revive(work, binned, &draft))
		return NULL;
	draft->via = via;
	draft->device = device;
	*dropped = id;
	plan = gate_plan(work, &outcome);
	plan_add(plan, unbin_run, dropped);
	if (!edit_crm_add(work, plan, draft))
		return NULL;
	outcome->record = draft->stored;
	return plan;
}

/* ---- followers ---- */

struct plan *edit_crm_follow(struct work *work, int64_t record, bool follow)
{
	struct crm_known *known;
	struct outcome *outcome;
	struct plan *plan;
	bool sees = false;

	if (!crm_known(work, record, &known) || (known && !crm_sees(work, known, &sees)))
		return NULL;
	/* Who may not see it (any more) may still end following it. */
	if (follow && !sees) {
		err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
		return NULL;
	}
	if (!work->who) {
		err_set(&work->err, ERR_UNAUTHORIZED, "Somebody must follow it");
		return NULL;
	}
	plan = gate_plan(work, &outcome);
	plan_follow(plan, work->who->id, record, follow);
	return plan;
}
