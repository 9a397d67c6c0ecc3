/* follow.h - who follows a record: it appears among their own.
 * Threads: operations run on the writer's. */
#ifndef KONTOR_CRM_FOLLOW_H
#define KONTOR_CRM_FOLLOW_H

#include "store/plan.h"

struct appear_as; /* store/appear.h */

/* Where the record appears is worked out anew. Following twice, or ending what is not, changes
 * nothing. */
void plan_follow(struct plan *plan, int64_t principal, int64_t record, bool follow);
/* Of a record of the same plan, whose id is known when it runs. */
void plan_follow_new(struct plan *plan, int64_t principal, const int64_t *record);
/* The same, under a name that a client chose. */
void plan_follow_as(
        struct plan *plan, int64_t principal, int64_t record, const struct appear_as *as);

#endif
