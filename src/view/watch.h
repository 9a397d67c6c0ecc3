/* watch.h - which notices (store/notice.h) somebody may hear, as ids of each noun.
 *
 * A CRM record or row: who may see it, or could see it before, as far as its holder tells. Anything
 * else: who may read the collection it is in.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_VIEW_WATCH_H
#define KONTOR_VIEW_WATCH_H

#include "store/notice.h"

struct heard {
	struct text noun; /* "leads", "tasks", "meetings", "cards", "files", "stages" ... */
	struct ids ids;
};
VEC_OF(heard_list, struct heard);
bool watch_heard(
        struct work *work, const struct notice_list *notices, struct heard_list *heard) must_check;

#endif
