/* propset.c - see propset.h. The hot loop of every PROPFIND and REPORT: found properties stream
 * into a 200 propstat, the others are remembered by number and follow in a propstat of their
 * status. */
#include "base/base.h"
#include "base/vec.h"
#include "dav/dav.h"
#include "dav/propset.h"

enum { MAX_ASKED = 500 };

struct asked {
	struct xml_name name;
	const struct xml_node *node; /* NULL: by allprop */
	void *prepared;
	bool is_prepared;
};

struct propset {
	VEC(struct asked) asked;
	bool all;   /* allprop: rows marked so, dead properties, and what `include` adds */
	bool names; /* propname */
	bool minimal;
	bool needs_body;
	bool dead; /* some name asked for may be stored: look it up */
};

static bool prepare(struct call *c, struct asked *asked)
{
	const struct dav_prop *row = dav_prop_find(asked->name.id, ~0u);

	if (!row || !row->prepare)
		return true;
	asked->is_prepared = true;
	return row->prepare(c, asked->node, &asked->prepared);
}

static bool add_name(struct call *c, struct propset *set, const struct xml_node *node)
{
	const struct dav_prop *row = dav_prop_find(node->name.id, ~0u);
	struct asked *asked;

	for (size_t i = 0; i < set->asked.len; i++)
		if (name_eq(&set->asked.at[i].name, &node->name))
			return true;
	if (set->asked.len >= MAX_ASKED)
		return err_set(
		        &c->work.err, ERR_BAD_XML, "more than %d properties asked for", MAX_ASKED);
	asked = vec_push(c->work.arena, &set->asked);
	asked->name = node->name;
	asked->node = node;
	if (!row || !row->read)
		set->dead = true;
	if (row && (row->flags & NEEDS_BODY))
		set->needs_body = true;
	return prepare(c, asked);
}

bool propset_of_prop(struct call *c, const struct xml_node *prop, struct propset **result)
{
	struct propset *set = arena_make(c->work.arena, struct propset);

	set->minimal = header_prefer(c) & PREFER_MINIMAL;
	for (const struct xml_node *n = xml_first(prop); n; n = xml_next(n))
		if (!add_name(c, set, n))
			return false;
	*result = set;
	return true;
}

bool propset_of(struct call *c, const struct xml_node *root, struct propset **result)
{
	const struct xml_node *prop = xml_child(root, DAV_prop);
	const struct xml_node *include = xml_child(root, DAV_include);

	if (prop)
		return propset_of_prop(c, prop, result);
	if (!propset_of_prop(c, include, result))
		return false;
	(*result)->names = xml_child(root, DAV_propname) != NULL;
	(*result)->all = !(*result)->names;
	return true;
}

bool propset_needs_body(const struct propset *set)
{
	return set->needs_body;
}

/* ---- one response ---- */

/* What could not be given, by status: the few that occur. */
struct refused {
	struct xml_name name;
	int status;
	struct err err;
};
VEC_OF(refusals, struct refused);

struct answer {
	struct call *c;
	const struct propset *set;
	struct target *at;
	unsigned on;
	struct xml_out *out;
	bool open; /* the 200 propstat is */
	struct refusals refusals;
	struct props stored; /* of this resource; read once, when first needed */
	bool stored_read;
};

static void open_found(struct answer *a)
{
	if (a->open)
		return;
	a->open = true;
	xml_open(a->out, DAV_propstat);
	xml_open(a->out, DAV_prop);
}

static void refuse(struct answer *a, const struct xml_name *name, int status, const struct err *err)
{
	struct refused *r;

	/* RFC 8144 2.1: what is not there may be left unsaid. */
	if (status == 404 && a->set->minimal)
		return;
	r = vec_push(a->c->work.arena, &a->refusals);
	r->name = *name;
	r->status = status;
	if (err)
		r->err = *err;
}

static enum holder holder_of(const struct target *at, int64_t *id)
{
	switch (at->is) {
	case TARGET_COLLECTION: *id = at->collection->id; return HOLDER_COLLECTION;
	case TARGET_MEMBER: *id = at->item->member.record; return HOLDER_RECORD;
	case TARGET_PRINCIPAL: *id = at->principal->id; return HOLDER_PRINCIPAL;
	default: *id = 0; return 0;
	}
}

