/* query.c - the report crm-query (docs/dav-extensions.md): the company's records by any field. */
#include "base/base.h"
#include "base/settings.h"
#include "crm/noun.h"
#include "crmdav/crmdav.h"
#include "dav/dav.h"
#include "dav/multistatus.h"
#include "people/who.h"

enum { FILTERS_MAX = 50, RESULTS_MAX = 500, RESULTS_PRESET = 100 };

bool crm_query_offered(struct call *c, const struct target *at)
{
	return at->is == TARGET_COLLECTION && c->work.who &&
	       at->collection->owner == c->work.who->company && at->collection->crm > SHELF_NONE &&
	       at->collection->crm < SHELF_COUNT;
}

/* The noun asked for, which must be at home here; else the first that is. */
static bool read_noun(
        struct call *c, const struct target *at, const struct xml_node *root, enum crm_noun *noun)
{
	struct text name = xml_attr_value(root, "noun");
	const struct crm_noun_row *row;

	for (size_t i = 0; (row = crm_noun_at(i)); i++)
		if ((int64_t)row->shelf == at->collection->crm &&
		        (!name.len || text_eq(name, text_of(row->name)))) {
			*noun = row->noun;
			return true;
		}
	return err_set(&c->work.err, ERR_CRM_SUPPORTED_FILTER, "\"%.*s\" are not kept here",
	        TEXT_ARG(name));
}

/* What the gate does not understand is the client's to mend. */
static bool unsupported(struct call *c)
{
	struct err *err = &c->work.err;
	struct err said = { 0 };

	if (err_row(err->id)->status >= 500)
		return false;
	err_set(&said, ERR_CRM_SUPPORTED_FILTER, "%s", err->detail);
	*err = said;
	return false;
}

static bool read_filters(struct call *c, const struct xml_node *root, struct crm_ask *ask)
{
	for (const struct xml_node *n = xml_child(root, KONTOR_filter); n;
	        n = xml_again(n, KONTOR_filter)) {
		if (ask->filters.len == FILTERS_MAX)
			return err_set(&c->work.err, ERR_CRM_SUPPORTED_FILTER, "at most %d filters",
			        FILTERS_MAX);
		if (!crm_filter_parse(&c->work, ask->noun, text_trim(n->text),
		            vec_push(c->work.arena, &ask->filters)))
			return unsupported(c);
	}
	return true;
}

static void read_order(const struct xml_node *root, struct crm_ask *ask)
{
	const struct xml_node *sort = xml_child(root, KONTOR_sort);
	const struct xml_node *cursor = xml_child(root, KONTOR_cursor);

	ask->sort = sort ? text_trim(sort->text) : TEXT_NONE;
	ask->descending = sort && text_eq(xml_attr_value(sort, "order"), TEXT("descending"));
	ask->cursor = cursor ? text_trim(cursor->text) : TEXT_NONE;
}

static bool read_limit(struct call *c, const struct xml_node *root, struct crm_ask *ask)
{
	const struct xml_node *limit = xml_child(xml_child(root, DAV_limit), DAV_nresults);
	int64_t n = RESULTS_PRESET;

	if (limit && (!text_to_int(text_trim(limit->text), &n) || n < 1))
		return err_set(&c->work.err, ERR_BAD_XML, "nresults is a number above 0");
	ask->limit = (size_t)(n < RESULTS_MAX ? n : RESULTS_MAX);
	return true;
}

/* Found by the gate, so it may be read, though the list of what is here may not. */
static bool add_entry(struct call *c, const struct target *at, const struct crm_entry *entry,
        struct multistatus *ms)
{
	struct scope scope = { .collection = at->collection->id, .rights = at->rights };
	struct target found;
	struct item *item;

	if (!member_of_record(&c->work, &scope, entry->id, &item))
		return false;
	if (!item)
		return true;
	list_member(&c->work, at, item, &found);
	found.rights |= privilege_mask(PRIVILEGE_READ);
	multistatus_target(ms, &found);
	return true;
}

bool report_crm_query(struct call *c, struct target *at, const struct xml_node *root)
{
	struct crm_ask ask = { 0 };
	struct crm_page page;
	struct multistatus *ms;
	struct propset *set;

	if (!propset_of(c, root, &set) || !read_noun(c, at, root, &ask.noun) ||
	        !read_filters(c, root, &ask) || !read_limit(c, root, &ask))
		return false;
	read_order(root, &ask);
	if (!crm_list(&c->work, &ask, &page))
		return unsupported(c);
	ms = multistatus_new(c, set);
	for (size_t i = 0; i < page.entries.len; i++)
		if (!add_entry(c, at, &page.entries.at[i], ms))
			return false;
	if (page.cursor.len) {
		multistatus_status(ms, at->href, 507, ERR_NUMBER_OF_MATCHES);
		multistatus_last(ms, KONTOR_cursor, page.cursor);
	}
	return multistatus_reply(ms);
}
