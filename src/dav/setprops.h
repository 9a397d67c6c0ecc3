/* setprops.h - the <set> and <remove> instructions of PROPPATCH, MKCOL and MKCALENDAR, judged by
 * the property tables: what may be set is stored as sent, what may not says why, and the rest is
 * then a failed dependency (RFC 4918 9.2). Memory: in the call's arena. Threads: as the call. */
#ifndef KONTOR_DAV_SETPROPS_H
#define KONTOR_DAV_SETPROPS_H

#include "dav/dav.h"

struct setprop {
	struct xml_name name;
	const struct xml_node *value; /* NULL: remove */
	struct err err;               /* set: refused */
};
VEC_OF(setprops, struct setprop);

/* Where they are to be set. */
struct setting_at {
	const struct target *at;
	unsigned on;   /* what it is, or is to become */
	bool creating; /* rows that are CREATE_ONLY may be set; resourcetype is the caller's to read
	                */
	enum name_id passed_over; /* an element that is no property here, or NAME_UNKNOWN */
};
/* All instructions below `root` in document order. *ok: none is refused. */
bool setprops_read(struct call *c, const struct setting_at *where, const struct xml_node *root,
        struct setprops *instructions, bool *ok) must_check;
/* As they are to be stored. */
void setprops_store(struct call *c, const struct setprops *instructions, struct props *props);
/* Propstats: each 200, or, where something was refused, its own status and 424 for the others. */
void setprops_propstats(
        struct call *c, const struct setprops *instructions, bool ok, struct xml_out *out);

#endif
