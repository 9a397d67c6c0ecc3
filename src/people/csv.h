/* csv.h - comma-separated values as RFC 4180 has them: quotes, doubled quotes, line breaks inside
 * quotes; line ends with or without CR.
 *
 * Memory: fields live in the arena, or point into the text that is read.
 * Threads: pure. */
#ifndef KONTOR_PEOPLE_CSV_H
#define KONTOR_PEOPLE_CSV_H

#include "base/err.h"
#include "store/plan.h"

struct csv {
	struct arena *arena;
	struct text rest;
	int64_t line; /* of the row last read: where it begins, from 1 */
	int64_t next_line;
	char separator; /* a comma, unless set otherwise before the first row */
};

void csv_start(struct csv *csv, struct arena *arena, struct text text);
/* The next row that is not empty. False at the end, and with err set (its detail names the line)
 * when the text is not CSV. */
bool csv_next(struct csv *csv, struct texts *fields, struct err *err);

#endif
