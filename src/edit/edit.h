/* edit.h - the write gate: decide a plan here, commit it, see what became of it.
 *
 * Every deciding function reads with work's reader, checks rights, locks, quotas and the kind's
 * rules, and returns a plan, or NULL with work->err set. Nothing is written before edit_commit().
 * Memory: plans in work->arena. Threads: deciding on a reader thread. */
#ifndef KONTOR_EDIT_EDIT_H
#define KONTOR_EDIT_EDIT_H

#include "store/prop.h"
#include "view/target.h"

struct edit_result {
	bool created;
	bool altered; /* stored body is not the one sent: no ETag (RFC 4791 5.3.4) */
	struct text etag;
	struct text name; /* of a new member, where the server chose it */
	struct text uid;  /* of what was put; absent: it has none */
	struct text body; /* as it is stored; absent where nothing was put, or a spooled file */
};

/* What a request's If header submits: the tokens of locks (RFC 4918 6, 10.4), and the collections
 * whose sync tokens it rests on (RFC 6578 5), which must still be theirs when the plan runs. */
struct edit_locks {
	const struct text *tokens;
	size_t len;
	const struct collection *const *unchanged;
	size_t unchanged_len;
};

/* A body on its way in: in memory, or a spooled file (fd >= 0). */
struct edit_body {
	struct text bytes;
	int fd;
	int64_t size;
	struct text media;  /* Content-Type as sent; absent: by name */
	struct text device; /* User-Agent: for the history of CRM records */
};

/* Lends the plan to the writer; wake(arg) when settled. False: not taken, wake not called. */
bool edit_commit(struct work *work, struct plan *plan, void (*wake)(void *), void *arg) must_check;
/* Reserves ids for records that one plan shall make and that name each other. */
struct plan *edit_reserve(struct work *work, int64_t *ids, size_t len);
/* The same, and waits until it is settled: for threads that serve nobody else (the slow lane,
 * commands, LMTP). Ends the step first. False: not taken. */
bool edit_commit_wait(struct work *work, struct plan *plan) must_check;
bool edit_stale(const struct plan *plan);
/* False with work->err set when the plan failed. */
bool edit_result(struct work *work, struct plan *plan, struct edit_result *result) must_check;

/* PUT: a new member or another body of one. `guard`: the revision the client has seen (If-Match), 0
 * for If-None-Match: *, -1 for neither. Of a CRM record it may be an older one: what the client
 * changed is merged with what others did since. */
struct plan *edit_put(struct work *work, const struct target *at, const struct edit_body *body,
        int64_t guard, const struct edit_locks *locks);
/* Properties for what a plan of edit_put() or edit_add() puts: all or nothing. A new member is the
 * maker's to describe, an old one wants DAV:write-properties. */
bool edit_put_props(struct work *work, struct plan *plan, const struct target *at,
        const struct props *props) must_check;
/* A new member beside what the plan does already. *record is what it will be: its id is there once
 * the plan is done. */
bool edit_put_beside(struct work *work, struct plan *plan, const struct target *at,
        const struct edit_body *body, const struct record **record) must_check;
/* POST add-member (RFC 5995): the name is made here. */
struct plan *edit_add(struct work *work, const struct target *collection,
        const struct edit_body *body, const struct edit_locks *locks);
/* DELETE of a member or a whole collection. Homes and default collections: FORBIDDEN where they
 * must stay. */
struct plan *edit_remove(
        struct work *work, const struct target *at, const struct edit_locks *locks);
/* COPY and MOVE, for members and collections of every kind, across homes too. depth0: a collection
 * without its members. `to` is what the Destination names now. */
struct plan *edit_move(struct work *work, const struct target *from, const struct target *to,
        bool overwrite, const struct edit_locks *locks);
struct plan *edit_copy(struct work *work, const struct target *from, const struct target *to,
        bool overwrite, bool depth0, const struct edit_locks *locks);

/* MKCOL, extended MKCOL, MKCALENDAR: `type` and what goes with it. */
struct edit_mkcol {
	enum collection_type type;
	int64_t components; /* 0: the preset */
	struct props props;
};
struct plan *edit_mkcol(struct work *work, const struct target *at, const struct edit_mkcol *wanted,
        const struct edit_locks *locks);
/* PROPPATCH: values absent are removed. Rights and locks only: what may be set is the door's table.
 */
struct plan *edit_props(struct work *work, const struct target *at, const struct props *props,
        const struct edit_locks *locks);
struct plan *edit_acl(struct work *work, const struct target *at, const struct aces *aces,
        const struct edit_locks *locks);

#endif
