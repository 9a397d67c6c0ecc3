/* pg_value.h - PostgreSQL's binary values, and our SQL as it wants it. Knows no libpq. Private to
 * src/db.
 *
 * Memory:  what is rewritten lives in the arena given. Threads: pure. */
#ifndef KONTOR_DB_PG_VALUE_H
#define KONTOR_DB_PG_VALUE_H

#include "db/db.h"

/* Type numbers (pg_type.dat): fixed for ever by PostgreSQL. */
enum pg_type {
	PG_BOOL = 16,
	PG_BYTEA = 17,
	PG_INT8 = 20,
	PG_INT2 = 21,
	PG_INT4 = 23,
	PG_TEXT = 25,
	PG_FLOAT8 = 701,
	PG_UNKNOWN = 705,
	PG_VARCHAR = 1043,
	PG_NUMERIC = 1700,
};

/* The portable dialect (schemas/README.md) in PostgreSQL's: ?1 becomes $1, INTEGER is 64 bits wide,
 * BLOB is BYTEA. In a `schema` TEXT is ordered by bytes, and WITHOUT ROWID is left out. Upper case
 * words only, and nothing within quotes or comments. NUL behind it. */
struct text pg_sql(struct arena *arena, struct text sql, bool schema);

/* How a parameter is sent. */
struct pg_param {
	const char *at; /* NULL: null */
	int len;
	int binary;
	char room[24];
};
/* The value for a parameter of this type; false if it cannot be one. `param` must not be moved. */
bool pg_param_set(struct pg_param *param, unsigned type, const struct db_value *value);

/* A binary value as a number, fractions cut off; text as the number it spells. Else 0. */
int64_t pg_to_int(unsigned type, struct text bytes);
/* Whether its bytes are the text or the bytes themselves. */
bool pg_is_bytes(unsigned type);

#endif
