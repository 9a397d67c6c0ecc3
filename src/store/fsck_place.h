/* fsck_place.h - the part of fsck that gives a place to what has lost its own: nothing that holds
 * somebody's bytes is deleted.
 *
 * What had a home that is gone too comes into a collection called "recovered" of the first
 * administrator, who alone may see it until he hands it on. For fsck.c.
 * Threads: the writer's, inside a plan. */
#ifndef KONTOR_STORE_FSCK_PLACE_H
#define KONTOR_STORE_FSCK_PLACE_H

#include "store/plan.h"

/* Each sets *placed; false there (without an error): nobody is there to have it. */

/* A record without a member, back into its home. Its uid and tag are for fsck_bodies() to fill. */
bool fsck_place_record(struct writing *writing, int64_t id, bool *placed) must_check;
/* A file's content that belongs to no record: becomes a file. */
bool fsck_place_blob(struct writing *writing, int64_t blob, bool *placed) must_check;
/* A collection without a parent, into its owner's home. */
bool fsck_place_collection(struct writing *writing, int64_t id, bool *placed) must_check;

#endif
