/* outbox.h - mail that waits to leave, and what became of it.
 *
 * A mail is queued by the plan that stores what it belongs to: whoever was told that an answer is
 * stored can rest assured that its mail is too. One sender at a time has a mail, by a lease: on
 * PostgreSQL any node may come, and the writer's lock lets one of them have it. A sender that dies
 * with a mail in hand lets its lease run out, and another begins where the last mark was. A mail
 * leaves once, with one exception that SMTP has left open: who dies between the server's "250" and
 * the mark has sent what the next one sends again, under the same Message-ID.
 *
 * After a backup was put back the house has another epoch, and what an older one queued waits until
 * somebody gives it the new one (kontor mail retry): it may have left long ago.
 * Memory: in work->arena. Threads: reading on any thread with a reader; operations run on the
 * writer's. */
#ifndef KONTOR_STORE_OUTBOX_H
#define KONTOR_STORE_OUTBOX_H

#include "base/vec.h"
#include "store/plan.h"

enum outbox_state { OUTBOX_QUEUED, OUTBOX_SENT, OUTBOX_REFUSED, OUTBOX_GIVEN_UP };

/* Addresses are separated by spaces. `rest` have not got it yet, for `refused` it was refused for
 * good. `lease`: somebody has it until then; `claim`: who. */
#define OUTBOX_COLUMNS(COL, _) \
	COL(int, id) _ COL(int, record) \
	_ COL(int, author) \
	_ COL(int, state) \
	_ COL(text, epoch) \
	_ COL(int, created) \
	_ COL(int, due) \
	_ COL(int, attempts) \
	_ COL(int, lease) \
	_ COL(int, claim) \
	_ COL(text, sender) \
	_ COL(text, recipients) \
	_ COL(text, rest) \
	_ COL(text, refused) \
	_ COL(text, reason)
DB_STRUCT(outbox_mail, OUTBOX_COLUMNS)
VEC_OF(outbox_mails, struct outbox_mail);

/* NULL without error: there is none. */
bool outbox_get(struct work *work, int64_t id, struct outbox_mail **mail) must_check;
/* Those that have not left, or all; in order of their ids behind `after`, at most `max`. */
bool outbox_list(struct work *work, bool all, int64_t after, size_t max,
        struct outbox_mails *mails) must_check;
/* Is there one that plan_outbox_claim() would get? One look-up. */
bool outbox_is_due(struct work *work, bool *due) must_check;
/* How many wait, and since when the oldest does (0: none); `held`: of another epoch. */
struct outbox_stats {
	int64_t queued, held, oldest;
};
bool outbox_measure(struct work *work, struct outbox_stats *stats) must_check;
/* Of another epoch than the house's, and queued. */
bool outbox_is_held(const struct work *work, const struct outbox_mail *mail);

/* ---- operations ---- */
struct outbox_put {
	const int64_t *record; /* known by then */
	int64_t author;
	struct text epoch;              /* the house's */
	struct text sender, recipients; /* of the envelope */
	struct text message;
};
void plan_outbox_put(struct plan *plan, const struct outbox_put *put);

/* Takes the mail that has waited longest for its time, for so many seconds. */
struct outbox_claim {
	struct text epoch;
	int64_t seconds;
	bool found;              /* and now: */
	struct outbox_mail mail; /* written back, as the message */
	struct text message;
};
void plan_outbox_claim(struct plan *plan, struct outbox_claim *claim);

/* What became of it: state, epoch, created (since when it waits), due, attempts, lease, rest,
 * refused and reason as in `mail`. It must still have `claim`, else the plan is stale: somebody
 * else has it now. With `release` it is nobody's afterwards. */
struct outbox_change {
	struct outbox_mail mail;
	int64_t claim;
	bool release;
};
void plan_outbox_change(struct plan *plan, const struct outbox_change *change);
/* Forgets what left, or was given up, before that time. */
bool writing_outbox_sweep(struct writing *writing, int64_t before) must_check;

#endif
