/* assign.h - who should get a lead or a case: decides, never writes.
 *
 * Rules (rows of the noun `rules`) are asked in order; the first whose conditions all hold decides.
 * Conditions are an object of field to wanted value (or array of values), of campaign, source,
 * territory, product, language, kind, priority, channel. Candidates are an array of {"user": id,
 * "weight": 1..100}; empty: the members of the rule's team. Who is away today (a row of `covers`,
 * or a calendar that says so: an event of the whole day marked out of office, or availability) is
 * passed over. What no rule wants, and what has no candidate left, waits in the rule's team's
 * queue, else in the company's. Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_CRM_ASSIGN_H
#define KONTOR_CRM_ASSIGN_H

#include "crm/look.h"

struct assigned {
	int64_t rule;  /* 0: none wanted it */
	int64_t owner; /* 0: it waits */
	int64_t team;  /* in whose queue; 0: the company's */
};

/* Remembers what it gave to whom, so that a hundred leads in one go are spread too. */
struct assigner;
/* Reads rules, candidates and who is away, for leads or cases. */
bool assigner_new(struct work *work, enum crm_noun noun, struct assigner **assigner) must_check;
bool assigner_pick(struct work *work, struct assigner *assigner, const json_t *values,
        struct assigned *assigned) must_check;
/* Is this user away now? */
bool assigner_is_away(
        struct work *work, struct assigner *assigner, int64_t user, bool *away) must_check;

/* Checks what somebody wants to store as a rule's conditions and candidates: ERR_CRM_VALUE. */
bool assign_check_rule(struct work *work, const json_t *values) must_check;

#endif
