/* acl.c - the ACL method (RFC 3744 8.1): replaces the entries that are neither protected nor
 * inherited. */
#include "base/base.h"
#include "dav/methods.h"

static bool acl_done(struct call *c)
{
	struct edit_result done;

	return edit_result(&c->work, c->plan, &done) && call_reply(c, 200);
}

/* The principal that an href in an entry names. */
static bool read_href(struct call *c, const struct xml_node *href, struct ace *ace)
{
	struct path path;
	struct target at;

	if (!href_parse(c->work.arena, &c->work.err, text_trim(href->text), c->authority, &path,
	            NULL)) {
		err_clear(&c->work.err);
		return err_set(&c->work.err, ERR_RECOGNIZED_PRINCIPAL, "%s", "");
	}
	if (!target_find(&c->work, &path, false, &at))
		return false;
	if (at.is != TARGET_PRINCIPAL)
		return err_set(
		        &c->work.err, ERR_RECOGNIZED_PRINCIPAL, "%.*s", TEXT_ARG(href->text));
	ace->who = ACE_PRINCIPAL;
	ace->principal = at.principal->id;
	return true;
}

static bool read_who(struct call *c, const struct xml_node *node, struct ace *ace)
{
	static const struct {
		enum name_id name;
		enum ace_who who;
	} words[] = {
		{ DAV_all, ACE_ALL },
		{ DAV_authenticated, ACE_AUTHENTICATED },
		{ DAV_unauthenticated, ACE_UNAUTHENTICATED },
		{ DAV_self, ACE_SELF },
	};
	const struct xml_node *what = xml_first(node);

	if (!what)
		return err_set(&c->work.err, ERR_BAD_XML, "an ace names no principal");
	if (what->name.id == DAV_href)
		return read_href(c, what, ace);
	if (what->name.id == DAV_property) {
		ace->who = ACE_OWNER;
		return xml_child(what, DAV_owner) ||
		       err_set(&c->work.err, ERR_ALLOWED_PRINCIPAL, "of properties only owner");
	}
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (what->name.id != words[i].name)
			continue;
		ace->who = words[i].who;
		return true;
	}
	return err_set(&c->work.err, ERR_RECOGNIZED_PRINCIPAL, "%s", "");
}

static bool read_rights(struct call *c, const struct xml_node *verb, struct ace *ace)
{
	for (const struct xml_node *p = xml_child(verb, DAV_privilege); p;
	        p = xml_again(p, DAV_privilege)) {
		const struct xml_node *name = xml_first(p);
		enum privilege_id id = PRIVILEGE_COUNT;

		if (name && (name->name.ns == NS_DAV || name->name.ns == NS_CAL))
			id = privilege_find(name->name.ns == NS_CAL, name->name.local);
		if (id == PRIVILEGE_COUNT)
			return err_set(&c->work.err, ERR_NOT_SUPPORTED_PRIVILEGE, "%s", "");
		ace->rights |= privilege_mask(id);
	}
	return ace->rights || err_set(&c->work.err, ERR_BAD_XML, "an ace names no privilege");
}

static bool read_ace(struct call *c, const struct xml_node *node, struct ace *ace)
{
	const struct xml_node *invert = xml_child(node, DAV_invert);
	const struct xml_node *who = xml_child(invert ? invert : node, DAV_principal);
	const struct xml_node *grant = xml_child(node, DAV_grant);
	const struct xml_node *deny = xml_child(node, DAV_deny);

	/* RFC 3744 5.5: exactly one of them. */
	if (!who || !grant == !deny)
		return err_set(&c->work.err, ERR_BAD_XML,
		        "an ace has one principal, and grants or denies");
	ace->is_deny = deny != NULL;
	ace->is_invert = invert != NULL;
	return read_who(c, who, ace) && read_rights(c, grant ? grant : deny, ace);
}

bool dav_acl(struct call *c)
{
	const struct xml_node *root;
	struct edit_locks locks;
	struct aces aces = { 0 };
	struct target at;
	int64_t guard;

	if (!dav_xml(c, DAV_acl, false, &root) || !dav_target(c, false, false, &at) ||
	        !dav_conditions(c, &at, &locks, &guard) ||
	        !target_need(&c->work, &at, PRIVILEGE_WRITE_ACL))
		return false;
	for (const struct xml_node *n = xml_child(root, DAV_ace); n; n = xml_again(n, DAV_ace)) {
		if (xml_child(n, DAV_protected) || xml_child(n, DAV_inherited))
			continue;
		if ((int64_t)aces.len >= c->settings->limits_aces)
			return err_set(&c->work.err, ERR_LIMITED_NUMBER_OF_ACES, "%s", "");
		if (!read_ace(c, n, vec_push(c->work.arena, &aces)))
			return false;
	}
	return dav_commit(c, edit_acl(&c->work, &at, &aces, &locks), acl_done, dav_acl);
}
