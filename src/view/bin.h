/* bin.h - what was deleted and can be had back: crm_bin, the newest first.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_VIEW_BIN_H
#define KONTOR_VIEW_BIN_H

#include "base/vec.h"
#include "base/work.h"

struct binned_entry {
	int64_t id, noun, deleted, who, owner;
	struct text title;
};
VEC_OF(binned_list, struct binned_entry);
/* Those that work->who may restore, at most `max`. */
bool bin_list(struct work *work, size_t max, struct binned_list *list) must_check;

#endif
