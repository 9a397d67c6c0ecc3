#include "base/base.h"
#include "base/str.h"
#include "crm/appear.h"
#include "crm/follow.h"
#include "crm/look.h"
#include "crm/merge.h"
#include "crm/pause.h"
#include "crm/row.h"
#include "db/db.h"
#include "edit/crm.h"
#include "edit/locks.h"
#include "edit/put_crm.h"
#include "people/who.h"
#include "view/crm.h"

DB_STATEMENT(BODY_IN_BIN, "SELECT body FROM crm_bin WHERE uid = ?1 ORDER BY deleted DESC LIMIT 1"
                          " /* scan: of the bin, for a card that was merged away */");

struct putting {
	struct work *work;
	const struct put_crm *asked;
	const struct kind *kind;
	struct subject subject;
	struct crm_known *known; /* a new name for a record that is there already */
	struct crm_merge merge;
	struct plan *plan;
	struct outcome *outcome;
};

static bool is_card(const struct collection *c)
{
	return c->type == COLLECTION_ADDRESSBOOK;
}

static bool refuse(struct putting *p, const char *words)
{
	const struct target *at = p->asked->at;

	err_privilege(&p->work->err, at->href, "write-content");
	snprintf(p->work->err.detail, sizeof(p->work->err.detail), "%s", words);
	return false;
}

/* ---- what it is ---- */

static bool understand(struct putting *p)
{
	struct work *work = p->work;
	const struct collection *at = p->asked->at->collection;
	struct crm_merge *m = &p->merge;

	p->subject.body = p->asked->body;
	p->subject.record = p->asked->old;
	if (!p->kind->parse(work, p->asked->media, &p->subject))
		return false;
	m->noun = crm_noun_of_kind(p->kind->id);
	if (!p->asked->old)
		m->noun = crm_noun_on(work->arena, (enum crm_shelf)at->crm,
		        is_card(at) ? p->subject.parsed : NULL);
	if (!m->noun)
		return refuse(p, "Groups are kept in address books of one's own");
	p->kind = kind_of(work->house, (enum kind_id)crm_kind_of(m->noun));
	return p->kind->check(work, at, &p->subject);
}

static bool uid_taken(struct putting *p)
{
	return err_href(&p->work->err, p->kind->uid_conflict, p->asked->at->href,
	        "Another record has this UID");
}

/* RFC 4791 5.3.2.1, RFC 6352 6.3.2.1; and no second record of a UID anywhere in the CRM. */
static bool check_uid(struct putting *p)
{
	const struct target *at = p->asked->at;
	struct gate_uid asked = { .kind = p->kind,
		.c = at->collection,
		.rights = at->rights,
		.href = target_parent_href(p->work->arena, at),
		.uid = p->subject.uid };

	if (p->asked->old)
		return text_eq(at->item->member.uid, p->subject.uid) || uid_taken(p);
	return gate_uid_free(p->work, &asked) && crm_known_uid(p->work, p->subject.uid, &p->known);
}

/* ---- rights ---- */

static bool may_change(struct putting *p, enum crm_noun noun, int64_t id, bool *may)
{
	struct crm_entry *entry;

	*may = false;
	return crm_entry_get(p->work, noun, id, &entry) &&
	       (!entry || crm_may_change(p->work, entry, may));
}

/* 403 with need-privileges: clients take their change back (RFC 3744 7.1.1). */
static bool check_right(struct putting *p, int64_t id)
{
	bool may;

	return may_change(p, p->merge.noun, id, &may) &&
	       (may || refuse(p, "This is not yours to change"));
}

/* ---- a record that is put under a new name: moved here ---- */

static bool on_this_shelf(const struct putting *p)
{
	const struct crm_noun_row *row = crm_noun_row(p->known->noun);

	return row && row->shelf == (enum crm_shelf)p->asked->at->collection->crm;
}

/* It was merged into another: the client knows nothing of that one, but of what it was itself.
 * Where that is not kept any more, nothing of what was sent can be told to be a change. */
static bool merged_away(struct putting *p)
{
	struct db *db = work_reader(p->work);
	struct db_rows *rows =
	        db ? db_query(db, &p->work->err, &BODY_IN_BIN, DB_ARGS(DB_TEXT(p->subject.uid)))
	           : NULL;

	p->merge.seen = p->asked->body;
	if (rows && db_next(rows))
		p->merge.seen = arena_text(p->work->arena, db_text(rows, 0));
	return db_done(rows);
}

/* Who puts a record among their own takes it; who puts an account there follows it. What is not
 * theirs to take is a UID that is in use. */
static bool take(struct putting *p)
{
	struct record *record;
	bool may;

	if (!may_change(p, p->known->noun, p->known->id, &may))
		return false;
	if (!may)
		return uid_taken(p);
	p->merge.noun = p->known->noun;
	p->kind = kind_of(p->work->house, (enum kind_id)crm_kind_of(p->known->noun));
	if (!record_get(p->work, p->known->id, &record))
		return false;
	if (!record)
		return err_set(&p->work->err, ERR_CONFLICT, "It was removed in the meantime");
	p->merge.old = record;
	p->merge.base = -1;
	if (!text_eq(p->known->uid, p->subject.uid) && !merged_away(p))
		return false;
	if (p->known->noun != CRM_ACCOUNT && p->known->noun != CRM_CONTACT)
		p->merge.owner = p->asked->at->collection->owner;
	return true;
}

