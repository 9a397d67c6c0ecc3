/* queue.h - teams' queues, shown in the homes of those who see to them: managers, and support for
 * cases. Clients look no further than the own home (client-gotchas 6), so there a queue is a
 * collection of its own, "leads@TEAM", beside the place where it really is: the same collection,
 * its token, its members.
 *
 * An admin sees queues where they are, not in the own home.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_VIEW_QUEUE_H
#define KONTOR_VIEW_QUEUE_H

#include "store/principal.h"
#include "store/shelf.h"

struct queue {
	struct collection *c;
	struct principal *team;
	struct text name; /* in the own home */
};
VEC_OF(queues, struct queue);

/* Those that show in `home`, in order of the teams' names; none unless it is work->who's own. */
bool queue_list(struct work *work, const struct collection *home, struct queues *queues) must_check;
/* The one of that name; queue->c NULL: there is none. */
bool queue_find(struct work *work, const struct collection *home, struct text name,
        struct queue *queue) must_check;

#endif
