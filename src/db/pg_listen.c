#include "db/driver.h"
#include "db/listen.h"

#ifndef HAVE_LIBPQ

bool db_listen(struct db *db, struct err *err, const char *channel)
{
	(void)db, (void)channel;
	return err_set(err, ERR_INTERNAL, "built without PostgreSQL");
}

bool db_hear(struct db *db, struct err *err, int64_t ms, struct text *payload)
{
	(void)db, (void)ms;
	*payload = TEXT_NONE;
	return err_set(err, ERR_INTERNAL, "built without PostgreSQL");
}

#else

#include <libpq-fe.h>
#include <poll.h>

static bool lost(struct err *err)
{
	return err_set(err, ERR_UNAVAILABLE, "the database cannot be reached");
}

bool db_listen(struct db *db, struct err *err, const char *channel)
{
	char sql[80];
	PGresult *result;
	bool ok;

	assert(db_is_postgres(db));
	snprintf(sql, sizeof(sql), "LISTEN %s", channel);
	result = PQexec(db->handle, sql);
	ok = PQresultStatus(result) == PGRES_COMMAND_OK;
	PQclear(result);
	return ok || lost(err);
}

bool db_hear(struct db *db, struct err *err, int64_t ms, struct text *payload)
{
	struct pollfd wait = { .fd = PQsocket(db->handle), .events = POLLIN };
	PGnotify *told = PQnotifies(db->handle);

	*payload = TEXT_NONE;
	if (!told && wait.fd >= 0 && poll(&wait, 1, (int)ms) > 0 && PQconsumeInput(db->handle))
		told = PQnotifies(db->handle);
	if (told) {
		size_t len = strlen(told->extra);

		free(db->heard);
		db->heard = db_strdup(told->extra);
		*payload = (struct text){ db->heard, len };
		PQfreemem(told);
	}
	return PQstatus(db->handle) == CONNECTION_OK || lost(err);
}

#endif
