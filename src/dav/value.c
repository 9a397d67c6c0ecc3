/* value.c - see value.h. */
#include "base/base.h"
#include "dav/dav.h"
#include "dav/value.h"

/* A <prop> element that asks for one name, so that the propset is the one reader of properties. */
static bool ask_one(
        struct call *c, const struct xml_name *name, struct target *at, struct buf *into)
{
	struct xml_node *prop = arena_make(c->work.arena, struct xml_node);
	struct xml_node *one = arena_make(c->work.arena, struct xml_node);
	struct xml_out *out = xml_out_new(c->work.arena, into);
	struct propset *set;

	prop->name = name_of(DAV_prop);
	prop->first = prop->last = one;
	one->name = *name;
	one->parent = prop;
	if (!propset_of_prop(c, prop, &set))
		return false;
	xml_root(out, DAV_response);
	if (!propset_propstats(c, set, at, out))
		return false;
	xml_close(out, DAV_response);
	return true;
}

bool dav_value(struct call *c, const struct xml_name *name, struct target *at,
        const struct xml_node **value)
{
	struct xml_limits limits = { 16u << 20, 100000, 64, 65536 };
	const struct xml_node *propstat;
	struct xml_node *root;
	struct buf buf;

	*value = NULL;
	buf_init(&buf, c->work.arena);
	if (!ask_one(c, name, at, &buf) ||
	        !xml_parse(c->work.arena, &c->work.err, &limits, buf_text(&buf), &root))
		return false;
	propstat = xml_child(root, DAV_propstat);
	if (text_eq(xml_child(propstat, DAV_status)->text, TEXT("HTTP/1.1 200 OK")))
		*value = xml_first(xml_child(propstat, DAV_prop));
	return true;
}
