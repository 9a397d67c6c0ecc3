/* fsck_bodies.h - the part of fsck that reads every body: does it parse, and is its member told of
 * the right UID and component, and has it the derived rows it should have? For fsck.c. Threads: as
 * fsck.h. */
#ifndef KONTOR_STORE_FSCK_BODIES_H
#define KONTOR_STORE_FSCK_BODIES_H

#include "store/fsck.h"

bool fsck_bodies(struct house *house, struct db *db, struct fsck *fsck, struct err *err) must_check;

#endif
