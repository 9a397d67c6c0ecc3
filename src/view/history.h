/* history.h - who changed what of a record, when, from where: crm_audit, newest first.
 * The caller has seen that work->who may see the record.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_VIEW_HISTORY_H
#define KONTOR_VIEW_HISTORY_H

#include "base/vec.h"
#include "base/work.h"
#include "store/plan.h"

struct history_entry {
	int64_t id, at;
	int64_t who; /* 0: nobody: a form, a mail, a rule, time */
	int64_t via; /* enum crm_via */
	struct text device, action;
	struct text changes; /* JSON: {"field": [before, after]} */
};
VEC_OF(history, struct history_entry);
/* Before the entry `before` (0: from the newest on), at most `max`. */
bool history_of(struct work *work, int64_t record, int64_t before, size_t max,
        struct history *history) must_check;
/* The record that entry is about, and whether it can be taken back; 0: there is no such entry. */
bool history_record(struct work *work, int64_t id, int64_t *record, bool *undoable) must_check;
/* A change of values can; what was made, removed or merged is a matter of its own. */
bool history_undoable(struct text action);

#endif
