/* lent.h - an arena that several hold: what was made once and is handed to many requests, and must
 * live until the last of them has ended, whoever forgets it meanwhile.
 *
 * Memory:  as its holders. Threads: built by one; from then on only read, held and let go by any.
 */
#ifndef KONTOR_BASE_LENT_H
#define KONTOR_BASE_LENT_H

#include "base/arena.h"

struct lent;

/* With one holder: who made it. */
struct lent *lent_new(void);
/* Where its maker builds: more may be added as long as the maker holds it. */
struct arena *lent_arena(struct lent *lent);
/* Held until `holder` is freed. */
void lent_hold(struct lent *lent, struct arena *holder);
/* Whoever made it holds it no longer. NULL is fine; clears *lent. */
void lent_drop(struct lent **lent);

#endif
