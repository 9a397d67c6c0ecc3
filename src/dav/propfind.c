/* propfind.c - PROPFIND (RFC 4918 9.1). */
#include "base/base.h"
#include "dav/methods.h"
#include "dav/multistatus.h"

static bool add_below(struct call *c, struct multistatus *ms, const struct target *at, bool deep)
{
	struct targets children = { 0 };

	if (!list_children(&c->work, at, &children))
		return false;
	for (size_t i = 0; i < children.len; i++) {
		struct target *child = &children.at[i];

		multistatus_target(ms, child);
		if ((int64_t)multistatus_len(ms) > c->settings->limits_results)
			return err_set(&c->work.err, ERR_NUMBER_OF_MATCHES, "%s", "");
		if (deep && child->is == TARGET_COLLECTION && !add_below(c, ms, child, true))
			return false;
	}
	return true;
}

/* RFC 4918 14.20: prop, or allprop (with include), or propname; a body with none or two of them is
 * nobody's idea of a question. */
static bool check_body(struct call *c, const struct xml_node *root)
{
	int questions = !!xml_child(root, DAV_prop) + !!xml_child(root, DAV_allprop) +
	                !!xml_child(root, DAV_propname);

	return !root || questions == 1 ||
	       err_set(&c->work.err, ERR_BAD_XML, "prop, allprop or propname is expected");
}

bool dav_propfind(struct call *c)
{
	const struct xml_node *root;
	struct multistatus *ms;
	struct propset *set;
	struct target at;
	enum depth depth;

	if (!header_depth(c, DEPTH_INFINITY, &depth) || !dav_xml(c, DAV_propfind, true, &root) ||
	        !check_body(c, root) || !dav_target(c, false, false, &at) ||
	        !propset_of(c, root, &set))
		return false;
	/* RFC 4918 9.1 allows to refuse it: file trees are deep, calendars are not, and everything
	 * of everybody in one answer is nothing a client needs. */
	if (depth == DEPTH_INFINITY && !(on_of(&at) & (ON_FILE_HOME | ON_FOLDER | ON_MEMBER)))
		return err_set(&c->work.err, ERR_PROPFIND_FINITE_DEPTH, "%s", "");
	if (depth == DEPTH_INFINITY && at.is == TARGET_COLLECTION && dav_slowly(c, dav_propfind))
		return true;
	ms = multistatus_new(c, set);
	if (depth == DEPTH_0 || !(header_prefer(c) & PREFER_DEPTH_NOROOT))
		multistatus_target(ms, &at);
	else
		call_set(c, "Preference-Applied", TEXT("depth-noroot"));
	if (depth != DEPTH_0 && at.is != TARGET_MEMBER &&
	        !add_below(c, ms, &at, depth == DEPTH_INFINITY))
		return false;
	dav_say_where(c, &at);
	return multistatus_reply(ms);
}
