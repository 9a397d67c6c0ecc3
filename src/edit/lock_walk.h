/* lock_walk.h - for edit/ only: locks on what is below a collection.
 * Memory: in work->arena. Threads: deciding with a reader. */
#ifndef KONTOR_EDIT_LOCK_WALK_H
#define KONTOR_EDIT_LOCK_WALK_H

#include "edit/locks.h"

/* Locks whose root lies below `at`, at any depth; its own are not among them. */
bool locks_below(struct work *work, const struct target *at, struct lock_infos *locks) must_check;

#endif
