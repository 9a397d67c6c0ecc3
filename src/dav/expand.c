/* expand.c - the expand-property report (RFC 3253 3.8): properties whose values are hrefs, with
 * properties of what they lead to, nested. */
#include "base/base.h"
#include "dav/dav.h"
#include "dav/reports.h"
#include "dav/value.h"

enum { MAX_NESTING = 5, MAX_HREFS = 1000 };

struct expand {
	struct call *c;
	int hrefs;
};

static bool expand_response(struct expand *e, const struct xml_node *asked, struct target *at,
        struct xml_out *out, int nesting);

/* <property name="x" namespace="y"> as a name. */
static struct xml_name property_name(const struct xml_node *property)
{
	struct text uri = xml_attr_value(property, "namespace");

	return name_find(uri.ptr ? uri : ns_uri(NS_DAV), xml_attr_value(property, "name"));
}

static bool expand_href(struct expand *e, const struct xml_node *property, struct text href,
        struct xml_out *out, int nesting)
{
	struct call *c = e->c;
	struct path path;
	struct target at;
	struct err ignored = { 0 };

	if (++e->hrefs > MAX_HREFS)
		return err_set(&c->work.err, ERR_NUMBER_OF_MATCHES, "%s", "");
	if (!href_parse(c->work.arena, &ignored, href, c->authority, &path, NULL)) {
		xml_href(out, href);
		return true;
	}
	if (!target_find(&c->work, &path, false, &at))
		return false;
	if (at.is != TARGET_NOTHING)
		return expand_response(e, property, &at, out, nesting);
	xml_open(out, DAV_response);
	xml_href(out, href);
	xml_status(out, 404);
	xml_close(out, DAV_response);
	return true;
}

/* The value as XML, read back: its hrefs are replaced by responses. */
static bool expand_value(struct expand *e, const struct xml_node *property, struct target *at,
        struct xml_out *out, bool *found, int nesting)
{
	struct xml_name name = property_name(property);
	const struct xml_node *value;

	if (!dav_value(e->c, &name, at, &value))
		return false;
	*found = value != NULL;
	if (!*found)
		return true;
	if (!xml_first(property) || nesting >= MAX_NESTING) {
		xml_copy(out, value);
		return true;
	}
	xml_open_name(out, &name);
	for (const struct xml_node *n = xml_first(value); n; n = xml_next(n)) {
		if (n->name.id != DAV_href)
			xml_copy(out, n);
		else if (!expand_href(e, property, text_trim(n->text), out, nesting + 1))
			return false;
	}
	xml_close_name(out, &name);
	return true;
}

static bool expand_response(struct expand *e, const struct xml_node *asked, struct target *at,
        struct xml_out *out, int nesting)
{
	VEC(struct xml_name) missing = VEC_EMPTY;

	xml_open(out, DAV_response);
	xml_href(out, at->href);
	xml_open(out, DAV_propstat);
	xml_open(out, DAV_prop);
	for (const struct xml_node *p = xml_child(asked, DAV_property); p;
	        p = xml_again(p, DAV_property)) {
		bool found = false;

		if (!expand_value(e, p, at, out, &found, nesting))
			return false;
		if (!found)
			*vec_push(e->c->work.arena, &missing) = property_name(p);
	}
	xml_close(out, DAV_prop);
	xml_status(out, 200);
	xml_close(out, DAV_propstat);
	if (missing.len) {
		xml_open(out, DAV_propstat);
		xml_open(out, DAV_prop);
		for (size_t i = 0; i < missing.len; i++)
			xml_empty_name(out, &missing.at[i]);
		xml_close(out, DAV_prop);
		xml_status(out, 404);
		xml_close(out, DAV_propstat);
	}
	xml_close(out, DAV_response);
	return true;
}

/* RFC 3253 3.6: applied to the members too, as Depth asks. */
static bool expand_members(
        struct expand *e, const struct xml_node *root, struct target *at, struct xml_out *out)
{
	struct targets children = { 0 };

	if (!list_children(&e->c->work, at, &children))
		return false;
	for (size_t i = 0; i < children.len; i++) {
		if (++e->hrefs > MAX_HREFS)
			return err_set(&e->c->work.err, ERR_NUMBER_OF_MATCHES, "%s", "");
		if (!expand_response(e, root, &children.at[i], out, 0))
			return false;
	}
	return true;
}

bool report_expand_property(struct call *c, struct target *at, const struct xml_node *root)
{
	struct expand e = { c, 0 };
	struct xml_out *out;
	struct buf buf;
	enum depth depth;

	if (!header_depth(c, DEPTH_0, &depth))
		return false;
	if (depth == DEPTH_INFINITY)
		return err_set(&c->work.err, ERR_PROPFIND_FINITE_DEPTH, "%s", "");
	buf_init(&buf, c->work.arena);
	out = xml_out_new(c->work.arena, &buf);
	xml_root(out, DAV_multistatus);
	if (!expand_response(&e, root, at, out, 0) ||
	        (depth == DEPTH_1 && !expand_members(&e, root, at, out)))
		return false;
	xml_close(out, DAV_multistatus);
	return multistatus_reply_whole(c, &buf);
}
