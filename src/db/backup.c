#include "db/backup.h"

#include "base/log.h"
#include "db/check.h"
#include "db/pg_tool.h"
#include "db/schema.h"
#include "db/sqlite.h"

#include <errno.h>
#include <sqlite3.h>
#include <unistd.h>

/* Between two looks at the progress bar: 4 MiB. */
enum { PAGES_AT_ONCE = 1024 };

/* The first page stands for all: it holds the snapshot that the whole copy is made from. */
DB_STATEMENT(PIN, "/* sqlite only */ SELECT count(*) FROM sqlite_schema /* scan: small */");

static const struct backup_hooks NO_HOOKS = { 0 };

/* ---- copying ---- */

static int copy_pages(sqlite3 *from, sqlite3 *to, const struct backup_hooks *hooks)
{
	sqlite3_backup *copy = sqlite3_backup_init(to, "main", from, "main");
	int code = copy ? SQLITE_OK : sqlite3_errcode(to);

	while (code == SQLITE_OK) {
		int64_t total;

		code = sqlite3_backup_step(copy, PAGES_AT_ONCE);
		total = sqlite3_backup_pagecount(copy);
		if (hooks->tell)
			hooks->tell(hooks->arg, (total - sqlite3_backup_remaining(copy)) * 4096,
			        total * 4096);
	}
	if (copy)
		sqlite3_backup_finish(copy);
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* One file that needs no log beside it, and can be read from a read-only medium. */
static int copy_into(sqlite3 *from, const char *path, const struct backup_hooks *hooks)
{
	sqlite3 *to = NULL;
	int code = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

	if (code == SQLITE_OK)
		code = copy_pages(from, to, hooks);
	if (code == SQLITE_OK)
		code = sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
	sqlite3_close(to);
	return code;
}

/* The copy of what `db` sees, checked, under a name of its own. */
static bool copy_of(
        struct db *db, const char *path, const struct backup_hooks *hooks, struct err *err)
{
	int code;
	bool done;

	sqlite_remove(path);
	if (!sqlite_create(path, err) || !db_read_begin(db, err))
		return false;
	/* A copy whose source is changed from outside starts over, time and again; a snapshot is
	 * not. */
	done = db_run(db, err, &PIN, DB_NO_ARGS, NULL);
	code = done ? copy_into(db->handle, path, hooks) : SQLITE_OK;
	db_read_end(db);
	if (code == SQLITE_OK)
		return done;
	return err_set(err, (code & 0xff) == SQLITE_FULL ? ERR_STORAGE_FULL : ERR_UNAVAILABLE,
	        "%s cannot be written: %s", path, sqlite3_errstr(code));
}

/* ---- checking ---- */

static void log_problem(void *arg, struct text problem)
{
	(void)arg;
	log_error("db_damage", "problem=%s", log_value(problem));
}

static bool verify_open(struct db *db, struct err *err)
{
	int64_t problems;

	if (!schema_fits(db, err) || !check_open(db, true, log_problem, NULL, &problems, err))
		return false;
	return !problems || err_set(err, ERR_UNAVAILABLE, "%s is damaged: %lld problems",
	                            db->place->path, (long long)problems);
}

static bool verify(const struct db_place *place, const char *path, struct err *err)
{
	struct db_place there = *place;
	struct db *db;
	bool whole;

	there.path = (char *)path;
	db = db_open(&there, DB_READER, err);
	whole = db && verify_open(db, err);
	db_close(&db);
	return whole;
}

bool backup_verify(const struct pool_settings *settings, const char *file, struct err *err)
{
	struct db_place *place = db_place_new(settings);
	bool whole = place->dsn ? pg_dump_is_whole(place, file, err) : verify(place, file, err);

	db_place_free(&place);
	return whole;
}

/* ---- making ---- */

static bool copy_place(const struct db_place *place, const char *made,
        const struct backup_hooks *hooks, struct err *err)
{
	struct db *db = db_open(place, DB_READER, err);
	bool done = db && copy_of(db, made, hooks, err) && verify(place, made, err);

	db_close(&db);
	return done;
}

static bool make(struct arena *arena, const struct db_place *place, const char *file,
        const struct backup_hooks *hooks, struct err *err)
{
	const char *made = arena_printf(arena, "%s.kontor-part", file).ptr;
	bool done;

	if (!access(file, F_OK))
		return err_set(err, ERR_UNAVAILABLE, "%s is there already", file);
	sqlite_remove(made);
	done = place->dsn ? pg_dump_into(place, made, err) && pg_dump_is_whole(place, made, err)
	                  : copy_place(place, made, hooks, err);
	done = done && sqlite_install(made, file, false, err);
	sqlite_remove(made);
	return done;
}

bool backup_make(const struct pool_settings *settings, const char *file,
        const struct backup_hooks *hooks, struct err *err)
{
	struct arena *arena = arena_new();
	struct db_place *place = db_place_new(settings);
	bool done = make(arena, place, file, hooks ? hooks : &NO_HOOKS, err);

	db_place_free(&place);
	arena_free(&arena);
	return done;
}

/* ---- putting back ---- */

/* Copies and adjusts; the result is as ready to be served as a database ever is. */
static bool prepare_copy(const struct db_place *place, const char *file, const char *made,
        const struct backup_hooks *hooks, struct err *err)
{
	struct db_place from = *place, to = *place;
	struct db *db;
	bool done;

	from.path = (char *)file;
	db = db_open(&from, DB_READER, err);
	done = db && copy_of(db, made, hooks, err);
	db_close(&db);
	if (!done || !verify(place, made, err))
		return false;
	to.path = (char *)made;
	db = db_open(&to, DB_PRIVATE, err);
	done = db && (!hooks->adjust || hooks->adjust(hooks->arg, db, err));
	db_close(&db);
	return done;
}

/* Leaving the write-ahead log needs the database for oneself, and empties the log. A database that
 * is too damaged for that is in nobody's use. */
static bool nobody_uses(const char *path, struct err *err)
{
	sqlite3 *handle = NULL;
	int code =
	        sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_exec(handle, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
	sqlite3_close(handle);
	return (code & 0xff) != SQLITE_BUSY ||
	       err_set(err, ERR_UNAVAILABLE, "%s is in use: stop kontor serve first", path);
}

static bool replace_with(struct arena *arena, const char *made, const char *path, struct err *err)
{
	const char *kept = arena_printf(arena, "%s.replaced", path).ptr;
	const char *log = arena_printf(arena, "%s-wal", path).ptr;
	const char *map = arena_printf(arena, "%s-shm", path).ptr;

	if (!nobody_uses(path, err))
		return false;
	unlink(kept);
	/* A log of the old database must never meet the new one. */
	if (link(path, kept) || (unlink(log) && errno != ENOENT) ||
	        (unlink(map) && errno != ENOENT))
		return err_set(
		        err, ERR_UNAVAILABLE, "%s cannot be put aside: %s", path, strerror(errno));
	return sqlite_install(made, path, true, err);
}

static bool restore(struct arena *arena, const struct db_place *place, const char *file,
        bool replace, const struct backup_hooks *hooks, struct err *err)
{
	const char *made = arena_printf(arena, "%s.new", place->path).ptr;
	bool there = !access(place->path, F_OK), done;

	if (there && !replace)
		return err_set(err, ERR_UNAVAILABLE, "there is a database at %s", place->path);
	if (there && !nobody_uses(place->path, err))
		return false;
	done = prepare_copy(place, file, made, hooks, err) &&
	       (there ? replace_with(arena, made, place->path, err)
	              : sqlite_install(made, place->path, false, err));
	sqlite_remove(made);
	return done;
}

/* Into an empty database only: what was there is then still there, under its own name. */
static bool is_empty(const struct db_place *place, struct err *err)
{
	struct db *db = db_open(place, DB_READER, err);
	int applied = 1;
	bool known = db && schema_applied(db, &applied, err);

	db_close(&db);
	return known &&
	       (!applied || err_set(err, ERR_UNAVAILABLE,
	                            "there is a Kontor database: make an empty one (createdb), and "
	                            "name it in store.postgres"));
}

static bool restore_postgres(const struct db_place *place, const char *file,
        const struct backup_hooks *hooks, struct err *err)
{
	struct db *db;
	bool done;

	if (!is_empty(place, err) || !pg_dump_is_whole(place, file, err) ||
	        !pg_restore_from(place, file, err))
		return false;
	db = db_open(place, DB_PRIVATE, err);
	done = db && schema_fits(db, err) && (!hooks->adjust || hooks->adjust(hooks->arg, db, err));
	db_close(&db);
	return done;
}

bool backup_restore(const struct pool_settings *settings, const char *file, bool replace,
        const struct backup_hooks *hooks, struct err *err)
{
	struct arena *arena = arena_new();
	struct db_place *place = db_place_new(settings);
	bool done;

	hooks = hooks ? hooks : &NO_HOOKS;
	done = place->dsn ? restore_postgres(place, file, hooks, err)
	                  : restore(arena, place, file, replace, hooks, err);

	db_place_free(&place);
	arena_free(&arena);
	return done;
}
