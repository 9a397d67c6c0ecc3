/* group.h - who is in what: membership one by one, nesting without circles.
 *
 * Groups may be in groups. Somebody is in a group if a chain of memberships leads there; everybody
 * is in `company` without a row that says so.
 * Threads: reading with a reader, any; operations run on the writer's. */
#ifndef KONTOR_PEOPLE_GROUP_H
#define KONTOR_PEOPLE_GROUP_H

#include "store/principal.h"

/* All groups a principal is in, through nesting: ids in ascending order. */
bool group_all_of(struct work *work, int64_t member, struct ids *groups) must_check;

/* ---- operations ---- */
/* Adds to, takes out of the members (or managers) of a group. Joining twice, or leaving what one is
 * not in, changes nothing. */
void plan_group_join(struct plan *plan, int64_t group, int64_t member, bool manager);
void plan_group_leave(struct plan *plan, int64_t group, int64_t member, bool manager);
/* Refuses the plan if the group of that name is in itself by now, through whatever chain. */
void plan_group_no_circle(struct plan *plan, struct text group);

#endif
