/* convert.h - a lead becomes a contact, with an account and perhaps a deal, in one plan; the way
 * back is edit_crm_undo() of that change.
 *
 * In two steps, for the new records name each other: edit_reserve() ids for account and deal, then
 * this.
 * Memory: plans in work->arena. Threads: deciding on a reader thread. */
#ifndef KONTOR_EDIT_CONVERT_H
#define KONTOR_EDIT_CONVERT_H

#include "crm/draft.h"
#include "edit/edit.h"

struct edit_convert {
	int64_t lead;
	int64_t base;             /* the revision that was seen; -1: none */
	int64_t account;          /* one that is there, or 0 and: */
	struct text account_name; /* of a new one; absent: no account, or: */
	bool of_company;       /* the one of the lead's company, which is made if there is none */
	const json_t *contact; /* values of the contact to set as well; NULL: none */
	const json_t *deal;    /* values of a deal; NULL: no deal */
	int64_t ids[2];        /* reserved, for account and deal */
	enum crm_via via;
	struct text device;
};
struct edit_converted {
	int64_t account, contact, deal; /* 0: none */
};
/* NULL with work->err set: NOT_FOUND, NEED_PRIVILEGES, PRECONDITION_FAILED, ERR_CRM_VALUE. */
struct plan *edit_convert(
        struct work *work, const struct edit_convert *asked, struct edit_converted *converted);

#endif
