/* sqlite_mark.c - is the database still as this connection last saw it? Asked of the memory that
 * all connections share, without a lock.
 *
 * The index of the write-ahead log (kontor.db-shm) begins with a header of 48 bytes and a copy of
 * it (https://sqlite.org/walformat.html, "WAL-Index Header"). Whoever commits writes both, the copy
 * first, when what it has written is on the disk: another counter, another checksum of the last
 * frame. SQLite itself compares this header with the one it saw before to know whether its pages
 * still hold. Here the same is asked without the locks that a snapshot takes. */
#include "db/driver.h"
#include "db/sqlite.h"

#include <sqlite3.h>

enum {
	HEADER_VERSION = 3007000,
	VERSION_AT = 0,
	IS_SET_AT = 3, /* a byte of this word */
	INDEX_PAGE = 32768
};

/* A copy that was made for a backup has no log; to ask for its index would make one. */
static bool has_log(struct db *db)
{
	sqlite3_stmt *ask = NULL;
	const char *mode = NULL;
	bool is_wal;

	if (!sqlite3_prepare_v2(db->handle, "PRAGMA journal_mode", -1, &ask, NULL) &&
	        sqlite3_step(ask) == SQLITE_ROW)
		mode = (const char *)sqlite3_column_text(ask, 0);
	is_wal = mode && !strcmp(mode, "wal");
	sqlite3_finalize(ask);
	return is_wal;
}

/* The index has been mapped since the connection first read, and stays where it is. */
static const volatile void *find_index(struct db *db)
{
	sqlite3_file *file = NULL;
	void volatile *at = NULL;

	if (!has_log(db) ||
	        sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) ||
	        !file->pMethods || file->pMethods->iVersion < 2 ||
	        file->pMethods->xShmMap(file, 0, INDEX_PAGE, 0, &at))
		return NULL;
	return at;
}

/* While somebody writes it, header and copy may differ. */
bool sqlite_mark(struct db *db, struct db_mark *mark)
{
	enum { WORDS = sizeof(mark->words) / sizeof(mark->words[0]) };
	const volatile uint32_t *at;
	uint8_t is_set;

	if (!db->log_index && db->view == DB_VIEW_TAKEN)
		db->log_index = find_index(db);
	at = db->log_index;
	if (!at)
		return false;
	/* In this order, against that of the writer. */
	for (int i = 0; i < WORDS; i++)
		mark->words[i] = __atomic_load_n(&at[i], __ATOMIC_ACQUIRE);
	for (int i = 0; i < WORDS; i++)
		if (__atomic_load_n(&at[WORDS + i], __ATOMIC_RELAXED) != mark->words[i])
			return false;
	memcpy(&is_set, &mark->words[IS_SET_AT], 1);
	return mark->words[VERSION_AT] == HEADER_VERSION && is_set;
}
