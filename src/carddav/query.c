/* query.c - the reports addressbook-query (RFC 6352 8.6) and addressbook-multiget (8.7). */
#include "base/base.h"
#include "base/settings.h"
#include "carddav/carddav.h"
#include "contacts/contacts.h"
#include "dav/dav.h"
#include "dav/methods.h"
#include "dav/multiget.h"
#include "view/directory.h"

enum { MAX_FILTERS = 100 };

struct reading {
	struct call *c;
	size_t filters;
};

static bool unsupported(struct reading *r, const char *what)
{
	return err_set(&r->c->work.err, ERR_CARD_SUPPORTED_FILTER, "%s", what);
}

static bool read_test(struct reading *r, const struct xml_node *node, enum card_test *test)
{
	return card_test_of(xml_attr_value(node, "test"), test) || unsupported(r, "test");
}

static bool read_match(
        struct reading *r, const struct xml_node *node, struct card_text_match *match)
{
	struct text negate = xml_attr_value(node, "negate-condition");

	match->text = node->text.ptr ? node->text : TEXT("");
	match->negate = text_eq(negate, TEXT("yes"));
	if (!card_collation_of(xml_attr_value(node, "collation"), &match->collation))
		return err_set(&r->c->work.err, ERR_CARD_SUPPORTED_COLLATION, "%.*s",
		        TEXT_ARG(xml_attr_value(node, "collation")));
	return card_match_of(xml_attr_value(node, "match-type"), &match->match) ||
	       unsupported(r, "match-type");
}

static bool read_param(
        struct reading *r, const struct xml_node *node, struct card_param_filter *param)
{
	const struct xml_node *match = xml_child(node, CARD_text_match);

	param->name = xml_attr_value(node, "name");
	param->is_not_defined = xml_child(node, CARD_is_not_defined) != NULL;
	if (!param->name.len || ++r->filters > MAX_FILTERS)
		return unsupported(r, "param-filter");
	param->has_match = match != NULL;
	return !match || read_match(r, match, &param->match);
}

static bool read_prop(struct reading *r, const struct xml_node *node, struct card_prop_filter *prop)
{
	struct arena *arena = r->c->work.arena;

	prop->name = xml_attr_value(node, "name");
	prop->is_not_defined = xml_child(node, CARD_is_not_defined) != NULL;
	if (!prop->name.len || ++r->filters > MAX_FILTERS)
		return unsupported(r, "prop-filter");
	if (!read_test(r, node, &prop->test))
		return false;
	for (const struct xml_node *n = xml_first(node); n; n = xml_next(n)) {
		if (n->name.id == CARD_text_match &&
		        !read_match(r, n, vec_push(arena, &prop->texts)))
			return false;
		if (n->name.id == CARD_param_filter &&
		        !read_param(r, n, vec_push(arena, &prop->params)))
			return false;
	}
	return prop->texts.len <= MAX_FILTERS || unsupported(r, "too many text-match elements");
}

static bool read_filter(struct call *c, const struct xml_node *node, struct card_filter *filter)
{
	struct reading r = { c, 0 };

	if (!node)
		return true; /* some clients send none: every card (client-gotchas 51) */
	if (!read_test(&r, node, &filter->test))
		return false;
	for (const struct xml_node *n = xml_first(node); n; n = xml_next(n)) {
		if (n->name.id != CARD_prop_filter)
			return unsupported(&r, "a filter holds prop-filter elements");
		if (!read_prop(&r, n, vec_push(c->work.arena, &filter->props)))
			return false;
	}
	return true;
}

static bool read_limit(struct call *c, const struct xml_node *root, size_t *max)
{
	const struct xml_node *limit = xml_child(xml_child(root, CARD_limit), CARD_nresults);
	int64_t n;

	*max = (size_t)c->settings->limits_results;
	if (!limit)
		return true;
	if (!text_to_int(text_trim(limit->text), &n) || n < 1)
		return err_set(&c->work.err, ERR_BAD_XML, "nresults is a number above 0");
	if ((uint64_t)n < *max)
		*max = (size_t)n;
	return true;
}

