#include "base/base.h"
#include "app/share.h"
#include "edit/edit.h"
#include "people/access.h"

static const struct edit_locks NO_LOCKS = { NULL, 0 };

bool share_rights(const char *word, uint64_t *rights)
{
	*rights = 0;
	if (!strcmp(word, "read"))
		*rights = privilege_mask(PRIVILEGE_READ);
	else if (!strcmp(word, "write"))
		*rights = privilege_mask(PRIVILEGE_READ) | privilege_mask(PRIVILEGE_WRITE);
	else if (!strcmp(word, "free-busy"))
		*rights = privilege_mask(PRIVILEGE_READ_FREE_BUSY);
	else
		return !strcmp(word, "none");
	return true;
}

/* What the list said of `whom` is replaced. */
struct plan *share_plan(
        struct desk *desk, const struct target *at, const struct principal *whom, uint64_t rights)
{
	struct arena *arena = desk->work.arena;
	struct aces before, *after = arena_make(arena, struct aces);

	if (!ace_list(&desk->work, HOLDER_COLLECTION, at->collection->id, &before))
		return NULL;
	for (size_t i = 0; i < before.len; i++)
		if (before.at[i].who != ACE_PRINCIPAL || before.at[i].principal != whom->id)
			*vec_push(arena, after) = before.at[i];
	if (rights)
		*vec_push(arena, after) = (struct ace){
			.who = ACE_PRINCIPAL, .principal = whom->id, .rights = rights
		};
	return edit_acl(&desk->work, at, after, &NO_LOCKS);
}
