/* principal_reports.c - finding principals (RFC 3744 9.2, 9.4, 9.5). */
#include "base/base.h"
#include "dav/dav.h"
#include "dav/reports.h"

enum { MAX_CRITERIA = 20 };

/* ---- principal-property-search ---- */

enum match { MATCH_CONTAINS, MATCH_STARTS, MATCH_ENDS, MATCH_EQUALS };

struct criterion {
	enum name_id property;
	struct text words; /* folded */
	enum match match;
};

struct search {
	struct criterion at[MAX_CRITERIA];
	size_t len;
	bool any; /* test="anyof" (an extension of widely used servers); else all of them */
	enum principal_kind kind; /* 0: all */
};

/* What can be searched, and what people call it. */
static const struct {
	enum name_id name;
	struct text words;
} searchable[] = {
	{ DAV_displayname, TEXT_INIT("Name") },
	{ CS_email_address_set, TEXT_INIT("Email address") },
	{ CAL_calendar_user_address_set, TEXT_INIT("Calendar user address") },
	{ CAL_calendar_user_type, TEXT_INIT("Kind: individual, group, resource, room") },
	{ CS_first_name, TEXT_INIT("First name") },
	{ CS_last_name, TEXT_INIT("Last name") },
};

static enum match match_of(const struct xml_node *node)
{
	struct text type = xml_attr_value(node, "match-type");

	if (text_eq(type, TEXT("starts-with")))
		return MATCH_STARTS;
	if (text_eq(type, TEXT("ends-with")))
		return MATCH_ENDS;
	return text_eq(type, TEXT("equals")) ? MATCH_EQUALS : MATCH_CONTAINS;
}

static bool read_search(struct call *c, const struct xml_node *root, struct search *search)
{
	search->any = text_eq(xml_attr_value(root, "test"), TEXT("anyof"));
	for (const struct xml_node *s = xml_child(root, DAV_property_search); s;
	        s = xml_again(s, DAV_property_search)) {
		const struct xml_node *match = xml_child(s, DAV_match);

		if (!match)
			return err_set(&c->work.err, ERR_BAD_XML, "a property-search has no match");
		for (const struct xml_node *p = xml_first(xml_child(s, DAV_prop)); p;
		        p = xml_next(p)) {
			struct criterion *one = &search->at[search->len];

			if (++search->len > MAX_CRITERIA)
				return err_set(&c->work.err, ERR_BAD_XML, "too many criteria");
			one->property = p->name.id;
			one->words = text_fold(c->work.arena, match->text);
			one->match = match_of(match);
		}
	}
	if (xml_again(xml_child(root, DAV_prop), DAV_prop))
		return err_set(&c->work.err, ERR_BAD_XML, "one prop element at most is expected");
	return search->len || err_set(&c->work.err, ERR_BAD_XML, "nothing to search for");
}

static bool matches(struct work *work, const struct criterion *one, struct text value)
{
	struct text folded = text_fold(work->arena, value);

	switch (one->match) {
	case MATCH_STARTS: return text_starts(folded, one->words);
	case MATCH_ENDS: return text_ends(folded, one->words);
	case MATCH_EQUALS: return text_eq(folded, one->words);
	case MATCH_CONTAINS: break;
	}
	return text_find(folded, one->words) >= 0;
}

static bool matches_email(
        struct work *work, const struct criterion *one, const struct principal *p, bool *yes)
{
	struct texts emails = { 0 };

	if (!principal_emails(work, p->id, &emails))
		return false;
	for (size_t i = 0; i < emails.len && !*yes; i++)
		*yes = matches(work, one, emails.at[i]) ||
		       matches(work, one,
		               arena_printf(work->arena, "mailto:%.*s", TEXT_ARG(emails.at[i])));
	return true;
}

static bool meets(
        struct work *work, const struct criterion *one, const struct principal *p, bool *yes)
{
	static const struct text types[] = {
		[PRINCIPAL_USER] = TEXT_INIT("INDIVIDUAL"),
		[PRINCIPAL_GROUP] = TEXT_INIT("GROUP"),
		[PRINCIPAL_LOCATION] = TEXT_INIT("ROOM"),
		[PRINCIPAL_RESOURCE] = TEXT_INIT("RESOURCE"),
	};
	ptrdiff_t space = text_find_char(p->display_name, ' ');

	*yes = false;
	switch (one->property) {
	case DAV_displayname: *yes = matches(work, one, p->display_name); break;
	case CS_first_name:
		*yes = matches(work, one,
		        space < 0 ? p->display_name : text_sub(p->display_name, 0, (size_t)space));
		break;
	case CS_last_name:
		*yes = space >= 0 &&
		       matches(work, one, text_from(p->display_name, (size_t)space + 1));
		break;
	case CAL_calendar_user_type: *yes = matches(work, one, types[p->kind]); break;
	case CS_email_address_set: return matches_email(work, one, p, yes);
	case CAL_calendar_user_address_set:
		*yes = matches(work, one, target_principal_href(work->arena, p));
		return *yes || matches_email(work, one, p, yes);
	default: break;
	}
	return true;
}

static bool found_by(
        struct work *work, const struct search *search, const struct principal *p, bool *found)
{
	*found = !search->any;
	for (size_t i = 0; i < search->len; i++) {
		bool yes;

		if (!meets(work, &search->at[i], p, &yes))
			return false;
		if (yes == search->any) {
			*found = search->any;
			return true;
		}
	}
	return true;
}

