/* pg_tool.h - PostgreSQL's own programs, for backup.c: pg_dump and pg_restore, as PATH finds them.
 *
 * Where the database is and how to get in goes to them through their environment: what a process is
 * called with, everybody on the machine can read.
 * Threads: any; waits for the program. */
#ifndef KONTOR_DB_PG_TOOL_H
#define KONTOR_DB_PG_TOOL_H

#include "db/driver.h"

/* One state of the database into a new file (mode 0600). */
bool pg_dump_into(const struct db_place *place, const char *path, struct err *err) must_check;
/* Whether the file is something pg_restore can read to its end. */
bool pg_dump_is_whole(const struct db_place *place, const char *path, struct err *err) must_check;
/* Everything in the file into the database, or nothing. */
bool pg_restore_from(const struct db_place *place, const char *path, struct err *err) must_check;

#endif
