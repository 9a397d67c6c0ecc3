/* postgres.h - where a test program works on PostgreSQL: in a database of its own, since locks and
 * notifications are the database's and others test on the same server; in it a schema for each
 * test. KONTOR_TEST_PG is a libpq connection string (host=... dbname=...; tests/pg.sh prints one)
 * of a server where databases can be made. Includes cmocka. */
#ifndef KONTOR_TEST_POSTGRES_H
#define KONTOR_TEST_POSTGRES_H

#ifdef HAVE_LIBPQ

#include <libpq-fe.h>
#include <unistd.h>

/* Of the program that made it: a child that ends leaves it alone. */
static pid_t postgres_owner;

static void postgres_run(const char *dsn, const char *sql)
{
	PGconn *conn = PQconnectdb(dsn);
	PGresult *result = PQexec(conn, sql);

	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(conn));
	PQclear(result);
	PQfinish(conn);
}

static void postgres_drop(void)
{
	char sql[100];

	if (postgres_owner != getpid())
		return;
	snprintf(sql, sizeof(sql), "DROP DATABASE test_%d WITH (FORCE)", (int)getpid());
	postgres_run(getenv("KONTOR_TEST_PG"), sql);
}

/* Into dsn: this program's database; the name is its application_name too. */
static void postgres_place(char *dsn, size_t size)
{
	int me = (int)getpid();
	char sql[100];

	if (postgres_owner != getpid()) {
		snprintf(sql, sizeof(sql), "CREATE DATABASE test_%d", me);
		postgres_run(getenv("KONTOR_TEST_PG"), sql);
		postgres_owner = getpid();
		atexit(postgres_drop);
	}
	snprintf(dsn, size, "%s dbname=test_%d application_name=test_%d", getenv("KONTOR_TEST_PG"),
	        me, me);
}

/* An empty schema for a test, in which whoever opens dsn works. */
UNUSED static void postgres_open(char *dsn, size_t size)
{
	size_t len;

	postgres_place(dsn, size);
	postgres_run(dsn, "CREATE SCHEMA test");
	len = strlen(dsn);
	snprintf(dsn + len, size - len, " options='-c search_path=test'");
}

UNUSED static void postgres_close(const char *dsn)
{
	postgres_run(dsn, "SET client_min_messages = warning; DROP SCHEMA test CASCADE");
}

#endif
#endif
