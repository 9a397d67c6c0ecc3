/* day.h - which day it is for the company, on the writer's thread.
 *
 * Nothing here knows time zones: whoever does (crm/seed.c) notes how far the company's wall clock
 * is from UTC, from when to when, in table `meta`, where every process finds the same. Until then
 * days are UTC's.
 * Threads: the writer's, inside a plan. */
#ifndef KONTOR_STORE_DAY_H
#define KONTOR_STORE_DAY_H

#include "store/plan.h"

/* "0:3600 1774746000:7200": from that instant on so many seconds east of UTC, in order of time;
 * before the first one as from it on. Another list than before: people count as changed, for who
 * stands in for whom begins and ends at midnight. */
bool day_note(struct writing *writing, struct text offsets) must_check;
/* The date at that instant, "2026-05-31". */
bool day_of(struct writing *writing, int64_t at, struct text *day) must_check;

#endif
