/* convert.h - a lead becomes a contact: the same record, the same UID, the same card.
 *
 * What only leads have (status, source, campaign, when it was answered) stays beside the card, so
 * that figures and history know where the contact came from. Tasks, meetings and notes belong to it
 * by its UID and need no change.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_CRM_CONVERT_H
#define KONTOR_CRM_CONVERT_H

#include "crm/draft.h"

/* The drafted lead is settled as converted and drafted on as a contact: of that account (0: of
 * none), with that deal (0: none). False: ERR_CRM_VALUE: it is converted, or dead, or the company
 * has no status for converted leads. To be settled again, then added. */
bool crm_convert(
        struct work *work, struct crm_draft *draft, int64_t account, int64_t deal) must_check;

#endif
