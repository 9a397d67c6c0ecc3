/* cover.h - who stands in for whom, as days go by.
 * Threads: the writer's, inside a plan. */
#ifndef KONTOR_STORE_COVER_H
#define KONTOR_STORE_COVER_H

#include "store/plan.h"

/* Compares the covers of today with those that were in effect when it was last asked: what the
 * absent hold is then due (appear_later()), and people count as changed. */
bool cover_check(struct writing *writing) must_check;

#endif
