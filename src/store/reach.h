/* reach.h - table `reach`: whose records somebody sees, by how far they see. Worked out of groups,
 * managers and covers whenever people change, within the same plan (writing_people()).
 *
 *     JOIN reach r ON r.viewer = ?1 AND r.reach = ?2 AND r.holder = i.holder
 *
 * with the viewer's id and who->reach[shelf]; with viewer 0 for REACH_ALL (reach_viewer()).
 * holder is crm_item.holder: the owner, else the team in whose queue it waits, else `company`.
 * Threads: the writer's, inside a plan. */
#ifndef KONTOR_STORE_REACH_H
#define KONTOR_STORE_REACH_H

#include "store/plan.h"

/* reach.reach: never renumber. Each set holds REACH_OWN: oneself, and those one stands in for. */
enum reach {
	REACH_NONE = 0,
	REACH_OWN = 1,
	REACH_TEAM = 2, /* everybody in one's teams, through nesting; their queues, the company's */
	REACH_SUBTREE = 3, /* the groups one manages, and all below */
	REACH_ALL = 4,     /* of viewer 0 */
	REACH_QUEUES = 5,  /* the queues of one's teams, and the company's */
	REACH_TEAM_AND_SUBTREE = 6,
	REACH_QUEUES_AND_SUBTREE = 7
};
static inline int64_t reach_viewer(enum reach reach, int64_t viewer)
{
	return reach == REACH_ALL ? 0 : viewer;
}

/* Works the table out anew; writes only what differs. An operation: asked for by writing_people().
 */
plan_op_fn reach_work_out;

/* Who stands in for whom today (crm_row of the noun `covers`; days are UTC): pairs in order. */
struct cover {
	int64_t absent, cover;
};
VEC_OF(covers, struct cover);
bool reach_covers(struct writing *writing, struct covers *covers) must_check;

#endif
