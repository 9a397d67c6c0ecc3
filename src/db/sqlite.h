/* sqlite.h - what backup, check and migration need of SQLite itself. Private to src/db.
 *
 * Memory, Threads: as the db. */
#ifndef KONTOR_DB_SQLITE_H
#define KONTOR_DB_SQLITE_H

#include "db/driver.h"

/* "Kntr": PRAGMA application_id of our files. */
#define SQLITE_APPLICATION_ID 0x4b6e7472

/* Sets up the library, once per process. Every path that opens a connection comes by. */
void sqlite_start(void);
/* Makes an empty database of ours, mode 0600, where no file was. */
bool sqlite_create(const char *path, struct err *err) must_check;
/* Gives a closed database its final name so that it survives a power cut; a file of that name is
 * replaced at once, or is a failure. */
bool sqlite_install(const char *path, const char *name, bool replace, struct err *err) must_check;
/* Takes the file and its log away, if there are any. */
void sqlite_remove(const char *path);
/* Every foreign key leads somewhere. */
bool sqlite_references_hold(struct db *db, struct err *err) must_check;
/* Runs a PRAGMA (or query) that answers one number. */
bool sqlite_pragma(struct db *db, struct err *err, const char *sql, int64_t *value) must_check;
/* db_driver.sound: looks through a file that is not too large for that. */
bool sqlite_sound(struct db *db, struct err *err) must_check;
/* db_driver.mark. */
bool sqlite_mark(struct db *db, struct db_mark *mark);
/* Maps a result code, logs it, sets err, marks the connection. Always false. */
bool sqlite_refuse(struct db *db, struct err *err, int code, const char *where);

#endif
