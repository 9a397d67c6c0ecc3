#include "base/base.h"
#include "base/hash.h"
#include "db/db.h"
#include "edit/file.h"
#include "edit/gate.h"
#include "edit/lock_walk.h"
#include "people/who.h"

/* Conflicting locks made while this one was being decided; on the very same place plan_lock_make()
 * sees to it. */
DB_STATEMENT(CONFLICT_ABOVE,
        "WITH RECURSIVE above (id, parent) AS (SELECT id, parent FROM collection WHERE id = ?1"
        " UNION ALL SELECT c.id, c.parent FROM above a JOIN collection c ON c.id = a.parent)"
        " SELECT 1 FROM above a JOIN dav_lock l ON l.collection = a.id AND l.name = ''"
        " WHERE l.is_deep = 1 AND l.token <> ?2 AND l.until > ?3"
        " AND (l.is_shared = 0 OR ?4 = 0) LIMIT 1");
DB_STATEMENT(CONFLICT_BELOW,
        "WITH RECURSIVE below (id) AS (SELECT id FROM collection WHERE id = ?1"
        " UNION ALL SELECT c.id FROM below b JOIN collection c ON c.parent = b.id"
        " WHERE c.parent <> 0)"
        " SELECT 1 FROM below b JOIN dav_lock l ON l.collection = b.id"
        " WHERE l.token <> ?2 AND l.until > ?3 AND (l.is_shared = 0 OR ?4 = 0) LIMIT 1");

static bool none_of(
        struct writing *writing, const struct db_stmt *stmt, const struct dav_lock *lock)
{
	struct db_rows *rows = db_query(writing->db, writing->err, stmt,
	        DB_ARGS(DB_INT(lock->collection), DB_TEXT(lock->token), DB_INT(writing->now),
	                DB_INT(lock->is_shared)));
	bool found = rows && db_next(rows);

	if (!db_done(rows))
		return false;
	return found ? plan_stale(writing) : true;
}

static bool guard_run(struct writing *writing, void *data)
{
	const struct dav_lock *lock = data;

	return none_of(writing, &CONFLICT_ABOVE, lock) &&
	       (!lock->is_deep || none_of(writing, &CONFLICT_BELOW, lock));
}

/* RFC 4918 6.2: an exclusive lock suffers no other, a shared one no exclusive one. */
static bool check_conflicts(
        struct work *work, const struct target *at, const struct edit_lock *wanted)
{
	struct lock_infos infos = VEC_EMPTY;

	if (!locks_covering(work, at, &infos))
		return false;
	if (wanted->is_deep && !locks_below(work, at, &infos))
		return false;
	for (size_t i = 0; i < infos.len; i++)
		if (!wanted->is_shared || !infos.at[i].lock.is_shared)
			return err_href(&work->err, ERR_NO_CONFLICTING_LOCK, infos.at[i].root,
			        "Somebody else has locked it");
	return true;
}

static bool check(struct work *work, const struct target *at, const struct edit_lock *wanted)
{
	const struct kind *kind;

	if (at->is == TARGET_MEMBER || at->is == TARGET_COLLECTION)
		return target_need(work, at, PRIVILEGE_WRITE_CONTENT) &&
		       check_conflicts(work, at, wanted);
	if (at->is != TARGET_NOTHING)
		return err_set(&work->err, ERR_FORBIDDEN, "This cannot be locked");
	if (!at->collection)
		return err_set(&work->err, ERR_CONFLICT, "The collection does not exist");
	kind = gate_kind(work, at->collection);
	/* RFC 4918 7.3 makes an empty resource, which no calendar may hold (RFC 4791 4.1). */
	if (!kind || kind->id != KIND_FILE)
		return err_set(
		        &work->err, ERR_FORBIDDEN, "Only files are locked before they exist");
	return gate_need_above(work, at, PRIVILEGE_BIND) && check_conflicts(work, at, wanted) &&
	       locks_allow(work, at, NULL, false, true);
}

