/* combine.h - two records that are one: the one kept gets what the other has, everything that
 * belonged to the other belongs to it, and the other goes into the bin; its UID leads to the one
 * kept. Memory: plans in work->arena. Threads: deciding on a reader thread. */
#ifndef KONTOR_EDIT_COMBINE_H
#define KONTOR_EDIT_COMBINE_H

#include "crm/draft.h"
#include "edit/edit.h"

struct edit_combine {
	enum crm_noun noun; /* ACCOUNT, CONTACT or LEAD */
	int64_t keep, lose;
	int64_t base;       /* revision of the one kept that was seen; -1: none */
	const json_t *take; /* {"field": "that"}: the other's value; fields that the one kept has
	                       nothing in get it anyway, lists are joined. NULL: nothing more */
	enum crm_via via;
	struct text device;
};
/* NULL with work->err set: NOT_FOUND, NEED_PRIVILEGES (of either), ERR_PRECONDITION_FAILED,
 * ERR_CRM_VALUE. */
struct plan *edit_combine(struct work *work, const struct edit_combine *asked);

#endif
