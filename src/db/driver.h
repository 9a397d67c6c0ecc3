/* driver.h - what a database driver gives db.c: one const table of functions each for SQLite and
 * PostgreSQL. Private to src/db.
 *
 * Memory:  a db owns its connection and the statements prepared on it (stmt.h); both are rebuilt by
 *          db_mend() after the connection broke, while `struct db *` stays valid.
 * Threads: as the db. */
#ifndef KONTOR_DB_DRIVER_H
#define KONTOR_DB_DRIVER_H

#include "db/pool.h"
#include "db/stmt.h"

/* Where a database is: a copy of the settings with presets filled in, owned by pool or command. */
struct db_place {
	char *path; /* of kontor.db; NULL: PostgreSQL */
	char *dsn;
	char *schema_dir;
	int busy_ms;
	int cache_kib;
};

enum db_role { DB_READER, DB_WRITER, DB_PRIVATE };
enum db_doing { DB_IDLE, DB_READING, DB_WRITING };
/* Of a snapshot for reading: not asked for yet; BEGIN is running; it has run; the first row was
 * looked for, which is what takes it. */
enum db_view { DB_VIEW_NONE, DB_VIEW_OPENING, DB_VIEW_OPEN, DB_VIEW_TAKEN };
enum db_step { DB_STEP_ROW, DB_STEP_END, DB_STEP_FAILED };

/* What every commit changes, whoever makes it: two equal ones are of one state. */
struct db_mark {
	uint32_t words[12];
};

struct db {
	const struct db_driver *driver;
	const struct db_place *place;
	enum db_role role;
	enum db_doing doing;
	/* The transaction was ended by the database itself, for this reason. */
	enum err_id lost;
	/* The connection is of no use any more; db_mend() opens a new one. */
	bool broken;
	enum db_view view;
	int64_t expected; /* the state that was told ahead of the snapshot; 0: none was */
	bool moved_on;    /* and the snapshot is of another one */
	/* The mark when the last snapshot was taken, and its state; 0: not known. */
	struct db_mark seen;
	int64_t seen_state;
	struct db_memory memory[DB_MEMORIES];
	int64_t mend_after; /* clock_mono_ms(): not before */
	int open_rows;
	struct stmt_cache cache;
	void *handle;                   /* sqlite3 or PGconn */
	const volatile void *log_index; /* SQLite: sqlite_mark() */
	int log_pages;  /* SQLite: pages in the write-ahead log after the last commit */
	int tidy_at;    /* SQLite: so many of them are worth a checkpoint */
	unsigned names; /* PostgreSQL: of prepared statements, given out so far */
	char xid[24]; /* PostgreSQL: this transaction's number, to ask after when the connection is
	                 lost */
	char *heard;  /* PostgreSQL: the payload told last (listen.h) */
	const char *sent_from[64]; /* PostgreSQL: whose answers are outstanding (pg_pipe.h) */
	int sent;
	struct pool *pool; /* readers only: where they retire to */
	struct db *next, *next_idle;
};

struct db_rows {
	struct db *db;
	struct stmt_entry *entry;
	struct err *err;
	struct db_rows *next; /* idle ones of the same statement */
	void *handle;         /* sqlite3_stmt or PGresult */
	int row, row_count;   /* PostgreSQL */
	bool failed;
	bool unwatched;  /* nobody looks at rows or counts, and failures may be told later */
	char digits[24]; /* PostgreSQL: a number asked for as text */
};

struct db_driver {
	bool (*open)(struct db *db, struct err *err);
	/* Finalises nothing but the connection: the cache is emptied before. */
	void (*close)(struct db *db);
	/* Makes rows->handle ready for db_driver.start(); called once per db_rows. */
	bool (*prepare)(struct db_rows *rows, struct err *err);
	void (*forget)(struct db_rows *rows);
	/* Binds and begins; rows->err is set on failure. */
	bool (*start)(struct db_rows *rows, struct db_args args);
	enum db_step (*step)(struct db_rows *rows);
	/* After DB_STEP_END: rows inserted, changed, deleted. */
	int64_t (*changed)(struct db_rows *rows);
	void (*reset)(struct db_rows *rows);
	int64_t (*get_int)(struct db_rows *rows, int column);
	struct text (*get_text)(struct db_rows *rows, int column);
	bool (*is_null)(struct db_rows *rows, int column);
	/* Tells the failure of what ran unwatched and was not told yet. NULL: all of it was told.
	 */
	bool (*settle)(struct db *db, struct err *err);
	/* Transactions: a statement without parameters or rows; the snapshot's two in this dialect.
	 */
	bool (*control)(struct db *db, struct err *err, const struct db_stmt *stmt);
	const struct db_stmt *read_begin, *read_end;
	bool (*write_begin)(struct db *db, struct err *err);
	/* On failure db.c rolls back, unless db->lost or db->broken says that there is nothing
	 * left. */
	bool (*commit)(struct db *db, struct err *err);
	/* Statements without parameters or rows, as schema files and set-up need them. */
	bool (*script)(struct db *db, struct err *err, const char *sql);
	/* A look at an open database: is it what it should be, whole as far as a second can tell?
	 */
	bool (*sound)(struct db *db, struct err *err);
	/* db_state() within a snapshot; NULL: never known. */
	int64_t (*state)(struct db *db);
	/* db_written(); NULL: not counted. */
	int64_t (*written)(struct db *db);
	/* The mark of what is committed now, without asking anybody; false: not to be had at the
	 * moment. NULL: never, and snapshots begin at once. */
	bool (*mark)(struct db *db, struct db_mark *mark);
	/* After a commit was acknowledged: housekeeping that needs the writer's connection. */
	void (*tidy)(struct db *db, bool idle);
};

extern const struct db_driver db_sqlite;
/* NULL when built without libpq. */
extern const struct db_driver *const db_postgres;

/* A connection; NULL with err. */
struct db *db_open(const struct db_place *place, enum db_role role, struct err *err);
/* A broken connection is opened anew if nothing is going on. False with err: it is still of no use.
 */
bool db_mend(struct db *db, struct err *err) must_check;
/* Closes and opens the connection, whatever is going on, unless rows are open. */
bool db_reopen(struct db *db, struct err *err) must_check;
bool db_script(struct db *db, struct err *err, const char *sql) must_check;

const struct db_place *pool_place(const struct pool *pool);
struct db_place *db_place_new(const struct pool_settings *settings);
void db_place_free(struct db_place **place);
/* Zeroed; aborts when there is no memory. */
void *db_alloc(size_t size) __attribute__((returns_nonnull, malloc));
char *db_strdup(const char *text) __attribute__((returns_nonnull, malloc));

#endif
