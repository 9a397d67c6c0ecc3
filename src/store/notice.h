/* notice.h - who waits to hear of what was stored: pages that follow along.
 *
 * Operations say what they touched (writing_notice()); the writer publishes it once the commit has
 * returned, before anybody is answered. Other processes are heard too: on PostgreSQL by
 * LISTEN/NOTIFY, whatever node or command wrote; on SQLite it is only known that something was
 * written, and everybody is told to look again.
 *
 * A watch keeps a bounded number of notices; who does not come for them in time is told the same.
 * Rights are not asked here: the door asks for each notice before it passes it on.
 * Memory:  the board is long-lived; a watch lives in an arena and leaves with it.
 * Threads: any. wake() is called with the board's lock held: it must not come back here. */
#ifndef KONTOR_STORE_NOTICE_H
#define KONTOR_STORE_NOTICE_H

#include "store/plan.h"

/* Instead of a kind: people and teams, whoever; that somebody may be signed in no longer, which is
 * for the streams themselves; a row (table crm_row) of that noun. */
enum { NOTICE_PEOPLE = 900, NOTICE_LOGINS = 901, NOTICE_ROW = 1000 };

struct notice {
	int64_t id;         /* of the record or row */
	int64_t kind;       /* enum kind_id, or NOTICE_ROW + noun */
	int64_t collection; /* the one it was written in; 0: none */
	int64_t tag;        /* component bits of calendar objects */
	int64_t holder;     /* whose it was before (crm_item.holder); 0: nobody's */
};
VEC_OF(notice_list, struct notice);

struct notices;
struct pool;

/* Listens to other processes from now on. */
struct notices *notices_start(struct pool *pool);
/* Wakes everybody a last time: from now on every watch is over. */
void notices_end(struct notices *board);
void notices_free(struct notices **board);

/* ---- watching ---- */
struct watch;
/* NULL: too many watch already. Of one principal the oldest watch is over when there are too many:
 * a browser that went away without a word still has its own. */
struct watch *notice_watch(struct notices *board, struct arena *arena, int64_t principal);
/* What came since the last time. *lost: there was more than that; *beat: half a minute went by.
 * False: it is over. */
struct watched {
	struct notice_list list;
	bool lost, beat;
};
bool notice_take(struct watch *watch, struct arena *arena, struct watched *came) must_check;
/* Calls wake(arg), once, when there is something to take; at once if there is. */
void notice_wait(struct watch *watch, void (*wake)(void *), void *arg);

/* ---- for operations ---- */
void writing_notice(struct writing *writing, const struct notice *notice);

/* ---- for the writer ---- */
/* Inside the transaction: tells other nodes, once it is committed. `board` NULL: a command's. */
bool notice_tell(const struct notices *board, struct db *db, const struct notice_list *list,
        struct err *err) must_check;
/* After it: tells our own. `change`: the last number it gave out. */
void notice_publish(struct notices *board, const struct notice_list *list, int64_t change);

#endif
