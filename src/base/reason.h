/* reason.h - why exactly something was refused, in a word that programs know.
 *
 * A refusal is said in English words where it is noticed. reason.tbl.h has a code for those words,
 * found by the format that err_set() was given, or, where words are passed on ("%s: %s"), by the
 * last parameter. The code and its parameters let whoever speaks to people say it in their
 * language; words may be mended without anybody noticing.
 * Threads: reads constants and the err it is given. */
#ifndef KONTOR_BASE_REASON_H
#define KONTOR_BASE_REASON_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct reason {
	const char *code;
	const char *words;
	const char *params; /* "name,most": what the conversions in `words` stand for, or "" */
};

/* The i-th row of reason.tbl.h; NULL behind the last. */
const struct reason *reason_at(size_t i);
/* Why, or NULL: then there is no more to say than the err's row does. */
const struct reason *reason_of(const struct err *err);
/* The i-th parameter of a reason and its name; false behind the last. Both live as long as err and
 * reason do. */
bool reason_param(const struct err *err, const struct reason *reason, size_t i, struct text *name,
        struct text *value);
/* The row of an err as a word: "need-privileges". */
struct text reason_kind(struct arena *arena, enum err_id id);

#endif
