/* report.c - REPORT (RFC 3253 3.6): finds the row. */
#include "base/base.h"
#include "dav/methods.h"
#include "dav/reports.h"

bool dav_report(struct call *c)
{
	const struct dav_report *row;
	const struct xml_node *root;
	struct target at;
	enum depth depth;

	if (!dav_xml(c, NAME_UNKNOWN, false, &root) || !dav_target(c, false, false, &at))
		return false;
	row = dav_report_find(c, &at, root->name.id);
	if (!row)
		return err_set(
		        &c->work.err, ERR_SUPPORTED_REPORT, "%.*s", TEXT_ARG(root->name.local));
	if (row->depth == DEPTH_ONLY_0) {
		if (!header_depth(c, DEPTH_0, &depth))
			return false;
		if (depth != DEPTH_0)
			return err_set(&c->work.err, ERR_BAD_REQUEST,
			        "this report is defined for Depth 0 only");
	}
	if (!row->run(c, &at, root))
		return false;
	if (!c->parked)
		dav_say_where(c, &at);
	return true;
}
