/* settle.h - the settling of each noun, and what they share. Nobody outside crm includes it. */
#ifndef KONTOR_CRM_SETTLE_H
#define KONTOR_CRM_SETTLE_H

#include "crm/draft_impl.h"

settle_fn settle_account_card, settle_contact, settle_lead, settle_deal, settle_case, settle_task,
        settle_meeting, settle_note;

/* What is written by somebody's own hand is theirs, unless they say otherwise. */
void settle_owner(struct work *work, struct crm_draft *draft);
/* What is called so: by given and family name, else as it is named, else the company; absent: none
 * of these. */
struct text settle_called(struct arena *arena, const json_t *values);
/* A person's name, of its parts or of the company. */
void settle_name(struct work *work, struct crm_draft *draft);
/* Whoever names a contact means its account, where none is named. */
bool settle_account(struct work *work, struct crm_draft *draft) must_check;
/* The primary one of a contact's `accounts`, else the first; 0: there is none. */
int64_t main_account(const json_t *values);
/* Presets a LIST field to the company's choice of that name, if it has one and the field is empty.
 */
bool settle_choice(
        struct work *work, struct crm_draft *draft, const char *key, const char *name) must_check;

#endif
