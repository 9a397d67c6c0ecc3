#include "db/driver.h"

#include "base/log.h"
#include "db/sqlite.h"

#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <unistd.h>

enum {
	/* Pages of 4 KiB in the write-ahead log: worth a checkpoint between batches, too many to
	 * wait for one, so many that the writer waits for readers (LOG_PATIENCE_MS) to start it
	 * afresh. */
	LOG_LONG = 4000,
	LOG_TOO_LONG = 12000,
	LOG_FAR_TOO_LONG = 48000,
	LOG_PATIENCE_MS = 100,
	/* Readers map this much of the file instead of copying it into their caches. */
	MAP_BYTES = 64 << 20,
	/* The longest value: larger files are kept in chunks (store/blob.h). */
	VALUE_BYTES = 256 << 20,
};

DB_STATEMENT(BEGIN_READ, "BEGIN");
DB_STATEMENT(END_READ, "COMMIT");
DB_STATEMENT(BEGIN_WRITE, "/* sqlite only */ BEGIN IMMEDIATE");
DB_STATEMENT(COMMIT_WRITE, "COMMIT");

/* ---- what went wrong ---- */

struct verdict {
	enum err_id id;
	bool broken; /* a new connection may help */
	const char *words;
};

/* The errno behind an I/O error: of the log if it failed, else of the database file; SQLite's own
 * sqlite3_system_errno() is often overwritten by what it does to recover. */
static int cause_of(sqlite3 *handle)
{
	sqlite3_file *log = NULL;
	int cause = 0;

	if (!handle)
		return 0;
	sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
	if (log && log->pMethods)
		log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &cause);
	if (!cause)
		sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &cause);
	return cause ? cause : sqlite3_system_errno(handle);
}

static bool no_space(sqlite3 *handle)
{
	int cause = cause_of(handle);

	return cause == ENOSPC || cause == EDQUOT || cause == EFBIG;
}

static struct verdict judge(const struct db *db, int code)
{
	switch (code & 0xff) {
	case SQLITE_FULL: return (struct verdict){ ERR_STORAGE_FULL, false, "the disk is full" };
	case SQLITE_IOERR:
		/* Only ENOSPC while writing pages becomes SQLITE_FULL there; quotas do not. */
		if (no_space(db->handle))
			return (struct verdict){ ERR_STORAGE_FULL, true, "the disk is full" };
		return (struct verdict){ ERR_UNAVAILABLE, true, "the disk failed" };
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return (struct verdict){ ERR_UNAVAILABLE, true,
			"the database is damaged: run kontor fsck, restore a backup" };
	case SQLITE_BUSY:
	case SQLITE_PROTOCOL:
		return (struct verdict){ ERR_UNAVAILABLE, false, "the database is locked" };
	case SQLITE_READONLY:
		if (db->role == DB_READER && code == SQLITE_READONLY)
			return (struct verdict){ ERR_INTERNAL, false, "a reader tried to write" };
		return (struct verdict){ ERR_UNAVAILABLE, true, "the database is read-only" };
	case SQLITE_CANTOPEN:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return (struct verdict){ ERR_UNAVAILABLE, true, "the database cannot be opened" };
	case SQLITE_NOMEM:
	case SQLITE_INTERRUPT:
	case SQLITE_ABORT:
		return (struct verdict){ ERR_UNAVAILABLE, false, "the database gave up" };
	case SQLITE_TOOBIG: return (struct verdict){ ERR_TOO_LARGE, false, "a value is too long" };
	default: return (struct verdict){ ERR_INTERNAL, false, "a statement failed" };
	}
}

bool sqlite_refuse(struct db *db, struct err *err, int code, const char *where)
{
	struct verdict verdict = judge(db, code);
	const char *message = db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(code);

	log_error("db", "problem=%s code=%d errno=%d at=%s sqlite=%s file=%s",
	        log_value(text_of(verdict.words)), code, cause_of(db->handle), where,
	        log_value(text_of(message)), log_value(text_of(db->place->path)));
	if (verdict.broken)
		db->broken = true;
	/* Some failures end the transaction on the spot; what follows must not be committed alone.
	 */
	if (db->doing != DB_IDLE && sqlite3_get_autocommit(db->handle))
		db->lost = verdict.id;
	return err_set(err, verdict.id, "%s", verdict.words);
}

/* ---- set-up ---- */

static void tell(void *arg, int code, const char *message)
{
	(void)arg;
	if ((code & 0xff) == SQLITE_NOTICE)
		log_info("sqlite", "code=%d message=%s", code, log_value(text_of(message)));
	else
		log_debug("sqlite", "code=%d message=%s", code, log_value(text_of(message)));
}

/* Before the first connection of the process: no mutex per connection (each belongs to one thread),
 * and no global one around every allocation for the sake of statistics. */
