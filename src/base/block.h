/* block.h - sixteen bytes looked at together, where long text is mostly of the plain kind: the
 * compiler makes a few instructions of what byte by byte takes a hundred.
 *
 *     for (; text.len - i >= BLOCK; i += BLOCK)
 *             if (block_first((block)(block_at(text.ptr + i) == '<')) < BLOCK)
 *                     break;
 *
 * Comparisons give 0xFF where they hold, and are joined by | and &. Memory: none. Threads: pure. */
#ifndef KONTOR_BASE_BLOCK_H
#define KONTOR_BASE_BLOCK_H

#include "base/base.h"

enum { BLOCK = 16 };

typedef unsigned char block __attribute__((vector_size(BLOCK)));
typedef signed char signed_block __attribute__((vector_size(BLOCK)));

static inline block block_at(const void *bytes)
{
	block b;

	memcpy(&b, bytes, BLOCK);
	return b;
}

/* Where it first holds; BLOCK: nowhere. */
static inline size_t block_first(block mask)
{
	uint64_t halves[2];

	memcpy(halves, &mask, BLOCK);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	halves[0] = __builtin_bswap64(halves[0]);
	halves[1] = __builtin_bswap64(halves[1]);
#endif
	if (halves[0])
		return (size_t)__builtin_ctzll(halves[0]) / 8;
	return halves[1] ? 8 + (size_t)__builtin_ctzll(halves[1]) / 8 : BLOCK;
}

#endif
