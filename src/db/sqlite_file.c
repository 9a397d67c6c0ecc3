#include "db/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file up to this size is looked through whenever it is opened; it takes some 50 ms. */
enum { CHECK_BYTES = 32 << 20 };

bool sqlite_create(const char *path, struct err *err)
{
	int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
	sqlite3 *handle = NULL;
	char sql[100];
	int code;

	if (fd < 0)
		return err_set(
		        err, ERR_UNAVAILABLE, "%s cannot be made: %s", path, strerror(errno));
	close(fd);
	sqlite_start();
	code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	snprintf(sql, sizeof(sql), "PRAGMA journal_mode = WAL; PRAGMA application_id = %d",
	        SQLITE_APPLICATION_ID);
	if (code == SQLITE_OK)
		code = sqlite3_exec(handle, sql, NULL, NULL, NULL);
	sqlite3_close(handle);
	if (code == SQLITE_OK)
		return true;
	return err_set(err, (code & 0xff) == SQLITE_FULL ? ERR_STORAGE_FULL : ERR_UNAVAILABLE,
	        "%s cannot be made: %s", path, sqlite3_errstr(code));
}

void sqlite_remove(const char *path)
{
	static const char *const SUFFIX[] = { "", "-wal", "-shm", "-journal" };
	size_t size = strlen(path) + 16;
	char *name = db_alloc(size);

	for (size_t i = 0; i < COUNT_OF(SUFFIX); i++) {
		snprintf(name, size, "%s%s", path, SUFFIX[i]);
		unlink(name);
	}
	free(name);
}

static bool sync_path(const char *path, int flags)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
	bool done = fd >= 0 && !fsync(fd);

	if (fd >= 0)
		close(fd);
	return done;
}

bool sqlite_install(const char *path, const char *name, bool replace, struct err *err)
{
	char *copy = db_strdup(name);
	/* link() and not rename(): it refuses to replace what somebody else made meanwhile. */
	bool done = sync_path(path, 0) &&
	            (replace ? !rename(path, name) : !link(path, name) && !unlink(path)) &&
	            sync_path(dirname(copy), O_DIRECTORY);

	free(copy);
	return done || err_set(err, errno == ENOSPC ? ERR_STORAGE_FULL : ERR_UNAVAILABLE,
	                       "%s cannot be put in place: %s", name, strerror(errno));
}

bool sqlite_pragma(struct db *db, struct err *err, const char *sql, int64_t *value)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(db->handle, sql, -1, &stmt, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(stmt);
	*value = code == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : 0;
	if (code != SQLITE_ROW)
		sqlite_refuse(db, err, code, sql);
	sqlite3_finalize(stmt);
	return code == SQLITE_ROW;
}

bool sqlite_references_hold(struct db *db, struct err *err)
{
	int64_t dangling;

	return sqlite_pragma(db, err, "SELECT count(*) FROM pragma_foreign_key_check", &dangling) &&
	       (!dangling || err_set(err, ERR_INTERNAL, "%d rows refer to nothing", (int)dangling));
}

bool sqlite_sound(struct db *db, struct err *err)
{
	struct stat file;
	int64_t problems;

	if (stat(db->place->path, &file) || file.st_size > CHECK_BYTES)
		return true;
	if (!sqlite_pragma(db, err,
	            "SELECT count(*) FROM pragma_quick_check(1) WHERE quick_check <> 'ok'",
	            &problems))
		return false;
	return !problems || sqlite_refuse(db, err, SQLITE_CORRUPT, "quick_check");
}
