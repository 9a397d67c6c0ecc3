/* find.h - one search box over everything work->who may see.
 *
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_VIEW_FIND_H
#define KONTOR_VIEW_FIND_H

#include "view/crm.h"

struct found {
	int64_t id;
	enum crm_noun noun;
	int64_t state;
	int score;
	struct text title, uid;
	struct text matched; /* the (folded) line of its text in which the first term stands */
	struct text fields;  /* JSON */
};
VEC_OF(founds, struct found);

/* Any scraps of names, addresses, companies, tags, notes, case numbers, or a run of phone digits:
 * all terms must be there; accents and case do not count. `nouns`: a mask of 1 << noun, 0 for all.
 * The best first, open ones before others among equals, at most `max` (at most 100). An empty
 * query finds nothing. */
bool view_find(struct work *work, struct text query, unsigned nouns, size_t max,
        struct founds *founds) must_check;

#endif
