/* gate.h - what the deciding functions of this folder share. Nobody else includes it.
 * Memory: in work->arena. Threads: deciding on a reader thread. */
#ifndef KONTOR_EDIT_GATE_H
#define KONTOR_EDIT_GATE_H

#include "edit/edit.h"
#include "store/kind.h"

/* What edit_result() tells; the record's revision is there once the plan has run. */
struct outcome {
	bool created, altered;
	const struct record *record;   /* NULL: none was written */
	const struct crm_row_put *row; /* of the CRM (crm/row.h); NULL: none */
	struct text name, uid;
};
struct plan *gate_plan(struct work *work, struct outcome **outcome);
/* The plan rests on what `locks` says of sync tokens; `locks` may be NULL. */
void gate_unchanged(struct plan *plan, const struct edit_locks *locks);

/* `wanted` on what `at` is (or would be) in: to add and remove members. */
bool gate_need_above(
        struct work *work, const struct target *at, enum privilege_id wanted) must_check;
/* The kind of what is kept in `c`; NULL for homes that hold collections only. */
const struct kind *gate_kind(struct work *work, const struct collection *c);
/* A collection of this type may be made in `in` (RFC 4791 4.2, RFC 6352 5.2). */
bool gate_location(struct work *work, const struct collection *in, int64_t type) must_check;
/* Homes keep some names for collections of the CRM (store/shelf.h). */
bool gate_name(struct work *work, const struct collection *in, struct text name) must_check;
/* `grown` bytes more in c's home; with nothing to add there is nothing to refuse (RFC 4331). Where
 * several plans are decided before they are written, work->growing is their sum. */
bool gate_quota(struct work *work, const struct collection *c, int64_t grown) must_check;
/* The steps of app/compose.c add what belongs to the change. */
bool gate_steps(struct work *work, struct plan *plan, const struct collection *at,
        const struct record *old, struct subject *subject) must_check;
/* Nobody but `self` (NULL: nobody) has this UID in `c` yet; `href` is c's. */
struct gate_uid {
	const struct kind *kind;
	const struct collection *c;
	uint64_t rights;
	struct text href, uid;
	const struct item *self;
};
bool gate_uid_free(struct work *work, const struct gate_uid *asked) must_check;

#endif
