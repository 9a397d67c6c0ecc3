/* filter_impl.h - inside object/ only: a filter made ready, and the times it asks about.
 * Memory: the arena of the matcher. Threads: as ical_filter.h. */
#ifndef KONTOR_OBJECT_FILTER_IMPL_H
#define KONTOR_OBJECT_FILTER_IMPL_H

#include "object/ical_filter.h"

/* What one question about one object needs. */
struct match {
	struct arena *arena; /* scratch */
	const struct ical *ical;
	const struct zone *floating;
	/* The last expansion: the components of a series ask one after another. */
	struct {
		const struct ical_comp *parent;
		enum ical_kind kind;
		struct ical_window window;
		struct ical_instances found;
		enum ical_cut cut;
	} last;
};

/* Do the instances of `comp` (or its one span) meet the range? */
bool match_comp_time(struct match *m, const struct ical_comp *comp, const struct ical_range *range);
bool match_alarm_time(
        struct match *m, const struct ical_comp *alarm, const struct ical_range *range);
bool match_prop_time(struct match *m, const struct ical_prop *prop, const struct ical_range *range);

#endif
