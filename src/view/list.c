#include "base/base.h"
#include "people/who.h"
#include "view/list.h"
#include "view/place.h"
#include "view/queue.h"

enum { PAGE = 500 };

static void add_fixed(
        struct work *work, const struct target *at, struct target child, struct targets *children)
{
	child.href = href_child(work->arena, at->href, child.name, true);
	child.rights = at->rights;
	*vec_push(work->arena, children) = child;
}

static void list_top(struct work *work, const struct target *at, struct targets *children)
{
	add_fixed(work, at, (struct target){ .is = TARGET_PRINCIPALS, .name = TEXT("principals") },
	        children);
	for (size_t i = 0; i < PLACE_AREAS; i++)
		add_fixed(work, at,
		        (struct target){ .is = TARGET_HOMES,
		                .area = place_areas[i].home,
		                .name = place_areas[i].segment },
		        children);
}

static void list_kinds(struct work *work, const struct target *at, struct targets *children)
{
	for (size_t i = 0; i < PLACE_KINDS; i++)
		add_fixed(work, at,
		        (struct target){ .is = TARGET_PRINCIPAL_KIND,
		                .kind = place_kinds[i].kind,
		                .name = place_kinds[i].segment },
		        children);
}

/* All principals of a kind (0: any), page by page. */
static bool all_principals(struct work *work, enum principal_kind kind, struct principals *all)
{
	size_t had;

	do {
		struct text after = all->len ? all->at[all->len - 1].name_key : TEXT_NONE;

		had = all->len;
		if (!principal_list(work, kind, after, PAGE, all))
			return false;
	} while (all->len == had + PAGE);
	return true;
}

static bool list_principals(struct work *work, const struct target *at, struct targets *children)
{
	struct principals all = VEC_EMPTY;

	if (!all_principals(work, at->kind, &all))
		return false;
	for (size_t i = 0; i < all.len; i++) {
		struct target *child = vec_push(work->arena, children);

		child->is = TARGET_PRINCIPAL;
		child->principal = &all.at[i];
		child->name = all.at[i].name;
		child->href = target_principal_href(work->arena, &all.at[i]);
		if (!access_principal(work, &all.at[i], &child->rights))
			return false;
	}
	return true;
}

/* ---- homes ---- */

static bool add_home(struct work *work, const struct target *at, struct principal *owner,
        struct targets *children)
{
	struct target child = { .is = TARGET_COLLECTION, .area = at->area, .principal = owner };

	if (!collection_home(work, owner->id, at->area, &child.collection))
		return false;
	if (!child.collection)
		return true;
	if (!access_collection(work, child.collection, &child.rights))
		return false;
	child.name = owner->name;
	child.href = href_child(work->arena, at->href, owner->name, true);
	if (child.rights)
		*vec_push(work->arena, children) = child;
	return true;
}

/* The own home first; then those that others have opened. */
static bool list_homes(struct work *work, const struct target *at, struct targets *children)
{
	struct collections shared = VEC_EMPTY;
	struct principals all = VEC_EMPTY;
	struct principal *own;

	if (!work->who)
		return true;
	if (!principal_get(work, work->who->id, &own))
		return false;
	if (own && !add_home(work, at, own, children))
		return false;
	if (work->who->is_admin) {
		if (!all_principals(work, 0, &all))
			return false;
	} else if (!access_shared(work, &shared)) {
		return false;
	}
	for (size_t i = 0; i < shared.len; i++) {
		struct principal *owner;

		if (shared.at[i].type != (int64_t)at->area)
			continue;
		if (!principal_get(work, shared.at[i].owner, &owner))
			return false;
		if (owner)
			*vec_push(work->arena, &all) = *owner;
	}
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].id != work->who->id && !add_home(work, at, &all.at[i], children))
			return false;
	return true;
}

/* ---- collections ---- */

