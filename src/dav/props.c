/* props.c - live properties of WebDAV itself; which there are stands in props.tbl.h. */
#include "base/base.h"
#include "base/clock.h"
#include "dav/props.h"
#include "people/who.h"
#include "store/house.h"
#include "view/token.h"
#include "wire/mime.h"

enum prop_got get_creationdate(struct prop_ask *ask)
{
	const struct target *at = ask->at;
	int64_t time = at->is == TARGET_MEMBER       ? at->item->created
	               : at->is == TARGET_COLLECTION ? at->collection->created
	               : at->is == TARGET_PRINCIPAL  ? at->principal->created
	                                             : 0;

	if (!time)
		return PROP_ABSENT;
	xml_chars(ask->out, clock_rfc3339(ask->work->arena, time));
	return PROP_GOT;
}

enum prop_got get_getlastmodified(struct prop_ask *ask)
{
	const struct target *at = ask->at;
	int64_t time = at->is == TARGET_MEMBER       ? at->item->modified
	               : at->is == TARGET_COLLECTION ? at->collection->modified
	                                             : 0;

	if (!time)
		return PROP_ABSENT;
	xml_chars(ask->out, clock_http(ask->work->arena, time));
	return PROP_GOT;
}

enum prop_got get_getetag(struct prop_ask *ask)
{
	xml_etag(ask->out, record_etag(ask->work->arena, ask->at->item->member.revision));
	return PROP_GOT;
}

enum prop_got get_getcontentlength(struct prop_ask *ask)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%lld", (long long)ask->at->item->size);

	xml_chars(ask->out, (struct text){ digits, (size_t)len });
	return PROP_GOT;
}

/* Calendar objects name their component, because some clients skip members that do not
 * (client-gotchas 44). */
struct text dav_content_type(struct arena *arena, const struct target *at)
{
	static const struct {
		int64_t tag;
		struct text type;
	} components[] = {
		{ COMPONENT_VEVENT, TEXT_INIT("text/calendar; charset=utf-8; component=VEVENT") },
		{ COMPONENT_VTODO, TEXT_INIT("text/calendar; charset=utf-8; component=VTODO") },
		{ COMPONENT_VJOURNAL,
		        TEXT_INIT("text/calendar; charset=utf-8; component=VJOURNAL") },
		{ COMPONENT_VFREEBUSY,
		        TEXT_INIT("text/calendar; charset=utf-8; component=VFREEBUSY") },
		{ COMPONENT_VAVAILABILITY,
		        TEXT_INIT("text/calendar; charset=utf-8; component=VAVAILABILITY") },
	};

	/* RFC 4918 15.5: as GET answers; the page. */
	if (at->is != TARGET_MEMBER)
		return TEXT("text/html; charset=utf-8");
	if (at->collection->type == COLLECTION_ADDRESSBOOK)
		return TEXT("text/vcard; charset=utf-8");
	if (at->collection->type != COLLECTION_CALENDAR)
		return at->item->media.len ? at->item->media : mime_of(at->name);
	for (size_t i = 0; i < COUNT_OF(components); i++)
		if (at->item->member.tag == components[i].tag)
			return components[i].type;
	(void)arena;
	return TEXT("text/calendar; charset=utf-8");
}

enum prop_got get_getcontenttype(struct prop_ask *ask)
{
	xml_chars(ask->out, dav_content_type(ask->work->arena, ask->at));
	return PROP_GOT;
}

enum prop_got get_displayname(struct prop_ask *ask)
{
	xml_chars(ask->out, ask->at->principal->display_name);
	return PROP_GOT;
}

/* The name a client gave it, else its own: clients leave out calendars without one (client-gotchas
 * 18). */
enum prop_got get_given_name(struct prop_ask *ask)
{
	const struct target *at = ask->at;
	struct xml_limits limits = { 65536, 100, 16, 16384 };
	struct xml_name name = name_of(DAV_displayname);
	bool member = at->is == TARGET_MEMBER;
	struct xml_node *root;
	struct text value;

