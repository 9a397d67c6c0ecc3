/* check.h - is the database whole? The part of fsck that needs no knowledge of what is stored.
 *
 * Threads: a connection of its own; any. */
#ifndef KONTOR_DB_CHECK_H
#define KONTOR_DB_CHECK_H

#include "db/pool.h"

/* Tells of each problem found, at most 100 of a kind; *problems counts them. `whole` also compares
 * every index with its table. Works on a database that pool_open() refuses as damaged. False when
 * it could not be looked at. PostgreSQL keeps its promises itself (pg_amcheck): nothing is found.
 */
bool check_database(const struct pool_settings *settings, bool whole,
        void (*report)(void *arg, struct text problem), void *arg, int64_t *problems,
        struct err *err) must_check;
/* The same on an open connection. */
bool check_open(struct db *db, bool whole, void (*report)(void *arg, struct text problem),
        void *arg, int64_t *problems, struct err *err) must_check;

#endif
