/* stmt.h - prepared statements of one connection, made at their first use. Private to src/db.
 *
 * Keyed by the address of the `struct db_stmt`: statements are constants, so no text is compared.
 * A statement that is running gets a second `db_rows` when it is asked for again; finished ones
 * wait in the entry's list, so the hot path allocates nothing. Threads: as the db. */
#ifndef KONTOR_DB_STMT_H
#define KONTOR_DB_STMT_H

#include "db/db.h"

struct stmt_entry {
	const struct db_stmt *stmt;
	struct db_rows *idle;
	void *prepared; /* PostgreSQL: name on the server and types, shared by all rows */
};

struct stmt_cache {
	struct stmt_entry **slots; /* open addressing; NULL: empty */
	size_t size;               /* a power of two, or 0 */
	size_t used;
};

/* The statement's entry, made if it is new. */
struct stmt_entry *stmt_entry(struct stmt_cache *cache, const struct db_stmt *stmt);
/* Forgets everything; `forget` finalises each idle db_rows. None may be running. */
void stmt_empty(struct stmt_cache *cache, void (*forget)(struct db_rows *));

#endif
