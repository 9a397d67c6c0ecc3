/* mkcol.c - see mkcol.h; and MKCOL itself (RFC 4918 9.3, RFC 5689). */
#include "base/base.h"
#include "dav/methods.h"
#include "dav/mkcol.h"
#include "dav/setprops.h"

static bool make_done(struct call *c)
{
	struct edit_result done;

	if (!edit_result(&c->work, c->plan, &done))
		return false;
	call_set(c, "Cache-Control", TEXT("no-cache"));
	return call_reply(c, 201);
}

/* RFC 5689 3: resourcetype holds collection and what makes it special. */
static bool read_type(struct call *c, const struct xml_node *root, enum collection_type *type)
{
	for (const struct xml_node *set = xml_child(root, DAV_set); set;
	        set = xml_again(set, DAV_set)) {
		const struct xml_node *asked =
		        xml_child(xml_child(set, DAV_prop), DAV_resourcetype);

		if (!asked)
			continue;
		*type = COLLECTION_FOLDER;
		for (const struct xml_node *n = xml_first(asked); n; n = xml_next(n)) {
			enum collection_type found = 0;

			if (n->name.id == DAV_collection)
				continue;
			for (const struct feature *const *f = dav_features(); *f && !found; f++)
				if ((*f)->type_of)
					found = (*f)->type_of(n->name.id);
			if (!found)
				return err_set(&c->work.err, ERR_VALID_RESOURCETYPE, "%s", "");
			*type = found;
		}
	}
	return true;
}

/* RFC 4791 5.2.3: which components a calendar is to take; *components 0 where it does not say. */
static bool read_components(struct call *c, const struct xml_node *root, int64_t *components)
{
	static const struct {
		int64_t bit;
		struct text name;
	} known[] = {
		{ COMPONENT_VEVENT, TEXT_INIT("VEVENT") },
		{ COMPONENT_VTODO, TEXT_INIT("VTODO") },
		{ COMPONENT_VJOURNAL, TEXT_INIT("VJOURNAL") },
		{ COMPONENT_VFREEBUSY, TEXT_INIT("VFREEBUSY") },
		{ COMPONENT_VAVAILABILITY, TEXT_INIT("VAVAILABILITY") },
	};
	const struct xml_node *set = xml_child(xml_child(xml_child(root, DAV_set), DAV_prop),
	        CAL_supported_calendar_component_set);

	for (const struct xml_node *n = xml_child(set, CAL_comp); n; n = xml_again(n, CAL_comp)) {
		struct text name = xml_attr_value(n, "name");
		int64_t bit = 0;

		for (size_t i = 0; i < COUNT_OF(known); i++)
			if (text_eq_nocase(name, known[i].name))
				bit = known[i].bit;
		/* Components nobody stores alone (VTIMEZONE, VALARM, VPOLL) are passed over. */
		*components |= bit;
	}
	return !set || *components ||
	       err_set(&c->work.err, ERR_SUPPORTED_CALENDAR_COMPONENT, "%s", "");
}

static unsigned on_of_type(enum collection_type type)
{
	return type == COLLECTION_CALENDAR      ? ON_CALENDAR
	       : type == COLLECTION_ADDRESSBOOK ? ON_ADDRESSBOOK
	                                        : ON_FOLDER;
}

static bool refuse(struct call *c, const struct setprops *props, enum name_id response)
{
	struct buf buf;
	struct xml_out *out;

	buf_init(&buf, c->work.arena);
	out = xml_out_new(c->work.arena, &buf);
	xml_root(out, response);
	setprops_propstats(c, props, false, out);
	xml_close(out, response);
	/* RFC 5689 3: 424 is the whole's status where a property was refused. */
	return call_reply_body(c, 424, "application/xml; charset=utf-8", buf_text(&buf));
}

bool dav_make(struct call *c, const struct xml_node *root, const struct dav_making *making)
{
	struct edit_mkcol wanted = { making->type, 0, { 0 } };
	struct setprops props = { 0 };
	struct setting_at where;
	struct edit_locks locks;
	struct target at;
	int64_t guard;
	bool ok = true;

	if (!target_find(&c->work, &c->path, false, &at) ||
	        !dav_conditions(c, &at, &locks, &guard) || !read_type(c, root, &wanted.type) ||
	        !read_components(c, root, &wanted.components))
		return false;
	where = (struct setting_at){ &at, on_of_type(wanted.type), true, NAME_UNKNOWN };
	if (root && !setprops_read(c, &where, root, &props, &ok))
		return false;
	if (!ok)
		return refuse(c, &props, making->response);
	setprops_store(c, &props, &wanted.props);
	return dav_commit(c, edit_mkcol(&c->work, &at, &wanted, &locks), make_done, making->again);
}

bool dav_mkcol(struct call *c)
{
	struct dav_making making = { COLLECTION_FOLDER, DAV_mkcol_response, dav_mkcol };
	const struct xml_node *root = NULL;
	struct target at;

	if (!dav_target(c, false, true, &at))
		return false;
	/* RFC 4918 9.3: only on what is not there. */
	if (at.is != TARGET_NOTHING) {
		call_set(c, "Allow", dav_allow(c->work.arena, on_of(&at)));
		return err_set(&c->work.err, ERR_METHOD_NOT_ALLOWED,
		        "there is something at this address already");
	}
	if (c->body.len) {
		struct text type = header_media_type(c->work.arena, call_header(c, "Content-Type"));

		/* RFC 4918 9.3.1: a body that is not understood is 415. */
		if (!text_eq(type, TEXT("application/xml")) && !text_eq(type, TEXT("text/xml")))
			return err_set(&c->work.err, ERR_UNSUPPORTED_MEDIA_TYPE, "%s", "");
		if (!dav_xml(c, DAV_mkcol, false, &root))
			return false;
	}
	return dav_make(c, root, &making);
}
