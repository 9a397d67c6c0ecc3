/* jcal.h - iCalendar as JSON (RFC 7265), both ways.
 * Memory: results in the arena. Threads: pure. */
#ifndef KONTOR_OBJECT_JCAL_H
#define KONTOR_OBJECT_JCAL_H

#include "object/ical.h"

/* ["vcalendar", [...], [...]]. Values that do not read as their type are written as text. */
struct text jcal_write(struct arena *arena, const struct ical *ical);
/* One jCal object to iCalendar: the body to be stored, to be parsed and checked like any other.
 * ERR_VALID_CALENDAR_DATA for anything RFC 7265 does not allow. */
bool jcal_read(
        struct arena *arena, struct err *err, struct text json, struct text *body) must_check;

#endif