bool list_collection(
        struct work *work, const struct target *at, struct collection *c, struct target *child)
{
	*child = (struct target){
		.is = TARGET_NOTHING,
		.area = at->area,
		.principal = at->principal,
		.name = c->name,
		.parent_rights = at->rights,
	};
	if (!access_collection(work, c, &child->rights))
		return false;
	child->href = href_child(work->arena, at->href, c->name, true);
	if (child->rights) {
		child->is = TARGET_COLLECTION;
		child->collection = c;
	}
	return true;
}

/* What teams leave to work->who to see to. */
static bool list_queues(struct work *work, const struct target *at, struct targets *children)
{
	struct queues queues;

	if (!queue_list(work, at->collection, &queues))
		return false;
	for (size_t i = 0; i < queues.len; i++) {
		struct target child;

		if (!list_collection(work, at, queues.at[i].c, &child))
			return false;
		if (child.is != TARGET_COLLECTION)
			continue;
		child.name = queues.at[i].name;
		child.href = href_child(work->arena, at->href, child.name, true);
		child.principal = queues.at[i].team;
		*vec_push(work->arena, children) = child;
	}
	return true;
}

/* In order of birth: the default ones were made with their owner (client-gotchas 26). */
static bool list_collections(struct work *work, const struct target *at, struct targets *children)
{
	struct collections found = VEC_EMPTY;

	if (!collection_children(work, at->collection->id, &found))
		return false;
	for (size_t i = 0; i < found.len; i++) {
		struct target child;

		if (!list_collection(work, at, &found.at[i], &child))
			return false;
		if (child.is == TARGET_COLLECTION)
			*vec_push(work->arena, children) = child;
	}
	return list_queues(work, at, children);
}

void list_member(
        struct work *work, const struct target *at, struct item *item, struct target *member)
{
	*member = (struct target){
		.is = TARGET_MEMBER,
		.area = at->area,
		.principal = at->principal,
		.collection = at->collection,
		.item = item,
		.name = item->member.name,
		.href = href_child(work->arena, at->href, item->member.name, false),
		.rights = at->rights,
		.parent_rights = at->rights,
	};
}

static bool list_members(struct work *work, const struct target *at, struct targets *children)
{
	struct scope scope = { at->collection->id, at->rights };
	struct items items = VEC_EMPTY;
	struct target *made;

	if (!rights_allow(at->rights, PRIVILEGE_READ))
		return true;
	if (!member_list(work, &scope, TEXT_NONE, false, SIZE_MAX, &items))
		return false;
	/* At once: growing by and by would take the room of a large listing twice. */
	made = arena_array(work->arena, children->len + items.len, sizeof(*made));
	if (children->len)
		memcpy(made, children->at, children->len * sizeof(*made));
	for (size_t i = 0; i < items.len; i++)
		list_member(work, at, &items.at[i], &made[children->len + i]);
	children->at = made;
	children->len = children->cap = children->len + items.len;
	return true;
}

static bool list_stored(struct work *work, const struct target *at, struct targets *children)
{
	if (place_holds_collections(at->collection) && !list_collections(work, at, children))
		return false;
	return list_members(work, at, children);
}

bool list_children(struct work *work, const struct target *at, struct targets *children)
{
	switch (at->is) {
	case TARGET_ROOT: list_top(work, at, children); break;
	case TARGET_PRINCIPALS: list_kinds(work, at, children); break;
	case TARGET_PRINCIPAL_KIND: return list_principals(work, at, children);
	case TARGET_HOMES: return list_homes(work, at, children);
	case TARGET_COLLECTION: return list_stored(work, at, children);
	case TARGET_PRINCIPAL:
	case TARGET_MEMBER:
	case TARGET_NOTHING:
	case TARGET_IS_COUNT: break;
	}
	return true;
}

bool list_body(struct work *work, struct target *member)
{
	struct scope scope = { member->collection->id, member->rights };
	struct item *item;

	if (!member_get(work, &scope, member->name, true, &item))
		return false;
	member->item = item;
	if (!item)
		member->is = TARGET_NOTHING;
	return true;
}
