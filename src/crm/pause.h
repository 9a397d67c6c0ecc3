/* pause.h - a device that deletes or empties many records in a short time is paused: it still
 * reads, but changes nothing of the CRM until its owner says so in the browser.
 *
 * A device is an app password; those that sign in with the password itself count as one. What
 * counts is a record that is deleted, or that loses the value of a field; crm.pause_deletes of them
 * within ten minutes, the last one included, are let through. Memory: in work->arena. Threads: as
 * said in store/plan.h. */
#ifndef KONTOR_CRM_PAUSE_H
#define KONTOR_CRM_PAUSE_H

#include "base/vec.h"
#include "crm/draft.h"
#include "store/plan.h"

/* Is work->who's device paused? */
bool pause_is(struct work *work, bool *paused) must_check;
/* The app passwords of somebody that are paused (0: the password itself). */
bool pause_list(struct work *work, int64_t principal, struct ids *paused) must_check;
/* Does the draft take something away that was there? */
bool pause_takes(const struct crm_draft *draft);

/* ---- operations ---- */
/* Counts one; the one that is too many pauses the device, and its owner is asked about it. Nobody
 * (work->who NULL) is never counted. */
void plan_pause_count(struct work *work, struct plan *plan, int64_t record);
/* It goes on; what was counted is forgotten. */
void plan_pause_end(struct plan *plan, int64_t principal, int64_t app_password);

#endif