static void configure(void)
{
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_config(SQLITE_CONFIG_LOG, tell, NULL);
	if (sqlite3_initialize() != SQLITE_OK)
		abort();
}

void sqlite_start(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, configure);
}

static int note_log(void *arg, sqlite3 *handle, const char *name, int pages)
{
	struct db *db = arg;

	(void)handle;
	(void)name;
	db->log_pages = pages;
	return SQLITE_OK;
}

static bool sqlite_script(struct db *db, struct err *err, const char *sql)
{
	int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

	return code == SQLITE_OK || sqlite_refuse(db, err, code, "script");
}

/* A damaged or planted file must not make SQLite run anything; a slip of ours must not damage it.
 */
static bool sqlite_harden(struct db *db, struct err *err)
{
	sqlite3 *handle = db->handle;
	char sql[400];

	sqlite3_busy_timeout(handle, db->place->busy_ms);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, VALUE_BYTES);
	snprintf(sql, sizeof(sql),
	        "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA temp_store = MEMORY;"
	        "PRAGMA cache_size = -%d; PRAGMA journal_size_limit = %d; PRAGMA mmap_size = %d;"
	        "PRAGMA wal_autocheckpoint = 0; PRAGMA query_only = %s;",
	        db->place->cache_kib, LOG_TOO_LONG * 4096, db->role == DB_READER ? MAP_BYTES : 0,
	        db->role == DB_READER ? "ON" : "OFF");
	return sqlite_script(db, err, sql);
}

/* A file that is not ours is neither read nor written. */
static bool sqlite_recognise(struct db *db, struct err *err)
{
	int64_t id;

	if (!sqlite_pragma(db, err, "PRAGMA application_id", &id))
		return false;
	if (id == SQLITE_APPLICATION_ID)
		return true;
	db->broken = true;
	return err_set(err, ERR_UNAVAILABLE, "%s is not a Kontor database", db->place->path);
}

static bool sqlite_open(struct db *db, struct err *err)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	sqlite3 *handle = NULL;
	int code;

	sqlite_start();
	if (access(db->place->path, F_OK) && errno == ENOENT)
		return err_set(err, ERR_UNAVAILABLE, "there is no database at %s", db->place->path);
	code = sqlite3_open_v2(db->place->path, &handle, flags, NULL);
	db->handle = handle;
	if (code != SQLITE_OK)
		return sqlite_refuse(db, err, code, "open");
	if (!sqlite_harden(db, err) || !sqlite_recognise(db, err))
		return false;
	db->log_pages = 0;
	db->tidy_at = LOG_LONG;
	if (db->role != DB_READER) {
		if (!sqlite_script(db, err, "PRAGMA journal_mode = WAL"))
			return false;
		sqlite3_wal_hook(handle, note_log, db);
	}
	return true;
}

static void sqlite_close(struct db *db)
{
	if (!db->handle)
		return;
	/* The last connection to close leaves one file behind; others may hold it open a little. */
	if (db->role != DB_READER && !db->broken)
		sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	if (sqlite3_close(db->handle) != SQLITE_OK)
		abort(); /* a statement outside the cache: our mistake */
	db->handle = NULL;
	db->log_index = NULL;
}

/* ---- statements ---- */

static bool sqlite_prepare(struct db_rows *rows, struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v3(rows->db->handle, rows->entry->stmt->sql, -1,
	        SQLITE_PREPARE_PERSISTENT, &stmt, NULL);

	rows->handle = stmt;
	if (code == SQLITE_OK && stmt)
		return true;
	return sqlite_refuse(rows->db, err, code, rows->entry->stmt->where);
}

static void sqlite_forget(struct db_rows *rows)
{
	sqlite3_finalize(rows->handle);
}

static int bind(sqlite3_stmt *stmt, int at, const struct db_value *value)
{
	const struct text *text = &value->text;

	switch (value->type) {
	case DB_TYPE_INT: return sqlite3_bind_int64(stmt, at, value->num);
	case DB_TYPE_TEXT:
		return sqlite3_bind_text64(
		        stmt, at, text->ptr, text->len, SQLITE_STATIC, SQLITE_UTF8);
	case DB_TYPE_BLOB:
		return sqlite3_bind_blob64(stmt, at, text->ptr, text->len, SQLITE_STATIC);
	default: return sqlite3_bind_null(stmt, at);
	}
}

static bool sqlite_start_rows(struct db_rows *rows, struct db_args args)
{
	int code = SQLITE_OK;

	if (sqlite3_bind_parameter_count(rows->handle) != (int)args.len)
		code = SQLITE_RANGE;
	for (size_t i = 0; i < args.len && code == SQLITE_OK; i++)
		code = bind(rows->handle, (int)i + 1, &args.at[i]);
	if (code == SQLITE_OK)
		return true;
	return sqlite_refuse(rows->db, rows->err, code, rows->entry->stmt->where);
}

