/* target.h - URL to thing: the read gate's first half. Says what a path names and what work->who
 * may do there. Without any right to a collection it is as if it were not there (404, the same
 * bytes), and so is a member of one that work->who may neither read nor write.
 *
 *   /                                        TARGET_ROOT
 *   /principals/                             TARGET_PRINCIPALS
 *   /principals/{users,groups,locations,resources}/   TARGET_PRINCIPAL_KIND
 *   /principals/users/NAME/ ...              TARGET_PRINCIPAL
 *   /calendars/  /addressbooks/  /files/     TARGET_HOMES
 *   /calendars/NAME/ ...                     TARGET_COLLECTION (a home is one)
 *   /calendars/NAME/calendar/x.ics           TARGET_MEMBER
 *   anything mappable but not there          TARGET_NOTHING (parent is set when the parent exists)
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_VIEW_TARGET_H
#define KONTOR_VIEW_TARGET_H

#include "people/access.h"
#include "store/record.h"
#include "wire/href.h"

enum target_is {
	TARGET_ROOT,
	TARGET_PRINCIPALS,
	TARGET_PRINCIPAL_KIND,
	TARGET_PRINCIPAL,
	TARGET_HOMES,
	TARGET_COLLECTION,
	TARGET_MEMBER,
	TARGET_NOTHING,
	TARGET_IS_COUNT
};

struct target {
	enum target_is is;
	struct path path;          /* as asked; not of targets that lists made (len 0 there) */
	struct text href;          /* encoded, as we emit it: collections end in '/' */
	enum collection_type area; /* the home type of /calendars, /addressbooks, /files; else 0 */
	struct principal *principal;   /* TARGET_PRINCIPAL; else of homes and below: the owner */
	struct collection *collection; /* TARGET_COLLECTION: it; MEMBER, NOTHING: the one it is
	                                  (would be) in */
	struct item *item;             /* TARGET_MEMBER */
	struct text name;              /* MEMBER, NOTHING: last segment */
	enum principal_kind kind;      /* TARGET_PRINCIPAL_KIND */
	uint64_t rights;        /* on the thing itself; NOTHING: on the collection it would be in */
	uint64_t parent_rights; /* MEMBER and COLLECTION: on what it is in */
};

/* Fills `at` for any well-formed path. Fails only for the database's sake. A thing that work->who
 * cannot read comes back as TARGET_NOTHING with rights 0 and no collection. `body`: load the
 * member's body. */
bool target_find(
        struct work *work, const struct path *path, bool body, struct target *at) must_check;
/* False with ERR_NOT_FOUND for TARGET_NOTHING; NEED_PRIVILEGES if `wanted` is not all there. */
bool target_need(struct work *work, const struct target *at, enum privilege_id wanted) must_check;
/* The href of what `at` is in: what is asked for a privilege to add and remove members. */
struct text target_parent_href(struct arena *arena, const struct target *at);
/* Encoded hrefs. */
struct text target_principal_href(struct arena *arena, const struct principal *p);
struct text target_home_href(
        struct arena *arena, const struct principal *p, enum collection_type home);
/* Absent, with work->err set, when the database fails. */
struct text target_collection_href(struct work *work, const struct collection *c);

/* The scope that proves the right: view/scope.c is the only maker. False (NEED_PRIVILEGES or
 * NOT_FOUND) if `wanted` is missing. */
bool scope_of(struct work *work, const struct target *at, enum privilege_id wanted,
        struct scope *scope) must_check;
bool scope_of_collection(struct work *work, const struct collection *c, enum privilege_id wanted,
        struct scope *scope) must_check;
/* What work->who sees of a collection: all of it, what it sees of the company's (contacts_query()
 * knows), or nothing: then scope->collection is 0. */
bool scope_of_seen(struct work *work, const struct collection *c, struct scope *scope) must_check;
/* For the write gate, which looks for a UID's other owner on behalf of those who may only add. */
void scope_of_rights(const struct collection *c, uint64_t rights, struct scope *scope);

#endif
