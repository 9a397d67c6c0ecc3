/* list.h - what is below a target, for PROPFIND Depth 1 and infinity, and for sync: as targets.
 *
 * Lists are light (no bodies, no paths): a listing of 10,000 members costs a few megabytes at most.
 * Collections that work->who has no right to are left out, members that it may not read too.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_VIEW_LIST_H
#define KONTOR_VIEW_LIST_H

#include "view/target.h"

VEC_OF(targets, struct target);

/* Direct members: child collections first (the own default ones first: client-gotchas 26), then
 * members in order of name. Does not hold `at` itself. */
bool list_children(struct work *work, const struct target *at, struct targets *children) must_check;
/* A target for a collection directly in `at`; TARGET_NOTHING if work->who has no right to it. */
bool list_collection(struct work *work, const struct target *at, struct collection *c,
        struct target *child) must_check;
/* A target for a member of the collection `at`, from a row already read: its rights are those of
 * `at`. The item is kept, not copied. */
void list_member(
        struct work *work, const struct target *at, struct item *item, struct target *member);
/* Changes since `since` of a collection (deep: of all collections below a home too), at most about
 * `max`, as targets; gone ones are TARGET_NOTHING with href set. */
struct list_since {
	int64_t since;
	bool deep;
	size_t max;
	int64_t token; /* answered: the number that what was listed stands for; */
	bool more;     /* and whether there is more behind it */
};
bool list_changes(struct work *work, const struct target *at, struct list_since *asked,
        struct targets *changes) must_check;
/* Loads the body of a member that was listed without. The target becomes TARGET_NOTHING if it went
 * away meanwhile. */
bool list_body(struct work *work, struct target *member) must_check;

#endif
