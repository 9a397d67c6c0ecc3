/* tree.h - operations on collections as functions, for those of this folder that are made of them.
 * Threads: the writer's, inside a plan. */
#ifndef KONTOR_STORE_TREE_H
#define KONTOR_STORE_TREE_H

#include "store/collection.h"

bool collection_make(struct writing *writing, struct collection *collection) must_check;
bool collection_remove(struct writing *writing, int64_t id) must_check;
bool collection_touch(struct writing *writing, int64_t id) must_check;

#endif
