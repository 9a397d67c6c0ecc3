/* scope.h - proof of a right to read a collection. Every query wants one; only view/scope.c makes
 * them (and tests, and maintenance commands through scope_all()). */
#ifndef KONTOR_STORE_SCOPE_H
#define KONTOR_STORE_SCOPE_H

#include "base/base.h"

struct scope {
	int64_t collection;
	uint64_t rights; /* people/privilege.tbl.h */
};

#endif
