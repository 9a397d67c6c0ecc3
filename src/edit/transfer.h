/* transfer.h - for edit/move.c only: putting members and whole collections somewhere else.
 * Memory: in work->arena. Threads: deciding on a reader thread. */
#ifndef KONTOR_EDIT_TRANSFER_H
#define KONTOR_EDIT_TRANSFER_H

#include "edit/gate.h"

struct transfer {
	struct work *work;
	const struct target *from, *to;
	struct collection *into; /* what `to` is (or will be) in */
	bool is_move;
	bool shallow; /* a collection without its members */
	struct plan *plan;
	struct outcome *outcome;
	int64_t copied; /* bytes in memory so far */
};

/* One member to t->to's name in t->into: kind, component, UID and quota are checked. */
bool transfer_member(struct transfer *t) must_check;
/* A collection, with what is below unless `shallow`. */
bool transfer_collection(struct transfer *t) must_check;

#endif
