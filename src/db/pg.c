#include "db/driver.h"

#ifndef HAVE_LIBPQ

const struct db_driver *const db_postgres = NULL;

#else

#include "base/clock.h"
#include "base/log.h"
#include "db/pg_pipe.h"
#include "db/pg_value.h"

#include <unistd.h>

enum {
	ARGS_MAX = 32,
	/* "Kntr": any number that nobody else uses in this database. */
	WRITER_LOCK = 0x4b6e7472,
	/* How long after a connection was lost within COMMIT we try to learn what came of it. */
	OUTCOME_MS = 8000,
	OUTCOME_PAUSE_MS = 100,
};

DB_STATEMENT(BEGIN_READ, "/* postgres only */ BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
DB_STATEMENT(END_READ, "COMMIT");

/* What the server presets for large reports on spinning disks. Ours are many small questions over
 * what is in memory: looking up by an index is cheap, and starting helpers costs more than they
 * help. Whoever has set something else in the server's configuration meant it. */
#define PRESETS \
	"SELECT set_config(name, wanted, false) FROM pg_settings JOIN (VALUES" \
	" ('random_page_cost', '1.1'), ('max_parallel_workers_per_gather', '0'))" \
	" AS preset (name, wanted) USING (name) WHERE source = 'default';"

/* A statement as the server knows it: its name there, and what its parameters are. */
struct pg_stmt {
	char name[24];
	int count;
	Oid types[ARGS_MAX];
	bool anew; /* DB_PLAN_ANEW */
	char sql[];
};

/* ---- what went wrong ---- */

struct verdict {
	const char *state; /* SQLSTATE, or its class of two letters */
	enum err_id id;
	bool broken; /* a new connection may help */
	const char *words;
};

/* The first row that fits counts (PostgreSQL, appendix A). */
static const struct verdict VERDICTS[] = {
	{ "53100", ERR_STORAGE_FULL, false, "the disk of the database server is full" },
	{ "53", ERR_UNAVAILABLE, false, "the database server has no resources left" },
	{ "40", ERR_UNAVAILABLE, false, "the transaction met another one" },
	{ "55P03", ERR_UNAVAILABLE, false, "the database is locked" },
	{ "57014", ERR_UNAVAILABLE, false, "the database gave up" },
	{ "57", ERR_UNAVAILABLE, true, "the database server is shutting down" },
	{ "25P03", ERR_UNAVAILABLE, true, "the transaction took too long" },
	/* The primary has become a standby. A reader that writes is our mistake: see refuse(). */
	{ "25006", ERR_UNAVAILABLE, true, "the database is read-only" },
	{ "08", ERR_UNAVAILABLE, true, "the database cannot be reached" },
	{ "58", ERR_UNAVAILABLE, false, "the disk of the database server failed" },
	{ "XX", ERR_UNAVAILABLE, false, "the database is damaged" },
	{ "54000", ERR_TOO_LARGE, false, "a value is too long" },
	{ "", ERR_INTERNAL, false, "a statement failed" },
};

static const struct verdict *judge(const struct db *db, const char *state)
{
	static const struct verdict LOST = { "", ERR_UNAVAILABLE, true,
		"the database cannot be reached" };
	size_t i = 0;

	if (PQstatus(db->handle) != CONNECTION_OK || !state)
		return &LOST;
	if (db->role == DB_READER && !strcmp(state, "25006"))
		return &VERDICTS[COUNT_OF(VERDICTS) - 1];
	while (strncmp(state, VERDICTS[i].state, strlen(VERDICTS[i].state)) != 0)
		i++;
	return &VERDICTS[i];
}

/* Logs, sets err, marks the connection. Always false. */
static bool refuse(struct db *db, struct err *err, const PGresult *result, const char *where)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *message = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	const struct verdict *verdict = judge(db, state);

	if (!message)
		message = PQerrorMessage(db->handle);
	log_error("db", "problem=%s state=%s at=%s postgres=%s", log_value(text_of(verdict->words)),
	        state ? state : "-", where, log_value(text_of(message)));
	if (verdict->broken)
		db->broken = true;
	return err_set(err, verdict->id, "%s", verdict->words);
}

/* Takes the result. */
static bool accept(struct db *db, struct err *err, PGresult *result, const char *where)
{
	bool good = pg_is_good(result);

	if (!good)
		refuse(db, err, result, where);
	PQclear(result);
	return good;
}

