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

/* The one account of that name that work->who sees; 0: none, or several. */
bool crm_company(struct work *work, struct text name, int64_t *account) must_check;

/* Keys of the conversion's audit (draft->kept): what the lead had and a contact has not, company
 * included; what was made with it, {"account", "deal"}, 0 for none. */
#define CONVERT_KEPT "_lead"
#define CONVERT_MADE "_made"
/* The drafted contact is the lead again that `kept` says: same card, same UID, with its status as
 * if it had never been left. What was changed on the card since stays. To be added. */
struct crm_undo;
bool crm_convert_back(struct work *work, const struct crm_undo *undo, struct crm_draft *draft,
        const json_t *kept) must_check;

#endif
