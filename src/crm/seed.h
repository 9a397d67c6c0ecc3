/* seed.h - what the CRM of a new company begins with: a pipeline with its stages, lead statuses,
 * service levels, choices. All of it is the company's own to change.
 * Threads: the writer's, inside a plan. */
#ifndef KONTOR_CRM_SEED_H
#define KONTOR_CRM_SEED_H

#include "store/plan.h"

/* Once in the life of a database: struct house's `seed`. */
plan_op_fn crm_seed;

#endif
