/* reindex.h - deriving everything derived anew: index rows, tags, folded keys.
 *
 * Runs beside a serving process: in batches, each a short write transaction of its own in which the
 * records are read, so that none is missed and none overwritten. Running it twice at once does no
 * harm.
 * Threads: on a connection of pool_private(), one thread. */
#ifndef KONTOR_STORE_REINDEX_H
#define KONTOR_STORE_REINDEX_H

#include "store/house.h"
#include "store/plan.h"

/* Called after each batch. */
typedef void reindex_progress_fn(void *arg, int64_t done, int64_t all);
/* All records through parse and project of their kind. A record that does not parse any more keeps
 * no rows; it is logged (id only) and served as before. */
bool reindex_run(struct house *house, struct db *db, reindex_progress_fn *progress, void *arg,
        struct err *err) must_check;
/* The same for one record, inside a plan. Gone meanwhile: nothing to do. */
bool reindex_record(struct writing *writing, struct house *house, int64_t id) must_check;
/* name_key and email_key by today's text_fold(). Two that fold to the same now: fails, names them.
 */
bool refold_principals(struct db *db, struct err *err) must_check;

#endif
