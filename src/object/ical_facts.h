/* ical_facts.h - what of a calendar object is worth indexing.
 *
 * Memory: in the arena, partly pointing into the object. Threads: pure. */
#ifndef KONTOR_OBJECT_ICAL_FACTS_H
#define KONTOR_OBJECT_ICAL_FACTS_H

#include "object/ical_time.h"

/* Raised whenever facts may come out otherwise than before, so that indexes are rebuilt. */
enum { ICAL_FACTS_VERSION = 1 };

struct ical_person {
	struct text address;  /* as sent: "mailto:a@example.com" */
	struct text key;      /* lower case, without mailto: */
	struct text name;     /* CN, or absent */
	struct text partstat; /* upper case; absent for organizers */
};
VEC_OF(ical_people, struct ical_person);
VEC_OF(ical_texts, struct text);

struct ical_facts {
	enum ical_kind kind;
	struct text uid; /* absent: has none */
	/* Of the master, or the first override where there is no master; text, not raw. */
	struct text summary;
	struct text location;
	struct text description;
	struct text url;
	struct text status; /* upper case, or absent */
	struct text class_; /* upper case, or absent */
	struct text color;
	struct ical_texts categories;
	int priority; /* 0: none */
	int percent;  /* PERCENT-COMPLETE, -1: none */
	int sequence;
	struct ical_person organizer; /* address absent: none */
	struct ical_people attendees; /* of all components, each once */

	bool has_start;
	struct when start; /* DTSTART of the master */
	bool has_end;
	struct when end; /* DTEND or DUE, or DTSTART + DURATION */
	bool has_completed;
	int64_t completed; /* UTC */
	int64_t stamp;     /* DTSTAMP, 0: none */

	/* The span of everything in it that a time-range can meet, alarms not counted, in UTC
	 * seconds, to be compared with a range's start and end inclusively; an upper bound, for
	 * EXDATEs and the like are not looked at. ICAL_NEVER..ICAL_EVER if nothing in it has a time
	 * (a VTODO without dates matches any range). Widened by 14 hours at both ends when
	 * `floating`: instants then depend on who looks. An endless rule has last == ICAL_EVER. */
	int64_t first;
	int64_t last;
	bool floating;  /* has dates or floating times */
	bool all_day;   /* the master's DTSTART is a date */
	bool recurring; /* RRULE or RDATE */
	bool has_overrides;
	bool has_alarm;
	bool transparent; /* nothing in it makes anybody busy */
	bool away;        /* something in it makes somebody unavailable */
	/* For VALARM time-ranges: the earliest and latest an alarm may ring relative to its
	 * instance; absolute triggers widen first..last instead. Seconds; 0, 0 without alarms. */
	int64_t alarm_before; /* <= 0 */
	int64_t alarm_after;  /* >= 0 */
};

void ical_facts(struct arena *arena, const struct ical *ical, struct ical_facts *facts);
/* UID and kind only, quickly. */
struct text ical_uid(struct arena *arena, const struct ical *ical);
enum ical_kind ical_object_kind(const struct ical *ical);

#endif
