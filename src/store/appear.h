/* appear.h - records that appear by rule in other collections than their home.
 *
 * A kind's rule (struct rule, store/kind.h) says where a record is wanted by what the derived rows
 * say; here that is compared with where it is, and what enters and leaves is logged in the same
 * commit as the change that brought it about. plan_put() and plan_vanish() do so by themselves, and
 * for the records whose places hang on the changed one; what else changes a rule's mind (somebody
 * follows a record) adds plan_appear().
 *
 * Time changes it too: crm_item.until says when a record must be looked at again. It is written
 * here, whatever a projection says.
 * Threads: the writer's, inside a plan. */
#ifndef KONTOR_STORE_APPEAR_H
#define KONTOR_STORE_APPEAR_H

#include "store/kind.h"

/* A name that a client chose for a record in one of the collections it will appear in. */
struct appear_as {
	int64_t collection;
	struct text name;
};
/* The name of a record in a collection of this type, where nobody chose one: made of its UID, no
 * longer than names may be. */
struct text appear_name(struct arena *arena, enum collection_type type, struct text uid);

/* Works out where one record is wanted and puts it there. *moved: something entered or left. */
bool appear_one(struct writing *writing, const struct rule *rule, int64_t record,
        const struct appear_as *as, bool *moved) must_check;
/* Only looks: is it somewhere else than wanted? */
bool appear_differs(
        struct writing *writing, const struct rule *rule, int64_t record, bool *differs) must_check;
/* The record, what is in *others, and all that hangs on what moved thereby. */
bool appear_all(struct writing *writing, const struct rule *rule, int64_t record,
        const struct appear_as *as, struct ids *others) must_check;
/* What is due by time, so many at once; *more says that there is more. */
bool appear_due(struct writing *writing, const struct rule *rule, bool *more) must_check;
/* All records of a holder, and those a person follows, are due at once: their collections, or those
 * of who stands in for them, came or changed. */
bool appear_later(struct writing *writing, int64_t holder) must_check;

/* ---- operations ---- */
/* Something besides the record changed that says where it appears. */
void plan_appear_by(struct plan *plan, const struct rule *rule, int64_t record);
/* Removes a record from everywhere, at the revision `guard` (-1: any); what hung on it is worked
 * out anew. */
void plan_vanish(struct plan *plan, int64_t record, int64_t guard, const struct house *house);

#endif
