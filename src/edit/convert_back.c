/* convert_back.c - a conversion taken back: the contact is the lead again, what was made with it
 * goes into the bin, and one's own notes on that go back to the lead. */
#include "base/base.h"
#include "base/str.h"
#include "crm/convert.h"
#include "crm/sight.h"
#include "crm/undo.h"
#include "edit/crm_impl.h"
#include "people/who.h"
#include "store/house.h"
#include "view/crm_names.h"

/* Changes since, but for one's own. What a rule did (who 0) is nobody's work. */
DB_STATEMENT(CHANGED_BY_OTHERS,
        "SELECT who FROM crm_audit WHERE record = ?1 AND id > ?2 AND who <> ?3 AND who <> 0"
        " AND action <> 'create' ORDER BY id LIMIT 1");
/* What belongs to the deal, or to the account and not by way of the contact or the deal; but for
 * notes of one's own, which go with the lead. */
DB_STATEMENT(BELONGS_TO, "SELECT title FROM crm_item WHERE parent = ?1 AND parent <> 0"
                         " AND (noun <> 8 OR owner <> ?2) LIMIT 1 /* enum crm_noun */");
DB_STATEMENT(IS_OF_ACCOUNT,
        "SELECT title FROM crm_item WHERE account = ?1 AND account <> 0 AND record <> ?2"
        " AND record <> ?3 AND parent <> ?2 AND parent <> ?3"
        " AND (parent <> ?1 OR noun <> 8 OR owner <> ?4) LIMIT 1 /* enum crm_noun */");
DB_STATEMENT(OWN_NOTES, "SELECT record FROM crm_item WHERE parent = ?1 AND parent <> 0"
                        " AND noun = 8 AND owner = ?2 ORDER BY record /* enum crm_noun */");
DB_STATEMENT(WORKS_THERE, "SELECT i.title FROM crm_person p JOIN crm_item i ON i.record = p.record"
                          " WHERE p.account = ?1 AND p.record <> ?2 LIMIT 1");

struct backing {
	struct work *work;
	const struct crm_undo *undo;
	struct edit_crm *asked;
	struct plan *plan;
	struct crm_draft *draft;
	json_t *kept;          /* what the lead had (crm/convert.h) */
	int64_t account, deal; /* that were made with it; 0: none, or gone by now */
};

/* ---- what stands in the way ---- */

static bool is_changed(struct backing *b, int64_t record)
{
	struct db *db = work_reader(b->work);
	struct ids ids = VEC_EMPTY;
	struct crm_names names;
	struct crm_known *known;
	struct db_rows *rows = !db ? NULL
	                           : db_query(db, &b->work->err, &CHANGED_BY_OTHERS,
	                                     DB_ARGS(DB_INT(record), DB_INT(b->undo->id),
	                                             DB_INT(b->work->who ? b->work->who->id : 0)));
	int64_t who = rows && db_next(rows) ? db_int(rows, 0) : 0;

	if (!db_done(rows) || !who)
		return err_is_set(&b->work->err);
	*vec_push(b->work->arena, &ids) = who;
	if (!crm_names(b->work, &ids, &names) || !crm_known(b->work, record, &known) || !known)
		return true;
	err_set(&b->work->err, ERR_CONFLICT, "\"%.*s\" was changed since by %.*s",
	        TEXT_ARG(text_sub(known->title, 0, 80)), TEXT_ARG(crm_name(&names, who)));
	return true;
}

/* Who takes it back; -1: the house, which writes no notes. */
static int64_t oneself(const struct backing *b)
{
	return b->work->who ? b->work->who->id : -1;
}

static bool is_used(
        struct backing *b, const struct db_stmt *stmt, int64_t what, struct db_args args)
{
	struct db *db = work_reader(b->work);
	struct db_rows *rows = db ? db_query(db, &b->work->err, stmt, args) : NULL;
	struct text title =
	        rows && db_next(rows) ? arena_text(b->work->arena, db_text(rows, 0)) : TEXT_NONE;
	struct crm_known *known;

	if (!db_done(rows) || !title.ptr)
		return err_is_set(&b->work->err);
	if (!crm_known(b->work, what, &known) || !known)
		return true;
	err_set(&b->work->err, ERR_TAKEN, "\"%.*s\" belongs to \"%.*s\" by now",
	        TEXT_ARG(text_sub(title, 0, 80)), TEXT_ARG(text_sub(known->title, 0, 80)));
	return true;
}

static bool has_others(struct backing *b, int64_t what)
{
	return is_used(b, &BELONGS_TO, what, DB_ARGS(DB_INT(what), DB_INT(oneself(b))));
}

static bool account_is_used(struct backing *b)
{
	int64_t lead = b->undo->record;

	return has_others(b, b->account) ||
	       is_used(b, &IS_OF_ACCOUNT, b->account,
	               DB_ARGS(DB_INT(b->account), DB_INT(lead), DB_INT(b->deal),
	                       DB_INT(oneself(b)))) ||
	       is_used(b, &WORKS_THERE, b->account, DB_ARGS(DB_INT(b->account), DB_INT(lead)));
}

