/* merge.h - what a client's body of a CRM record really changes, and what is stored of it.
 *
 * The base is the version the client had seen; only what differs between it and what was sent is an
 * edit. Fields have classes: what is FREE may go, what is GUARDED comes back when it is missing,
 * what is PRIVATE is never read. What is the same within a client's precision is no edit. Unknown
 * properties stay, those of others too. What somebody else changed meanwhile stays as well; the
 * same field changed by both is ERR_PRECONDITION_FAILED. Memory: in work->arena. Threads: with a
 * reader, any. */
#ifndef KONTOR_CRM_MERGE_H
#define KONTOR_CRM_MERGE_H

#include "crm/draft.h"
#include "object/vcard.h"

/* Unknown properties and components of one record, in bytes; what is more is not kept. */
enum { MERGE_UNKNOWN_MAX = 64 * 1024 };

struct crm_merge {
	enum crm_noun noun;
	const struct record *old; /* NULL: a new one */
	int64_t base; /* revision the client had seen; -1: it did not say, so the present one */
	/* The body it had seen, which is no version of `old`; absent: see base. */
	struct text seen;
	void *sent; /* parsed: struct vcard *, struct ical * */
	struct text uid, device;
	int64_t owner; /* it is put where only their own is: it becomes theirs; 0: it stays whose it
	                  is */
	/* What came out: */
	struct crm_draft *draft; /* settled, its tree as it is to be stored */
	struct text body;        /* of that tree; the old one where nothing is changed */
	bool idle;               /* nothing is changed: there is nothing to store */
	struct text appended;    /* to the note or description: belongs on the timeline */
};
/* False: ERR_PRECONDITION_FAILED, or ERR_NEED_PRIVILEGES where no record can be made of it. */
bool crm_merge(struct work *work, struct crm_merge *merge) must_check;

/* What the record of that card or calendar object would be on this shelf. NOTHING: it belongs on
 * none (a group of contacts). */
enum crm_noun crm_noun_on(struct arena *arena, enum crm_shelf shelf, const struct vcard *card);

#endif
