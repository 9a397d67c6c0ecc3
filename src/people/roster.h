/* roster.h - principals with what belongs to them, many at once.
 *
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_PEOPLE_ROSTER_H
#define KONTOR_PEOPLE_ROSTER_H

#include "store/principal.h"

struct roster_entry {
	struct principal principal;
	struct texts emails, roles;
	struct ids member_of, manager_of; /* direct; `company`, which holds everybody, only where
	                                     somebody manages it */
	struct ids members, managers;     /* of groups: direct ones with a row */
};
VEC_OF(roster, struct roster_entry);

/* All of a kind, in order of name. */
bool roster_list(struct work *work, enum principal_kind kind, struct roster *roster) must_check;
/* One; NULL without error where there is none of that kind. */
bool roster_get(struct work *work, enum principal_kind kind, int64_t id,
        struct roster_entry **entry) must_check;

#endif
