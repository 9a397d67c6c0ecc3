/* seed.h - what the CRM of a new company begins with: a pipeline with its stages, lead statuses,
 * service levels, choices. All of it is the company's own to change.
 * Threads: the writer's, inside a plan. */
#ifndef KONTOR_CRM_SEED_H
#define KONTOR_CRM_SEED_H

#include "store/plan.h"

/* struct house's `seed`; `data`: the house. The rows once in the life of a database; when the
 * company's days begin (crm/day.h) each time. */
plan_op_fn crm_seed;

#endif