static bool principal_target(struct call *c, const struct principal *p, struct target *at)
{
	struct path path;

	return href_parse(c->work.arena, &c->work.err, target_principal_href(c->work.arena, p),
	               TEXT_NONE, &path, NULL) &&
	       target_find(&c->work, &path, false, at);
}

static bool add_found(struct call *c, struct multistatus *ms, const struct search *search)
{
	struct principals all = { 0 };

	if (!principal_list(
	            &c->work, search->kind, TEXT_NONE, (size_t)c->settings->limits_results, &all))
		return false;
	for (size_t i = 0; i < all.len; i++) {
		struct target at;
		bool found;

		if (!found_by(&c->work, search, &all.at[i], &found))
			return false;
		if (!found)
			continue;
		if (!principal_target(c, &all.at[i], &at))
			return false;
		if (at.is == TARGET_PRINCIPAL)
			multistatus_target(ms, &at);
	}
	return true;
}

bool report_principal_property_search(
        struct call *c, struct target *at, const struct xml_node *root)
{
	struct search *search = arena_make(c->work.arena, struct search);
	struct multistatus *ms;
	struct propset *set;

	if (!read_search(c, root, search) || !propset_of_prop(c, xml_child(root, DAV_prop), &set))
		return false;
	ms = multistatus_new(c, set);
	/* RFC 3744 9.4: below the principal collection asked, or all with apply-to-.... */
	if (!xml_child(root, DAV_apply_to_principal_collection_set)) {
		if (at->is == TARGET_PRINCIPAL_KIND)
			search->kind = at->kind;
		else if (!(on_of(at) & (ON_PRINCIPALS | ON_ROOT)))
			return multistatus_reply(ms);
	}
	return add_found(c, ms, search) && multistatus_reply(ms);
}

/* ---- principal-search-property-set ---- */

bool report_principal_search_property_set(
        struct call *c, struct target *at, const struct xml_node *root)
{
	struct xml_out *out;
	struct buf buf;

	(void)at;
	/* RFC 3744 9.5: the element is empty. */
	if (xml_first(root))
		return err_set(&c->work.err, ERR_BAD_XML, "principal-search-property-set is empty");
	buf_init(&buf, c->work.arena);
	out = xml_out_new(c->work.arena, &buf);
	xml_root(out, DAV_principal_search_property_set);
	for (size_t i = 0; i < COUNT_OF(searchable); i++) {
		xml_open(out, DAV_principal_search_property);
		xml_open(out, DAV_prop);
		xml_empty(out, searchable[i].name);
		xml_close(out, DAV_prop);
		xml_open(out, DAV_description);
		xml_attr(out, "xml:lang", TEXT("en"));
		xml_chars(out, searchable[i].words);
		xml_close(out, DAV_description);
		xml_close(out, DAV_principal_search_property);
	}
	xml_close(out, DAV_principal_search_property_set);
	return call_reply_body(c, 200, "application/xml; charset=utf-8", buf_text(&buf));
}

/* ---- acl-principal-prop-set ---- */

static bool was_seen(const struct ids *seen, int64_t id)
{
	for (size_t i = 0; i < seen->len; i++)
		if (seen->at[i] == id)
			return true;
	return false;
}

static bool add_principal(struct call *c, struct multistatus *ms, int64_t id)
{
	struct principal *p;
	struct target found;

	if (!principal_get(&c->work, id, &p))
		return false;
	if (!p)
		return true;
	if (!principal_target(c, p, &found))
		return false;
	multistatus_target(ms, &found);
	return true;
}

/* The principals that the access list of `at` names, inherited entries too (RFC 3744 5.5.4), each
 * once; `seen` begins with the owner. */
static bool add_named(struct call *c, struct multistatus *ms, const struct target *at)
{
	struct ids seen = VEC_EMPTY;
	int64_t next = at->collection->id;

	*vec_push(c->work.arena, &seen) = at->principal->id;
	if (!add_principal(c, ms, at->principal->id))
		return false;
	while (next) {
		struct collection *above;
		struct aces aces = VEC_EMPTY;

		if (!collection_get(&c->work, next, &above) ||
		        !ace_list(&c->work, HOLDER_COLLECTION, next, &aces))
			return false;
		for (size_t i = 0; i < aces.len; i++) {
			if (aces.at[i].who != ACE_PRINCIPAL ||
			        was_seen(&seen, aces.at[i].principal))
				continue;
			*vec_push(c->work.arena, &seen) = aces.at[i].principal;
			if (!add_principal(c, ms, aces.at[i].principal))
				return false;
		}
		next = above ? above->parent : 0;
	}
	return true;
}

bool report_acl_principal_prop_set(struct call *c, struct target *at, const struct xml_node *root)
{
	const struct xml_node *prop = xml_child(root, DAV_prop);
	struct multistatus *ms;
	struct propset *set;

	/* RFC 3744 9.2: of what, is said by the one prop element. */
	if (!prop || xml_again(prop, DAV_prop))
		return err_set(&c->work.err, ERR_BAD_XML, "one prop element is expected");
	if (!target_need(&c->work, at, PRIVILEGE_READ_ACL) || !propset_of_prop(c, prop, &set))
		return false;
	ms = multistatus_new(c, set);
	if (at->collection && !add_named(c, ms, at))
		return false;
	return multistatus_reply(ms);
}
