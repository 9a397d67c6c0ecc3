/* kinds.h - the kinds of the CRM: for app/compose.c.
 *
 * Records of the CRM are cards and calendar objects with values beside the body; what a client's
 * body changes of them is decided by merges (crm/merge.h), called by edit/. Tasks and meetings are
 * plain calendar objects: crm_event_kind takes the calendar's place and lets them show on the
 * timelines of what they belong to.
 * Threads: constant data. */
#ifndef KONTOR_CRM_KINDS_H
#define KONTOR_CRM_KINDS_H

#include "store/kind.h"

extern const struct kind crm_event_kind;
extern const struct kind crm_account_kind, crm_contact_kind, crm_lead_kind;
extern const struct kind crm_deal_kind, crm_case_kind, crm_note_kind;

#endif
