/* db.h - statements, rows, transactions on SQLite or PostgreSQL. The only folder that knows a
 * driver.
 *
 * One SQL dialect for both (schemas/README.md): parameters ?1, ?2 (rewritten to $1 for PostgreSQL),
 * INTEGER columns are int64, TEXT is UTF-8, BLOB is bytes (BYTEA there), booleans 0/1, no
 * autoincrement, ON CONFLICT and RETURNING allowed. SQL is never built from strings: statements are
 * constants, chosen among.
 * Memory:  a db is long-lived; what rows point to lives until the next db_next() or db_done(). What
 *          arguments point to, and the err given to db_query(), must live until db_done().
 * Threads: a db belongs to one thread at a time (db/pool.h hands them out). */
#ifndef KONTOR_DB_DB_H
#define KONTOR_DB_DB_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct db;
struct db_rows;

struct db_stmt {
	const char *sql;
	const char *where; /* file:line */
};

/* Statements are gathered in a linker section, so that a test can prepare every one of them on both
 * databases:  static const struct db_stmt MEMBER_BY_NAME = DB_STMT("SELECT ..."); */
#define DB_STMT(text) \
	{ \
		(text), __FILE__ ":" DB_STR(__LINE__) \
	}
#define DB_STR(x)  DB_STR_(x)
#define DB_STR_(x) #x
/* Use this to define one: DB_STATEMENT(MEMBER_BY_NAME, "SELECT ..."); */
#define DB_STATEMENT(name, text) \
	static const struct db_stmt name = DB_STMT(text); \
	static const struct db_stmt *const name##_listed \
	        __attribute__((section("kontor_stmts"), used)) = &name
/* In a statement: its plan depends on what is asked for, not on its form alone (how common a word
 * is, how long a period). PostgreSQL thinks it over each time, for some tenths of a millisecond;
 * any other statement it plans once for all values. SQLite never looks at them. */
#define DB_PLAN_ANEW "/* planned anew */"
/* The list: `for (p = db_stmts_begin(); p < db_stmts_end(); p++)`. */
const struct db_stmt *const *db_stmts_begin(void);
const struct db_stmt *const *db_stmts_end(void);

/* ---- parameters ---- */
enum db_type { DB_TYPE_NULL, DB_TYPE_INT, DB_TYPE_TEXT, DB_TYPE_BLOB };
struct db_value {
	enum db_type type;
	int64_t num;
	struct text text;
};
#define DB_INT(n) ((struct db_value){ DB_TYPE_INT, (n), { NULL, 0 } })
/* An absent slice binds NULL. */
#define DB_TEXT(t) ((struct db_value){ DB_TYPE_TEXT, 0, (t) })
#define DB_BLOB(t) ((struct db_value){ DB_TYPE_BLOB, 0, (t) })
#define DB_NULL    ((struct db_value){ DB_TYPE_NULL, 0, { NULL, 0 } })
struct db_args {
	const struct db_value *at;
	size_t len;
};
/* db_query(db, err, &STMT, DB_ARGS(DB_INT(id), DB_TEXT(name))) */
#define DB_ARGS(...) \
	((struct db_args){ (const struct db_value[]){ __VA_ARGS__ }, \
	        sizeof((const struct db_value[]){ __VA_ARGS__ }) / sizeof(struct db_value) })
#define DB_NO_ARGS ((struct db_args){ NULL, 0 })

/* ---- running ---- */
/* Runs a statement without looking at rows. *changed (may be NULL): rows inserted, changed,
 * deleted. Fails with ERR_STORAGE_FULL (disk full), ERR_UNAVAILABLE (I/O, locked, lost connection,
 * damaged; a log line says which) or ERR_INTERNAL (our mistake). Between db_write_begin() and
 * commit a statement without `changed` may be sent with those that follow (PostgreSQL): if it
 * fails, the next statement that answers, db_savepoint_release() or db_write_commit() fails in its
 * place. */
bool db_run(struct db *db, struct err *err, const struct db_stmt *stmt, struct db_args args,
        int64_t *changed) must_check;
/* Starts a query; NULL when it fails. Each query must be ended with db_done(), also after a failure
 * in between. Several may be open at once on one connection, each on its own statement or not. */
struct db_rows *db_query(
        struct db *db, struct err *err, const struct db_stmt *stmt, struct db_args args) must_check;
/* Steps to the next row. False at the end and on failure: db_done() tells which. */
bool db_next(struct db_rows *rows);
/* Columns from 0. NULL reads as 0 or an absent text. */
int64_t db_int(struct db_rows *rows, int column);
struct text db_text(struct db_rows *rows, int column);
bool db_is_null(struct db_rows *rows, int column);
/* Ends the query, resets the statement. False when a step had failed. NULL is fine and false. */
bool db_done(struct db_rows *rows) must_check;

