/* share.h - letting somebody into a collection. Threads: the main thread. */
#ifndef KONTOR_APP_SHARE_H
#define KONTOR_APP_SHARE_H

#include "app/spot.h"

/* "free-busy", "read", "write", "none". */
bool share_rights(const char *word, uint64_t *rights) must_check;
/* What the access list said of `whom` is replaced; 0 ends it. NULL with an error. */
struct plan *share_plan(
        struct desk *desk, const struct target *at, const struct principal *whom, uint64_t rights);

#endif
