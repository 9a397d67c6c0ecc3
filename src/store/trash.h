/* trash.h - what was removed goes out of sight at once and is cleared away bit by bit, so that the
 * removal of a calendar of 100,000 events holds nobody up.
 *
 * A collection in the trash has parent -1 and belongs to the group `company` (its owner may be
 * gone): no lookup finds it, nothing can be put there, no quota counts it.
 * Threads: the writer's, inside a plan. */
#ifndef KONTOR_STORE_TRASH_H
#define KONTOR_STORE_TRASH_H

#include "store/house.h"
#include "store/plan.h"

/* Puts one collection into the trash, with its members; not what is below it. */
bool trash_put(struct writing *writing, int64_t collection) must_check;
/* A bit of it goes; says writing_untidy() while there is more. The writer's chore; `data` is the
 * house. */
bool trash_empty(struct writing *writing, void *data) must_check;

#endif