	if (!prop_get(ask->work, member ? HOLDER_RECORD : HOLDER_COLLECTION,
	            member ? at->item->member.record : at->collection->id, name.uri, name.local,
	            &value))
		return PROP_FAILED;
	if (value.ptr) {
		if (!xml_parse(ask->work->arena, &ask->work->err, &limits, value, &root))
			return PROP_FAILED;
		xml_chars(ask->out, root->text);
		return PROP_GOT;
	}
	if (member)
		return PROP_ABSENT;
	/* Beside one's own: a team's queue is told by its team. */
	if (at->collection->crm && at->principal && at->principal->kind == PRINCIPAL_GROUP) {
		xml_chars(ask->out, at->principal->display_name);
		xml_chars(ask->out, TEXT(": "));
	}
	xml_chars(ask->out, at->collection->name);
	return PROP_GOT;
}

enum prop_got get_resourcetype(struct prop_ask *ask)
{
	if (ask->at->is != TARGET_MEMBER)
		xml_empty(ask->out, DAV_collection);
	if (ask->at->is == TARGET_PRINCIPAL)
		xml_empty(ask->out, DAV_principal);
	for (const struct feature *const *f = dav_features(); *f; f++)
		if ((*f)->resourcetype)
			(*f)->resourcetype(ask->at, ask->out);
	return PROP_GOT;
}

enum prop_got get_supported_report_set(struct prop_ask *ask)
{
	const struct dav_report *row;

	for (size_t i = 0; (row = dav_report_at(i)); i++) {
		if (!dav_report_offered(ask->call, ask->at, row))
			continue;
		xml_open(ask->out, DAV_supported_report);
		xml_open(ask->out, DAV_report);
		xml_empty(ask->out, row->name);
		xml_close(ask->out, DAV_report);
		xml_close(ask->out, DAV_supported_report);
	}
	return PROP_GOT;
}

enum prop_got get_supported_method_set(struct prop_ask *ask)
{
	struct text rest = dav_allow(ask->work->arena, on_of(ask->at));
	struct text name;

	while (text_split(&rest, ',', &name)) {
		xml_open(ask->out, DAV_supported_method);
		xml_attr(ask->out, "name", text_trim(name));
		xml_close(ask->out, DAV_supported_method);
	}
	return PROP_GOT;
}

/* ---- collections ---- */

enum prop_got get_sync_token(struct prop_ask *ask)
{
	xml_chars(ask->out, token_of(ask->work, ask->at->collection, ask->at->collection->token));
	return PROP_GOT;
}

enum prop_got get_add_member(struct prop_ask *ask)
{
	/* The address of POST; a query of its own tells it from the collection (RFC 5995 3.2). */
	xml_href(ask->out,
	        arena_printf(ask->work->arena, "%.*s?add-member", TEXT_ARG(ask->at->href)));
	return PROP_GOT;
}

enum prop_got get_resource_id(struct prop_ask *ask)
{
	const struct target *at = ask->at;
	int64_t id = at->is == TARGET_MEMBER ? at->item->member.record : at->collection->id;

	/* RFC 5842 3.1: a URI that stays through every MOVE; a record's comes from the history's
	 * epoch. */
	xml_href(ask->out, arena_printf(ask->work->arena, "urn:kontor:%.*s:%lld",
	                           TEXT_ARG(ask->work->house->epoch), (long long)id));
	return PROP_GOT;
}

/* RFC 4331: of the home, for everything in it. */
static bool usage(struct prop_ask *ask, int64_t *bytes, int64_t *quota)
{
	struct collection *home;

	if (!collection_home_above(ask->work, ask->at->collection, &home))
		return false;
	return home && collection_usage(ask->work, home, bytes, quota);
}

static enum prop_got give_bytes(struct prop_ask *ask, int64_t n)
{
	xml_chars(ask->out, arena_printf(ask->work->arena, "%lld", (long long)n));
	return PROP_GOT;
}

