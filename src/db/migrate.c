#include "db/migrate.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "db/schema.h"
#include "db/sqlite.h"

#include <unistd.h>

/* Kept here and not in a schema file, because they say which schema files were applied. */
static const char OWN_TABLES[] =
        "CREATE TABLE IF NOT EXISTS schema_step ("
        " number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied INTEGER NOT NULL);"
        "CREATE TABLE IF NOT EXISTS schema_index ("
        " id INTEGER NOT NULL PRIMARY KEY, hash TEXT NOT NULL, made TEXT NOT NULL,"
        " is_filled INTEGER NOT NULL)";

DB_STATEMENT(STEP_ADD, "INSERT INTO schema_step (number, name, applied) VALUES (?1, ?2, ?3)");
DB_STATEMENT(INDEX_STATE, "SELECT hash, made, is_filled FROM schema_index WHERE id = 1");
DB_STATEMENT(INDEX_SET, "INSERT INTO schema_index (id, hash, made, is_filled) VALUES (1, ?1, ?2, 0)"
                        " ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, made = "
                        "excluded.made, is_filled = 0");
DB_STATEMENT(INDEX_FILLED, "UPDATE schema_index SET is_filled = 1 WHERE id = 1");

/* ---- the truth ---- */

static bool apply(
        struct arena *arena, struct db *db, const struct schema_file *file, struct err *err)
{
	char sql[60];

	if (!schema_run(arena, db, file, NULL, err) ||
	        !db_run(db, err, &STEP_ADD,
	                DB_ARGS(DB_INT(file->number), DB_TEXT(file->name), DB_INT(clock_now())),
	                NULL))
		return false;
	log_info("migrated", "step=%s", log_value(file->name));
	if (db_is_postgres(db))
		return true;
	/* For tools that look at the file from outside. */
	snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", file->number);
	return db_script(db, err, sql);
}

static bool apply_missing(
        struct arena *arena, struct db *db, const struct schema_files *files, struct err *err)
{
	int applied;

	if (!db_script(db, err, OWN_TABLES) || !schema_applied(db, &applied, err))
		return false;
	for (size_t i = (size_t)applied; i < files->len; i++)
		if (!apply(arena, db, &files->at[i], err))
			return false;
	return db_is_postgres(db) || sqlite_references_hold(db, err);
}

/* Another process may do the same: what is missing is asked again behind the writer's lock. */
static bool migrate_truth(
        struct arena *arena, struct db *db, const struct schema_files *files, struct err *err)
{
	bool done;

	/* A step that makes a table anew must not take along what refers to the old one
	 * (sqlite.org/ lang_altertable.html, 7); the references are checked before the commit
	 * instead. */
	if (!db_is_postgres(db) && !db_script(db, err, "PRAGMA foreign_keys = OFF"))
		return false;
	if (!db_write_begin(db, err))
		return false;
	done = apply_missing(arena, db, files, err);
	if (done)
		done = db_write_commit(db, err);
	else
		db_write_rollback(db);
	if (!db_is_postgres(db) && !db_script(db, err, "PRAGMA foreign_keys = ON"))
		return false;
	return done;
}

/* ---- the index ---- */

struct index_state {
	struct text hash, made;
	bool is_filled;
};

static bool index_state(
        struct arena *arena, struct db *db, struct index_state *state, struct err *err)
{
	struct db_rows *rows = db_query(db, err, &INDEX_STATE, DB_NO_ARGS);

	*state = (struct index_state){ 0 };
	if (db_next(rows)) {
		state->hash = arena_text(arena, db_text(rows, 0));
		state->made = arena_text(arena, db_text(rows, 1));
		state->is_filled = db_int(rows, 2);
	}
	return db_done(rows);
}

/* Two texts that make the same tables from differently folded keys are not the same. */
static struct text index_hash(struct arena *arena, const struct schema_file *file)
{
	struct text all =
	        arena_printf(arena, "fold %d\n%.*s", TEXT_FOLD_VERSION, TEXT_ARG(file->body));

	return etag_of(arena, all);
}

/* In the opposite order: indexes before their tables. */
static bool drop_made(struct arena *arena, struct db *db, struct text made, struct err *err)
{
	while (made.len) {
		size_t start = made.len;
		struct text sql;

		while (start > 0 && made.ptr[start - 1] != ',')
			start--;
		/* "TABLE name": out of our own table, where schema_makes() had looked at the name.
		 */
		sql = arena_printf(arena, "DROP %.*s", TEXT_ARG(text_from(made, start)));
		if (!db_script(db, err, sql.ptr))
			return false;
		made = text_sub(made, 0, start ? start - 1 : 0);
	}
	return true;
}

