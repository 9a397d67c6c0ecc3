/* fsck_places.h - the part of fsck that asks of every record with a rule whether it appears where
 * it should. For fsck.c. Threads: as fsck.h. */
#ifndef KONTOR_STORE_FSCK_PLACES_H
#define KONTOR_STORE_FSCK_PLACES_H

#include "store/fsck.h"

bool fsck_places(struct house *house, struct db *db, struct fsck *fsck, struct err *err) must_check;

#endif
