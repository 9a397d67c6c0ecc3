#include "base/lent.h"

#include <stdatomic.h>

struct lent {
	struct arena *arena; /* this lives in it */
	atomic_int holders;
};

struct lent *lent_new(void)
{
	struct arena *arena = arena_new();
	struct lent *lent = arena_make(arena, struct lent);

	lent->arena = arena;
	atomic_init(&lent->holders, 1);
	return lent;
}

struct arena *lent_arena(struct lent *lent)
{
	return lent->arena;
}

static void let_go(void *data)
{
	struct lent *lent = data;
	struct arena *arena = lent->arena;

	if (atomic_fetch_sub_explicit(&lent->holders, 1, memory_order_acq_rel) == 1)
		arena_free(&arena);
}

void lent_hold(struct lent *lent, struct arena *holder)
{
	atomic_fetch_add_explicit(&lent->holders, 1, memory_order_relaxed);
	arena_own(holder, lent, let_go);
}

void lent_drop(struct lent **lent)
{
	if (*lent)
		let_go(*lent);
	*lent = NULL;
}
