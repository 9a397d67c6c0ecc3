/* put_crm.h - a client's body of a CRM record, or for a CRM collection: merged, not stored as sent.
 * Nobody outside edit/ includes it.
 * Memory: plans in work->arena. Threads: deciding on a reader thread. */
#ifndef KONTOR_EDIT_PUT_CRM_H
#define KONTOR_EDIT_PUT_CRM_H

#include "edit/gate.h"

struct put_crm {
	const struct target *at; /* a member, or nothing yet */
	const struct kind *kind; /* of the member; of new ones: what the collection holds */
	struct text body, media, device;
	const struct record *old; /* NULL: nothing is there under this name */
	int64_t base; /* the revision the client had seen; 0: none; -1: it did not say */
	const struct edit_locks *locks;
};
struct plan *put_crm(struct work *work, const struct put_crm *asked);

#endif
