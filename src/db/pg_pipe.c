#include "db/pg_pipe.h"

#ifdef HAVE_LIBPQ

bool pg_pipe_is_open(const struct db *db)
{
	return db->sent > 0;
}

bool pg_pipe_is_full(const struct db *db)
{
	return db->sent == (int)COUNT_OF(db->sent_from);
}

bool pg_pipe_put(struct db *db, const struct pg_call *call)
{
	assert(!pg_pipe_is_full(db));
	if (!db->sent && !PQenterPipelineMode(db->handle))
		return false;
	db->sent_from[db->sent++] = call->where;
	if (call->name)
		return PQsendQueryPrepared(db->handle, call->name, call->count, call->values,
		        call->lens, call->formats, 1);
	return PQsendQueryParams(db->handle, call->sql, call->count, call->types, call->values,
	        call->lens, call->formats, 1);
}

PGresult *pg_pipe_ask(struct db *db, const struct pg_call *call, const char **where)
{
	if (pg_pipe_is_open(db))
		return pg_pipe_put(db, call) ? pg_pipe_end(db, where) : NULL;
	if (call->name)
		return PQexecPrepared(db->handle, call->name, call->count, call->values, call->lens,
		        call->formats, 1);
	return PQexecParams(db->handle, call->sql, call->count, call->types, call->values,
	        call->lens, call->formats, 1);
}

/* Every answer is followed by a NULL. */
static PGresult *next_answer(struct db *db)
{
	PGresult *answer = PQgetResult(db->handle), *more;

	while (answer && (more = PQgetResult(db->handle)))
		PQclear(more);
	return answer;
}

bool pg_is_good(const PGresult *answer)
{
	ExecStatusType status = PQresultStatus(answer);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

PGresult *pg_pipe_end(struct db *db, const char **where)
{
	bool done = PQpipelineSync(db->handle);
	PGresult *kept = NULL;

	for (int i = 0; i < db->sent; i++) {
		PGresult *answer = done ? next_answer(db) : NULL;

		if (i > 0 && !pg_is_good(kept)) {
			PQclear(answer);
			continue;
		}
		PQclear(kept);
		kept = answer;
		*where = db->sent_from[i];
	}
	db->sent = 0;
	PQclear(PQgetResult(db->handle)); /* of the sync */
	if (PQexitPipelineMode(db->handle))
		return kept;
	PQclear(kept);
	return NULL;
}

#endif
