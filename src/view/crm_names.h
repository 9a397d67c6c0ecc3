/* crm_names.h - what goes with the ids of an answer: what they are called, who follows them.
 *
 * Everything has its id out of one counter, so an id says by itself whether it is a person, a
 * record or a row. Names are told of whatever a record that may be seen speaks of: nobody can set
 * a reference to what they may not see (crm/draft.h).
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_VIEW_CRM_NAMES_H
#define KONTOR_VIEW_CRM_NAMES_H

#include "base/work.h"
#include "store/plan.h"

/* Sorted; absent names are not there (any more). */
struct crm_named {
	int64_t id;
	int64_t noun; /* enum crm_noun; 0: a person or team */
	struct text name;
};
struct crm_names {
	struct crm_named *at;
	size_t len;
};
/* `ids` in any order, with repetitions; it is sorted here. */
bool crm_names(struct work *work, struct ids *ids, struct crm_names *names) must_check;
/* NULL, absent: there is none. */
const struct crm_named *crm_named(const struct crm_names *names, int64_t id);
struct text crm_name(const struct crm_names *names, int64_t id);
/* Which of these records work->who follows: sorted. */
bool crm_followed(struct work *work, struct ids *ids, struct ids *followed) must_check;
bool crm_ids_have(const struct ids *sorted, int64_t id);

#endif
