#include "base/vec.h"

void *vec_grow(struct arena *arena, void *at, size_t len, size_t *cap, size_t size)
{
	size_t bytes;

	if (len >= *cap) {
		size_t more = *cap ? *cap * 2 : 8;

		if (__builtin_mul_overflow(more, size, &bytes))
			abort();
		at = arena_grow(arena, at, len * size, bytes);
		*cap = more;
	}
	memset((char *)at + len * size, 0, size);
	return at;
}
