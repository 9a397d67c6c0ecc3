/* account.h - what belongs to an account and is no list of one noun (view/crm.h).
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_VIEW_ACCOUNT_H
#define KONTOR_VIEW_ACCOUNT_H

#include "view/crm.h"

/* Contacts that have a place in it now, the primary ones first, as far as they may be seen. */
bool account_people(struct work *work, int64_t account, struct crm_entries *people) must_check;
/* The next meeting with its people, of whoever's that may be seen; NULL: none. */
bool account_next_meeting(
        struct work *work, int64_t account, struct crm_entry **meeting) must_check;
/* Sums of the deals that work->who may see, in hundredths of the company's currency. */
struct account_sales {
	int64_t open, won, lost;
};
bool account_sales(struct work *work, int64_t account, struct account_sales *sales) must_check;

#endif