enum prop_got get_quota_used_bytes(struct prop_ask *ask)
{
	int64_t bytes = 0, quota = 0;

	if (!usage(ask, &bytes, &quota))
		return PROP_FAILED;
	return give_bytes(ask, bytes);
}

enum prop_got get_quota_available_bytes(struct prop_ask *ask)
{
	int64_t bytes = 0, quota = 0, left = -1, free;

	if (!usage(ask, &bytes, &quota))
		return PROP_FAILED;
	/* RFC 4331 3: the smallest of the limits, which the disk is where there is no quota. */
	free = house_free_bytes(ask->work->house);
	if (quota)
		left = quota > bytes ? quota - bytes : 0;
	if (left < 0 || (free >= 0 && free < left))
		left = free;
	return left < 0 ? PROP_ABSENT : give_bytes(ask, left);
}

/* ---- principals ---- */

static bool who_principal(struct prop_ask *ask, struct principal **p)
{
	return principal_get(ask->work, ask->work->who->id, p);
}

enum prop_got get_current_user_principal(struct prop_ask *ask)
{
	struct principal *p;

	/* RFC 5397 3 */
	if (!ask->work->who) {
		xml_empty(ask->out, DAV_unauthenticated);
		return PROP_GOT;
	}
	if (!who_principal(ask, &p))
		return PROP_FAILED;
	if (!p)
		return PROP_ABSENT;
	xml_href(ask->out, target_principal_href(ask->work->arena, p));
	return PROP_GOT;
}

enum prop_got get_principal_url(struct prop_ask *ask)
{
	xml_href(ask->out, target_principal_href(ask->work->arena, ask->at->principal));
	return PROP_GOT;
}

enum prop_got get_owner(struct prop_ask *ask)
{
	if (!ask->at->principal)
		return PROP_ABSENT;
	xml_href(ask->out, target_principal_href(ask->work->arena, ask->at->principal));
	return PROP_GOT;
}

/* RFC 3744 5.2: nothing here belongs to a group beside its owner. */
enum prop_got get_group(struct prop_ask *ask)
{
	(void)ask;
	return PROP_GOT;
}

enum prop_got get_alternate_uri_set(struct prop_ask *ask)
{
	struct texts emails = { 0 };

	if (!principal_emails(ask->work, ask->at->principal->id, &emails))
		return PROP_FAILED;
	for (size_t i = 0; i < emails.len; i++)
		xml_href(ask->out,
		        arena_printf(ask->work->arena, "mailto:%.*s", TEXT_ARG(emails.at[i])));
	return PROP_GOT;
}

static enum prop_got give_principals(struct prop_ask *ask, const struct ids *ids)
{
	for (size_t i = 0; i < ids->len; i++) {
		struct principal *p;

		if (!principal_get(ask->work, ids->at[i], &p))
			return PROP_FAILED;
		if (p)
			xml_href(ask->out, target_principal_href(ask->work->arena, p));
	}
	return PROP_GOT;
}

enum prop_got get_group_member_set(struct prop_ask *ask)
{
	struct ids ids = { 0 };

	if (ask->at->principal->kind != PRINCIPAL_GROUP)
		return PROP_GOT;
	if (!principal_members(ask->work, ask->at->principal->id, false, &ids))
		return PROP_FAILED;
	return give_principals(ask, &ids);
}

enum prop_got get_group_membership(struct prop_ask *ask)
{
	struct ids ids = { 0 };

	if (!principal_groups(ask->work, ask->at->principal->id, false, &ids))
		return PROP_FAILED;
	return give_principals(ask, &ids);
}

enum prop_got get_principal_collection_set(struct prop_ask *ask)
{
	xml_href(ask->out, TEXT("/principals/"));
	return PROP_GOT;
}

/* A name that clients show as one line. */
bool check_displayname(struct work *work, const struct target *at, const struct xml_node *value)
{
	(void)at;
	if (value && value->text.len > 1000)
		return err_set(&work->err, ERR_FORBIDDEN, "the name is too long");
	return true;
}
