/* proppatch.c - PROPPATCH (RFC 4918 9.2): all instructions or none. */
#include "base/base.h"
#include "dav/methods.h"
#include "dav/multistatus.h"
#include "dav/setprops.h"

struct patch {
	struct target at;
	struct setprops instructions;
	bool ok;
};

static bool read_instructions(struct call *c, const struct xml_node *root, struct patch *patch)
{
	struct setting_at where = { &patch->at, on_of(&patch->at), false, NAME_UNKNOWN };

	return setprops_read(c, &where, root, &patch->instructions, &patch->ok);
}

static bool decide(struct call *c, struct patch *patch, struct edit_locks *locks)
{
	const struct xml_node *root;
	int64_t guard;

	if (!dav_xml(c, DAV_propertyupdate, false, &root))
		return false;
	/* RFC 4918 14.19 */
	if (!xml_child(root, DAV_set) && !xml_child(root, DAV_remove))
		return err_set(&c->work.err, ERR_BAD_XML, "nothing to set or to remove");
	return dav_target(c, false, false, &patch->at) &&
	       dav_conditions(c, &patch->at, locks, &guard) && read_instructions(c, root, patch);
}

static bool answer(struct call *c, const struct patch *patch)
{
	struct buf buf;
	struct xml_out *out;

	/* RFC 8144 2.2 */
	if (patch->ok && (header_prefer(c) & PREFER_MINIMAL)) {
		call_set(c, "Preference-Applied", TEXT("return=minimal"));
		return call_reply(c, 200);
	}
	buf_init(&buf, c->work.arena);
	out = xml_out_new(c->work.arena, &buf);
	xml_root(out, DAV_multistatus);
	xml_open(out, DAV_response);
	xml_href(out, patch->at.href);
	setprops_propstats(c, &patch->instructions, patch->ok, out);
	xml_close(out, DAV_response);
	xml_close(out, DAV_multistatus);
	return multistatus_reply_whole(c, &buf);
}

static bool proppatch_done(struct call *c)
{
	struct patch patch = { 0 };
	struct edit_result done;
	const struct xml_node *root;

	if (!edit_result(&c->work, c->plan, &done) ||
	        !dav_xml(c, DAV_propertyupdate, false, &root) ||
	        !dav_target(c, false, false, &patch.at) || !read_instructions(c, root, &patch))
		return false;
	patch.ok = true;
	return answer(c, &patch);
}

bool dav_proppatch(struct call *c)
{
	struct patch patch = { 0 };
	struct edit_locks locks;
	struct props props = { 0 };

	if (!decide(c, &patch, &locks))
		return false;
	if (!patch.ok)
		return target_need(&c->work, &patch.at, PRIVILEGE_WRITE_PROPERTIES) &&
		       answer(c, &patch);
	setprops_store(c, &patch.instructions, &props);
	return dav_commit(
	        c, edit_props(&c->work, &patch.at, &props, &locks), proppatch_done, dav_proppatch);
}
