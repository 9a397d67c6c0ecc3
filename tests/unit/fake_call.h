/* fake_call.h - calls without a socket, and asserts for slices: for unit tests of wire and doors.
 * Memory: each test takes an arena in setup and gives it back in teardown. */
#ifndef KONTOR_TESTS_FAKE_CALL_H
#define KONTOR_TESTS_FAKE_CALL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "wire/call.h"

static struct arena *arena;

static inline int setup(void UNUSED **state)
{
	arena = arena_new();
	return 0;
}

static inline int teardown(void UNUSED **state)
{
	arena_free(&arena);
	return 0;
}

/* A test function with an arena of its own. */
#define CLAIM(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* A call with one request header per line: "If-Match: \"a\"\nDepth: 1". */
static inline struct call *fake_call(enum method method, const char *headers)
{
	struct call *c = arena_make(arena, struct call);
	struct text rest = text_of(headers);
	struct text line;

	c->work.arena = arena;
	c->method = method;
	c->authority = TEXT("kontor.example");
	c->body_fd = -1;
	while (text_split(&rest, '\n', &line)) {
		ptrdiff_t colon = text_find_char(line, ':');

		if (colon > 0)
			*vec_push(arena, &c->headers) =
			        (struct header){ text_sub(line, 0, (size_t)colon),
				        text_trim(text_from(line, (size_t)colon + 1)) };
	}
	return c;
}

/* The first header of that name in the reply; absent if there is none. */
static inline struct text reply_header(struct call *c, const char *name)
{
	for (size_t i = 0; i < c->reply.headers.len; i++)
		if (text_eq_nocase(c->reply.headers.at[i].name, text_of(name)))
			return c->reply.headers.at[i].value;
	return TEXT_NONE;
}

#define assert_text(text, expected) assert_string_equal(arena_cstr(arena, (text)), (expected))
#define assert_absent(text)         assert_null((text).ptr)

#endif
