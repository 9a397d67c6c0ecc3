/* listen.h - hearing what other connections of a PostgreSQL database tell (LISTEN, NOTIFY).
 * Memory: payloads live until the next call. Threads: as the db, which does nothing else. */
#ifndef KONTOR_DB_LISTEN_H
#define KONTOR_DB_LISTEN_H

#include "db/db.h"

/* Only on PostgreSQL. `channel` is a plain word. */
bool db_listen(struct db *db, struct err *err, const char *channel) must_check;
/* Waits for the next payload; absent after `ms` in vain. False: the connection is lost, and with it
 * whatever is told until there is another one. */
bool db_hear(struct db *db, struct err *err, int64_t ms, struct text *payload) must_check;

#endif
