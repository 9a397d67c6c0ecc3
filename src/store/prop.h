/* prop.h - dead properties, and live ones that clients may set: XML by (holder, name).
 * Threads: reading on any thread with a reader; operations run on the writer's. */
#ifndef KONTOR_STORE_PROP_H
#define KONTOR_STORE_PROP_H

#include "base/vec.h"
#include "store/plan.h"

enum holder { HOLDER_COLLECTION = 1, HOLDER_RECORD = 2, HOLDER_PRINCIPAL = 3 };

struct prop {
	struct text ns, name;
	struct text value; /* the whole element as XML, made by xml_copy() */
};
VEC_OF(props, struct prop);

bool prop_get(struct work *work, enum holder holder, int64_t id, struct text ns, struct text name,
        struct text *value) must_check;
bool prop_list(struct work *work, enum holder holder, int64_t id, struct props *props) must_check;
/* Absent value: removes. A collection counts as changed by it; a member does with plan_touch(). */
void plan_prop_set(struct plan *plan, enum holder holder, int64_t id, struct text ns,
        struct text name, struct text value);
/* *id is read when the operation runs: for a record or collection made by the same plan. */
void plan_prop_set_later(struct plan *plan, enum holder holder, const int64_t *id, struct text ns,
        struct text name, struct text value);
void plan_prop_copy(struct plan *plan, enum holder holder, int64_t from, const int64_t *to);

#endif
