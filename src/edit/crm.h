/* crm.h - the write gate for CRM records and rows: what browsers, imports, mails and rules ask.
 *
 * Phones come through edit_put() and edit_remove(); both ways end in the same draft (crm/draft.h)
 * and the same operations: record, versions, events, audit, appearances, all in one plan.
 * Memory: plans in work->arena. Threads: deciding on a reader thread. */
#ifndef KONTOR_EDIT_CRM_H
#define KONTOR_EDIT_CRM_H

#include "crm/draft.h"
#include "edit/edit.h"
#include "store/kind.h"

struct crm_undo;

struct edit_crm {
	enum crm_noun noun;
	int64_t id;   /* 0: a new one */
	int64_t base; /* the revision that was seen; -1: none. Stale with disjoint changes merges,
	                 with overlapping ones ERR_PRECONDITION_FAILED */
	const json_t *set; /* key to value; null empties */
	int64_t parent;    /* rows that belong to another (stages, costs, needs): its id */
	int64_t position;  /* of rows; -1: as it is, or last */
	enum crm_via via;
	struct text device;
	struct text uid;             /* of a new record; absent: made */
	int64_t at;                  /* 0: now */
	const struct crm_undo *undo; /* of edit_crm_undo(): `set` takes that change back; or NULL */
};
/* Decides the change. NULL with work->err set: ERR_CRM_VALUE (field named), NEED_PRIVILEGES,
 * NOT_FOUND. edit_crm_id() tells the id once the plan is done. */
struct plan *edit_crm_put(struct work *work, const struct edit_crm *asked);
/* Into the bin (records), or for good (rows). */
struct plan *edit_crm_delete(struct work *work, const struct edit_crm *asked);
/* Out of the bin. */
struct plan *edit_crm_restore(struct work *work, int64_t id, enum crm_via via, struct text device);
/* Takes one audited change back: its fields get their values of before. */
struct plan *edit_crm_undo(struct work *work, int64_t audit, enum crm_via via, struct text device);
struct plan *edit_crm_follow(struct work *work, int64_t record, bool follow);
/* After edit_result(): the record's or row's id. */
int64_t edit_crm_id(const struct plan *plan);
/* For assign, convert, merge, capture: adds a settled draft to a plan of their own. */
bool edit_crm_add(struct work *work, struct plan *plan, struct crm_draft *draft) must_check;
/* What a client's PUT of a plain task or meeting brings about: for compose.c. */
extern const struct step crm_step;

#endif
