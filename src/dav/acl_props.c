/* acl_props.c - the properties of RFC 3744 5: who may do what here. */
#include "base/base.h"
#include "dav/props.h"

static void write_name(struct xml_out *out, enum privilege_id id)
{
	struct xml_name name = name_find(
	        ns_uri(privilege_is_cal(id) ? NS_CAL : NS_DAV), text_of(privilege_name(id)));

	xml_open(out, DAV_privilege);
	xml_empty_name(out, &name);
	xml_close(out, DAV_privilege);
}

/* Leaves and aggregates: some clients look for one, some for the other (client-gotchas 20). */
enum prop_got get_current_user_privilege_set(struct prop_ask *ask)
{
	for (enum privilege_id id = 0; id < PRIVILEGE_COUNT; id++)
		if (rights_have(ask->at->rights, privilege_mask(id)))
			write_name(ask->out, id);
	return PROP_GOT;
}

static void write_supported(struct prop_ask *ask, enum privilege_id id)
{
	xml_open(ask->out, DAV_supported_privilege);
	write_name(ask->out, id);
	xml_open(ask->out, DAV_description);
	xml_attr(ask->out, "xml:lang", TEXT("en"));
	xml_chars(ask->out, text_of(privilege_words(id)));
	xml_close(ask->out, DAV_description);
	for (enum privilege_id child = 0; child < PRIVILEGE_COUNT; child++)
		if (child != id && privilege_parent(child) == id)
			write_supported(ask, child);
	xml_close(ask->out, DAV_supported_privilege);
}

enum prop_got get_supported_privilege_set(struct prop_ask *ask)
{
	write_supported(ask, PRIVILEGE_ALL);
	return PROP_GOT;
}

/* ---- acl ---- */

static bool write_who(struct prop_ask *ask, const struct ace *ace)
{
	static const enum name_id names[] = {
		[ACE_ALL] = DAV_all,
		[ACE_AUTHENTICATED] = DAV_authenticated,
		[ACE_UNAUTHENTICATED] = DAV_unauthenticated,
		[ACE_SELF] = DAV_self,
	};
	struct principal *p;

	xml_open(ask->out, DAV_principal);
	if (ace->who == ACE_OWNER) {
		xml_open(ask->out, DAV_property);
		xml_empty(ask->out, DAV_owner);
		xml_close(ask->out, DAV_property);
	} else if (ace->who == ACE_PRINCIPAL) {
		if (!principal_get(ask->work, ace->principal, &p))
			return false;
		xml_href(ask->out,
		        p ? target_principal_href(ask->work->arena, p) : TEXT("/principals/"));
	} else {
		xml_empty(ask->out, names[ace->who]);
	}
	xml_close(ask->out, DAV_principal);
	return true;
}

/* The shortest list of names that says it: an aggregate covers what is below it. */
static void write_rights(struct xml_out *out, uint64_t rights)
{
	for (enum privilege_id id = 0; id < PRIVILEGE_COUNT; id++) {
		enum privilege_id parent = privilege_parent(id);

		if (!rights_have(rights, privilege_mask(id)))
			continue;
		if (parent != id && rights_have(rights, privilege_mask(parent)))
			continue;
		write_name(out, id);
	}
}

static bool write_ace(
        struct prop_ask *ask, const struct ace *ace, bool is_protected, struct text inherited)
{
	enum name_id verb = ace->is_deny ? DAV_deny : DAV_grant;

	xml_open(ask->out, DAV_ace);
	if (ace->is_invert)
		xml_open(ask->out, DAV_invert);
	if (!write_who(ask, ace))
		return false;
	if (ace->is_invert)
		xml_close(ask->out, DAV_invert);
	xml_open(ask->out, verb);
	write_rights(ask->out, ace->rights);
	xml_close(ask->out, verb);
	if (is_protected)
		xml_empty(ask->out, DAV_protected);
	if (inherited.ptr) {
		xml_open(ask->out, DAV_inherited);
		xml_href(ask->out, inherited);
		xml_close(ask->out, DAV_inherited);
	}
	xml_close(ask->out, DAV_ace);
	return true;
}

static bool write_list(struct prop_ask *ask, int64_t id, struct text inherited)
{
	struct aces aces = { 0 };

	if (!ace_list(ask->work, HOLDER_COLLECTION, id, &aces))
		return false;
	for (size_t i = 0; i < aces.len; i++)
		if (!write_ace(ask, &aces.at[i], false, inherited))
			return false;
	return true;
}

/* Lists of the collections above, nearest first. */
static bool write_inherited(struct prop_ask *ask, int64_t parent)
{
	while (parent) {
		struct collection *c;

		if (!collection_get(ask->work, parent, &c))
			return false;
		if (!c)
			return true;
		if (!write_list(ask, c->id, target_collection_href(ask->work, c)))
			return false;
		parent = c->parent;
	}
	return true;
}

enum prop_got get_acl(struct prop_ask *ask)
{
	const struct target *at = ask->at;
	struct ace owner = { ACE_OWNER, 0, false, false, privilege_mask(PRIVILEGE_ALL) };
	struct ace everybody = { ACE_AUTHENTICATED, 0, false, false,
		privilege_mask(PRIVILEGE_READ) };

	if (at->is != TARGET_COLLECTION && at->is != TARGET_MEMBER)
		return write_ace(ask, &everybody, true, TEXT_NONE) ? PROP_GOT : PROP_FAILED;
	/* Collections of the CRM: nobody can change that, and nothing is inherited. */
	if (at->collection->crm)
		owner.rights = privilege_mask(PRIVILEGE_READ) | privilege_mask(PRIVILEGE_WRITE);
	if (!write_ace(ask, &owner, true, TEXT_NONE))
		return PROP_FAILED;
	if (at->collection->crm)
		return PROP_GOT;
	/* Members have no entries of their own: all are inherited. */
	if (at->is == TARGET_MEMBER)
		return write_inherited(ask, at->collection->id) ? PROP_GOT : PROP_FAILED;
	if (!write_list(ask, at->collection->id, TEXT_NONE) ||
	        !write_inherited(ask, at->collection->parent))
		return PROP_FAILED;
	return PROP_GOT;
}

enum prop_got get_acl_restrictions(struct prop_ask *ask)
{
	/* Entries may grant and deny, in any order; RFC 3744 5.6.3. */
	xml_empty(ask->out, DAV_no_invert);
	return PROP_GOT;
}

enum prop_got get_inherited_acl_set(struct prop_ask *ask)
{
	const struct target *at = ask->at;
	int64_t parent = at->is == TARGET_MEMBER ? at->collection->id : at->collection->parent;

	if (at->collection->crm)
		parent = 0;
	while (parent) {
		struct collection *c;

		if (!collection_get(ask->work, parent, &c))
			return PROP_FAILED;
		if (!c)
			break;
		xml_href(ask->out, target_collection_href(ask->work, c));
		parent = c->parent;
	}
	return PROP_GOT;
}
