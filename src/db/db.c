#include "db/driver.h"

#include "base/clock.h"
#include "base/log.h"

/* How long a connection that could not be opened is left alone: long enough that a flood of
 * requests does not become a flood of attempts, short enough that nobody notices the recovery. */
enum { MEND_PAUSE_MS = 250 };

/* The linker provides these two for a section whose name is a C identifier; weak, because a program
 * without any statement has no such section. */
extern const struct db_stmt *const __start_kontor_stmts[] __attribute__((weak));
extern const struct db_stmt *const __stop_kontor_stmts[] __attribute__((weak));

DB_STATEMENT(SAVEPOINT_SET, "SAVEPOINT plan");
DB_STATEMENT(SAVEPOINT_RELEASE, "RELEASE SAVEPOINT plan");
DB_STATEMENT(SAVEPOINT_BACK, "ROLLBACK TO SAVEPOINT plan");
DB_STATEMENT(ROLLBACK, "ROLLBACK");
DB_STATEMENT(LOOK, "/* sqlite only */ PRAGMA data_version");

const struct db_stmt *const *db_stmts_begin(void)
{
	return __start_kontor_stmts;
}
const struct db_stmt *const *db_stmts_end(void)
{
	return __stop_kontor_stmts;
}

void *db_alloc(size_t size)
{
	void *memory = calloc(1, size);

	if (!memory)
		abort();
	return memory;
}

char *db_strdup(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(db_alloc(size), text, size);
}

/* ---- connections ---- */

struct db *db_open(const struct db_place *place, enum db_role role, struct err *err)
{
	const struct db_driver *driver = place->dsn ? db_postgres : &db_sqlite;
	struct db *db;

	if (!driver) {
		err_set(err, ERR_UNAVAILABLE, "this kontor was built without PostgreSQL");
		return NULL;
	}
	db = db_alloc(sizeof(*db));
	db->driver = driver;
	db->place = place;
	db->role = role;
	if (!driver->open(db, err))
		db_close(&db);
	return db;
}

static void forget(struct db *db)
{
	for (int i = 0; i < DB_MEMORIES; i++) {
		if (db->memory[i].what)
			db->memory[i].forget(db->memory[i].what);
		db->memory[i] = (struct db_memory){ 0 };
	}
	db->seen_state = 0;
}

void db_close(struct db **db)
{
	if (!*db)
		return;
	assert(!(*db)->open_rows);
	forget(*db);
	stmt_empty(&(*db)->cache, (*db)->driver->forget);
	(*db)->driver->close(*db);
	free(*db);
	*db = NULL;
}

/* Gives up the connection at once, and with it every lock and snapshot it may still hold. */
static void drop(struct db *db)
{
	db->broken = true;
	if (db->open_rows)
		return;
	forget(db);
	stmt_empty(&db->cache, db->driver->forget);
	db->driver->close(db);
}

bool db_reopen(struct db *db, struct err *err)
{
	drop(db);
	if (db->open_rows || !db->driver->open(db, err)) {
		db->mend_after = clock_mono_ms() + MEND_PAUSE_MS;
		return err_set(err, ERR_UNAVAILABLE, "the database cannot be reached");
	}
	db->broken = false;
	log_info("db_back", "role=%d", (int)db->role);
	return true;
}

bool db_mend(struct db *db, struct err *err)
{
	if (!db->broken)
		return true;
	if (db->doing != DB_IDLE || clock_mono_ms() < db->mend_after)
		return err_set(err, ERR_UNAVAILABLE, "the database cannot be reached");
	return db_reopen(db, err);
}

bool db_script(struct db *db, struct err *err, const char *sql)
{
	return db->driver->script(db, err, sql);
}

bool db_is_postgres(const struct db *db)
{
	return db->driver == db_postgres;
}

void db_tidy(struct db *db, bool idle)
{
	if (db->doing == DB_IDLE && !db->broken)
		db->driver->tidy(db, idle);
}

/* ---- statements ---- */

static bool settle(struct db *db, struct err *err)
{
	return !db->driver->settle || db->driver->settle(db, err);
}

/* What is rolled back may have failed. */
static void settle_anyhow(struct db *db)
{
	struct err ignored = { 0 };

	(void)(db->broken || settle(db, &ignored));
}

static void end(struct db *db, const struct db_stmt *stmt)
{
	struct err err = { 0 };
	bool over = db->lost; /* the database itself ended it */

	settle_anyhow(db);
	if (db->broken || (!over && !db->driver->control(db, &err, stmt)))
		drop(db);
	db->doing = DB_IDLE;
	db->lost = ERR_NONE;
}

