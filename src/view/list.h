/* list.h - what is below a target, for PROPFIND Depth 1 and infinity, and for sync: as targets.
 *
 * Lists are light (no bodies): a listing of 10,000 members costs a few megabytes at most. Things
 * work->who may not read are left out.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_VIEW_LIST_H
#define KONTOR_VIEW_LIST_H

#include "view/target.h"

VEC_OF(targets, struct target);

/* Direct members: child collections first (the own default ones first: client-gotchas 26), then
 * members in order of name. Does not hold `at` itself. */
bool list_children(struct work *work, const struct target *at, struct targets *children) must_check;
/* A target for a member of `at`, from a row already read. */
void list_member(
        struct work *work, const struct target *at, const struct item *item, struct target *member);
/* Changes since `since` of a collection (deep: of all collections below a home too), as targets;
 * gone ones are TARGET_NOTHING with href set. *token: number that the answer stands for. */
bool list_changes(struct work *work, const struct target *at, int64_t since, bool deep, size_t max,
        struct targets *changes, int64_t *token, bool *more) must_check;
/* Loads the body of a member that was listed without. The target becomes TARGET_NOTHING if it went
 * away meanwhile. */
bool list_body(struct work *work, struct target *member) must_check;

#endif
