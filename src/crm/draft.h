/* draft.h - a CRM record while a change to it is being decided: what it was, what it shall be.
 *
 * One path for all doors: load or begin, set what somebody wants (an API's values, a merge's edits,
 * an import's columns), settle (defaults, transitions, SYSTEM fields, events), render, project.
 *
 *     crm_draft_load(work, record, &draft)            an existing record, or
 *     crm_draft_begin(work, CRM_LEAD, uid, &draft)    a new one
 *     crm_draft_set(work, draft, field, value) ...
 *     crm_draft_settle(work, draft)
 *     crm_draft_render(work, draft)                   draft->body, draft->private
 *     crm_draft_project(work, draft, rows)            crm_item, crm_key, crm_person, span, card_key
 * ...
 *
 * Memory: in work->arena. Threads: a draft belongs to one thread. */
#ifndef KONTOR_CRM_DRAFT_H
#define KONTOR_CRM_DRAFT_H

#include "crm/field.h"
#include "store/kind.h"

enum crm_via {
	VIA_WEB = 1,
	VIA_DAV = 2,
	VIA_RULE = 3,
	VIA_IMPORT = 4,
	VIA_FORM = 5,
	VIA_MAIL = 6,
	VIA_API = 7, /* an app password at /api */
	VIA_DEMO = 8,
	VIA_CLOCK = 9 /* time passed */
};

enum crm_what {
#define EVENT(id, number, name) CRM_EVENT_##id = number,
#include "crm/event.tbl.h"
#undef EVENT
};

struct crm_happened { /* a row of crm_event to be; the rest comes from the draft */
	enum crm_what what;
	struct text from_value, to_value;
	int64_t from_num, to_num, seconds;
	const int64_t *to_id; /* of a record not stored yet: to_num is this when it is written */
};
VEC_OF(crm_events, struct crm_happened);

struct crm_request { /* a row of REQUEST to be, below the record: asked on the home page */
	const char *kind;
	struct text words;
};
VEC_OF(crm_requests, struct crm_request);

/* The number of a new case until the writer knows it: it stands for it everywhere, bodies included.
 */
#define CRM_NUMBER_TO_COME 99999999999999LL

struct crm_draft {
	enum crm_noun noun;
	const struct record *old; /* NULL: a new one */
	int64_t id;      /* of a new one: reserved (edit_reserve()); 0: given when it is written */
	int64_t created; /* of one that comes out of the bin: when it was made; else 0 */
	int64_t home;    /* collection it is at home in; 0: the noun's shelf of the company */
	struct text uid;
	enum crm_via via;
	struct text device; /* for the audit: user agent or app password's name */
	int64_t at;         /* when it happens: work->now, but for demo and imports of history */
	json_t *before;     /* values of `old`; NULL: new */
	json_t *now;        /* values to be */
	void *tree; /* parsed body (struct vcard *, struct ical *) that `now` is written into */
	struct text body, private;  /* after crm_draft_render() */
	struct crm_events events;   /* after crm_draft_settle() */
	enum crm_noun happened_as;  /* whose events they are, if not `noun`'s: a lead's that becomes
	                               a contact */
	const struct appear_as *as; /* the name a client chose for it, where it appears; or NULL */
	json_t *kept;               /* what the audit keeps besides, for an undo; or NULL */
	const char *action;         /* for the audit; NULL: "create" or "change" */
	struct crm_requests asked;  /* of the owner; also after crm_draft_settle() */
	struct texts answered;      /* kinds of what was asked and is settled now */
	int64_t number;             /* of a new case, once the writer has given it */
	const struct record *stored; /* once it is planned; id and revision when that has run */
};

bool crm_draft_load(
        struct work *work, const struct record *record, struct crm_draft **draft) must_check;
/* `uid` absent: a new random one. */
bool crm_draft_begin(struct work *work, enum crm_noun noun, struct text uid,
        struct crm_draft **draft) must_check;
/* Sets a value somebody wants (canonical form is made here); NULL empties. False: ERR_CRM_VALUE,
 * also for SYSTEM fields, and for ids that are not there or may not be seen by work->who. */
bool crm_draft_set(struct work *work, struct crm_draft *draft, const struct crm_field *field,
        const json_t *value) must_check;
/* Whether anything differs from `before`. */
bool crm_draft_changed(const struct crm_draft *draft);
/* Fills in what follows: presets of a new record (number, status, stage, pipeline, owner or queue,
 * SLA), transitions (stage to won sets won_at ...), and the events. False: something needed is
 * missing, or a transition is not allowed (ERR_CRM_VALUE names the field). */
bool crm_draft_settle(struct work *work, struct crm_draft *draft) must_check;
bool crm_draft_render(struct work *work, struct crm_draft *draft) must_check;
bool crm_draft_project(struct work *work, const struct crm_draft *draft,
        const struct collection *at, struct rows *rows) must_check;

#endif
