/* reach.h - how far somebody sees in the CRM: roles, what they manage, and what the admin has set
 * (crm_row of the noun `visibilities`), as one set of holders for each shelf.
 *
 * Presets: sales reps see their own leads and deals, and the accounts of their teams; support sees
 * all accounts, its own cases and those in its queues; whoever manages a group sees what is below;
 * the leadership and admins see everything. Everybody sees what is their own. Whoever has several
 * roles sees what any of them sees.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_PEOPLE_REACH_H
#define KONTOR_PEOPLE_REACH_H

#include "base/work.h"
#include "people/who.h"

/* Fills in roles, company and reach of who->id, whose groups are known. */
bool reach_of(struct work *work, struct who *who) must_check;

/* The shelf at home: does work->who see all there is on it? */
static inline bool reach_is_all(const struct who *who, enum crm_shelf shelf)
{
	return who && who->reach[shelf] == REACH_ALL;
}
/* Does work->who see this CRM record, for its holder's sake or because it appears in one of their
 * own collections? */
bool reach_sees(struct work *work, enum crm_shelf shelf, int64_t record, bool *sees) must_check;
/* Does work->who manage this group, or one above it? */
bool reach_manages(struct work *work, int64_t group, bool *manages) must_check;

#endif