/* What was lost stays lost until the transaction is ended; what is broken, until it is mended. */
static bool usable(struct db *db, struct err *err)
{
	if (db->lost)
		return err_set(err, db->lost, "the transaction was given up");
	if (db->broken)
		return db_mend(db, err);
	if (db->moved_on)
		return err_set(err, ERR_UNAVAILABLE, "the database has moved on");
	return true;
}

/* A snapshot is begun when it is needed. */
static bool view(struct db *db, struct err *err)
{
	if (db->doing != DB_READING || db->view != DB_VIEW_NONE)
		return true;
	db->view = DB_VIEW_OPENING;
	if (!db->driver->control(db, err, db->driver->read_begin)) {
		db->view = DB_VIEW_NONE;
		return false;
	}
	db->view = DB_VIEW_OPEN;
	return true;
}

static struct db_rows *take_rows(struct db *db, struct err *err, const struct db_stmt *stmt)
{
	struct stmt_entry *entry = stmt_entry(&db->cache, stmt);
	struct db_rows *rows = entry->idle;

	if (rows) {
		entry->idle = rows->next;
		return rows;
	}
	rows = db_alloc(sizeof(*rows));
	rows->db = db;
	rows->entry = entry;
	if (db->driver->prepare(rows, err))
		return rows;
	free(rows);
	return NULL;
}

static struct db_rows *begin(struct db *db, struct err *err, const struct db_stmt *stmt,
        struct db_args args, bool unwatched)
{
	struct db_rows *rows;

	if (!usable(db, err) || !view(db, err))
		return NULL;
	rows = take_rows(db, err, stmt);
	if (!rows)
		return NULL;
	db->open_rows++;
	rows->err = err;
	rows->unwatched = unwatched && db->doing == DB_WRITING;
	rows->failed = !db->driver->start(rows, args);
	if (rows->failed && !db_done(rows))
		return NULL;
	return rows;
}

struct db_rows *db_query(
        struct db *db, struct err *err, const struct db_stmt *stmt, struct db_args args)
{
	return begin(db, err, stmt, args, false);
}

static bool same_mark(const struct db_mark *a, const struct db_mark *b)
{
	return !memcmp(a, b, sizeof(*a));
}

/* The first step takes the snapshot. If the mark is the same before and after, it is the
 * snapshot's. */
static enum db_step first_step(struct db_rows *rows)
{
	struct db *db = rows->db;
	struct db_mark before;
	bool marked = db->driver->mark(db, &before);
	enum db_step step = db->driver->step(rows);
	int64_t state;

	if (step == DB_STEP_FAILED)
		return step;
	db->view = DB_VIEW_TAKEN;
	state = db->driver->state(db);
	marked = db->driver->mark(db, &db->seen) && marked && same_mark(&before, &db->seen);
	db->seen_state = marked ? state : 0;
	if (!db->expected || db->expected == state)
		return step;
	db->moved_on = true;
	err_set(rows->err, ERR_UNAVAILABLE, "the database has moved on");
	return DB_STEP_FAILED;
}

bool db_next(struct db_rows *rows)
{
	enum db_step step;

	if (!rows || rows->failed)
		return false;
	step = rows->db->view == DB_VIEW_OPEN && rows->db->driver->mark
	               ? first_step(rows)
	               : rows->db->driver->step(rows);
	rows->failed = step == DB_STEP_FAILED;
	return step == DB_STEP_ROW;
}

bool db_done(struct db_rows *rows)
{
	if (!rows)
		return false;
	rows->db->driver->reset(rows);
	rows->db->open_rows--;
	rows->next = rows->entry->idle;
	rows->entry->idle = rows;
	return !rows->failed;
}

bool db_run(struct db *db, struct err *err, const struct db_stmt *stmt, struct db_args args,
        int64_t *changed)
{
	struct db_rows *rows = begin(db, err, stmt, args, !changed);

	if (changed)
		*changed = 0;
	while (db_next(rows))
		;
	if (rows && !rows->failed && changed)
		*changed = db->driver->changed(rows);
	return db_done(rows);
}

int64_t db_int(struct db_rows *rows, int column)
{
	return rows->db->driver->get_int(rows, column);
}

struct text db_text(struct db_rows *rows, int column)
{
	return rows->db->driver->get_text(rows, column);
}

bool db_is_null(struct db_rows *rows, int column)
{
	return rows->db->driver->is_null(rows, column);
}

