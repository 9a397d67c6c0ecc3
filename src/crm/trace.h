/* trace.h - what a change of a CRM record leaves behind: the body it had, what happened, who did
 * it.
 *
 * Memory: in work->arena. Threads: as said in store/plan.h. */
#ifndef KONTOR_CRM_TRACE_H
#define KONTOR_CRM_TRACE_H

#include "crm/draft.h"
#include "crm/look.h"

/* To be planned behind plan_put() of `record`, whose id and revision are known by then: the old
 * body (setting crm.versions), draft->events, and a row of crm_audit with `action`. */
void trace_record(struct work *work, struct plan *plan, const struct crm_draft *draft,
        const struct record *record, const char *action);
/* Rows are audited too; `changes` as trace_changes() makes them. */
struct trace_audit {
	const int64_t *record, *revision; /* read when it runs */
	enum crm_noun noun;
	enum crm_via via;
	struct text device, action, changes;
	int64_t at, who;
	const int64_t *number; /* of a new case (CRM_NUMBER_TO_COME); NULL: none */
};
void trace_audit(struct plan *plan, const struct trace_audit *audit);
/* {"field": [before, after], ...} of what differs; images only say that there was one. Keys
 * that begin with '_' are for crm/undo.c alone. */
struct text trace_changes(
        struct arena *arena, enum crm_noun noun, const json_t *before, const json_t *now);

/* The body a record had at that revision, the present one included; absent without error: it is not
 * kept any more, or never was. */
bool trace_body(struct work *work, int64_t record, int64_t revision, struct text *body) must_check;
/* Which fields changed behind that revision: an object with their keys. */
bool trace_changed_since(
        struct work *work, int64_t record, int64_t revision, json_t **keys) must_check;

#endif
