/* pool.h - connections: a reader per thread, one writer.
 *
 * Memory:  long-lived. Threads: pool_reader() from any; pool_writer() from the writer's thread
 * only. */
#ifndef KONTOR_DB_POOL_H
#define KONTOR_DB_POOL_H

#include "db/db.h"

struct pool;

struct pool_settings {
	const char *data_dir;     /* SQLite: kontor.db in it */
	const char *postgres_dsn; /* or a libpq connection string: then SQLite is not used; NULL */
	const char *schema_dir;   /* where schemas/ is: truth/NNN-*.sql, index.sql */
	int busy_ms;              /* 10000 */
	int cache_kib;            /* page cache per connection */
};

/* Opens; fails when the database is missing, foreign (application_id), newer than we are, or
 * damaged. Nothing is created: see migrate.h. The settings are copied. */
struct pool *pool_open(const struct pool_settings *settings, struct err *err);
/* All threads that used readers must be done. Checkpoints the WAL. */
void pool_close(struct pool **pool);
/* This thread's reader, opened at its first use. NULL with err when it cannot be had. A lost
 * connection is opened anew at the next call. */
struct db *pool_reader(struct pool *pool, struct err *err);
/* The one connection that writes. */
struct db *pool_writer(struct pool *pool, struct err *err);
bool pool_is_postgres(const struct pool *pool);
/* Only what a maintenance command needs: a private connection that may do both, to be closed. */
struct db *pool_private(struct pool *pool, struct err *err);
void db_close(struct db **db);

#endif
