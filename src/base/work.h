/* work.h - what any work carries: the first parameter of most functions.
 *
 * Memory:  everything made on behalf of the work lives in `arena`.
 * Threads: one thread at a time; parking a call hands its work to whoever wakes it. */
#ifndef KONTOR_BASE_WORK_H
#define KONTOR_BASE_WORK_H

#include "base/arena.h"
#include "base/err.h"

struct db;    /* db/db.h: this step's reader, NULL while none is open */
struct house; /* store/house.h: pool, writer, settings: what lives as long as the process */
struct who;   /* people/who.h: on whose behalf; NULL before login */

struct work {
	struct arena *arena;
	struct house *house;
	struct db *db;
	const struct who *who;
	struct err err;
	int64_t now;  /* UTC seconds, read once when the work begins */
	uint64_t id;  /* in every log line */
	void *rights; /* people/access.c: worked out on this snapshot; gone when the step ends */
	bool light;   /* store/house.h: work_read_lightly() */
	/* edit/gate.h: what plans that are decided, and not written yet, will add to a home; NULL:
	 * one plan at a time is decided. */
	int64_t *growing;
	void *soon; /* crm/look.c: records that the plan being decided will make */
};

#endif
