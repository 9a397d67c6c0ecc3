/* core.c - WebDAV itself as a feature: its methods, reports and properties. */
#include "base/base.h"
#include "dav/methods.h"
#include "dav/props.h"
#include "dav/reports.h"

static const struct dav_method methods[] = {
	{ METHOD_OPTIONS, ON_ANYTHING | ON_NOTHING, dav_options },
	{ METHOD_PROPFIND, ON_ANYTHING, dav_propfind },
	{ METHOD_PROPPATCH, ON_STORED | ON_PRINCIPAL, dav_proppatch },
	{ METHOD_GET, ON_ANYTHING, dav_get },
	{ METHOD_HEAD, ON_ANYTHING, dav_get },
	{ METHOD_PUT, ON_MEMBER | ON_NOTHING, dav_put },
	{ METHOD_POST, ON_CALENDAR | ON_ADDRESSBOOK, dav_post },
	{ METHOD_DELETE, ON_STORED, dav_delete },
	{ METHOD_COPY, ON_STORED, dav_copy },
	{ METHOD_MOVE, ON_STORED, dav_move },
	{ METHOD_MKCOL, ON_STORED | ON_NOTHING, dav_mkcol },
	{ METHOD_LOCK, ON_STORED | ON_NOTHING, dav_lock },
	{ METHOD_UNLOCK, ON_STORED, dav_unlock },
	{ METHOD_REPORT, ON_ANYTHING, dav_report },
	{ METHOD_ACL, ON_COLLECTION, dav_acl },
};

static const struct dav_prop props[] = {
#define PROP(name, on, flags, read, check) { name, on, flags, read, check, NULL, 0 },
#include "dav/props.tbl.h"
#undef PROP
};

static const struct dav_report reports[] = {
	{ DAV_sync_collection, ON_COLLECTION, DEPTH_ANY, report_sync_collection },
	{ DAV_expand_property, ON_ANYTHING, DEPTH_ANY, report_expand_property },
	{ DAV_principal_property_search, ON_ANYTHING, DEPTH_ONLY_0,
	        report_principal_property_search },
	{ CS_calendarserver_principal_search, ON_ANYTHING, DEPTH_ONLY_0, report_principal_search },
	/* RFC 3744 9.5: on what principal-collection-set names, and what leads there. */
	{ DAV_principal_search_property_set, ON_ROOT | ON_PRINCIPALS | ON_PRINCIPAL, DEPTH_ONLY_0,
	        report_principal_search_property_set },
	{ DAV_principal_match, ON_ANYTHING, DEPTH_ONLY_0, report_principal_match },
	{ DAV_acl_principal_prop_set, ON_ANYTHING, DEPTH_ONLY_0, report_acl_principal_prop_set },
};

const struct feature dav_core = {
	.tokens = "1, 2, 3, access-control, extended-mkcol",
	.tokens_on = ON_ANYTHING | ON_NOTHING,
	.props = props,
	.props_len = COUNT_OF(props),
	.reports = reports,
	.reports_len = COUNT_OF(reports),
	.methods = methods,
	.methods_len = COUNT_OF(methods),
};