/* False: nothing does. */
static bool is_blocked(struct backing *b)
{
	if (is_changed(b, b->undo->record))
		return true;
	if (b->deal && (is_changed(b, b->deal) || has_others(b, b->deal)))
		return true;
	return b->account && (is_changed(b, b->account) || account_is_used(b));
}

/* ---- deciding ---- */

/* What was made with it and is still there. */
static bool find_made(struct backing *b, const char *key, int64_t *id)
{
	struct crm_known *known;

	*id = crm_get_int(json_object_get(b->undo->changes, CONVERT_MADE), key);
	if (!*id)
		return true;
	if (!crm_known(b->work, *id, &known))
		return false;
	if (!known)
		*id = 0;
	return true;
}

static bool load(struct backing *b)
{
	struct work *work = b->work;
	struct crm_entry *entry;
	struct record *record;
	bool may = true;

	if (!crm_gate(work, CRM_CONTACT, b->undo->record, &entry) ||
	        (work->who && !crm_commands(work, entry->holder, &may)) ||
	        !record_get(work, b->undo->record, &record))
		return false;
	if (!may)
		return err_set(&work->err, ERR_NEED_PRIVILEGES, "This is not yours to change");
	if (!record)
		return err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
	b->kept = json_object_get(b->undo->changes, CONVERT_KEPT);
	if (!json_is_object(b->kept))
		return err_set(&work->err, ERR_UNPROCESSABLE, "This cannot be taken back");
	return find_made(b, "account", &b->account) && find_made(b, "deal", &b->deal) &&
	       !is_blocked(b) && crm_draft_load(work, record, &b->draft);
}

/* Of the lead, as it will be: notes are put under it while it is still a contact. */
static bool foretell(struct backing *b)
{
	struct crm_known *contact, *lead;

	if (!crm_known(b->work, b->undo->record, &contact))
		return false;
	lead = arena_make(b->work->arena, struct crm_known);
	*lead = *contact;
	lead->noun = CRM_LEAD;
	lead->account = 0;
	crm_known_soon(b->work, lead);
	return true;
}

static bool own_notes(struct backing *b, int64_t of, struct ids *notes)
{
	struct db *db = work_reader(b->work);
	struct db_rows *rows = db ? db_query(db, &b->work->err, &OWN_NOTES,
	                                    DB_ARGS(DB_INT(of), DB_INT(oneself(b))))
	                          : NULL;

	while (rows && db_next(rows))
		*vec_push(b->work->arena, notes) = db_int(rows, 0);
	return db_done(rows);
}

static bool move_note(struct backing *b, int64_t id)
{
	const struct crm_field *parent = crm_field(CRM_NOTE, TEXT("parent"));
	json_t *lead = crm_json_own(b->work->arena, json_integer(b->undo->record));
	struct crm_draft *note;
	struct record *record;

	if (!record_get(b->work, id, &record) || !record)
		return !err_is_set(&b->work->err);
	if (!crm_draft_load(b->work, record, &note))
		return false;
	note->via = b->asked->via;
	note->device = b->asked->device;
	return crm_draft_set(b->work, note, parent, lead) && crm_draft_settle(b->work, note) &&
	       edit_crm_add(b->work, b->plan, note);
}

/* What one wrote down under the deal or the account is about whom the lead is. */
static bool move_notes(struct backing *b)
{
	struct ids notes = VEC_EMPTY;

	if (!foretell(b) || !own_notes(b, b->deal, &notes) || !own_notes(b, b->account, &notes))
		return false;
	for (size_t i = 0; i < notes.len; i++)
		if (!move_note(b, notes.at[i]))
			return false;
	return true;
}

static bool into_the_bin(struct backing *b, enum crm_noun noun, int64_t id)
{
	struct edit_crm asked = *b->asked;

	asked.noun = noun;
	asked.id = id;
	return !id || crm_bin_add(b->work, b->plan, &asked);
}

struct plan *crm_convert_undo(
        struct work *work, const struct crm_undo *undo, struct edit_crm *asked)
{
	struct backing b = { .work = work, .undo = undo, .asked = asked };
	struct outcome *outcome;

	if (!load(&b))
		return NULL;
	b.plan = gate_plan(work, &outcome);
	b.draft->via = asked->via;
	b.draft->device = asked->device;
	if (!crm_convert_back(work, undo, b.draft, b.kept) ||
	        !edit_crm_add(work, b.plan, b.draft) || !move_notes(&b) ||
	        !into_the_bin(&b, CRM_DEAL, b.deal) || !into_the_bin(&b, CRM_ACCOUNT, b.account))
		return NULL;
	outcome->record = b.draft->stored;
	return b.plan;
}
