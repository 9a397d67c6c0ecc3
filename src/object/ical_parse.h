/* ical_parse.h - inside object/ only: the parser without the conditions of ical_parse().
 * Memory: the arena, and the bytes. Threads: pure. */
#ifndef KONTOR_OBJECT_ICAL_PARSE_H
#define KONTOR_OBJECT_ICAL_PARSE_H

#include "object/ical.h"

/* A VTIMEZONE of the object itself, for a TZID that is no system zone. */
struct ical_own_zone {
	struct text tzid;
	const struct zone *zone; /* NULL: it cannot be read */
};

struct ical {
	struct arena *arena;
	struct text bytes;
	struct ical_comp *calendar;
	VEC(struct ical_own_zone) zones;
};

/* All components on the outermost level, as a list. `props_max` 0: no limit. */
bool ical_parse_stream(struct arena *arena, struct err *err, struct text bytes, size_t props_max,
        struct ical_comp **first) must_check;
/* An object around a VCALENDAR that is parsed already. */
struct ical *ical_wrap(struct arena *arena, struct text bytes, struct ical_comp *calendar);

#endif
