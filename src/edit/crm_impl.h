/* crm_impl.h - what the files of edit/crm_*.c share. Nobody else includes it. */
#ifndef KONTOR_EDIT_CRM_IMPL_H
#define KONTOR_EDIT_CRM_IMPL_H

#include "crm/row.h"
#include "edit/crm.h"
#include "edit/gate.h"
#include "view/crm.h"

/* Seen by work->who (else NOT_FOUND), and theirs to change (else NEED_PRIVILEGES). */
bool crm_gate(
        struct work *work, enum crm_noun noun, int64_t id, struct crm_entry **entry) must_check;
/* edit_crm_put() and edit_crm_delete() of rows. */
struct plan *crm_row_change(struct work *work, const struct edit_crm *asked);
struct plan *crm_row_delete(struct work *work, const struct edit_crm *asked);
/* The loaded record goes into the bin: with its events as drafted, and draft->action ("delete"). */
bool crm_bin_put(struct work *work, struct plan *plan, struct crm_draft *draft,
        const struct crm_entry *entry) must_check;
/* One more record into the bin, in a plan of others: edit_crm_delete(). */
bool crm_bin_add(struct work *work, struct plan *plan, const struct edit_crm *asked) must_check;
/* edit_crm_undo() of a conversion. What stands in the way is named: ERR_CONFLICT, somebody else has
 * changed what was made; ERR_TAKEN, something belongs to it. */
struct plan *crm_convert_undo(
        struct work *work, const struct crm_undo *undo, struct edit_crm *asked);
/* What a stored draft brings about elsewhere, in the same plan: the first answer to a lead or a
 * case, the next step of a deal, the company on cards. */
bool crm_follow_up(struct work *work, struct plan *plan, struct crm_draft *draft) must_check;

#endif
