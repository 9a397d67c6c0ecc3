/* ical_merge.h - many objects to one .ics (export), and one .ics to many objects (import).
 *
 * Components keep the bytes they were sent in. Export streams: head, objects, tail; a VTIMEZONE is
 * written once, before the first object that needs it.
 * Memory: as the arenas given. Threads: a merge belongs to one thread. */
#ifndef KONTOR_OBJECT_ICAL_MERGE_H
#define KONTOR_OBJECT_ICAL_MERGE_H

#include "object/ical.h"

struct ical_merge;
/* `arena` keeps what was written already (TZIDs) and must outlive the merge. */
struct ical_merge *ical_merge_new(struct arena *arena);
/* `name`, `color`: NAME and X-WR-CALNAME, COLOR and X-APPLE-CALENDAR-COLOR; absent: none. */
void ical_merge_head(
        struct ical_merge *merge, struct buf *out, struct text name, struct text color);
/* Appends what stands in the VCALENDAR of one stored object. */
void ical_merge_add(struct ical_merge *merge, const struct ical *ical, struct buf *out);
void ical_merge_tail(struct ical_merge *merge, struct buf *out);

/* One object of an import, as it would have been PUT. */
struct ical_part {
	struct text uid;     /* made up from the content if it had none */
	enum ical_kind kind; /* one of ICAL_OBJECTS */
	struct text body;
};
VEC_OF(ical_parts, struct ical_part);

struct ical_import {
	struct ical_parts parts; /* in order of first appearance */
	struct text name;        /* NAME or X-WR-CALNAME, absent if none */
	struct text color;       /* X-APPLE-CALENDAR-COLOR or COLOR */
	size_t skipped;          /* components that are no calendar objects */
};
/* Splits by UID, with the VTIMEZONEs each part needs. Several VCALENDARs after another are taken as
 * one; METHOD is dropped. Any number of properties; ERR_VALID_CALENDAR_DATA as ical_parse(). */
bool ical_split(struct arena *arena, struct err *err, struct text bytes,
        struct ical_import *out) must_check;

#endif
