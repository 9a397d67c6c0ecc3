/* scope.h - proof of a right to read a collection. Every query wants one; only view/scope.c makes
 * them (and tests, and maintenance commands through scope_all()). */
#ifndef KONTOR_STORE_SCOPE_H
#define KONTOR_STORE_SCOPE_H

#include "base/base.h"

struct scope {
	int64_t collection;
	uint64_t rights; /* people/privilege.tbl.h */
	/* What is in it appears there by rule: its index rows name another collection, so that they
	 * are found by way of the members. */
	bool by_rule;
	/* Only what this viewer sees of it (store/reach.h); reach 0: all. Queries that cannot tell
	 * must not be given such a scope: see scope_of_seen(). */
	int64_t viewer, reach;
};

#endif
