/* record.h - the truth: body, private fields, revision; and where it appears (member).
 *
 * Reading functions want a reader; what they return lives in work->arena. Rights are not asked
 * here: the gates hold a struct scope before they call. Threads: reading on any; operations run on
 * the writer's. */
#ifndef KONTOR_STORE_RECORD_H
#define KONTOR_STORE_RECORD_H

#include "base/vec.h"
#include "store/plan.h"
#include "store/rows.h"
#include "store/scope.h"

struct kind;
struct appear_as; /* store/appear.h */

#define RECORD_COLUMNS(COL, _) \
	COL(int, id) _ COL(int, kind) \
	_ COL(int, home) \
	_ COL(int, revision) \
	_ COL(int, created) \
	_ COL(int, modified) \
	_ COL(int, size) \
	_ COL(int, blob) \
	_ COL(text, media) \
	_ COL(text, private) _ COL(blob, body)
DB_STRUCT(record, RECORD_COLUMNS)

#define MEMBER_COLUMNS(COL, _) \
	COL(int, collection) _ COL(text, name) \
	_ COL(int, record) \
	_ COL(text, uid) \
	_ COL(int, tag) \
	_ COL(int, revision) \
	_ COL(int, changed) \
	_ COL(int, born)
DB_STRUCT(member, MEMBER_COLUMNS)

/* A member with what a multistatus usually wants of its record. */
struct item {
	struct member member;
	int64_t created, modified, size, kind;
	struct text media;
	int64_t blob;     /* these two only when the body was asked for */
	struct text body; /* absent for blobs */
};
VEC_OF(items, struct item);

/* The bare ETag of a revision: 16 letters or fewer, no quotes. Revisions are never given twice, not
 * even after a restore (house_restored() skips ahead), so it needs nothing of the body. */
struct text record_etag(struct arena *arena, int64_t revision);
/* And back; 0: it is none of ours. */
int64_t record_revision(struct text etag);

/* NULL result with no error: not there. */
bool record_get(struct work *work, int64_t id, struct record **record) must_check;
bool member_get(struct work *work, const struct scope *scope, struct text name, bool body,
        struct item **item) must_check;
bool member_by_uid(struct work *work, const struct scope *scope, struct text uid,
        struct item **item) must_check;
/* Where the record appears in this collection. */
bool member_of_record(struct work *work, const struct scope *scope, int64_t record,
        struct item **item) must_check;
/* All members in order of name, after `after` (absent: from the start), at most `max`. */
bool member_list(struct work *work, const struct scope *scope, struct text after, bool body,
        size_t max, struct items *items) must_check;
/* Number of members. */
bool member_count(struct work *work, const struct scope *scope, int64_t *count) must_check;

/* ---- what changed (RFC 6578) ---- */
struct change {
	int64_t collection; /* in which `name` is or was */
	struct text name;
	int64_t number;
	bool gone;
	bool is_collection;
	struct item *item; /* when it is there and no collection */
};
VEC_OF(changes, struct change);
/* Members and child collections that changed after `since`, in order of number, at most `max`
 * (`more` says there are further ones: the number of the last one continues). since 0: what is
 * there, nothing gone; the order is that of a listing if it is all. What came and went since
 * `since` is left out. */
bool change_list(struct work *work, const struct scope *scope, int64_t since, size_t max,
        struct changes *changes, bool *more) must_check;
/* The same for everything below a home, at any depth. What was in a child collection that is gone
 * is not told one by one. */
bool change_list_deep(struct work *work, const struct scope *home, int64_t since, size_t max,
        struct changes *changes, bool *more) must_check;
/* The last number given out: what an answer of this snapshot stands for. No number is larger. */
bool change_latest(struct work *work, int64_t *number) must_check;

/* ---- operations; all log the member difference themselves ---- */
/* Stores a record and its place. An existing one may become another kind. new: id 0; the id is
 * written back into *record when it runs, so are revision, created, modified, and size unless it
 * has a blob. `rows` replace all derived rows. `name` in collection `record->home`; `uid`, `tag`
 * for the member. A name or UID that was taken meanwhile, and a collection that went away, make the
 * plan stale. */
struct record_put {
	struct record *record;
	int64_t guard; /* of an existing one: the revision it must still have, -1: any */
	bool reserved; /* a new one whose record->id was reserved (plan_reserve()) */
	int64_t at;    /* what `modified` will say; 0: the plan's time */
	struct text name, uid;
	int64_t tag;
	struct rows *rows;
	const struct kind *kind;
	const struct appear_as *as; /* of kinds with a rule: a name elsewhere; may be NULL */
};
void plan_put(struct plan *plan, struct record_put *put);
/* Removes the member; the record too when it appears nowhere else. guard: revision, or -1. */
void plan_remove(struct plan *plan, int64_t collection, struct text name, int64_t guard,
        const struct house *house);
/* Moves or renames a member within or across collections: same record, same revision. `rows`
 * replace all derived rows; NULL: they stay. Kinds whose rows name the collection need them when it
 * is another one. */
struct record_move {
	int64_t from, to;
	struct text name, new_name;
	int64_t guard;
	struct rows *rows;
	const struct kind *kind;
};
void plan_move(struct plan *plan, struct record_move *move);
/* Something besides the body changed (a dead property, an ACL): the member counts as changed. */
void plan_touch(struct plan *plan, int64_t collection, struct text name);

#endif
