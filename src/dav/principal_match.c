/* principal_match.c - the principal-match report (RFC 3744 9.3): what below a collection is the
 * current user, or has a property that names it. The user's groups match too. */
#include "base/base.h"
#include "dav/dav.h"
#include "dav/methods.h"
#include "dav/reports.h"
#include "dav/value.h"
#include "people/who.h"

struct match {
	struct call *c;
	struct multistatus *ms;
	struct xml_name property;
	struct texts self; /* hrefs of the user and of its groups, as we emit them */
};

static bool find_self(struct match *m, enum principal_kind kind, bool as_targets)
{
	struct work *work = &m->c->work;
	size_t len = work->who ? work->who->groups_len + 1 : 0;

	for (size_t i = 0; i < len; i++) {
		struct principal *p;
		struct target at = { .is = TARGET_PRINCIPAL };

		if (!principal_get(work, i ? work->who->groups[i - 1] : work->who->id, &p))
			return false;
		if (!p || (kind && (int64_t)kind != p->kind))
			continue;
		at.principal = p;
		at.name = p->name;
		at.href = target_principal_href(work->arena, p);
		if (!access_principal(work, p, &at.rights))
			return false;
		if (as_targets)
			multistatus_target(m->ms, &at);
		else
			*vec_push(work->arena, &m->self) = at.href;
	}
	return true;
}

/* Does this href lead to the user? Hrefs come in any encoding, so both are compared decoded. */
static bool is_self(struct match *m, struct text href)
{
	struct err ignored = { 0 };
	struct path path;

	if (!href_parse(m->c->work.arena, &ignored, href, m->c->authority, &path, NULL))
		return false;
	path.slash = true;
	href = href_of(m->c->work.arena, &path);
	for (size_t i = 0; i < m->self.len; i++)
		if (text_eq(m->self.at[i], href))
			return true;
	return false;
}

static bool names_self(struct match *m, struct target *at, bool *yes)
{
	const struct xml_node *value;

	*yes = false;
	if (!dav_value(m->c, &m->property, at, &value))
		return false;
	for (const struct xml_node *n = xml_child(value, DAV_href); n && !*yes;
	        n = xml_again(n, DAV_href))
		*yes = is_self(m, text_trim(n->text));
	return true;
}

/* What looking at one member needed is given back behind it: there may be many. */
static bool look_at(struct match *m, struct target *at, bool *yes)
{
	struct work *work = &m->c->work;
	struct arena *whole = work->arena;
	void *remembered = work->rights;
	bool ok;

	work->arena = arena_new();
	work->rights = NULL;
	ok = names_self(m, at, yes);
	arena_free(&work->arena);
	work->arena = whole;
	work->rights = remembered;
	return ok;
}

static bool match_below(struct match *m, const struct target *at)
{
	struct call *c = m->c;
	struct targets children = { 0 };

	if (!list_children(&c->work, at, &children))
		return false;
	for (size_t i = 0; i < children.len; i++) {
		struct target *child = &children.at[i];
		bool yes;

		if (!look_at(m, child, &yes))
			return false;
		if (yes)
			multistatus_target(m->ms, child);
		if ((int64_t)multistatus_len(m->ms) > c->settings->limits_results)
			return err_set(&c->work.err, ERR_NUMBER_OF_MATCHES, "%s", "");
		if (child->is == TARGET_COLLECTION && !match_below(m, child))
			return false;
	}
	return true;
}

static bool match_property(struct match *m, struct target *at, const struct xml_node *property)
{
	const struct xml_node *name = xml_first(property);

	if (!name || xml_next(name))
		return err_set(
		        &m->c->work.err, ERR_BAD_XML, "principal-property names one property");
	/* Everything of everybody is nothing a client needs: one home at a time. */
	if (!(on_of(at) & (ON_COLLECTION | ON_PRINCIPALS)))
		return true;
	m->property = name->name;
	return find_self(m, 0, false) && match_below(m, at);
}

bool report_principal_match(struct call *c, struct target *at, const struct xml_node *root)
{
	const struct xml_node *property = xml_child(root, DAV_principal_property);
	const struct xml_node *prop = xml_child(root, DAV_prop);
	struct match m = { .c = c };
	struct propset *set;

	if (!property == !xml_child(root, DAV_self))
		return err_set(&c->work.err, ERR_BAD_XML,
		        "principal-match asks for self or for a property");
	if (xml_again(prop, DAV_prop))
		return err_set(&c->work.err, ERR_BAD_XML, "one prop element at most is expected");
	if (!propset_of_prop(c, prop, &set))
		return false;
	if (property && dav_slowly(c, dav_report))
		return true;
	m.ms = multistatus_new(c, set);
	if (property) {
		if (!match_property(&m, at, property))
			return false;
	} else if ((on_of(at) & (ON_PRINCIPALS | ON_ROOT)) &&
	           !find_self(&m, at->is == TARGET_PRINCIPAL_KIND ? at->kind : 0, true)) {
		return false;
	}
	return multistatus_reply(m.ms);
}
