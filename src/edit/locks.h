/* locks.h - the rules of WebDAV locks (RFC 4918 6, 7): write locks, exclusive and shared, deep or
 * not. Memory: in work->arena. Threads: deciding with a reader. */
#ifndef KONTOR_EDIT_LOCKS_H
#define KONTOR_EDIT_LOCKS_H

#include "edit/edit.h"
#include "store/lock.h"

/* A lock with the href of its root. */
struct lock_info {
	struct dav_lock lock;
	struct text root;
};
VEC_OF(lock_infos, struct lock_info);

/* Locks that cover `at`: its own and deep ones from above. */
bool locks_covering(
        struct work *work, const struct target *at, struct lock_infos *locks) must_check;
/* May `at` be changed with these tokens? ERR_LOCK_TOKEN_SUBMITTED (with href) if not. `deep`: and
 * all below it. `parent`: its collection's membership changes too (create, delete, move). */
bool locks_allow(struct work *work, const struct target *at, const struct edit_locks *tokens,
        bool deep, bool parent) must_check;
/* The same once more, on the writer's thread: a lock that came about after `plan` was decided makes
 * it stale. To be added before what the plan changes. */
struct lock_watch {
	const struct target *at;
	const struct edit_locks *tokens;
	bool deep, parent;
};
void locks_watch(struct work *work, struct plan *plan, const struct lock_watch *watch);
/* LOCK. Makes an empty member where there is nothing (*created). */
struct edit_lock {
	bool is_shared, is_deep;
	struct text owner; /* XML of DAV:owner, or absent */
	int64_t seconds;
};
struct plan *edit_lock(struct work *work, const struct target *at, const struct edit_lock *wanted,
        struct dav_lock *made, bool *created);
struct plan *edit_lock_refresh(struct work *work, const struct target *at,
        const struct edit_locks *tokens, int64_t seconds, struct dav_lock *refreshed);
struct plan *edit_unlock(struct work *work, const struct target *at, struct text token);

#endif