static bool pg_settle(struct db *db, struct err *err)
{
	const char *where = "pipe";
	PGresult *result;

	if (!pg_pipe_is_open(db))
		return true;
	result = pg_pipe_end(db, &where);
	return accept(db, err, result, where);
}

/* ---- set-up ---- */

static void notice(void *arg, const char *message)
{
	(void)arg;
	log_debug("postgres", "message=%s", log_value(text_of(message)));
}

static bool pg_set_up(struct db *db, struct err *err)
{
	const char *encoding = PQparameterStatus(db->handle, "server_encoding");
	char sql[1000];

	if (PQserverVersion(db->handle) < 130000 || !encoding || strcmp(encoding, "UTF8") != 0) {
		db->broken = true;
		return err_set(err, ERR_UNAVAILABLE,
		        "the database must be PostgreSQL 13 or later, with encoding UTF8");
	}
	/* A node that hangs within a transaction must not keep the writer's lock for ever; and what
	 * is acknowledged must be on the disk, whatever the server's preset is. */
	snprintf(sql, sizeof(sql),
	        "SET lock_timeout = %d; SET idle_in_transaction_session_timeout = 60000;"
	        "SET jit = off; SET standard_conforming_strings = on;"
	        "SET default_transaction_read_only = %s;" PRESETS
	        "SELECT set_config('synchronous_commit', 'on', false)"
	        " WHERE current_setting('synchronous_commit') = 'off'",
	        db->place->busy_ms, db->role == DB_READER ? "on" : "off");
	return accept(db, err, PQexec(db->handle, sql), "set-up");
}

static bool pg_open(struct db *db, struct err *err)
{
	/* What stands before dbname can be overruled by the connection string, what follows cannot.
	 */
	const char *names[] = { "connect_timeout", "keepalives_idle", "keepalives_interval",
		"keepalives_count", "tcp_user_timeout", "fallback_application_name",
		"target_session_attrs", "dbname", "client_encoding", NULL };
	const char *values[] = { "5", "30", "10", "3", "30000", "kontor", "read-write",
		db->place->dsn, "UTF8", NULL };

	db->sent = 0;
	db->handle = PQconnectdbParams(names, values, 1);
	if (!db->handle)
		abort();
	if (PQstatus(db->handle) != CONNECTION_OK)
		return refuse(db, err, NULL, "connect");
	PQsetNoticeProcessor(db->handle, notice, NULL);
	return pg_set_up(db, err);
}

static void pg_close(struct db *db)
{
	PQfinish(db->handle);
	db->handle = NULL;
}

/* ---- preparing ---- */

/* A new name each time, so that one that stayed behind from a failure is in nobody's way. */
static PGresult *prepare_as(struct db *db, struct pg_stmt *stmt, const char *sql, int count)
{
	snprintf(stmt->name, sizeof(stmt->name), "k%u", ++db->names);
	return PQprepare(db->handle, stmt->name, sql, count, stmt->types);
}

/* What PostgreSQL takes the parameters for. */
static bool describe(struct db *db, struct err *err, struct stmt_entry *entry)
{
	struct pg_stmt *stmt = entry->prepared;
	PGresult *result = PQdescribePrepared(db->handle, stmt->name);

	stmt->count = PQnparams(result);
	assert(stmt->count <= ARGS_MAX);
	for (int i = 0; i < stmt->count; i++)
		stmt->types[i] = PQparamtype(result, i);
	return accept(db, err, result, entry->stmt->where);
}

static bool run_text(struct db *db, struct err *err, const char *sql)
{
	return accept(db, err, PQexec(db->handle, sql), sql);
}

/* Beside a literal like 0 a parameter is taken for 32 bits, which our numbers outgrow one day: "?1
 * = 0 OR changed > ?1". So it is prepared once more with 64 bits, unless a function insists on 32.
 */
static bool widen(struct db *db, struct err *err, struct stmt_entry *entry, const char *sql)
{
	struct pg_stmt *stmt = entry->prepared, other = *stmt;
	bool within = PQtransactionStatus(db->handle) == PQTRANS_INTRANS, narrow = false, wide;
	PGresult *result;

	for (int i = 0; i < other.count; i++) {
		if (other.types[i] != PG_INT4)
			continue;
		other.types[i] = PG_INT8;
		narrow = true;
	}
	if (!narrow)
		return true;
	if (within && !run_text(db, err, "SAVEPOINT widen"))
		return false;
	result = prepare_as(db, &other, sql, other.count);
	wide = PQresultStatus(result) == PGRES_COMMAND_OK;
	PQclear(result);
	if (wide)
		*stmt = other;
	return !within || run_text(db, err, wide ? "RELEASE widen" : "ROLLBACK TO widen");
}

