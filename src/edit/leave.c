#include "base/base.h"
#include "base/str.h"
#include "crm/follow.h"
#include "crm/look.h"
#include "crm/pause.h"
#include "crm/row.h"
#include "db/db.h"
#include "edit/crm.h"
#include "edit/hand_back.h"
#include "edit/leave.h"
#include "edit/locks.h"
#include "edit/put_crm.h"
#include "people/who.h"
#include "store/house.h"

DB_STATEMENT(IS_FOLLOWED, "SELECT 1 FROM crm_follow WHERE principal = ?1 AND record = ?2");
/* An account is with whoever serves it. */
DB_STATEMENT(IS_SERVED, "SELECT 1 FROM crm_item WHERE account = ?2 AND account <> 0 AND noun = 5"
                        " AND state = 0 AND owner = ?1 LIMIT 1");
/* People are with whoever has their account. */
DB_STATEMENT(HAS_ACCOUNT,
        "SELECT 1 FROM crm_person p WHERE p.record = ?2 AND (EXISTS (SELECT 1 FROM crm_item a"
        " WHERE a.record = p.account AND a.owner = ?1) OR EXISTS (SELECT 1 FROM crm_follow f"
        " WHERE f.principal = ?1 AND f.record = p.account) OR EXISTS (SELECT 1 FROM crm_item c"
        " WHERE c.account = p.account AND c.account <> 0 AND c.noun = 5 AND c.state = 0"
        " AND c.owner = ?1)) LIMIT 1");

struct leaving {
	struct work *work;
	const struct target *at;
	enum crm_noun noun;
	int64_t record, who;
	struct crm_known *known;
	bool followed, kept;
	struct plan *plan;
	struct outcome *outcome;
};

static bool refuse(struct work *work, const struct target *at, const char *words)
{
	err_privilege(&work->err, at->href, "unbind");
	snprintf(work->err.detail, sizeof(work->err.detail), "%s", words);
	return false;
}

static bool is_there(struct leaving *l, const struct db_stmt *stmt, bool *there)
{
	struct db *db = work_reader(l->work);
	struct db_rows *rows =
	        db ? db_query(db, &l->work->err, stmt, DB_ARGS(DB_INT(l->who), DB_INT(l->record)))
	           : NULL;

	*there = rows && db_next(rows);
	return db_done(rows);
}

static bool look(struct leaving *l)
{
	if (!crm_known(l->work, l->record, &l->known) || !is_there(l, &IS_FOLLOWED, &l->followed))
		return false;
	l->kept = false;
	if (l->noun == CRM_ACCOUNT && !is_there(l, &IS_SERVED, &l->kept))
		return false;
	return l->noun != CRM_CONTACT || is_there(l, &HAS_ACCOUNT, &l->kept);
}

/* Some clients move a card by putting it elsewhere and deleting it here: it asked to be converted,
 * and stays until that is answered. */
static bool waits_for_answer(struct leaving *l, bool *waits)
{
	struct crm_rows asked;

	*waits = false;
	if (!crm_rows_of(l->work, CRM_REQUEST, l->record, &asked))
		return false;
	for (size_t i = 0; i < asked.len && !*waits; i++)
		*waits = text_eq(crm_get_text(asked.at[i].values, "kind"), TEXT("convert"));
	return true;
}

static void begin_plan(struct leaving *l, const struct edit_locks *locks)
{
	struct lock_watch *watch = arena_make(l->work->arena, struct lock_watch);

	l->plan = gate_plan(l->work, &l->outcome);
	gate_unchanged(l->plan, locks);
	*watch = (struct lock_watch){ l->at, locks, true, true };
	locks_watch(l->work, l->plan, watch);
}

static bool leave(struct leaving *l)
{
	bool owned = l->known && l->known->owner == l->who;

	if (l->noun == CRM_NOTE || l->kept || (!owned && !l->followed))
		return refuse(l->work, l->at, "It is here for a reason that cannot be deleted");
	if (l->followed)
		plan_follow(l->plan, l->who, l->record, false);
	return !owned || hand_back_add(l->work, l->plan,
	                         &(struct hand_back){ l->record, l->who, VIA_DAV, "leave" });
}

struct plan *leave_crm(struct work *work, const struct target *at, const struct edit_locks *locks)
{
	struct leaving l = { .work = work,
		.at = at,
		.noun = crm_noun_of_kind(at->item->kind),
		.record = at->item->member.record,
		.who = work->who ? work->who->id : 0 };
	bool waits = false, paused;

	if (at->collection->owner != l.who) {
		refuse(work, at, "Records stay where they are at home");
		return NULL;
	}
	if (!pause_is(work, &paused) || !look(&l) ||
	        (l.noun == CRM_LEAD && !waits_for_answer(&l, &waits)))
		return NULL;
	if (paused) {
		refuse(work, at, "This device is paused: it took away too much");
		return NULL;
	}
	begin_plan(&l, locks);
	plan_pause_count(work, l.plan, l.record);
	if (waits) {
		plan_touch(l.plan, at->collection->id, at->name);
		return l.plan;
	}
	return leave(&l) ? l.plan : NULL;
}

/* ---- MOVE ---- */

static bool is_crm_member(const struct target *at)
{
	return at->is == TARGET_MEMBER && kind_is_crm(at->item->kind);
}

bool leave_concerns(const struct transfer *t)
{
	if (t->from->is != TARGET_MEMBER)
		return false;
	if (t->is_move && t->from->collection->id == t->into->id)
		return false;
	return is_crm_member(t->from) || is_crm_member(t->to) || t->into->crm;
}

static struct plan *ask_conversion(struct transfer *t)
{
	struct work *work = t->work;
	struct crm_row_ask ask = { &t->from->item->member.record, t->into->owner, "convert",
		TEXT("It was moved to the accounts: is it to become a customer?") };
	struct outcome *outcome;
	struct plan *plan = gate_plan(work, &outcome);

	outcome->created = true;
	outcome->name = t->to->name;
	plan_row_ask(plan, &ask);
	plan_touch(plan, t->from->collection->id, t->from->name);
	return plan;
}

/* A plain card or task becomes what the collection holds. */
static struct plan *adopt(struct transfer *t, const struct edit_locks *locks)
{
	struct work *work = t->work;
	struct record *record;
	struct put_crm put = { .at = t->to, .kind = gate_kind(work, t->into), .locks = locks };
	struct plan *plan;

	if (!record_get(work, t->from->item->member.record, &record))
		return NULL;
	if (!record) {
		err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
		return NULL;
	}
	put.body = record->body;
	plan = put_crm(work, &put);
	if (plan)
		plan_remove(plan, t->from->collection->id, t->from->name,
		        t->from->item->member.revision, work->house);
	return plan;
}

struct plan *leave_move(struct transfer *t, const struct edit_locks *locks)
{
	const struct target *from = t->from;

	if (t->is_move && t->to->is == TARGET_NOTHING && t->work->who &&
	        t->into->owner == t->work->who->id) {
		if (from->item->kind == KIND_LEAD && t->into->crm == SHELF_ACCOUNTS)
			return ask_conversion(t);
		if (!is_crm_member(from) && from->item->kind != KIND_FILE && t->into->crm)
			return adopt(t, locks);
	}
	refuse(t->work, t->to, "Records of the CRM are not copied or moved away");
	return NULL;
}
