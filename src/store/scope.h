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
};

#endif
