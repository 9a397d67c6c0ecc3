/* leave.h - records of the CRM leave somebody's collection, or change it. Nobody outside edit/
 * includes it. Memory: plans in work->arena. Threads: deciding on a reader thread. */
#ifndef KONTOR_EDIT_LEAVE_H
#define KONTOR_EDIT_LEAVE_H

#include "edit/gate.h"
#include "edit/transfer.h"

/* DELETE by a device is not the end of a record: what somebody owned goes back to its queue, what
 * they followed is followed no more. What is there for another reason cannot leave. */
struct plan *leave_crm(struct work *work, const struct target *at, const struct edit_locks *locks);

/* Has a MOVE or COPY to do with the CRM? Names within one collection are its client's own. */
bool leave_concerns(const struct transfer *t);
/* MOVE: a card of one's own becomes a lead or contact, a task a case. Everything else is refused.
 */
struct plan *leave_move(struct transfer *t, const struct edit_locks *locks);

#endif
