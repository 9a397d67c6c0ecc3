/* ical_tzids.h - inside object/ only: which time zones a component speaks of.
 * Memory: the arena. Threads: pure. */
#ifndef KONTOR_OBJECT_ICAL_TZIDS_H
#define KONTOR_OBJECT_ICAL_TZIDS_H

#include "object/ical.h"

VEC_OF(ical_tzids, struct text);
enum { ICAL_TZIDS_MAX = 200 }; /* of one object; more are not looked at */

/* Adds those of the component and all in it, each once. */
void ical_tzids(struct arena *arena, const struct ical_comp *comp, struct ical_tzids *tzids);
/* The VTIMEZONE of that name, or NULL. */
const struct ical_comp *ical_vtimezone(
        struct arena *arena, const struct ical_comp *calendar, struct text tzid);
/* Bytes as sent, with the line end that the last line of a file may lack. */
void ical_put_raw(struct buf *out, struct text raw);

#endif
