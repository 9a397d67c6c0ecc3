#include "base/base.h"
#include "base/settings.h"
#include "people/access.h"
#include "people/who.h"
#include "store/house.h"

#include <stdlib.h>

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* Everybody an entry for work->who may name; 0 is what entries for all, authenticated ... hold. */
static int64_t *names_of(struct work *work, size_t *len)
{
	const struct who *who = work->who;
	int64_t *ids = arena_array(work->arena, who ? who->groups_len + 2 : 1, sizeof(*ids));

	*len = 0;
	ids[(*len)++] = 0;
	if (!who)
		return ids;
	ids[(*len)++] = who->id;
	for (size_t i = 0; i < who->groups_len; i++)
		ids[(*len)++] = who->groups[i];
	return ids;
}

bool access_shared(struct work *work, struct collections *shared)
{
	size_t len, count = 0;
	const int64_t *ids = names_of(work, &len);
	int64_t *found = NULL;

	if (!ace_holders(work, ids, len, &found, &count))
		return false;
	if (count)
		qsort(found, count, sizeof(*found), by_id);
	for (size_t i = 0; i < count; i++) {
		struct collection *c;
		uint64_t rights;

		if (i && found[i] == found[i - 1])
			continue;
		if (!collection_get(work, found[i], &c))
			return false;
		if (!c || (work->who && c->owner == work->who->id))
			continue;
		if (!access_collection(work, c, &rights))
			return false;
		if (rights)
			*vec_push(work->arena, shared) = *c;
	}
	return true;
}

/* ---- what may be set ---- */

static bool check_principal(struct work *work, const struct ace *ace)
{
	struct principal *p;

	if (!principal_get(work, ace->principal, &p))
		return false;
	return p || err_set(&work->err, ERR_RECOGNIZED_PRINCIPAL, "There is no such principal");
}

static bool check_ace(struct work *work, const struct collection *c, const struct ace *ace)
{
	bool is_owner =
	        ace->who == ACE_OWNER || (ace->who == ACE_PRINCIPAL && ace->principal == c->owner);

	if (ace->is_invert)
		return err_set(&work->err, ERR_NO_INVERT, "DAV:invert is not supported");
	if (!ace->rights || ace->rights >> PRIVILEGE_COUNT)
		return err_set(&work->err, ERR_NOT_SUPPORTED_PRIVILEGE, "A privilege is not known");
	/* RFC 3744 5.5.1: `self` means something on principals only. */
	if (ace->who == ACE_SELF)
		return err_set(&work->err, ERR_ALLOWED_PRINCIPAL,
		        "DAV:self can be used on principals only");
	/* The owner's entry is protected: everything is granted, first of all. */
	if (is_owner && ace->is_deny)
		return err_set(&work->err, ERR_NO_PROTECTED_ACE_CONFLICT,
		        "Nothing can be denied to the owner");
	return ace->who != ACE_PRINCIPAL || check_principal(work, ace);
}

bool access_check_aces(struct work *work, const struct collection *c, const struct aces *aces)
{
	size_t max = (size_t)house_settings(work->house)->limits_aces;

	if (aces->len > max)
		return err_set(&work->err, ERR_LIMITED_NUMBER_OF_ACES,
		        "An access list has %zu entries at most", max);
	for (size_t i = 0; i < aces->len; i++)
		if (!check_ace(work, c, &aces->at[i]))
			return false;
	return true;
}
