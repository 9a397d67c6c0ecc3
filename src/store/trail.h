/* trail.h - what every change leaves behind: tokens, tombstones, births; and what goes with a
 * record. For the operations of this folder only.
 * Threads: the writer's, inside a plan. */
#ifndef KONTOR_STORE_TRAIL_H
#define KONTOR_STORE_TRAIL_H

#include "store/house.h"
#include "store/plan.h"

struct kind;

/* The collection's token becomes `number`, its size changes by `bytes`. Gone: stale. */
bool trail_token(
        struct writing *writing, int64_t collection, int64_t number, int64_t bytes) must_check;
/* When `name` was first seen in the collection: `number`, or what its tombstone says. Writes
 * nothing. The collection is gone: stale. */
bool trail_born(struct writing *writing, int64_t collection, struct text name, bool is_collection,
        int64_t number, int64_t *born) must_check;
/* Its tombstone goes, if there was one: trail_born() did not say `number`. */
bool trail_raise(struct writing *writing, int64_t collection, struct text name) must_check;
/* Both: `name` enters the collection. */
bool trail_birth(struct writing *writing, int64_t collection, struct text name, bool is_collection,
        int64_t number, int64_t *born) must_check;
/* `name` leaves the collection. Locks on it end with it (RFC 4918 9.6, 9.9). */
bool trail_death(struct writing *writing, int64_t collection, struct text name, bool is_collection,
        int64_t number, int64_t born) must_check;
/* The derived rows of a record. */
bool trail_forget(struct writing *writing, const struct kind *kind, int64_t record) must_check;
/* The same where nothing is taken for granted: when they are derived anew. */
bool trail_forget_all(struct writing *writing, const struct kind *kind, int64_t record) must_check;
/* The record itself with everything that hangs on it. */
struct trail_record {
	int64_t id, kind, blob;
};
bool trail_drop(
        struct writing *writing, const struct house *house, struct trail_record record) must_check;
/* A record takes a blob nobody had (else: stale), or gives up its own. 0: nothing to do. */
bool trail_claim_blob(struct writing *writing, int64_t blob) must_check;
bool trail_leave_blob(struct writing *writing, int64_t blob) must_check;

#endif
