/* multiget.c - see multiget.h. */
#include "base/base.h"
#include "dav/dav.h"
#include "dav/methods.h"
#include "dav/multiget.h"
#include "view/directory.h"

/* So many are looked up while others wait. */
enum { MANY = 500 };

struct multiget {
	struct call *c;
	struct target *at;
	struct scope scope;
	bool scoped; /* `at` is a collection that may be read: its members need no walk from the
	                root */
	unsigned on;
};

static bool direct_member(const struct multiget *m, const struct path *path)
{
	return m->scoped && path->len == m->at->path.len + 1 && path_below(path, &m->at->path);
}

static bool find(struct multiget *m, const struct path *path, struct target *found)
{
	struct item *item;

	if (!direct_member(m, path))
		return target_find(&m->c->work, path, false, found);
	if (!member_get(&m->c->work, &m->scope, path->at[path->len - 1], false, &item))
		return false;
	*found = (struct target){ .is = TARGET_NOTHING };
	if (item)
		list_member(&m->c->work, m->at, item, found);
	return true;
}

static bool add(struct multiget *m, struct multistatus *ms, struct text href)
{
	struct err ignored = { 0 };
	struct target found;
	struct path path;

	if (!href_parse(m->c->work.arena, &ignored, href, m->c->authority, &path, NULL)) {
		multistatus_status(ms, href, 404, ERR_NONE);
		return true;
	}
	if (!find(m, &path, &found))
		return false;
	if ((on_of(&found) & m->on) && rights_have(found.rights, privilege_mask(PRIVILEGE_READ)))
		multistatus_target(ms, &found);
	else
		multistatus_status(ms, href_of(m->c->work.arena, &path), 404, ERR_NONE);
	return true;
}

static bool is_long(const struct xml_node *root)
{
	size_t hrefs = 0;

	for (const struct xml_node *n = xml_child(root, DAV_href); n && hrefs <= MANY;
	        n = xml_again(n, DAV_href))
		hrefs++;
	return hrefs > MANY;
}

bool dav_multiget(struct call *c, struct target *at, const struct xml_node *root, unsigned on)
{
	struct multiget m = { .c = c, .at = at, .on = on };
	struct multistatus *ms;
	struct propset *set;

	if (!propset_of(c, root, &set))
		return false;
	if (is_long(root) && dav_slowly(c, dav_report))
		return true;
	if (at->is == TARGET_COLLECTION && !directory_is(at->collection) &&
	        rights_have(at->rights, privilege_mask(PRIVILEGE_READ))) {
		if (!scope_of(&c->work, at, PRIVILEGE_READ, &m.scope))
			return false;
		m.scoped = true;
	}
	ms = multistatus_new(c, set);
	for (const struct xml_node *n = xml_child(root, DAV_href); n; n = xml_again(n, DAV_href)) {
		if ((int64_t)multistatus_len(ms) >= c->settings->limits_multiget)
			return err_set(&c->work.err, ERR_NUMBER_OF_MATCHES, "at most %lld hrefs",
			        (long long)c->settings->limits_multiget);
		if (!add(&m, ms, text_trim(n->text)))
			return false;
	}
	/* RFC 4791 9.10: at least one href. */
	if (!multistatus_len(ms))
		return err_set(&c->work.err, ERR_BAD_XML, "a multiget names at least one href");
	return multistatus_reply(ms);
}
