#include "base/base.h"
#include "base/str.h"
#include "crm/appear.h"
#include "crm/follow.h"
#include "crm/look.h"
#include "crm/merge.h"
#include "edit/crm.h"
#include "edit/locks.h"
#include "edit/put_crm.h"
#include "people/who.h"
#include "view/crm.h"

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

/* 403 with need-privileges: clients take their change back (RFC 3744 7.1.1). */
static bool check_right(struct putting *p, int64_t id)
{
	struct crm_entry *entry;
	bool may = false;

	if (!crm_entry_get(p->work, p->merge.noun, id, &entry))
		return false;
	if (entry && !crm_may_change(p->work, entry, &may))
		return false;
	return may || refuse(p, "This is not yours to change");
}

/* ---- a record that is put under a new name: moved here ---- */

static bool on_this_shelf(const struct putting *p)
{
	const struct crm_noun_row *row = crm_noun_row(p->known->noun);

	return row && row->shelf == (enum crm_shelf)p->asked->at->collection->crm;
}

/* Who puts a record among their own takes it; who puts an account there follows it. */
static bool take(struct putting *p)
{
	struct record *record;

	p->merge.noun = p->known->noun;
	p->kind = kind_of(p->work->house, (enum kind_id)crm_kind_of(p->known->noun));
	if (!record_get(p->work, p->known->id, &record))
		return false;
	if (!record)
		return err_set(&p->work->err, ERR_CONFLICT, "It was removed in the meantime");
	p->merge.old = record;
	p->merge.base = -1;
	if (p->known->noun != CRM_ACCOUNT && p->known->noun != CRM_CONTACT)
		p->merge.owner = p->work->who->id;
	return true;
}

static bool decide_move(struct putting *p)
{
	if (!p->known)
		return true;
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

static bool add_record(struct putting *p)
{
	const struct target *at = p->asked->at;
	struct crm_draft *draft = p->merge.draft;
	struct appear_as *as = arena_make(p->work->arena, struct appear_as);

	if (!p->asked->old) {
		*as = (struct appear_as){ at->collection->id, at->name };
		draft->as = as;
	}
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

static struct plan *decide(struct putting *p)
{
	struct crm_merge *m = &p->merge;

	if (!crm_merge(p->work, m))
		return NULL;
	begin_plan(p);
	p->outcome->altered = p->subject.altered || !text_eq(m->body, p->asked->body);
	p->outcome->record = m->old;
	if (p->known && (m->noun == CRM_ACCOUNT || m->noun == CRM_CONTACT))
		plan_follow(p->plan, p->work->who->id, m->old->id, true);
	return m->idle || add_record(p) ? p->plan : NULL;
}

struct plan *put_crm(struct work *work, const struct put_crm *asked)
{
	struct putting p = { .work = work, .asked = asked, .kind = asked->kind };

	if (!understand(&p) || !check_uid(&p))
		return NULL;
	p.merge.old = asked->old;
	p.merge.base = asked->base;
	p.merge.sent = p.subject.parsed;
	p.merge.uid = p.subject.uid;
	p.merge.device = asked->device;
	if (!decide_move(&p))
		return NULL;
	if (p.merge.old && !check_right(&p, p.merge.old->id))
		return NULL;
	return decide(&p);
}
