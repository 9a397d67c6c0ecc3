/* cpu.h - how much a test has cost: time that passed says nothing on a busy machine. */
#ifndef KONTOR_TEST_CPU_H
#define KONTOR_TEST_CPU_H

#include <time.h>

/* Milliseconds of this program's processor time so far. */
static int64_t cpu_ms(void)
{
	return (int64_t)clock() * 1000 / CLOCKS_PER_SEC;
}

#endif