/* RFC 3744 3.1, appendix B: PROPFIND wants DAV:read, but for what has a privilege of its own. */
static bool may_read(const struct answer *a)
{
	return rights_allow(a->at->rights, PRIVILEGE_READ);
}

static bool read_stored(struct answer *a)
{
	int64_t id;
	enum holder holder;

	if (a->stored_read)
		return true;
	a->stored_read = true;
	holder = holder_of(a->at, &id);
	return !holder || !may_read(a) || prop_list(&a->c->work, holder, id, &a->stored);
}

static const struct prop *find_stored(const struct answer *a, const struct xml_name *name)
{
	for (size_t i = 0; i < a->stored.len; i++)
		if (text_eq(a->stored.at[i].name, name->local) &&
		        text_eq(a->stored.at[i].ns, name->uri))
			return &a->stored.at[i];
	return NULL;
}

static bool may_read_row(const struct answer *a, const struct dav_prop *row)
{
	if (row->flags & NEEDS_READ_ACL)
		return rights_allow(a->at->rights, PRIVILEGE_READ_ACL);
	if (row->flags & NEEDS_READ_CUPS)
		return rights_allow(a->at->rights, PRIVILEGE_READ_CUPS);
	return (row->flags & WITHOUT_READ) || may_read(a);
}

/* A live property that is computed: the getter writes into the open element; what it wrote is taken
 * back when it has nothing to say. */
static bool give_row(struct answer *a, const struct dav_prop *row, const struct asked *asked)
{
	struct prop_ask ask = { a->c, &a->c->work, a->at, a->out, asked ? asked->prepared : NULL };
	struct xml_name name = name_of(row->name);
	bool was_open = a->open;
	struct xml_mark mark;
	enum prop_got got;

	if (!may_read_row(a, row)) {
		refuse(a, &name, 403, NULL);
		return true;
	}
	mark = xml_mark(a->out);
	open_found(a);
	xml_open(a->out, row->name);
	got = row->read(&ask);
	if (got == PROP_GOT) {
		xml_close(a->out, row->name);
		return true;
	}
	xml_undo(a->out, mark);
	a->open = was_open;
	if (got == PROP_ABSENT) {
		refuse(a, &name, 404, NULL);
		return true;
	}
	if (got == PROP_DENIED) {
		refuse(a, &name, 403, NULL);
		return true;
	}
	if (err_row(a->c->work.err.id)->status >= 500)
		return false;
	refuse(a, &name, err_row(a->c->work.err.id)->status, &a->c->work.err);
	err_clear(&a->c->work.err);
	return true;
}

static bool give_asked(struct answer *a, const struct asked *asked)
{
	const struct dav_prop *row = dav_prop_find(asked->name.id, a->on);
	const struct prop *stored;

	if (row && row->read)
		return give_row(a, row, asked);
	if (!may_read(a)) {
		refuse(a, &asked->name, 403, NULL);
		return true;
	}
	if (!read_stored(a))
		return false;
	stored = find_stored(a, &asked->name);
	if (!stored) {
		refuse(a, &asked->name, 404, NULL);
		return true;
	}
	open_found(a);
	xml_raw(a->out, stored->value);
	return true;
}

static bool was_asked(const struct propset *set, const struct xml_name *name)
{
	for (size_t i = 0; i < set->asked.len; i++)
		if (name_eq(&set->asked.at[i].name, name))
			return true;
	return false;
}

/* Something stored, in allprop: all that is dead; what RFC 4791 5.2 and RFC 6352 6.2 define SHOULD
 * NOT be told unasked. */
static bool comes_unasked(const struct dav_prop *live, const struct xml_name *name)
{
	if (!live || (live->flags & IN_ALLPROP))
		return !live || !live->read;
	return !live->read && name->ns != NS_CAL && name->ns != NS_CARD;
}

/* allprop: the rows marked so and everything stored (RFC 4918 9.1). */
static bool give_all(struct answer *a)
{
	const struct dav_prop *row;

	for (size_t i = 0; (row = dav_prop_at(i)); i++) {
		struct xml_name name = name_of(row->name);
		size_t refused = a->refusals.len;

		if (!(row->on & a->on) || !(row->flags & IN_ALLPROP) || !row->read ||
		        was_asked(a->set, &name))
			continue;
		if (!give_row(a, row, NULL))
			return false;
		/* Nobody named it: its absence is nothing to tell. */
		a->refusals.len = refused;
	}
	if (!read_stored(a))
		return false;
	for (size_t i = 0; i < a->stored.len; i++) {
		struct xml_name name = name_find(a->stored.at[i].ns, a->stored.at[i].name);
		const struct dav_prop *live = dav_prop_find(name.id, a->on);

		if (!comes_unasked(live, &name) || was_asked(a->set, &name))
			continue;
		open_found(a);
		xml_raw(a->out, a->stored.at[i].value);
	}
	return true;
}

