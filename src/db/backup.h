/* backup.h - copies of a database: made while it is served, put back when it is not.
 *
 * A backup is one file, checked before it gets its name: of SQLite a plain database, of PostgreSQL
 * what pg_dump makes (custom format, for pg_restore). One is not put back in the place of the
 * other. Memory, Threads: connections of their own; any thread, also beside a running pool. */
#ifndef KONTOR_DB_BACKUP_H
#define KONTOR_DB_BACKUP_H

#include "db/pool.h"

struct backup_hooks {
	/* Bytes copied so far, on SQLite; NULL is fine. */
	void (*tell)(void *arg, int64_t done, int64_t total);
	/* Restoring: what must be different in the copy before anybody can open it (a new epoch of
	 * sync tokens). Called with a connection that may write, no transaction begun; NULL is
	 * fine. */
	bool (*adjust)(void *arg, struct db *db, struct err *err);
	void *arg;
};

/* Copies one state of the database into a new file (mode 0600); fails if the file exists. Others
 * may read and write meanwhile. */
bool backup_make(const struct pool_settings *settings, const char *file,
        const struct backup_hooks *hooks, struct err *err) must_check;
/* Whether the file is a whole Kontor database that this program can read. */
bool backup_verify(
        const struct pool_settings *settings, const char *file, struct err *err) must_check;
/* Puts a copy of the backup in the place of the database, at once or not at all. A database that
 * was there is kept as kontor.db.replaced, if `replace`; else restoring fails. Fails while any
 * process has the database open. PostgreSQL: into an empty database only, `replace` or not. */
bool backup_restore(const struct pool_settings *settings, const char *file, bool replace,
        const struct backup_hooks *hooks, struct err *err) must_check;

#endif
