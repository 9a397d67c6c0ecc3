/* collection.h - calendars, address books, folders, and the homes they are in.
 *
 * Threads: reading on any thread with a reader; operations run on the writer's. */
#ifndef KONTOR_STORE_COLLECTION_H
#define KONTOR_STORE_COLLECTION_H

#include "base/vec.h"
#include "store/plan.h"

/* collection.type: never renumber. Homes have parent 0; what was
 * removed has parent -1 until it is cleared away, and is not found. */
enum collection_type {
	COLLECTION_CALENDAR_HOME = 1,
	COLLECTION_ADDRESSBOOK_HOME = 2,
	COLLECTION_FILE_HOME = 3,
	COLLECTION_CALENDAR = 4,
	COLLECTION_ADDRESSBOOK = 5,
	COLLECTION_FOLDER = 6
};
/* collection.components and member.tag of calendar objects: bits. */
enum {
	COMPONENT_VEVENT = 1,
	COMPONENT_VTODO = 2,
	COMPONENT_VJOURNAL = 4,
	COMPONENT_VFREEBUSY = 8,
	COMPONENT_VAVAILABILITY = 16,
	COMPONENT_ALL = 31,
	/* Of a calendar as it is made where nothing else is asked for: tasks have one of their own.
	 */
	COMPONENTS_WITHOUT_TASKS = COMPONENT_ALL & ~COMPONENT_VTODO
};

#define COLLECTION_COLUMNS(COL, _) \
	COL(int, id) _ COL(int, parent) \
	_ COL(int, owner) \
	_ COL(int, type) \
	_ COL(text, name) \
	_ COL(int, components) \
	_ COL(int, token) \
	_ COL(int, changed) \
	_ COL(int, born) \
	_ COL(int, bytes) \
	_ COL(int, created) \
	_ COL(int, modified) \
	_ COL(int, crm)
DB_STRUCT(collection, COLLECTION_COLUMNS)
VEC_OF(collections, struct collection);

static inline bool collection_is_home(const struct collection *c)
{
	return c->parent == 0;
}

/* Lookups: NULL without error where there is none. */
bool collection_get(struct work *work, int64_t id, struct collection **collection) must_check;
bool collection_home(struct work *work, int64_t owner, enum collection_type type,
        struct collection **collection) must_check;
/* Home and owner in one go, by the owner's name as it stands in the URL (folded inside). */
bool collection_home_of(struct work *work, struct text owner_name, enum collection_type type,
        struct collection **collection) must_check;
/* What nearly every request asks first, in one statement: /calendars/OWNER/CHILD/. NULL for what is
 * not there; without a home there is no owner either. An absent `child` is not looked for. */
struct collection_path {
	struct principal *owner;
	struct collection *home, *child;
};
bool collection_path(struct work *work, struct text owner_name, enum collection_type type,
        struct text child, struct collection_path *path) must_check;
bool collection_child(struct work *work, int64_t parent, struct text name,
        struct collection **collection) must_check;
bool collection_children(
        struct work *work, int64_t parent, struct collections *children) must_check;
/* What a principal's quota allows in each of its homes (0: no limit): its own, else (0) that of the
 * settings; negative is none. */
bool collection_quota(struct work *work, int64_t owner, int64_t *quota) must_check;
/* Bytes stored in a home and everything below it, and its owner's quota. */
bool collection_usage(struct work *work, const struct collection *home, int64_t *bytes,
        int64_t *quota) must_check;
/* The home a collection is in (itself, if it is one). */
bool collection_home_above(
        struct work *work, const struct collection *c, struct collection **home) must_check;

/* ---- operations ---- */
/* Makes it in collection->parent; id, born, changed, token are written back. The name taken
 * meanwhile: stale. */
void plan_collection_make(struct plan *plan, struct collection *collection);
/* Removes it with everything below: members, properties, access lists, locks; tombstone in the
 * parent. It is gone at once; what was in it is cleared away later (trash.h). */
void plan_collection_remove(struct plan *plan, int64_t id);
/* Other parent or other name, owner's home too; the members stay what they are. Locks end. Into
 * itself, or onto a name in use: stale. */
void plan_collection_move(struct plan *plan, int64_t id, int64_t parent, struct text name);
/* Its properties or rights changed: seen by the parent's sync. */
void plan_collection_touch(struct plan *plan, int64_t id);
/* The plan is stale if the collection's token is not `token` when it runs. */
void plan_collection_unchanged(struct plan *plan, int64_t id, int64_t token);

#endif