static bool make_index(
        struct arena *arena, struct db *db, const struct schema_file *file, struct err *err)
{
	struct index_state state;
	struct buf made;

	buf_init(&made, arena);
	return index_state(arena, db, &state, err) && drop_made(arena, db, state.made, err) &&
	       schema_run(arena, db, file, &made, err) &&
	       db_run(db, err, &INDEX_SET,
	               DB_ARGS(DB_TEXT(index_hash(arena, file)), DB_TEXT(buf_text(&made))), NULL);
}

/* `always`, or only if the file's text is not what the tables were made from. */
static bool index_in_transaction(struct arena *arena, struct db *db, const struct schema_file *file,
        bool always, struct err *err)
{
	struct index_state state;
	bool done = true;

	if (!db_write_begin(db, err))
		return false;
	if (!index_state(arena, db, &state, err))
		done = false;
	else if (always || !text_eq(state.hash, index_hash(arena, file)))
		done = make_index(arena, db, file, err);
	if (done)
		return db_write_commit(db, err);
	db_write_rollback(db);
	return false;
}

bool migrate_index(struct db *db, struct err *err)
{
	struct arena *arena = arena_new();
	struct schema_file file;
	bool done = schema_index(arena, db->place, &file, err);

	if (done && db->doing == DB_WRITING)
		done = make_index(arena, db, &file, err);
	else if (done)
		done = index_in_transaction(arena, db, &file, true, err);
	arena_free(&arena);
	return done;
}

bool migrate_index_filled(struct db *db, struct err *err)
{
	return db_run(db, err, &INDEX_FILLED, DB_NO_ARGS, NULL);
}

/* ---- all of it ---- */

static bool migrate(struct arena *arena, struct db *db, bool *index_made_anew, struct err *err)
{
	struct schema_files truth;
	struct schema_file index;
	struct index_state state = { 0 };
	int applied;

	if (!schema_truth(arena, db->place, &truth, err) ||
	        !schema_index(arena, db->place, &index, err) || !schema_applied(db, &applied, err))
		return false;
	/* A start with nothing to do writes nothing. */
	if ((size_t)applied < truth.len && !migrate_truth(arena, db, &truth, err))
		return false;
	if (!index_state(arena, db, &state, err))
		return false;
	if (!text_eq(state.hash, index_hash(arena, &index)) &&
	        (!index_in_transaction(arena, db, &index, false, err) ||
	                !index_state(arena, db, &state, err)))
		return false;
	*index_made_anew = !state.is_filled;
	return true;
}

bool migrate_run(struct pool *pool, struct err *err, bool *index_made_anew)
{
	struct arena *arena = arena_new();
	struct db *db = pool_private(pool, err);
	bool done = db && migrate(arena, db, index_made_anew, err);

	db_close(&db);
	arena_free(&arena);
	return done;
}

/* ---- a new database ---- */

static bool fill_new(struct arena *arena, const struct db_place *place, struct err *err)
{
	struct db *db = db_open(place, DB_PRIVATE, err);
	bool anew, done;
	int applied;

	done = db && schema_applied(db, &applied, err) &&
	       (!applied || err_set(err, ERR_UNAVAILABLE, "there is a database already")) &&
	       migrate(arena, db, &anew, err) && migrate_index_filled(db, err);
	db_close(&db);
	return done;
}

/* Whole or not at all: made under another name, which is taken away or given the right one. */
static bool init_sqlite(struct arena *arena, const struct db_place *place, struct err *err)
{
	struct text made = arena_printf(arena, "%s.new", place->path);
	struct db_place there = *place;
	bool done;

	if (!access(place->path, F_OK))
		return err_set(err, ERR_UNAVAILABLE, "there is a database at %s", place->path);
	there.path = (char *)made.ptr;
	sqlite_remove(there.path);
	done = sqlite_create(there.path, err) && fill_new(arena, &there, err) &&
	       sqlite_install(there.path, place->path, false, err);
	if (!done)
		sqlite_remove(there.path);
	return done;
}

bool migrate_init(const struct pool_settings *settings, struct err *err)
{
	struct arena *arena = arena_new();
	struct db_place *place = db_place_new(settings);
	bool done = place->dsn ? fill_new(arena, place, err) : init_sqlite(arena, place, err);

	db_place_free(&place);
	arena_free(&arena);
	return done;
}
