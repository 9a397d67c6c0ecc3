/* problem.h - a refusal as JSON, for the API, for bulk changes and for files that are brought in.
 *
 * Memory: what is added belongs to `object`. Threads: reads only what it is given. */
#ifndef KONTOR_CRM_PROBLEM_H
#define KONTOR_CRM_PROBLEM_H

#include <jansson.h>

#include "base/work.h"

/* Adds what `err` tells programs: `code`, the kind of refusal; `reason` and `params`, why exactly,
 * where base/reason.tbl.h has a row; `field`. */
void crm_problem_tell(struct arena *arena, json_t *object, const struct err *err);
/* {"detail": words for people, and the above}, owned by the arena. */
json_t *crm_problem(struct arena *arena, const struct err *err);

#endif