static enum db_step sqlite_step(struct db_rows *rows)
{
	int code = sqlite3_step(rows->handle);

	if (code == SQLITE_ROW)
		return DB_STEP_ROW;
	if (code == SQLITE_DONE)
		return DB_STEP_END;
	sqlite_refuse(rows->db, rows->err, code, rows->entry->stmt->where);
	return DB_STEP_FAILED;
}

static int64_t sqlite_changed(struct db_rows *rows)
{
	/* Of a statement that changes nothing, the number would be the one before's. */
	if (sqlite3_stmt_readonly(rows->handle))
		return 0;
	return sqlite3_changes64(rows->db->handle);
}

static void sqlite_reset(struct db_rows *rows)
{
	sqlite3_reset(rows->handle);
}

static int64_t sqlite_int(struct db_rows *rows, int column)
{
	return sqlite3_column_int64(rows->handle, column);
}

static struct text sqlite_text(struct db_rows *rows, int column)
{
	sqlite3_stmt *stmt = rows->handle;
	const char *ptr;

	switch (sqlite3_column_type(stmt, column)) {
	case SQLITE_NULL: return TEXT_NONE;
	case SQLITE_BLOB: ptr = sqlite3_column_blob(stmt, column); break;
	default: ptr = (const char *)sqlite3_column_text(stmt, column);
	}
	/* An empty blob is a NULL pointer there; here that would mean absent. */
	return (struct text){ ptr ? ptr : "", (size_t)sqlite3_column_bytes(stmt, column) };
}

static bool sqlite_is_null(struct db_rows *rows, int column)
{
	return sqlite3_column_type(rows->handle, column) == SQLITE_NULL;
}

/* ---- transactions ---- */

static bool sqlite_control(struct db *db, struct err *err, const struct db_stmt *stmt)
{
	return db_run(db, err, stmt, DB_NO_ARGS, NULL);
}

static bool sqlite_write_begin(struct db *db, struct err *err)
{
	if (db->log_pages >= LOG_TOO_LONG)
		db->driver->tidy(db, false);
	return db_run(db, err, &BEGIN_WRITE, DB_NO_ARGS, NULL);
}

static bool sqlite_commit(struct db *db, struct err *err)
{
	return db_run(db, err, &COMMIT_WRITE, DB_NO_ARGS, NULL);
}

static void sqlite_tidy(struct db *db, bool idle)
{
	bool wait = db->log_pages >= LOG_FAR_TOO_LONG;
	int mode = idle   ? SQLITE_CHECKPOINT_TRUNCATE
	           : wait ? SQLITE_CHECKPOINT_RESTART
	                  : SQLITE_CHECKPOINT_PASSIVE;
	int pages = 0, moved = 0, code;

	if (!db->log_pages || (!idle && db->log_pages < db->tidy_at))
		return;
	sqlite3_busy_timeout(db->handle, wait ? LOG_PATIENCE_MS : 0);
	code = sqlite3_wal_checkpoint_v2(db->handle, NULL, mode, &pages, &moved);
	sqlite3_busy_timeout(db->handle, db->place->busy_ms);
	if (code == SQLITE_OK && moved == pages) {
		/* The next commit starts the log from its beginning, and tells how long it is. */
		db->log_pages = 0;
		db->tidy_at = LOG_LONG;
		return;
	}
	/* Somebody reads an old snapshot, or the disk is full: later. */
	db->tidy_at = db->log_pages + LOG_LONG / 4;
	if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY)
		log_warn("db_checkpoint", "code=%d errno=%d pages=%d moved=%d", code,
		        sqlite3_system_errno(db->handle), pages, moved);
}

/* Of its page cache, which is right for one state of the file: another connection's commit empties
 * it, however small the change is. */
static int64_t sqlite_state(struct db *db)
{
	uint32_t version = 0;

	sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_DATA_VERSION, &version);
	return (int64_t)version + 1;
}

static int64_t sqlite_written(struct db *db)
{
	return sqlite3_total_changes64(db->handle);
}

const struct db_driver db_sqlite = {
	.open = sqlite_open,
	.close = sqlite_close,
	.prepare = sqlite_prepare,
	.forget = sqlite_forget,
	.start = sqlite_start_rows,
	.step = sqlite_step,
	.changed = sqlite_changed,
	.reset = sqlite_reset,
	.get_int = sqlite_int,
	.get_text = sqlite_text,
	.is_null = sqlite_is_null,
	.control = sqlite_control,
	.read_begin = &BEGIN_READ,
	.read_end = &END_READ,
	.write_begin = sqlite_write_begin,
	.commit = sqlite_commit,
	.script = sqlite_script,
	.sound = sqlite_sound,
	.state = sqlite_state,
	.written = sqlite_written,
	.mark = sqlite_mark,
	.tidy = sqlite_tidy,
};
