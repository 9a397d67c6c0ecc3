/* furnish.h - what collections principals are given: the default ones when they are made, shelves
 * of the CRM with their roles. Threads: the writer's, inside a plan. */
#ifndef KONTOR_STORE_FURNISH_H
#define KONTOR_STORE_FURNISH_H

#include "store/principal.h"
#include "store/shelf.h"

/* Homes and default collections of a new one. */
bool furnish_new(struct writing *writing, const struct principal *p) must_check;
/* The shelves that go with a role, where they are not there yet. They stay when the role goes: what
 * no longer belongs there leaves by rule. */
bool furnish_role(struct writing *writing, int64_t principal, struct text role) must_check;
/* One shelf, and the home it is in. */
bool furnish_shelf(struct writing *writing, int64_t owner, enum crm_shelf shelf) must_check;
/* The company's homes and shelves, and those of everybody's roles: of a database that is new, or
 * older than they are. */
bool furnish_all(struct writing *writing) must_check;
/* Is that still to be done? */
bool furnish_lacks(struct db *db, struct err *err, bool *lacks) must_check;

#endif
