/* pg_pipe.h - statements sent to PostgreSQL one behind the other, without waiting for each answer
 * (libpq's pipeline mode). Private to src/db.
 *
 * A write is many small statements of which most answer nothing: waiting for each costs a round
 * trip and two changes of process. Whatever was put is answered by pg_pipe_end(), in order; after
 * the first that failed the server passes over all that follow. Threads: as the db. */
#ifndef KONTOR_DB_PG_PIPE_H
#define KONTOR_DB_PG_PIPE_H

#include "db/driver.h"

#ifdef HAVE_LIBPQ

#include <libpq-fe.h>

/* One execution: of a prepared statement, as PQexecPrepared() takes it, or of text, as
 * PQexecParams() does. Rows come in binary form. */
struct pg_call {
	const char *name; /* NULL: */
	const char *sql;
	int count;
	const Oid *types;
	const char *const *values;
	const int *lens, *formats;
	const char *where; /* of the statement; lives as long as the program */
};

/* Did the server do what it was asked? NULL: no. */
bool pg_is_good(const PGresult *answer);
/* Whether answers are outstanding. Then only the functions of this file may use the connection. */
bool pg_pipe_is_open(const struct db *db);
/* As many are outstanding as may be: their answers must fit into the socket while we still send. */
bool pg_pipe_is_full(const struct db *db);
/* Sends it with what follows. False: the connection is lost. */
bool pg_pipe_put(struct db *db, const struct pg_call *call) must_check;
/* Runs it behind what was put, and waits for all of it: as pg_pipe_end(). */
PGresult *pg_pipe_ask(struct db *db, const struct pg_call *call, const char **where);
/* Waits for all that was put. The first answer that is a failure, or else the last one; the caller
 * clears it. NULL: the connection is lost. *where: whose answer it is. */
PGresult *pg_pipe_end(struct db *db, const char **where);

#endif
#endif