/* ---- transactions ---- */

bool db_read_begin(struct db *db, struct err *err)
{
	assert(db->doing == DB_IDLE);
	if (!usable(db, err))
		return false;
	db->doing = DB_READING;
	db->view = DB_VIEW_NONE;
	db->expected = 0;
	if (db->driver->mark || view(db, err))
		return true;
	db->doing = DB_IDLE;
	return false;
}

int64_t db_state(struct db *db)
{
	bool known = db->doing == DB_READING && db->view == DB_VIEW_TAKEN && !db->broken;

	return known ? db->driver->state(db) : 0;
}

int64_t db_state_now(struct db *db)
{
	struct db_mark now;

	if (db->doing == DB_READING && db->view == DB_VIEW_TAKEN)
		return db_state(db);
	if (!db->seen_state || db->broken || !db->driver->mark(db, &now))
		return 0;
	return same_mark(&now, &db->seen) ? db->seen_state : 0;
}

int64_t db_state_ahead(struct db *db)
{
	assert(db->doing == DB_READING);
	if (db->view == DB_VIEW_TAKEN)
		return db_state(db);
	if (!db->expected)
		db->expected = db_state_now(db);
	return db->expected;
}

bool db_moved_on(const struct db *db)
{
	return db->moved_on;
}

bool db_look(struct db *db, struct err *err)
{
	return db->view == DB_VIEW_TAKEN || !db->driver->mark ||
	       db_run(db, err, &LOOK, DB_NO_ARGS, NULL);
}

struct db_memory *db_memory(struct db *db, int which)
{
	assert(which >= 0 && which < DB_MEMORIES);
	return &db->memory[which];
}

void db_read_end(struct db *db)
{
	assert(db->doing == DB_READING);
	/* A query left open would pin its snapshot, and with it the write-ahead log, for ever. */
	assert(!db->open_rows);
	db->moved_on = false;
	if (db->view != DB_VIEW_NONE || db->broken)
		end(db, db->driver->read_end);
	db->view = DB_VIEW_NONE;
	db->doing = DB_IDLE;
	db->lost = ERR_NONE;
}

bool db_write_begin(struct db *db, struct err *err)
{
	assert(db->doing == DB_IDLE && db->role != DB_READER);
	if (!usable(db, err) || !db->driver->write_begin(db, err))
		return false;
	db->doing = DB_WRITING;
	return true;
}

bool db_write_commit(struct db *db, struct err *err)
{
	bool stored;

	assert(db->doing == DB_WRITING);
	if (db->lost || db->broken) {
		stored = err_set(err, db->lost ? db->lost : ERR_UNAVAILABLE, "nothing was stored");
	} else {
		stored = db->driver->commit(db, err);
	}
	if (!stored)
		db_write_rollback(db);
	db->doing = DB_IDLE;
	return stored;
}

void db_write_rollback(struct db *db)
{
	assert(db->doing == DB_WRITING);
	end(db, &ROLLBACK);
}

bool db_savepoint(struct db *db, struct err *err)
{
	assert(db->doing == DB_WRITING);
	return db_run(db, err, &SAVEPOINT_SET, DB_NO_ARGS, NULL);
}

bool db_savepoint_release(struct db *db, struct err *err)
{
	return db_run(db, err, &SAVEPOINT_RELEASE, DB_NO_ARGS, NULL) && settle(db, err);
}

void db_savepoint_rollback(struct db *db)
{
	struct err err = { 0 };

	if (db->broken || db->lost)
		return;
	settle_anyhow(db);
	/* If even this fails, nothing that follows may be committed. */
	if (!db->driver->control(db, &err, &SAVEPOINT_BACK) ||
	        !db->driver->control(db, &err, &SAVEPOINT_RELEASE)) {
		db->lost = err.id;
		db->broken = true;
	}
}

int64_t db_written(struct db *db)
{
	return db->driver->written && db->handle ? db->driver->written(db) : -1;
}

/* "[1,2,3]" is JSON; "{1,2,3}" an array of PostgreSQL. */
struct text db_ids(struct arena *arena, const struct db *db, const int64_t *ids, size_t len)
{
	bool postgres = db_is_postgres(db);
	struct buf list;

	buf_init(&list, arena);
	buf_char(&list, postgres ? '{' : '[');
	for (size_t i = 0; i < len; i++) {
		if (i)
			buf_char(&list, ',');
		buf_int(&list, ids[i]);
	}
	buf_char(&list, postgres ? '}' : ']');
	return buf_text(&list);
}