/* A lead among the accounts: it becomes a customer when somebody says so in the browser. */
static bool asks_conversion(const struct putting *p)
{
	return p->known->noun == CRM_LEAD && p->asked->at->collection->crm == SHELF_ACCOUNTS;
}

static bool decide_move(struct putting *p)
{
	if (!p->known) {
		/* Whose collection it is made in, whoever imports it there. */
		if (!p->asked->old)
			p->merge.owner = p->asked->at->collection->owner;
		return true;
	}
	if (asks_conversion(p)) {
		p->merge.noun = CRM_LEAD;
		return check_right(p, p->known->id);
	}
	return on_this_shelf(p) ? take(p) : uid_taken(p);
}

/* ---- the plan ---- */

static bool add_note(struct putting *p)
{
	struct work *work = p->work;
	struct crm_draft *note;
	struct text text = p->merge.appended;
	json_t *words = crm_json_own(work->arena, json_stringn(text.ptr, text.len));
	json_t *parent = crm_json_own(work->arena, json_integer(p->merge.old->id));

	if (!crm_draft_begin(work, CRM_NOTE, TEXT_NONE, &note))
		return false;
	note->via = VIA_DAV;
	note->device = p->asked->device;
	return crm_draft_set(work, note, crm_field(CRM_NOTE, TEXT("text")), words) &&
	       crm_draft_set(work, note, crm_field(CRM_NOTE, TEXT("parent")), parent) &&
	       crm_draft_settle(work, note) && edit_crm_add(work, p->plan, note);
}

static const struct appear_as *name_here(struct putting *p)
{
	struct appear_as *as = arena_make(p->work->arena, struct appear_as);

	*as = (struct appear_as){ p->asked->at->collection->id, p->asked->at->name };
	return as;
}

static bool add_record(struct putting *p)
{
	struct crm_draft *draft = p->merge.draft;

	draft->as = p->asked->old ? NULL : name_here(p);
	if (draft->old && pause_takes(draft))
		plan_pause_count(p->work, p->plan, draft->old->id);
	if (!edit_crm_add(p->work, p->plan, draft))
		return false;
	p->outcome->record = draft->stored;
	return !p->merge.old || !p->merge.appended.len || add_note(p);
}

static void begin_plan(struct putting *p)
{
	const struct target *at = p->asked->at;
	const struct edit_locks *locks = p->asked->locks;
	struct lock_watch *watch = arena_make(p->work->arena, struct lock_watch);

	p->plan = gate_plan(p->work, &p->outcome);
	gate_unchanged(p->plan, locks);
	*watch = (struct lock_watch){ at, locks, false, at->is == TARGET_NOTHING };
	locks_watch(p->work, p->plan, watch);
	p->outcome->created = !p->asked->old;
	p->outcome->name = at->name;
	p->outcome->uid = p->subject.uid;
}

static struct plan *ask_conversion(struct putting *p)
{
	struct crm_row_ask *ask = arena_make(p->work->arena, struct crm_row_ask);

	*ask = (struct crm_row_ask){ &p->known->id, p->asked->at->collection->owner, "convert",
		TEXT("It was moved to the accounts: is it to become a customer?") };
	begin_plan(p);
	p->outcome->altered = true;
	plan_row_ask(p->plan, ask);
	return p->plan;
}

static struct plan *decide(struct putting *p)
{
	struct crm_merge *m = &p->merge;

	if (!crm_merge(p->work, m))
		return NULL;
	begin_plan(p);
	p->outcome->altered = p->subject.altered || !text_eq(m->body, p->asked->body);
	p->outcome->record = m->old;
	if (p->known && (m->noun == CRM_ACCOUNT || m->noun == CRM_CONTACT))
		plan_follow_as(p->plan, p->asked->at->collection->owner, m->old->id, name_here(p));
	return m->idle || add_record(p) ? p->plan : NULL;
}

struct plan *put_crm(struct work *work, const struct put_crm *asked)
{
	struct putting p = { .work = work, .asked = asked, .kind = asked->kind };
	bool paused;

	if (!pause_is(work, &paused))
		return NULL;
	if (paused) {
		refuse(&p, "This device is paused: it took away too much");
		return NULL;
	}
	if (!understand(&p) || !check_uid(&p))
		return NULL;
	p.merge.old = asked->old;
	p.merge.base = asked->base;
	p.merge.sent = p.subject.parsed;
	p.merge.uid = p.subject.uid;
	p.merge.device = asked->device;
	if (!decide_move(&p))
		return NULL;
	if (p.known && asks_conversion(&p))
		return ask_conversion(&p);
	if (p.merge.old && !check_right(&p, p.merge.old->id))
		return NULL;
	return decide(&p);
}
