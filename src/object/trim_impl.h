/* trim_impl.h - inside object/ only: the two halves of ical_trim.h.
 * Memory: scratch. Threads: pure. */
#ifndef KONTOR_OBJECT_TRIM_IMPL_H
#define KONTOR_OBJECT_TRIM_IMPL_H

#include "object/ical_trim.h"

struct trim {
	struct arena *scratch;
	struct err *err;
	const struct ical *ical;
	const struct cal_shape *shape;
};

/* Is that component wanted; *inside: what of it, NULL for all. */
bool trim_wanted_comp(const struct cal_wanted *wanted, const struct ical_comp *comp,
        const struct cal_wanted **inside);
bool trim_wants(const struct cal_wanted *wanted, const char *name);
void trim_put_prop(const struct trim *t, const struct cal_wanted *wanted, struct buf *out,
        const struct ical_prop *prop);
void trim_put_comp(const struct trim *t, const struct cal_wanted *wanted, struct buf *out,
        const struct ical_comp *comp);
void trim_put_children(const struct trim *t, const struct cal_wanted *wanted, struct buf *out,
        const struct ical_comp *comp);
void trim_put_missing_zones(const struct trim *t, struct buf *out);

/* limit-recurrence-set (RFC 4791 9.6.6): which overrides are left. */
struct trim_kept {
	bool limited;
	VEC(const struct ical_comp *) comps; /* sorted by address */
};
bool trim_limit(const struct trim *t, struct trim_kept *kept) must_check;
bool trim_keeps(const struct trim_kept *kept, const struct ical_comp *comp);

/* As shape->dress says. */
void trim_dress(const struct trim *t, struct buf *out, struct text text);

/* expand (RFC 4791 9.6.5): what stands inside the VCALENDAR, and before it `head`, not dressed yet.
 */
bool trim_expand(const struct trim *t, const struct cal_wanted *wanted, struct buf *head,
        struct buf *out) must_check;

#endif