static struct pg_stmt *stmt_new(struct text sql)
{
	struct pg_stmt *stmt = db_alloc(sizeof(*stmt) + sql.len + 1);

	memcpy(stmt->sql, sql.ptr, sql.len + 1);
	stmt->anew = strstr(stmt->sql, DB_PLAN_ANEW);
	return stmt;
}

static bool pg_prepare(struct db_rows *rows, struct err *err)
{
	struct stmt_entry *entry = rows->entry;
	struct arena *arena;
	struct text sql;
	bool done;

	if (entry->prepared)
		return true;
	if (!pg_settle(rows->db, err))
		return false;
	arena = arena_new();
	sql = pg_sql(arena, text_of(entry->stmt->sql), false);
	entry->prepared = stmt_new(sql);
	done = accept(rows->db, err, prepare_as(rows->db, entry->prepared, sql.ptr, 0),
	               entry->stmt->where) &&
	       describe(rows->db, err, entry) && widen(rows->db, err, entry, sql.ptr);
	arena_free(&arena);
	if (!done) {
		free(entry->prepared);
		entry->prepared = NULL;
	}
	return done;
}

static void pg_reset(struct db_rows *rows)
{
	PQclear(rows->handle);
	rows->handle = NULL;
}

/* ---- running ---- */

static bool pg_start(struct db_rows *rows, struct db_args args)
{
	const struct pg_stmt *stmt = rows->entry->prepared;
	const char *where = rows->entry->stmt->where;
	struct pg_call call;
	struct pg_param params[ARGS_MAX];
	const char *values[ARGS_MAX];
	int lens[ARGS_MAX], formats[ARGS_MAX];

	rows->row = -1;
	rows->row_count = 0;
	if ((int)args.len != stmt->count)
		return err_set(rows->err, ERR_INTERNAL, "a statement lacks arguments");
	for (size_t i = 0; i < args.len; i++) {
		if (!pg_param_set(&params[i], stmt->types[i], &args.at[i]))
			return err_set(rows->err, ERR_INTERNAL, "a statement's argument is none");
		values[i] = params[i].at;
		lens[i] = params[i].len;
		formats[i] = params[i].binary;
	}
	call = (struct pg_call){ stmt->anew ? NULL : stmt->name, stmt->sql, stmt->count,
		stmt->types, values, lens, formats, where };
	if (pg_pipe_is_full(rows->db) && !pg_settle(rows->db, rows->err))
		return false;
	if (rows->unwatched)
		return pg_pipe_put(rows->db, &call) || refuse(rows->db, rows->err, NULL, where);
	rows->handle = pg_pipe_ask(rows->db, &call, &where);
	rows->row_count = PQntuples(rows->handle);
	return pg_is_good(rows->handle) || refuse(rows->db, rows->err, rows->handle, where);
}

static enum db_step pg_step(struct db_rows *rows)
{
	if (rows->row + 1 >= rows->row_count)
		return DB_STEP_END;
	rows->row++;
	return DB_STEP_ROW;
}

static int64_t pg_changed(struct db_rows *rows)
{
	int64_t changed;

	/* "SELECT 5" counts what was found. */
	if (!strncmp(PQcmdStatus(rows->handle), "SELECT", 6) ||
	        !text_to_int(text_of(PQcmdTuples(rows->handle)), &changed))
		return 0;
	return changed;
}

static struct text bytes_of(struct db_rows *rows, int column)
{
	if (PQgetisnull(rows->handle, rows->row, column))
		return TEXT_NONE;
	return (struct text){ PQgetvalue(rows->handle, rows->row, column),
		(size_t)PQgetlength(rows->handle, rows->row, column) };
}

static int64_t pg_int(struct db_rows *rows, int column)
{
	return pg_to_int(PQftype(rows->handle, column), bytes_of(rows, column));
}

static struct text pg_text(struct db_rows *rows, int column)
{
	struct text bytes = bytes_of(rows, column);
	int len;

