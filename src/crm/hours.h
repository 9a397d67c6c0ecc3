/* hours.h - business time: how much of it lies between two instants, and when so much has passed.
 *
 * Hours are wall time in the company's zone, so that nine o'clock stays nine o'clock when the
 * clocks change.
 * Memory: a struct hours is a value. Threads: pure. */
#ifndef KONTOR_CRM_HOURS_H
#define KONTOR_CRM_HOURS_H

#include "object/zone.h"

enum { HOURS_SPANS = 4 }; /* a day at most */

struct hours {
	const struct zone *zone;
	struct hours_span {
		int32_t from, to; /* seconds since midnight; in order, apart; from == to: none */
	} day[7][HOURS_SPANS];    /* Monday first */
	int64_t week;             /* seconds in a whole week */
};

/* "Mo-Fr 09:00-17:00", "Mo-Th 08:00-12:00 13:00-17:00, Fr 08:00-12:00"; days Mo Tu We Th Fr Sa Su;
 * 24:00 ends a day. False with ERR_BAD_REQUEST when it does not read so, or no hour is left. */
bool hours_read(struct err *err, struct text words, const struct zone *zone,
        struct hours *hours) must_check;
/* Business seconds in [from, to); 0 where `to` is not later. */
int64_t hours_between(const struct hours *hours, int64_t from, int64_t to);
/* The first instant by which `seconds` business seconds have passed since `from`; `from` itself for
 * 0 and less. */
int64_t hours_after(const struct hours *hours, int64_t from, int64_t seconds);

#endif