/* RFC 4918 7.3: an empty one, so that nobody else takes the name. */
static void put_empty(struct work *work, struct plan *plan, const struct target *at)
{
	struct record *record = arena_make(work->arena, struct record);
	struct record_put *put = arena_make(work->arena, struct record_put);

	record->kind = KIND_FILE;
	record->home = at->collection->id;
	record->media = file_media(at->name);
	record->body = TEXT("");
	put->record = record;
	put->name = at->name;
	put->kind = &file_kind;
	plan_put(plan, put);
}

struct plan *edit_lock(struct work *work, const struct target *at, const struct edit_lock *wanted,
        struct dav_lock *made, bool *created)
{
	struct outcome *outcome;
	struct plan *plan;

	if (!check(work, at, wanted))
		return NULL;
	if (!work->who) {
		err_set(&work->err, ERR_UNAUTHORIZED, "A login is needed here");
		return NULL;
	}
	plan = gate_plan(work, &outcome);
	if (at->is == TARGET_NOTHING)
		locks_watch(work, plan, &(struct lock_watch){ at, NULL, false, true });
	outcome->created = *created = at->is == TARGET_NOTHING;
	*made = (struct dav_lock){
		.token = arena_printf(
		        work->arena, "urn:uuid:%.*s", TEXT_ARG(random_uuid(work->arena))),
		.collection = at->collection->id,
		.name = at->is == TARGET_COLLECTION ? TEXT("") : at->name,
		.holder = work->who->id,
		.is_shared = wanted->is_shared,
		.is_deep = wanted->is_deep && at->is == TARGET_COLLECTION,
		.owner = wanted->owner,
		.until = work->now + wanted->seconds,
	};
	if (*created)
		put_empty(work, plan, at);
	plan_lock_make(plan, made);
	plan_add(plan, guard_run, made);
	return plan;
}

/* The lock that covers `at` and has this token; NULL when there is none. */
static bool find_token(
        struct work *work, const struct target *at, struct text token, struct dav_lock **found)
{
	struct lock_infos infos = VEC_EMPTY;

	*found = NULL;
	if (!locks_covering(work, at, &infos))
		return false;
	for (size_t i = 0; i < infos.len && !*found; i++)
		if (text_eq(infos.at[i].lock.token, token))
			*found = &infos.at[i].lock;
	return true;
}

struct plan *edit_lock_refresh(struct work *work, const struct target *at,
        const struct edit_locks *tokens, int64_t seconds, struct dav_lock *refreshed)
{
	struct dav_lock *lock = NULL;
	struct outcome *outcome;
	struct plan *plan;

	for (size_t i = 0; i < tokens->len && !lock; i++) {
		if (!find_token(work, at, tokens->tokens[i], &lock))
			return NULL;
		if (lock && (!work->who || lock->holder != work->who->id))
			lock = NULL;
	}
	if (!lock) {
		err_set(&work->err, ERR_PRECONDITION_FAILED, "None of the tokens is a lock here");
		return NULL;
	}
	lock->until = work->now + seconds;
	*refreshed = *lock;
	plan = gate_plan(work, &outcome);
	plan_lock_refresh(plan, lock->token, lock->until);
	return plan;
}

struct plan *edit_unlock(struct work *work, const struct target *at, struct text token)
{
	struct outcome *outcome;
	struct dav_lock *lock;
	struct plan *plan;

	if (at->is == TARGET_NOTHING) {
		err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
		return NULL;
	}
	if (!find_token(work, at, token, &lock))
		return NULL;
	if (!lock) {
		err_set(&work->err, ERR_LOCK_TOKEN_MATCHES, "This lock token does not belong here");
		return NULL;
	}
	/* RFC 3744 3.5: whoever made the lock needs no privilege to end it. */
	if ((!work->who || lock->holder != work->who->id) &&
	        !target_need(work, at, PRIVILEGE_UNLOCK))
		return NULL;
	plan = gate_plan(work, &outcome);
	plan_lock_remove(plan, lock->token);
	return plan;
}
