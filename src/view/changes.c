#include "base/base.h"
#include "view/list.h"

/* The collections of a subtree in which something changed, as targets: each is worked out once. */
struct subtree {
	struct work *work;
	const struct target *top;
	struct targets known;
};

static bool load_place(struct subtree *tree, int64_t id, struct target *place)
{
	struct work *work = tree->work;

	*place = (struct target){
		.is = TARGET_COLLECTION, .area = tree->top->area, .principal = tree->top->principal
	};
	if (!collection_get(work, id, &place->collection))
		return false;
	/* The change was read from the same snapshot. */
	assert(place->collection);
	if (!access_collection(work, place->collection, &place->rights))
		return false;
	place->href = target_collection_href(work, place->collection);
	return place->href.ptr;
}

/* The last one asked for is mostly asked for again. */
static bool place_of(struct subtree *tree, int64_t id, struct target *place)
{
	struct targets *known = &tree->known;
	size_t i = known->len;

	while (i && known->at[i - 1].collection->id != id)
		i--;
	if (i) {
		*place = known->at[i - 1];
		return true;
	}
	if (!load_place(tree, id, place))
		return false;
	*vec_push(tree->work->arena, known) = *place;
	return true;
}

/* *target is TARGET_NOTHING without an href when it is nothing to work->who. */
static bool target_of_change(struct work *work, const struct target *at,
        const struct change *change, struct target *target)
{
	struct collection *c = NULL;

	*target = (struct target){ .is = TARGET_NOTHING, .area = at->area, .name = change->name };
	if (!rights_allow(at->rights, PRIVILEGE_READ))
		return true;
	if (change->item) {
		list_member(work, at, change->item, target);
		return true;
	}
	if (!change->gone) {
		if (!collection_child(work, at->collection->id, change->name, &c))
			return false;
		if (c && !list_collection(work, at, c, target))
			return false;
		if (target->is == TARGET_NOTHING)
			target->href = TEXT_NONE;
		return true;
	}
	target->href = href_child(work->arena, at->href, change->name, change->is_collection);
	return true;
}

/* The same as the property sync-token says, so that polling clients see that nothing is new; what
 * happens deeper down does not count there. */
static int64_t token_for(
        const struct target *at, const struct list_since *asked, const struct changes *found)
{
	int64_t last = found->len ? found->at[found->len - 1].number : 0;
	int64_t token = at->collection->token;

	if (asked->more)
		return last;
	if (asked->deep && asked->since > token)
		token = asked->since;
	return last > token ? last : token;
}

bool list_changes(struct work *work, const struct target *at, struct list_since *asked,
        struct targets *changes)
{
	struct subtree tree = { work, at, VEC_EMPTY };
	struct scope scope = { at->collection->id, at->rights };
	struct changes found = VEC_EMPTY;

	if (!(asked->deep ? change_list_deep : change_list)(
	            work, &scope, asked->since, asked->max, &found, &asked->more))
		return false;
	asked->token = token_for(at, asked, &found);
	*vec_push(work->arena, &tree.known) = *at;
	for (size_t i = 0; i < found.len; i++) {
		struct target place, target;

		if (!place_of(&tree, found.at[i].collection, &place) ||
		        !target_of_change(work, &place, &found.at[i], &target))
			return false;
		if (target.href.ptr)
			*vec_push(work->arena, changes) = target;
	}
	return true;
}
