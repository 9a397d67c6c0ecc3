/* reports.h - the reports of WebDAV itself; each in the file of its name, listed in core.c.
 * `root` is the request's document. Threads: on reader threads, as steps of a call. */
#ifndef KONTOR_DAV_REPORTS_H
#define KONTOR_DAV_REPORTS_H

#include "dav/multistatus.h"

typedef bool report_fn(struct call *c, struct target *at, const struct xml_node *root);

report_fn report_sync_collection; /* sync.c: RFC 6578 3.2 */
report_fn report_expand_property; /* expand.c: RFC 3253 3.8 */
/* principal_reports.c: RFC 3744 9.2, 9.4, 9.5 */
report_fn report_principal_property_search, report_principal_search_property_set;
report_fn report_principal_search; /* the same file: calendarserver-principal-search of macOS */
report_fn report_principal_match, report_acl_principal_prop_set;

#endif
