/* base.h - first include of every .c file: fixed-width types, slices, and what we refuse to call.
 *
 * A `struct text` is a slice: bytes with a length, not NUL-terminated, not owned. All text inside
 * Kontor is UTF-8 that has been checked at the door. A NULL pointer means "absent", which is not
 * the same as empty; both have length 0.
 * Threads: nothing here has state. */
#ifndef KONTOR_BASE_H
#define KONTOR_BASE_H

#include "config.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The result says whether it worked; ignoring it is a bug. */
#define must_check                 __attribute__((warn_unused_result))
#define printf_like(string, first) __attribute__((format(printf, string, first)))
#define COUNT_OF(array)            (sizeof(array) / sizeof((array)[0]))
#define UNUSED                     __attribute__((unused))

struct text {
	const char *ptr;
	size_t len;
};

/* A slice of a string literal. */
#define TEXT(literal) ((struct text){ "" literal, sizeof(literal) - 1 })
#define TEXT_NONE     ((struct text){ NULL, 0 })
/* The same inside a static initializer. */
#define TEXT_INIT(literal) \
	{ \
		"" literal, sizeof(literal) - 1 \
	}
/* For printf: printf("%.*s", TEXT_ARG(t)). */
#define TEXT_ARG(t) (int)(t).len, ((t).ptr ? (t).ptr : "")

#include "base/banned.h"

#endif
