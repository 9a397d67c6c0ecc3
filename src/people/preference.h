/* preference.h - somebody's own settings of the browser's pages: language, columns, filters.
 *
 * Memory: in the work's arena. Threads: reading with a reader, any; operations run on the writer's.
 */
#ifndef KONTOR_PEOPLE_PREFERENCE_H
#define KONTOR_PEOPLE_PREFERENCE_H

#include "store/plan.h"

enum { PREFERENCE_NAME_MAX = 100, PREFERENCE_VALUE_MAX = 65536, PREFERENCES_MAX = 500 };

struct preference {
	struct text name;
	struct text value; /* JSON */
};
VEC_OF(preferences, struct preference);
bool preference_list(
        struct work *work, int64_t principal, struct preferences *preferences) must_check;
/* An absent value removes it. Fails when there would be more than PREFERENCES_MAX. */
void plan_preference_set(struct plan *plan, int64_t principal, struct text name, struct text value);

#endif