	if (!bytes.ptr || pg_is_bytes(PQftype(rows->handle, column)))
		return bytes;
	len = snprintf(rows->digits, sizeof(rows->digits), "%lld", (long long)pg_int(rows, column));
	return (struct text){ rows->digits, (size_t)len };
}

static bool pg_is_null(struct db_rows *rows, int column)
{
	return PQgetisnull(rows->handle, rows->row, column);
}

/* ---- transactions ---- */

static bool pg_control(struct db *db, struct err *err, const struct db_stmt *stmt)
{
	return accept(db, err, PQexec(db->handle, stmt->sql), stmt->where);
}

/* The lock first: each statement after it sees all that its last holder committed. The number is to
 * ask by what came of the transaction. */
static bool pg_write_begin(struct db *db, struct err *err)
{
	char sql[160];
	PGresult *result;

	snprintf(sql, sizeof(sql),
	        "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(%d);"
	        "SELECT pg_current_xact_id()::text",
	        WRITER_LOCK);
	result = PQexec(db->handle, sql);
	if (PQntuples(result) == 1)
		snprintf(db->xid, sizeof(db->xid), "%s", PQgetvalue(result, 0, 0));
	if (accept(db, err, result, "write_begin"))
		return true;
	if (!db->broken)
		PQclear(PQexec(db->handle, "ROLLBACK"));
	return false;
}

/* The connection went away within COMMIT: stored or not? The server knows, once it is back. */
static bool pg_outcome(struct db *db)
{
	int64_t until = clock_mono_ms() + OUTCOME_MS;
	char sql[100], status[24] = "";

	snprintf(sql, sizeof(sql), "SELECT pg_xact_status('%s'::xid8)", db->xid);
	do {
		struct err err = { 0 };
		PGresult *result;

		usleep(OUTCOME_PAUSE_MS * 1000);
		if (db->broken && !db_reopen(db, &err))
			continue;
		result = PQexec(db->handle, sql);
		if (PQntuples(result) == 1)
			snprintf(status, sizeof(status), "%s", PQgetvalue(result, 0, 0));
		if (!accept(db, &err, result, "outcome"))
			db->broken = true;
	} while ((db->broken || !strcmp(status, "in progress")) && clock_mono_ms() < until);
	log_warn("db_outcome", "transaction=%s status=%s", db->xid, log_value(text_of(status)));
	return !strcmp(status, "committed");
}

static bool pg_commit(struct db *db, struct err *err)
{
	struct err lost = { 0 };
	PGresult *result;

	if (!pg_settle(db, err))
		return false;
	result = PQexec(db->handle, "COMMIT");

	/* After a failed statement COMMIT is a ROLLBACK that succeeds. */
	if (PQresultStatus(result) == PGRES_COMMAND_OK &&
	        strcmp(PQcmdStatus(result), "COMMIT") != 0) {
		PQclear(result);
		return err_set(err, ERR_INTERNAL, "a statement had failed");
	}
	if (accept(db, &lost, result, "commit"))
		return true;
	if (PQstatus(db->handle) != CONNECTION_OK && pg_outcome(db))
		return true;
	return err_set(err, lost.id, "%s", lost.detail);
}

static bool pg_script(struct db *db, struct err *err, const char *sql)
{
	struct arena *arena = arena_new();
	bool done = pg_settle(db, err) &&
	            accept(db, err, PQexec(db->handle, pg_sql(arena, text_of(sql), true).ptr),
	                    "script");

	arena_free(&arena);
	return done;
}

/* Set-up looked at what there is to look at; the server does its own checks and housekeeping. */
static bool pg_sound(struct db *db, struct err *err)
{
	(void)db;
	(void)err;
	return true;
}

static void pg_tidy(struct db *db, bool idle)
{
	(void)db;
	(void)idle;
}

static const struct db_driver POSTGRES = {
	.open = pg_open,
	.close = pg_close,
	.prepare = pg_prepare,
	.forget = pg_reset,
	.start = pg_start,
	.step = pg_step,
	.changed = pg_changed,
	.reset = pg_reset,
	.get_int = pg_int,
	.get_text = pg_text,
	.is_null = pg_is_null,
	.settle = pg_settle,
	.control = pg_control,
	.read_begin = &BEGIN_READ,
	.read_end = &END_READ,
	.write_begin = pg_write_begin,
	.commit = pg_commit,
	.script = pg_script,
	.sound = pg_sound,
	.tidy = pg_tidy,
};
const struct db_driver *const db_postgres = &POSTGRES;

#endif