/* Of the directory: whatever may be read. */
static bool query_directory(struct call *c, const struct target *at,
        const struct card_filter *filter, size_t max, struct multistatus *ms)
{
	struct targets found = VEC_EMPTY;
	bool more;

	if (!directory_query(&c->work, at, filter, max, &found, &more))
		return false;
	for (size_t i = 0; i < found.len; i++)
		multistatus_target(ms, &found.at[i]);
	if (more)
		multistatus_status(ms, at->href, 507, ERR_NUMBER_OF_MATCHES);
	return true;
}

/* Of one address book into the answer. */
static bool query_one(struct call *c, const struct target *at, const struct card_filter *filter,
        size_t max, struct multistatus *ms)
{
	struct items items = { 0 };
	struct scope scope;
	bool more = false;

	if (!scope_of(&c->work, at, PRIVILEGE_READ, &scope) ||
	        !contacts_query(&c->work, &scope, filter, max, &items, &more))
		return false;
	for (size_t i = 0; i < items.len; i++) {
		struct target found;

		list_member(&c->work, at, &items.at[i], &found);
		multistatus_target(ms, &found);
	}
	/* RFC 6352 8.6.2 */
	if (more)
		multistatus_status(ms, at->href, 507, ERR_NUMBER_OF_MATCHES);
	return true;
}

/* Depth 1 and infinity on a home: every address book in it. */
static bool query_below(struct call *c, const struct target *at, const struct card_filter *filter,
        size_t max, struct multistatus *ms)
{
	struct targets children = { 0 };

	if (!list_children(&c->work, at, &children))
		return false;
	for (size_t i = 0; i < children.len && multistatus_len(ms) < max; i++)
		if (on_of(&children.at[i]) == ON_ADDRESSBOOK &&
		        rights_allow(children.at[i].rights, PRIVILEGE_READ) &&
		        !query_one(c, &children.at[i], filter, max - multistatus_len(ms), ms))
			return false;
	return true;
}

/* A card is asked whether it matches (RFC 6352 8). */
static bool query_card(
        struct call *c, struct target *at, const struct card_filter *filter, struct multistatus *ms)
{
	struct work *work = &c->work;
	struct card_matcher *matcher = card_matcher_new(work->arena, &work->err, filter);

	if (!matcher || !target_need(work, at, PRIVILEGE_READ) || !list_body(work, at))
		return false;
	if (at->is != TARGET_MEMBER)
		return err_set(&work->err, ERR_NOT_FOUND, "%s", "");
	if (card_matches(matcher, at->item->body))
		multistatus_target(ms, at);
	return true;
}

bool report_addressbook_query(struct call *c, struct target *at, const struct xml_node *root)
{
	struct card_filter filter = { 0 };
	struct multistatus *ms;
	struct propset *set;
	enum depth depth;
	bool ok = true;
	size_t max;

	/* RFC 6352 8.6: Depth 0 is the collection alone, which is no card; clients that leave it
	 * out, or send 0, mean the cards all the same. */
	if (!header_depth(c, DEPTH_1, &depth) || !propset_of(c, root, &set) ||
	        !read_filter(c, xml_child(root, CARD_filter), &filter) ||
	        !read_limit(c, root, &max))
		return false;
	/* Without a hint for the index every card is looked at; the directory is of everybody's. */
	if (filter.props.len && on_of(at) != ON_CARD &&
	        (directory_is(at->collection) || !card_filter_hints(c->work.arena, &filter).len) &&
	        dav_slowly(c, dav_report))
		return true;
	ms = multistatus_new(c, set);
	if (on_of(at) == ON_CARD)
		ok = query_card(c, at, &filter, ms);
	else if (directory_is(at->collection))
		ok = query_directory(c, at, &filter, max, ms);
	else if (on_of(at) == ON_ADDRESSBOOK)
		ok = query_one(c, at, &filter, max, ms);
	else if (depth == DEPTH_INFINITY)
		ok = query_below(c, at, &filter, max, ms);
	return ok && multistatus_reply(ms);
}

bool report_addressbook_multiget(struct call *c, struct target *at, const struct xml_node *root)
{
	return dav_multiget(c, at, root, ON_CARD);
}
