/* project.h - the derived rows of a CRM record.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_CRM_PROJECT_H
#define KONTOR_CRM_PROJECT_H

#include "crm/draft.h"

/* Statements that delete them again: struct kind's `forget`. */
extern const struct db_stmt *const crm_forget[];
/* Of calendar objects, most of which have nothing to do with the CRM: `forget` and `forget_more`.
 */
extern const struct db_stmt *const crm_event_forget[];
extern const struct db_stmt *const crm_event_forget_more[];
/* And those that count them: its `count`. */
extern const struct db_stmt *const crm_count[];
/* One row of crm_key, each once; an absent key is none. role: 0 its own, 1 it speaks of. */
void project_key(struct rows *rows, struct text key, int64_t role);
/* Of a stored record, as struct kind's project() does it: reads body and private. */
bool crm_project(struct work *work, const struct record *record, const struct collection *at,
        struct rows *rows) must_check;

#endif
