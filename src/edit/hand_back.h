/* hand_back.h - what somebody owns goes back to its queue: the one it has, else that of their team,
 * or of the team above if a team goes itself; what has none waits in the company's.
 * Memory: in work->arena. */
#ifndef KONTOR_EDIT_HAND_BACK_H
#define KONTOR_EDIT_HAND_BACK_H

#include "crm/draft.h"
#include "edit/edit.h"

/* Adds to the plan that this record is nobody's any more. Threads: with a reader, any. */
struct hand_back {
	int64_t record, who;
	enum crm_via via;
	const char *action; /* for the audit; NULL: "change" */
};
bool hand_back_add(struct work *work, struct plan *plan, const struct hand_back *what) must_check;

/* All that is open and theirs, before a user or a team is removed. What cannot be changed stays as
 * it is. Threads: waits for the writer: the slow lane, or a command. */
bool hand_back_all(struct work *work, int64_t who, enum crm_via via) must_check;

#endif
