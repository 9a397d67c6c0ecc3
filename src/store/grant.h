/* grant.h - access lists at rest (RFC 3744). What they mean is people/access.h.
 * Threads: reading on any thread with a reader; operations run on the writer's. */
#ifndef KONTOR_STORE_GRANT_H
#define KONTOR_STORE_GRANT_H

#include "base/vec.h"
#include "store/prop.h"

enum ace_who {
	ACE_PRINCIPAL = 1,
	ACE_ALL,
	ACE_AUTHENTICATED,
	ACE_UNAUTHENTICATED,
	ACE_OWNER,
	ACE_SELF
};

struct ace {
	enum ace_who who;
	int64_t principal;
	bool is_deny, is_invert;
	uint64_t rights;
};
VEC_OF(aces, struct ace);

bool ace_list(struct work *work, enum holder holder, int64_t id, struct aces *aces) must_check;
/* Replaces the whole list. */
void plan_aces_set(struct plan *plan, enum holder holder, int64_t id, const struct aces *aces);
/* Collections on which one of these principals (somebody and all groups), or everybody, has an
 * entry: each once, in order of id. */
bool ace_holders(struct work *work, const int64_t *ids, size_t len, int64_t **collections,
        size_t *count) must_check;

#endif
