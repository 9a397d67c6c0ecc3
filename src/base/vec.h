/* vec.h - growing arrays in an arena.
 *
 *     VEC(struct text) names = VEC_EMPTY;
 *     *vec_push(arena, &names) = name;
 *     for (size_t i = 0; i < names.len; i++) use(names.at[i]);
 *
 * Memory: items move when the array grows; keep indices, not pointers.
 * Threads: as the arena. */
#ifndef KONTOR_BASE_VEC_H
#define KONTOR_BASE_VEC_H

#include "base/arena.h"

/* clang-format off */
/* An anonymous vec; give it a tag with VEC_OF to pass it between functions. */
#define VEC(type) struct { type *at; size_t len, cap; }
#define VEC_OF(tag, type) struct tag { type *at; size_t len, cap; }
#define VEC_EMPTY { NULL, 0, 0 }
/* clang-format on */

/* Points at a new zeroed last item. */
#define vec_push(arena, v) \
	((v)->at = vec_grow((arena), (v)->at, (v)->len, &(v)->cap, sizeof(*(v)->at)), \
	        &(v)->at[(v)->len++])

void *vec_grow(struct arena *arena, void *at, size_t len, size_t *cap, size_t size)
        __attribute__((returns_nonnull));

#endif
