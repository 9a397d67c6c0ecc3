/* rows.h - a projection: the derived rows of one record, as statements with their values.
 *
 * The writer first runs the kind's `forget` statements, then these. In values, ROWS_RECORD stands
 * for the id of the record and ROWS_COLLECTION for the collection it appears in, which may not be
 * known yet. Memory: in the arena. Threads: built by one, read by the writer. */
#ifndef KONTOR_STORE_ROWS_H
#define KONTOR_STORE_ROWS_H

#include "base/arena.h"
#include "db/db.h"

struct rows;
struct rows *rows_new(struct arena *arena);
/* Texts are borrowed: they must live as long as the plan. */
void rows_add(struct rows *rows, const struct db_stmt *insert, struct db_args args);
/* The same, unless these very values are there already. */
void rows_add_once(struct rows *rows, const struct db_stmt *insert, struct db_args args);
/* The same rows with texts of their own: for those whose values are about to go. */
struct rows *rows_copy(struct arena *arena, const struct rows *rows);
/* Puts `number` wherever `placeholder` stands, as a number or in digits within texts: for numbers
 * that are given out when the plan runs. The bytes around it stay as they are. */
void rows_renumber(struct rows *rows, int64_t placeholder, int64_t number);
/* The same in one text; itself where there is nothing to replace. */
struct text text_renumber(
        struct arena *arena, struct text text, int64_t placeholder, int64_t number);
size_t rows_len(const struct rows *rows);
bool rows_apply(struct rows *rows, struct db *db, struct err *err, int64_t record,
        int64_t collection) must_check;

enum { ROWS_TYPE_RECORD = 100, ROWS_TYPE_COLLECTION = 101 };
#define ROWS_RECORD     ((struct db_value){ (enum db_type)ROWS_TYPE_RECORD, 0, { NULL, 0 } })
#define ROWS_COLLECTION ((struct db_value){ (enum db_type)ROWS_TYPE_COLLECTION, 0, { NULL, 0 } })

#endif
