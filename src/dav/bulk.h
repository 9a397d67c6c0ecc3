/* bulk.h - many changes of one collection in one POST, as Apple's servers and clients do it: a file
 * of many objects, or an XML list of what to create, update and delete. docs/bulk-requests.md says
 * what goes over the wire.
 *
 * Each change stands for itself: some may be refused while others are done. All are decided first,
 * then given to the writer together, so that they share a commit; those that others (or one
 * another) have made stale are decided anew, three times at most.
 * Memory: in the call's arena. While plans are with the writer nobody touches it (store/plan.h).
 * Threads: as steps of a call, in the slow lane. */
#ifndef KONTOR_DAV_BULK_H
#define KONTOR_DAV_BULK_H

#include "dav/dav.h"
#include "dav/setprops.h"

enum { BULK_MAX = 1000 };

struct bulk_change {
	/* What is asked. */
	const struct xml_node *node; /* ME:resource; NULL: of a file */
	struct text href;            /* as sent; absent: to be created */
	struct text body;            /* absent: properties only, or a deletion */
	struct text uid;             /* as far as it is known */
	struct text etag;            /* that it must have; absent: any */
	bool remove;
	/* What became of it. */
	struct plan *plan; /* with the writer, or back from it */
	bool settled;
	int tries;
	struct err err;
	struct setprops props;
	bool props_ok;
	struct edit_result done;
	struct text at; /* href of what it is about; absent where nothing was made */
};
VEC_OF(bulk_changes, struct bulk_change);

struct bulk {
	struct bulk_changes changes;
	struct edit_locks locks;
	enum name_id data; /* CAL_calendar_data or CARD_address_data */
	struct waker waker;
	int64_t growing; /* bytes that this round's plans add: a quota holds for all of them */
	int waiting;     /* plans not settled yet, and one for whoever submits; atomically */
};

/* After the conditions of the request: both answer 207, or refuse the request whole. */
bool bulk_multiput(struct call *c, const struct target *at, const struct edit_locks *locks);
bool bulk_import(struct call *c, const struct target *at, const struct edit_locks *locks);

/* bulk_decide.c: makes the plan of one change; without one, change->err or change->props says why
 * not. */
void bulk_decide(struct call *c, struct bulk *bulk, const struct target *collection,
        struct bulk_change *change);
/* What of the feature's reading is of use: the UID of a body. */
bool bulk_split(struct work *work, const struct target *at, struct text body,
        struct bulk_parts *parts) must_check;
/* bulk_reply.c */
bool bulk_reply(struct call *c, const struct bulk *bulk);

#endif
