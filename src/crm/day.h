/* day.h - days of the company: they begin at midnight in its time zone (setting crm.time_zone),
 * whatever that is in UTC and however long they last.
 * Memory: in work->arena. Threads: any; days_note() the writer's. */
#ifndef KONTOR_CRM_DAY_H
#define KONTOR_CRM_DAY_H

#include "base/settings.h"
#include "base/work.h"
#include "object/zone.h"
#include "store/plan.h"

/* UTC where the setting names no zone. */
const struct zone *crm_zone(const struct settings *settings);
/* When that date ("2026-05-31") begins, as UTC; 0: it is none. */
int64_t crm_day_begins(struct work *work, struct text date);
/* The date at an instant. */
struct text crm_day_at(struct work *work, int64_t at);
/* Notes for store/day.h how far the zone is from UTC, for twenty years to come. */
bool crm_days_note(struct writing *writing, const struct zone *zone) must_check;

#endif