/* ---- transactions ---- */
/* A snapshot for reading: every query until db_read_end() sees one state. Nothing may be written.
 */
bool db_read_begin(struct db *db, struct err *err) must_check;
void db_read_end(struct db *db);
/* A number that is another one whenever what this connection sees may differ from what it saw under
 * it. 0: not known: outside a snapshot, before its first row was asked for, on PostgreSQL. */
int64_t db_state(struct db *db);
/* The state the database is in now, if this connection saw it in its last snapshot: nothing has
 * been committed since. Costs neither a lock nor a system call. Within a snapshot: db_state(). 0:
 * not known. What is read next may be of a later state. */
int64_t db_state_now(struct db *db);
/* Between db_read_begin() and db_read_end(): db_state_now(), and all of what follows is bound to
 * it. If something has been committed when the first query comes, that fails, every further one
 * too, and db_moved_on() says why: what was told of the state must be thought over from the
 * beginning, under another db_read_begin(). */
int64_t db_state_ahead(struct db *db);
bool db_moved_on(const struct db *db);
/* Takes the snapshot now, so that db_state() is known. False with err set. */
bool db_look(struct db *db, struct err *err) must_check;
/* Places for what the connection's users remember of a state; `forget` ends it with the connection.
 */
struct db_memory {
	void *what;
	void (*forget)(void *what);
};
enum { DB_MEMORIES = 2 }; /* store/house.h says whose they are */
struct db_memory *db_memory(struct db *db, int which);
/* Writing: BEGIN IMMEDIATE on SQLite; on PostgreSQL also takes the writer's advisory lock, so that
 * one batch commits at a time over all nodes. */
bool db_write_begin(struct db *db, struct err *err) must_check;
/* False: nothing of the batch is stored. */
bool db_write_commit(struct db *db, struct err *err) must_check;
void db_write_rollback(struct db *db);
/* One savepoint level, so that one refused plan does not undo its neighbours. */
bool db_savepoint(struct db *db, struct err *err) must_check;
bool db_savepoint_release(struct db *db, struct err *err) must_check;
void db_savepoint_rollback(struct db *db);
/* Rows that this connection has inserted, changed and deleted so far, also those that were undone;
 * -1: nobody counts them (PostgreSQL). */
int64_t db_written(struct db *db);

/* Housekeeping of the writer's connection, to be called between batches, after everybody was told:
 * a checkpoint when the write-ahead log has grown long; `idle`, when no work came for a second or
 * so: all of it is moved into the database. Without any call the log is kept in bounds by
 * db_write_begin(). */
void db_tidy(struct db *db, bool idle);

bool db_is_postgres(const struct db *db);
/* Many ids as one parameter, for two statements of which the dialect's own is run:
 *   on SQLite      "FROM json_each(?1) j CROSS JOIN thing t ON t.id = j.value"
 *   on PostgreSQL  "FROM thing t WHERE t.id = ANY (CAST(CAST(?1 AS TEXT) AS BIGINT[]))"
 */
struct text db_ids(struct arena *arena, const struct db *db, const int64_t *ids, size_t len);

/* ---- structs from column lists ---- */
/* One list makes the struct, its reader and the SELECT:
 *   #define MEMBER_COLUMNS(COL, _) COL(int, collection) _ COL(text, name) _ COL(int, record)
 *   DB_STRUCT(member, MEMBER_COLUMNS)
 *   "SELECT " MEMBER_COLUMNS(DB_NAME, DB_COMMA) " FROM member ..."
 * gives struct member { int64_t collection; struct text name; ... } and
 * void member_read(struct db_rows *, struct arena *, struct member *), which copies texts into the
 * arena. Column types: int, text, blob (a struct text). */
#define DB_NAME(type, name)  #name
#define DB_COMMA             ", "
#define DB_FIELD_int(name)   int64_t name;
#define DB_FIELD_text(name)  struct text name;
#define DB_FIELD_blob(name)  struct text name;
#define DB_FIELD(type, name) DB_FIELD_##type(name)
#define DB_READ_int(name)    to->name = db_int(rows, column++);
#define DB_READ_text(name)   to->name = arena_text(arena, db_text(rows, column++));
#define DB_READ_blob(name)   to->name = arena_text(arena, db_text(rows, column++));
#define DB_READ(type, name)  DB_READ_##type(name)
#define DB_NOTHING
#define DB_STRUCT(tag, COLUMNS) \
	struct tag { \
		COLUMNS(DB_FIELD, DB_NOTHING) \
	}; \
	UNUSED static inline void tag##_read( \
	        struct db_rows *rows, struct arena *arena, struct tag *to) \
	{ \
		int column = 0; \
		(void)arena; \
		COLUMNS(DB_READ, DB_NOTHING) \
	}

#endif
