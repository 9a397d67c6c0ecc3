/* arena.h - memory of one piece of work: taken bit by bit, given back all at once.
 *
 * Request memory is never freed singly. What libraries allocate is tied to the arena with
 * arena_own() on the line that creates it. Running out of memory aborts: inputs are bounded at the
 * door instead.
 * Threads: an arena belongs to one thread at a time; handing the work over hands over the arena. */
#ifndef KONTOR_BASE_ARENA_H
#define KONTOR_BASE_ARENA_H

#include "base/base.h"

struct arena;

/* A new, empty arena. Cheap: the first block is recycled from earlier arenas of this thread. */
struct arena *arena_new(void);
/* Runs the owned destructors, newest first, then frees every byte. NULL is fine; clears *arena. */
void arena_free(struct arena **arena);
/* Zeroed memory, aligned for any type, living as long as the arena. Size 0 gives a valid pointer.
 */
void *arena_alloc(struct arena *arena, size_t size) __attribute__((returns_nonnull, malloc));
/* Zeroed array; aborts on overflow of count * size. */
void *arena_array(struct arena *arena, size_t count, size_t size) __attribute__((returns_nonnull));
/* As arena_alloc(), but not zeroed: for bytes that are overwritten at once. */
void *arena_raw(struct arena *arena, size_t size) __attribute__((returns_nonnull, malloc));
/* `ptr` (from this arena, `used` bytes of it worth keeping) with room for `size` bytes, the new
 * ones not zeroed: in place if nothing was taken since, else moved. NULL is fine if used is 0. */
void *arena_grow(struct arena *arena, void *ptr, size_t used, size_t size)
        __attribute__((returns_nonnull));
/* Ties a foreign object to the arena: free_fn(object) runs in arena_free(). A NULL object is not
 * tied. Returns the object, so that it can wrap the call that creates it. */
void *arena_own(struct arena *arena, void *object, void (*free_fn)(void *));
/* A copy of the slice, with a NUL behind it (not counted) so that C libraries can read it. An
 * absent slice stays absent. */
struct text arena_text(struct arena *arena, struct text text);
/* The same as a plain C string; an absent slice gives "". */
char *arena_cstr(struct arena *arena, struct text text);
/* Formatted text, NUL behind it. */
struct text arena_printf(struct arena *arena, const char *format, ...) printf_like(2, 3);
/* Bytes taken so far, for limits and tests. */
size_t arena_size(const struct arena *arena);

#define arena_make(arena, type) ((type *)arena_alloc((arena), sizeof(type)))

#endif
