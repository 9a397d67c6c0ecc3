/* appear.h - where CRM records appear besides the company's shelves, worked out from the derived
 * rows: crm_item, crm_person; crm_follow; and covers.
 *
 *   accounts/  accounts somebody owns, follows, serves (an open case of it is theirs) or covers
 * for; the people of these; contacts they own or follow leads/     their open leads; in a team's:
 * open ones that nobody has taken deals/     their deals cases/     their cases, until 14 days
 * after the end; in a team's: open ones nobody has taken journal/   notes they wrote, and those of
 * the accounts above, for 180 days
 *
 * Who stands in for somebody has what the absent own, too. Kinds of the CRM have `crm_rule`; with
 * it plan_put() and plan_vanish() keep all of this right by themselves, for the record and for
 * those that hang on it (an account's people and notes; a case's account). Threads: the writer's.
 */
#ifndef KONTOR_CRM_APPEAR_H
#define KONTOR_CRM_APPEAR_H

#include "store/appear.h"
#include "store/shelf.h"

extern const struct rule crm_rule;

/* Something besides the record itself changed: somebody follows it, or does so no more. */
void plan_appear(struct plan *plan, int64_t record);
/* The collection of `owner` for that shelf; 0: there is none. For names that clients choose
 * (struct appear_as). */
bool appear_shelf(struct work *work, int64_t owner, enum crm_shelf shelf, int64_t *id) must_check;

#endif
