/* access.h - who may do what here: RFC 3744 worked out into a bit mask.
 *
 * The owner of a home may do everything in it; admins may do everything; everybody else gets what
 * access lists grant: on the collection itself, then inherited from those above it. For each
 * privilege the first entry that speaks of it decides (RFC 3744 6). Principals are readable by
 * everybody who is logged in.
 * Collections of the CRM have no access lists: what roles and groups say counts there.
 * DAV:read is more than the sum of its parts: read-free-busy and read-current-user-privilege-set do
 * not make it. DAV:write and DAV:all do follow from their parts.
 * Memory: what was worked out is kept in work->rights for the step. Threads: with a reader, any. */
#ifndef KONTOR_PEOPLE_ACCESS_H
#define KONTOR_PEOPLE_ACCESS_H

#include "base/work.h"
#include "store/collection.h"
#include "store/grant.h"
#include "store/principal.h"

enum privilege_id {
#define PRIVILEGE(id, parent, ns, element, words) PRIVILEGE_##id,
#include "people/privilege.tbl.h"
#undef PRIVILEGE
	PRIVILEGE_COUNT
};
/* Masks: a leaf is its own bit, an aggregate is its own bit and those of all below it. */
uint64_t privilege_mask(enum privilege_id id);
/* "write-content" */
const char *privilege_name(enum privilege_id id);
enum privilege_id privilege_parent(enum privilege_id id);
const char *privilege_words(enum privilege_id id);
/* PRIVILEGE_COUNT when unknown; is_cal says which namespace. */
enum privilege_id privilege_find(bool is_cal, struct text element);
bool privilege_is_cal(enum privilege_id id);
/* All of `wanted` (a mask of leaves or aggregates) is in `rights`. */
static inline bool rights_have(uint64_t rights, uint64_t wanted)
{
	return (rights & wanted) == wanted;
}
/* This one privilege: its own bit, which an aggregate has when it was granted or follows. */
static inline bool rights_allow(uint64_t rights, enum privilege_id id)
{
	return rights >> id & 1;
}

/* Rights of work->who (NULL: unauthenticated) on a collection. Members have no lists of their own:
 * these are the rights on them too. */
bool access_collection(struct work *work, const struct collection *c, uint64_t *rights) must_check;
/* On one member of it: of the company's CRM collections everybody sees what they may of them,
 * though not the list of it (crm/appear.h). */
bool access_record(
        struct work *work, const struct collection *c, int64_t record, uint64_t *rights) must_check;
bool access_principal(struct work *work, const struct principal *p, uint64_t *rights) must_check;
/* Collections of other owners, homes too, that name work->who in their own access lists and grant
 * something: for listings, in order of id. */
bool access_shared(struct work *work, struct collections *shared) must_check;
/* Checks an access list somebody wants to set; the preconditions of RFC 3744 8.1.1. */
bool access_check_aces(
        struct work *work, const struct collection *c, const struct aces *aces) must_check;

#endif
