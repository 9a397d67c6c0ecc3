/* assign.h - giving leads and cases to somebody, many at once.
 * Memory: plans in work->arena. Threads: deciding on a reader thread. */
#ifndef KONTOR_EDIT_ASSIGN_H
#define KONTOR_EDIT_ASSIGN_H

#include "crm/draft.h"
#include "edit/edit.h"

enum { EDIT_ASSIGN_MAX = 500 };

struct edit_assign {
	enum crm_noun noun;
	const int64_t *ids; /* at most EDIT_ASSIGN_MAX */
	size_t len;
	bool rules;          /* whom the rules say; else: */
	int64_t owner, team; /* 0: nobody, resp. no queue of its own */
	enum crm_via via;
	struct text device;
};
struct edit_not_done { /* one that was left as it is */
	int64_t id;
	json_t *why; /* as crm/problem.h tells it */
};
VEC_OF(edit_not_dones, struct edit_not_done);

/* The plan changes all that can be changed; the others are told in *failed. NULL with work->err set
 * when nothing can be decided. */
struct plan *edit_assign(struct work *work, const struct edit_assign *asked, size_t *changed,
        struct edit_not_dones *failed);
/* A lead or case out of a queue becomes work->who's own. */
struct plan *edit_take(
        struct work *work, enum crm_noun noun, int64_t id, enum crm_via via, struct text device);

#endif
