/* test.h - what every unit test includes: cmocka, in the order it wants its headers. */
#ifndef KONTOR_TESTS_TEST_H
#define KONTOR_TESTS_TEST_H

#include "base/str.h"

#include <setjmp.h>
#include <cmocka.h>

#define assert_text(got, want) assert_text_at((got), text_of(want), __FILE__, __LINE__)

UNUSED static void assert_text_at(struct text got, struct text want, const char *file, int line)
{
	if (text_eq(got, want))
		return;
	print_error("got \"%.*s\", wanted \"%.*s\"\n", TEXT_ARG(got), TEXT_ARG(want));
	_fail(file, line);
}

#endif
