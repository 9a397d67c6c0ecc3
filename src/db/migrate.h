/* migrate.h - bringing a database to the schema this program knows.
 *
 * schemas/truth/NNN-name.sql are applied in order, each once, under a lock, in a transaction; which
 * were, is kept in table `schema_step`. schemas/index.sql (all derived tables) is dropped and made
 * anew when its text changes; the caller then rebuilds the rows (kontor reindex). The files hold
 * statements separated by `;` at line ends; comments start with `--`. A statement behind a line `--
 * sqlite:` or `-- postgres:` is for that database only. */
#ifndef KONTOR_DB_MIGRATE_H
#define KONTOR_DB_MIGRATE_H

#include "db/pool.h"

/* Makes an empty database (kontor.db in data_dir, mode 0600; or takes the empty PostgreSQL
 * database) and migrates it. Fails if there is one already. */
bool migrate_init(const struct pool_settings *settings, struct err *err) must_check;
/* Applies what is missing. *index_made_anew: derived rows must be rebuilt; it stays so, also after
 * a crash, until migrate_index_filled() was called. */
bool migrate_run(struct pool *pool, struct err *err, bool *index_made_anew) must_check;
/* Drops and makes the derived tables: within the write transaction of `db` if one is open, else in
 * one of its own. */
bool migrate_index(struct db *db, struct err *err) must_check;
/* The derived rows are complete (in the same transaction, or after the last one that wrote them).
 */
bool migrate_index_filled(struct db *db, struct err *err) must_check;

#endif
