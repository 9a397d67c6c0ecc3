/* mention.h - who an event of somebody's calendar has to do with: by what it relates to, by
 * attendees, by telephone numbers in its texts. Memory: in work->arena. Threads: with a reader,
 * any. */
#ifndef KONTOR_CRM_MENTION_H
#define KONTOR_CRM_MENTION_H

#include "object/ical.h"
#include "store/kind.h"

/* Does the CRM keep a row of it: a task, an event with people, numbers or relations? */
bool mention_concerns(struct work *work, const struct ical *ical);
/* Its keys (table crm_key, role 1): mail addresses of people, telephone numbers, and the UIDs it
 * relates to. */
void mention_project(struct work *work, const struct ical *ical, struct rows *rows);

#endif
