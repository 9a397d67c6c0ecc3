/* setprops.c - see setprops.h. */
#include "base/base.h"
#include "dav/setprops.h"

enum { MAX_INSTRUCTIONS = 500, MAX_VALUE = 262144 };

/* Computed wherever it applies: nobody may keep a dead property of that name where it does not. */
static bool is_computed(enum name_id name)
{
	const struct dav_prop *row = dav_prop_find(name, ~0u);

	return row && row->read && !row->check;
}

/* What a client may set: names we do not compute. Unknown names are dead properties and kept. */
static bool judge(struct call *c, const struct setting_at *where, struct setprop *one)
{
	const struct dav_prop *row = dav_prop_find(one->name.id, where->on);
	struct work judging = c->work;
	bool ok = true;

	err_clear(&judging.err);
	if (row ? row->read && !row->check : is_computed(one->name.id))
		ok = err_set(&judging.err, ERR_CANNOT_MODIFY_PROTECTED, "%s", "");
	else if (row && (row->flags & CREATE_ONLY) && !where->creating)
		ok = err_set(&judging.err, ERR_CANNOT_MODIFY_PROTECTED, "%s", "");
	else if (row && row->check)
		ok = row->check(&judging, where->at, one->value);
	c->work.db = judging.db;
	if (!ok)
		one->err = judging.err;
	return ok;
}

bool setprops_read(struct call *c, const struct setting_at *where, const struct xml_node *root,
        struct setprops *instructions, bool *ok)
{
	*ok = true;
	for (const struct xml_node *i = xml_first(root); i; i = xml_next(i)) {
		if (i->name.id != DAV_set && i->name.id != DAV_remove)
			continue;
		for (const struct xml_node *p = xml_first(xml_child(i, DAV_prop)); p;
		        p = xml_next(p)) {
			struct setprop *one;

			if (where->creating && p->name.id == DAV_resourcetype)
				continue;
			if (p->name.id != NAME_UNKNOWN && p->name.id == where->passed_over)
				continue;
			if (instructions->len >= MAX_INSTRUCTIONS)
				return err_set(&c->work.err, ERR_BAD_XML, "too many properties");
			one = vec_push(c->work.arena, instructions);
			one->name = p->name;
			one->value = i->name.id == DAV_set ? p : NULL;
			if (!judge(c, where, one))
				*ok = false;
		}
	}
	return true;
}

static bool is_set(const struct setprops *instructions, enum name_id name)
{
	for (size_t i = 0; i < instructions->len; i++)
		if (instructions->at[i].name.id == name)
			return true;
	return false;
}

/* Also removes what a property displaces. Computed ones are not kept, only looked at. */
static bool prepare_store(struct call *c, const struct setprops *instructions,
        const struct setprop *one, struct props *props)
{
	const struct dav_prop *row = dav_prop_find(one->name.id, ~0u);

	if (row && row->displaces && !is_set(instructions, row->displaces)) {
		struct xml_name name = name_of(row->displaces);
		struct prop *prop = vec_push(c->work.arena, props);

		prop->ns = name.uri;
		prop->name = name.local;
	}
	return !row || !row->read || !(row->flags & CREATE_ONLY);
}

void setprops_store(struct call *c, const struct setprops *instructions, struct props *props)
{
	for (size_t i = 0; i < instructions->len; i++) {
		const struct setprop *one = &instructions->at[i];
		struct prop *prop;
		struct buf buf;

		if (!prepare_store(c, instructions, one, props))
			continue;
		prop = vec_push(c->work.arena, props);
		prop->ns = one->name.uri.ptr ? one->name.uri : TEXT("");
		prop->name = one->name.local;
		if (!one->value)
			continue;
		buf_init(&buf, c->work.arena);
		xml_copy(xml_out_new(c->work.arena, &buf), one->value);
		prop->value = buf_text(&buf);
	}
}

static int status_of(const struct setprop *one, bool ok)
{
	if (ok)
		return 200;
	return err_is_set(&one->err) ? err_row(one->err.id)->status : 424;
}

void setprops_propstats(
        struct call *c, const struct setprops *instructions, bool ok, struct xml_out *out)
{
	bool *done = arena_array(c->work.arena, instructions->len + 1, sizeof(*done));

	/* A response needs a propstat (RFC 4918 14.24). */
	if (!instructions->len) {
		xml_open(out, DAV_propstat);
		xml_empty(out, DAV_prop);
		xml_status(out, 200);
		xml_close(out, DAV_propstat);
	}
	for (size_t i = 0; i < instructions->len; i++) {
		const struct setprop *first = &instructions->at[i];

		if (done[i])
			continue;
		xml_open(out, DAV_propstat);
		xml_open(out, DAV_prop);
		for (size_t k = i; k < instructions->len; k++) {
			const struct setprop *one = &instructions->at[k];

			if (done[k] || status_of(one, ok) != status_of(first, ok) ||
			        one->err.id != first->err.id)
				continue;
			done[k] = true;
			xml_empty_name(out, &one->name);
		}
		xml_close(out, DAV_prop);
		xml_status(out, status_of(first, ok));
		if (err_is_set(&first->err) && err_row(first->err.id)->element) {
			xml_open(out, DAV_error);
			dav_error_element(out, &first->err);
			xml_close(out, DAV_error);
		}
		xml_close(out, DAV_propstat);
	}
}
