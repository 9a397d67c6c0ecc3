/* undo.h - one audited change taken back.
 *
 * Its fields get their values of before: those people set through crm_draft_set(), as any change;
 * what had been worked out from them (when a case was closed, how often it was opened again, since
 * when a deal has its stage) by crm_undo_settled(), behind crm_draft_settle(). An undo is a
 * correction: where it comes back to exactly what was, the events of the change are voided by
 * CRM_EVENT_UNDONE, and nothing happens a second time in the other direction. Where something came
 * in between, it is a change like any other.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_CRM_UNDO_H
#define KONTOR_CRM_UNDO_H

#include "crm/draft.h"

struct crm_undo {
	int64_t id, record,
	        revision; /* of the audit; the record's, and what the change made of it */
	int64_t who;
	enum crm_noun noun;
	struct text action;
	json_t *changes; /* as trace_changes() makes them */
};

/* NULL without error: there is no such change. */
bool crm_undo_get(struct work *work, int64_t audit, struct crm_undo **undo) must_check;
/* What to set: key to value of before, images out of the versions that are kept. False:
 * ERR_UNPROCESSABLE, the image is not kept any more. */
bool crm_undo_values(struct work *work, const struct crm_undo *undo, json_t **set) must_check;
/* What was worked out, and the events; the draft is settled. */
bool crm_undo_settled(
        struct work *work, const struct crm_undo *undo, struct crm_draft *draft) must_check;

#endif