/* What has a value here: it is asked for, and taken back. A property that may not be read is one.
 */
static bool has_value(struct answer *a, const struct dav_prop *row, bool *has)
{
	struct prop_ask ask = { a->c, &a->c->work, a->at, a->out, NULL };
	struct xml_mark mark;
	enum prop_got got;

	*has = true;
	if (!may_read_row(a, row))
		return true;
	mark = xml_mark(a->out);
	xml_open(a->out, row->name);
	got = row->read(&ask);
	xml_undo(a->out, mark);
	*has = got != PROP_ABSENT;
	if (got == PROP_FAILED && err_row(a->c->work.err.id)->status >= 500)
		return false;
	err_clear(&a->c->work.err);
	return true;
}

/* Of what reports give as if it were a property (RFC 4791 9.6, RFC 6352 10.4) there is no name. */
static bool give_names(struct answer *a)
{
	const struct dav_prop *row;

	open_found(a);
	for (size_t i = 0; (row = dav_prop_at(i)); i++) {
		bool has;

		if (!(row->on & a->on) || !row->read || (row->flags & NEEDS_BODY))
			continue;
		if (!has_value(a, row, &has))
			return false;
		if (has)
			xml_empty(a->out, row->name);
	}
	if (!read_stored(a))
		return false;
	for (size_t i = 0; i < a->stored.len; i++) {
		struct xml_name name = name_find(a->stored.at[i].ns, a->stored.at[i].name);

		row = dav_prop_find(name.id, a->on);
		if (!row || !row->read)
			xml_empty_name(a->out, &name);
	}
	return true;
}

static void close_found(struct answer *a)
{
	if (!a->open)
		return;
	xml_close(a->out, DAV_prop);
	xml_status(a->out, 200);
	xml_close(a->out, DAV_propstat);
}

/* One propstat for each status and condition; few, so the search is plain. */
static void give_refusals(struct answer *a)
{
	for (size_t i = 0; i < a->refusals.len; i++) {
		const struct refused first = a->refusals.at[i];

		if (!first.status)
			continue;
		xml_open(a->out, DAV_propstat);
		xml_open(a->out, DAV_prop);
		for (size_t k = i; k < a->refusals.len; k++) {
			struct refused *r = &a->refusals.at[k];

			if (r->status != first.status || r->err.id != first.err.id)
				continue;
			xml_empty_name(a->out, &r->name);
			r->status = 0;
		}
		xml_close(a->out, DAV_prop);
		xml_status(a->out, first.status);
		if (first.err.id != ERR_NONE && err_row(first.err.id)->element) {
			xml_open(a->out, DAV_error);
			dav_error_element(a->out, &first.err);
			xml_close(a->out, DAV_error);
		}
		xml_close(a->out, DAV_propstat);
	}
}

bool propset_propstats(
        struct call *c, const struct propset *set, struct target *at, struct xml_out *out)
{
	struct answer a = { .c = c, .set = set, .at = at, .on = on_of(at), .out = out };

	if (set->names) {
		if (!give_names(&a))
			return false;
	} else {
		for (size_t i = 0; i < set->asked.len; i++)
			if (!give_asked(&a, &set->asked.at[i]))
				return false;
		if (set->all && !give_all(&a))
			return false;
	}
	close_found(&a);
	if (!a.open && a.refusals.len == 0) {
		/* A response needs a propstat or a status (RFC 4918 14.24). */
		open_found(&a);
		close_found(&a);
	}
	give_refusals(&a);
	return true;
}

bool propset_response(
        struct call *c, const struct propset *set, struct target *at, struct xml_out *out)
{
	xml_open(out, DAV_response);
	xml_href(out, at->href);
	if (!propset_propstats(c, set, at, out))
		return false;
	xml_close(out, DAV_response);
	return true;
}
