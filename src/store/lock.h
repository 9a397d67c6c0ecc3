/* lock.h - WebDAV locks at rest (RFC 4918 6). Rules are edit/locks.h.
 * Threads: reading on any thread with a reader; operations run on the writer's. */
#ifndef KONTOR_STORE_LOCK_H
#define KONTOR_STORE_LOCK_H

#include "base/vec.h"
#include "store/plan.h"

#define DAV_LOCK_COLUMNS(COL, _) \
	COL(text, token) _ COL(int, collection) \
	_ COL(text, name) \
	_ COL(int, holder) \
	_ COL(int, is_shared) \
	_ COL(int, is_deep) \
	_ COL(text, owner) \
	_ COL(int, until)
DB_STRUCT(dav_lock, DAV_LOCK_COLUMNS)
VEC_OF(dav_locks, struct dav_lock);

/* Locks whose root is exactly this (name "" for the collection itself), expired ones left out. */
bool dav_lock_at(struct work *work, int64_t collection, struct text name,
        struct dav_locks *locks) must_check;
/* Is there any lock at all in the database? Cheap: most servers have none. */
bool dav_lock_any(struct work *work, bool *any) must_check;
void plan_lock_make(struct plan *plan, const struct dav_lock *lock);
void plan_lock_refresh(struct plan *plan, struct text token, int64_t until);
void plan_lock_remove(struct plan *plan, struct text token);

#endif
