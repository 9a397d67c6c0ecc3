/* propset.h - which properties a request asks for, resolved once, applied to many resources.
 * Memory: in the call's arena. Threads: as the call. */
#ifndef KONTOR_DAV_PROPSET_H
#define KONTOR_DAV_PROPSET_H

#include "dav/feature.h"

struct propset;

/* From <D:propfind>, or from a report's root: a child prop, allprop (+ include) or propname. NULL
 * `root`: allprop. More than 500 names: ERR_BAD_XML. */
bool propset_of(struct call *c, const struct xml_node *root, struct propset **set) must_check;
/* Of one <D:prop> element (reports, expand-property). */
bool propset_of_prop(struct call *c, const struct xml_node *prop, struct propset **set) must_check;
/* Some row asked for needs the member's body. */
bool propset_needs_body(const struct propset *set);
/* Writes <D:response> for `at`: 200, 403, 404 ... propstats; return=minimal drops 404 ones. False
 * only for the database's sake. */
bool propset_response(struct call *c, const struct propset *set, struct target *at,
        struct xml_out *out) must_check;
/* The propstats alone, inside a response that the caller has open (expand-property nests). */
bool propset_propstats(struct call *c, const struct propset *set, struct target *at,
        struct xml_out *out) must_check;

#endif
