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
	/* What widely used servers add, and macOS asks: one of the criteria is enough
	 * (test="anyof"); kinds of principals, a mask of kind_bit() (0: all); at most so many. */
	bool any;
	unsigned kinds;
	int64_t max;
};

static unsigned kind_bit(enum principal_kind kind)
{
	return 1u << kind;
}

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

/* An attribute whose values are known, numbered from 0; *which 0 where it is absent. */
static bool read_word(struct call *c, const struct xml_node *node, const char *name,
        const char *const *words, size_t *which)
{
	struct text value = xml_attr_value(node, name);

	*which = 0;
	for (size_t i = 0; value.ptr && words[i]; i++)
		if (text_eq(value, text_of(words[i]))) {
			*which = i;
			return true;
		}
	return !value.ptr || err_set(&c->work.err, ERR_BAD_XML, "%s is not understood", name);
}

static bool read_match(struct call *c, const struct xml_node *node, struct criterion *one)
{
	static const char *const types[] = { [MATCH_CONTAINS] = "contains",
		[MATCH_STARTS] = "starts-with",
		[MATCH_ENDS] = "ends-with",
		[MATCH_EQUALS] = "equals",
		NULL };
	static const char *const caseless[] = { "yes", "no", NULL };
	size_t which, ignored;

	if (!read_word(c, node, "match-type", types, &which) ||
	        !read_word(c, node, "caseless", caseless, &ignored))
		return false;
	one->match = (enum match)which;
	one->words = text_fold(c->work.arena, node->text);
	return true;
}

static bool read_max(struct call *c, const struct xml_node *root, int64_t *max)
{
	const struct xml_node *limit = xml_child(root, CS_limit);
	const struct xml_node *number = xml_child(limit, CS_nresults);

	*max = c->settings->limits_results;
	return !limit || (number && text_to_int(text_trim(number->text), max) && *max > 0) ||
	       err_set(&c->work.err, ERR_BAD_XML, "nresults is a number above 0");
}

static bool read_attributes(struct call *c, const struct xml_node *root, struct search *search)
{
	static const char *const tests[] = { "allof", "anyof", NULL };
	static const char *const types[] = { "", "INDIVIDUAL", "GROUP", "ROOM", "RESOURCE", NULL };
	static const enum principal_kind kinds[] = { 0, PRINCIPAL_USER, PRINCIPAL_GROUP,
		PRINCIPAL_LOCATION, PRINCIPAL_RESOURCE };
	size_t test, type;

	if (!read_word(c, root, "test", tests, &test) || !read_word(c, root, "type", types, &type))
		return false;
	search->any = test == 1;
	search->kinds = type ? kind_bit(kinds[type]) : 0;
	return read_max(c, root, &search->max);
}

static bool read_search(struct call *c, const struct xml_node *root, struct search *search)
{
	if (!read_attributes(c, root, search))
		return false;
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
			if (!read_match(c, match, one))
				return false;
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
	case CS_search_token:
		*yes = matches(work, one, p->display_name);
		return *yes || matches_email(work, one, p, yes);
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

/* Where one kind is wanted, the others need not be read. */
static enum principal_kind only_kind(unsigned kinds)
{
	static const enum principal_kind all[] = { PRINCIPAL_USER, PRINCIPAL_GROUP,
		PRINCIPAL_LOCATION, PRINCIPAL_RESOURCE };

	for (size_t i = 0; i < COUNT_OF(all); i++)
		if (kinds == kind_bit(all[i]))
			return all[i];
	return 0;
}

/* `asked`: whose href says that there are more than were wanted. */
static bool add_found(struct call *c, struct multistatus *ms, const struct search *search,
        const struct target *asked)
{
	struct principals all = { 0 };

	if (!principal_list(&c->work, only_kind(search->kinds), TEXT_NONE,
	            (size_t)c->settings->limits_results, &all))
		return false;
	for (size_t i = 0; i < all.len; i++) {
		struct target at;
		bool found;

		if (search->kinds && !(search->kinds & kind_bit(all.at[i].kind)))
			continue;
		if (!found_by(&c->work, search, &all.at[i], &found))
			return false;
		if (!found)
			continue;
		if ((int64_t)multistatus_len(ms) >= search->max) {
			multistatus_status(ms, asked->href, 507, ERR_NUMBER_OF_MATCHES);
			return true;
		}
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
			search->kinds = search->kinds ? search->kinds & kind_bit(at->kind)
			                              : kind_bit(at->kind);
		else if (!(on_of(at) & (ON_PRINCIPALS | ON_ROOT)))
			return multistatus_reply(ms);
		if (at->is == TARGET_PRINCIPAL_KIND && !search->kinds)
			return multistatus_reply(ms);
	}
	return add_found(c, ms, search, at) && multistatus_reply(ms);
}

/* ---- calendarserver-principal-search ---- */

/* What somebody types into the field of guests, or of rooms: each word is to be in the name or in
 * an address. */
static bool read_tokens(struct call *c, const struct xml_node *root, struct search *search)
{
	static const char *const contexts[] = { "", "attendee", "user", "group", "location",
		"resource", NULL };
	static const unsigned kinds[] = { 0,
		1u << PRINCIPAL_USER | 1u << PRINCIPAL_GROUP | 1u << PRINCIPAL_RESOURCE,
		1u << PRINCIPAL_USER, 1u << PRINCIPAL_GROUP, 1u << PRINCIPAL_LOCATION,
		1u << PRINCIPAL_RESOURCE };
	size_t context;

	if (!read_word(c, root, "context", contexts, &context) || !read_max(c, root, &search->max))
		return false;
	search->kinds = kinds[context];
	for (const struct xml_node *t = xml_child(root, CS_search_token); t;
	        t = xml_again(t, CS_search_token)) {
		if (search->len >= MAX_CRITERIA)
			return err_set(&c->work.err, ERR_BAD_XML, "too many search-tokens");
		search->at[search->len++] = (struct criterion){ CS_search_token,
			text_fold(c->work.arena, text_trim(t->text)), MATCH_CONTAINS };
	}
	return search->len || err_set(&c->work.err, ERR_BAD_XML, "nothing to search for");
}

bool report_principal_search(struct call *c, struct target *at, const struct xml_node *root)
{
	struct search *search = arena_make(c->work.arena, struct search);
	struct multistatus *ms;
	struct propset *set;

	if (!read_tokens(c, root, search) || !propset_of_prop(c, xml_child(root, DAV_prop), &set))
		return false;
	ms = multistatus_new(c, set);
	return add_found(c, ms, search, at) && multistatus_reply(ms);
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
