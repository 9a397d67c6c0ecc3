/* series_impl.h - what ical_series.c and series_*.c share. Nobody else includes
 * it. Memory: in s->arena. Threads: pure. */
#ifndef KONTOR_OBJECT_SERIES_IMPL_H
#define KONTOR_OBJECT_SERIES_IMPL_H

#include "object/ical_edit.h"
#include "object/ical_rule.h"
#include "object/ical_series.h"

struct series {
	struct arena *arena;
	struct err *err;
	const struct ical *ical;
	const struct series_ask *ask;
	const struct series_change *change;
	const struct ical_comp *master;
	struct ical_instance at;
	struct when start;               /* DTSTART of the master */
	int64_t from, end;               /* where the change puts the occurrence, UTC */
	int64_t delta;                   /* seconds of wall time by which a whole series moves */
	struct day_move *day;            /* series_days.c; NULL: all move by delta */
	const struct splitting *parting; /* series_split.c */
};

/* ---- series_times.c ---- */
/* `utc` written as `like` is: a date, its zone, or floating. */
struct when series_when(const struct series *s, int64_t utc, const struct when *like);
/* The instant by which an occurrence is known. */
int64_t series_key(const struct series *s, const struct ical_prop *prop);
/* Where s->day, or s->delta, puts an instant of the series. */
int64_t series_moved(const struct series *s, int64_t utc);
/* DTSTART and DTEND of `comp`, which stood at `was`. */
void series_set_times(struct series *s, struct ical_edit *edit, const struct ical_comp *comp,
        struct ical_range was, struct ical_range is);
/* The first of a series, with its length, as it was. */
void series_begin_at(
        struct series *s, struct ical_edit *edit, const struct ical_comp *comp, int64_t utc);
/* RECURRENCE-ID as the master's DTSTART is written. */
void series_set_id(struct series *s, struct ical_edit *edit, int64_t key);
/* Drops those values of EXDATE and RDATE that `keep` says no to, and moves the others by s->delta.
 */
typedef bool series_keep_fn(int64_t key, int64_t at);
void series_filter_dates(struct series *s, struct ical_edit *edit, series_keep_fn *keep);
/* RRULE of a series that moves by s->delta. False: nobody could say what that would be. */
bool series_move_rule(struct series *s, struct ical_edit *edit) must_check;

/* ---- series_days.c ---- */
/* Sets s->day where the rule names one day of a month, and the change puts that on another. */
void series_find_day(struct series *s);
/* False: no day of s->day, or there is none. */
bool series_day_moved(const struct series *s, int64_t *wall);
/* The rule of s->day. */
void series_day_rule(struct series *s, struct text *rule);

/* ---- series_split.c ---- */
/* The part before the occurrence, and (unless `second` is NULL) the one from it on. */
bool series_split(struct series *s, struct text *first, struct text *second) must_check;

/* ---- ical_series.c ---- */
/* The object with each event as `each` writes it; absent: left out. */
typedef struct text series_each_fn(struct series *s, const struct ical_comp *comp);
struct text series_rewrite(struct series *s, series_each_fn *each);
/* "COUNT" of "FREQ=DAILY;COUNT=3" to another value; absent: out with it. */
struct text rule_with(struct arena *arena, struct text rule, const char *part, struct text value);
struct text rule_part(struct text rule, const char *part);
bool series_refuse(struct series *s, const char *words);

#endif
