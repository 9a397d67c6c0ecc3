/* fuzz.h - what the fuzzers share.
 * A claim is checked with FUZZ_CLAIM(): what breaks it is a crash that libFuzzer keeps. */
#ifndef KONTOR_TESTS_FUZZ_H
#define KONTOR_TESTS_FUZZ_H

#include "base/arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_CLAIM(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "Assertion: %s (%s:%d)\n", #condition, __FILE__, \
			        __LINE__); \
			abort(); \
		} \
	} while (0)

#endif
