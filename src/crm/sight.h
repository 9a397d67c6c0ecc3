/* sight.h - whose records somebody sees, as table `reach` has it (schemas/truth/002-crm.sql).
 *
 * A record is seen by whom its holder is in reach of, and by whom it appears in a collection of.
 * A case is seen by who follows it, too: whoever reports one follows it. What happened with a
 * record (notes, tasks, meetings) is seen with it. The gates ask this; rooms ask it where a value
 * names a record. work->who NULL is the house itself (forms, mails, rules, the demo): it sees
 * everything. Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_CRM_SIGHT_H
#define KONTOR_CRM_SIGHT_H

#include "crm/look.h"
#include "store/reach.h"

enum { CRM_REACHES = 8 }; /* enum reach */

/* Whose records of this noun work->who sees: bound to `reach`. */
struct crm_sight {
	int64_t viewer, reach; /* 0, 4: everybody's */
};
bool crm_sight(struct work *work, enum crm_noun noun, struct crm_sight *sight) must_check;
/* What happened with a record is seen by whoever sees the record. */
bool crm_is_told_with_parent(const struct crm_known *known);
bool crm_sees(struct work *work, const struct crm_known *known, bool *sees) must_check;
/* Of many, of which each is stored: sees[i] becomes what crm_sees() says of known[i]. A handful of
 * questions to the database, however many they are. */
struct crm_sights {
	struct work *work;
	const struct ids *holders[CRM_REACHES]; /* in reach, read when first wanted */
};
bool crm_sees_each(struct crm_sights *sights, const struct crm_known *const *known, size_t len,
        bool *sees) must_check;
/* Is what this holder has work->who's to change: its own, that of those it stands in for, what
 * waits in its queues, what is below it? */
bool crm_commands(struct work *work, int64_t holder, bool *commands) must_check;
/* May work->who put something into this person's calendar? Into one's own, those of one's teams and
 * of those one manages. */
bool crm_may_task(struct work *work, int64_t person, bool *may) must_check;

#endif
