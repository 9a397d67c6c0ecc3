/* schema.h - the files in schemas/: which there are, and the statements in them. Private to src/db.
 *
 * Memory:  what is read lives in the arena given.
 * Threads: pure but for reading files. */
#ifndef KONTOR_DB_SCHEMA_H
#define KONTOR_DB_SCHEMA_H

#include "db/driver.h"

struct schema_file {
	int number; /* 1 for 001-base.sql */
	struct text name;
	struct text body;
};
struct schema_files {
	struct schema_file *at;
	size_t len;
};

/* truth/NNN-*.sql by number, which runs from 1 without a gap. */
bool schema_truth(struct arena *arena, const struct db_place *place, struct schema_files *files,
        struct err *err) must_check;
bool schema_index(struct arena *arena, const struct db_place *place, struct schema_file *file,
        struct err *err) must_check;
/* Takes the next statement for this database off *rest, without its `;`. False at the end; *bad is
 * set when something unfinished is left. */
bool schema_next(struct text *rest, bool postgres, struct text *statement, bool *bad);
/* What a statement makes: "TABLE name", "INDEX name", ... or an absent text. */
struct text schema_makes(struct arena *arena, struct text statement);
/* Runs all statements of a file. `made` (or NULL) gathers what they make, separated by commas. */
bool schema_run(struct arena *arena, struct db *db, const struct schema_file *file,
        struct buf *made, struct err *err) must_check;

/* The number of the last step that was applied; 0: an empty database. */
bool schema_applied(struct db *db, int *number, struct err *err) must_check;
/* An open database that this program can serve, or at least migrate. */
bool schema_fits(struct db *db, struct err *err) must_check;

#endif
