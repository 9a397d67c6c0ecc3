/* props.c - properties of people and calendars; which there are stands in props.tbl.h. */
#include "base/base.h"
#include "caldav/props.h"

static bool has_home(struct prop_ask *ask, bool *has)
{
	struct collection *home;

	if (!collection_home(ask->work, ask->at->principal->id, COLLECTION_CALENDAR_HOME, &home))
		return false;
	*has = home != NULL;
	return true;
}

enum prop_got get_calendar_home_set(struct prop_ask *ask)
{
	bool has;

	if (!has_home(ask, &has))
		return PROP_FAILED;
	if (!has)
		return PROP_ABSENT;
	xml_href(ask->out,
	        target_home_href(ask->work->arena, ask->at->principal, COLLECTION_CALENDAR_HOME));
	return PROP_GOT;
}

/* Addresses first that mail can reach: clients take the first mailto for invitations. */
enum prop_got get_calendar_user_address_set(struct prop_ask *ask)
{
	struct arena *arena = ask->work->arena;
	struct texts emails = { 0 };

	if (!principal_emails(ask->work, ask->at->principal->id, &emails))
		return PROP_FAILED;
	for (size_t i = 0; i < emails.len; i++)
		xml_href(ask->out, arena_printf(arena, "mailto:%.*s", TEXT_ARG(emails.at[i])));
	xml_href(ask->out, target_principal_href(arena, ask->at->principal));
	xml_href(ask->out, arena_printf(arena, "urn:uuid:%.*s", TEXT_ARG(ask->at->principal->uid)));
	return PROP_GOT;
}

/* RFC 6638 2.4.2 */
enum prop_got get_calendar_user_type(struct prop_ask *ask)
{
	switch ((enum principal_kind)ask->at->principal->kind) {
	case PRINCIPAL_USER: xml_chars(ask->out, TEXT("INDIVIDUAL")); return PROP_GOT;
	case PRINCIPAL_GROUP: xml_chars(ask->out, TEXT("GROUP")); return PROP_GOT;
	case PRINCIPAL_LOCATION: xml_chars(ask->out, TEXT("ROOM")); return PROP_GOT;
	case PRINCIPAL_RESOURCE: xml_chars(ask->out, TEXT("RESOURCE")); return PROP_GOT;
	}
	return PROP_ABSENT;
}

enum prop_got get_email_address_set(struct prop_ask *ask)
{
	struct texts emails = { 0 };

	if (!principal_emails(ask->work, ask->at->principal->id, &emails))
		return PROP_FAILED;
	for (size_t i = 0; i < emails.len; i++)
		xml_text(ask->out, CS_email_address, emails.at[i]);
	return PROP_GOT;
}

/* Nobody acts for others: an empty set, because macOS asks again and again where there is none. */
enum prop_got get_no_proxies(struct prop_ask *ask)
{
	(void)ask;
	return PROP_GOT;
}

/* ---- components ---- */

/* Which bits they are is dav/mkcol.c's to read. */
bool check_supported_calendar_component_set(
        struct work *work, const struct target *at, const struct xml_node *value)
{
	(void)at;
	return !value || xml_child(value, CAL_comp) ||
	       err_set(&work->err, ERR_SUPPORTED_CALENDAR_COMPONENT,
	               "a calendar takes at least one component");
}

enum prop_got get_supported_calendar_component_set(struct prop_ask *ask)
{
	for (int bit = ICAL_VEVENT; bit & ICAL_OBJECTS; bit <<= 1) {
		if (!(ask->at->collection->components & bit))
			continue;
		xml_open(ask->out, CAL_comp);
		xml_attr(ask->out, "name", ical_kind_name((enum ical_kind)bit));
		xml_close(ask->out, CAL_comp);
	}
	return PROP_GOT;
}

/* ---- RFC 6638 9.1 ---- */

bool check_schedule_calendar_transp(
        struct work *work, const struct target *at, const struct xml_node *value)
{
	(void)at;
	return !value || xml_child(value, CAL_opaque) || xml_child(value, CAL_transparent) ||
	       err_set(&work->err, ERR_CONFLICT, "it is opaque or transparent");
}

enum prop_got get_schedule_calendar_transp(struct prop_ask *ask)
{
	const struct xml_node *node;

	if (!stored_prop(ask->work, ask->at, CAL_schedule_calendar_transp, &node))
		return PROP_FAILED;
	xml_empty(ask->out, xml_child(node, CAL_transparent) ? CAL_transparent : CAL_opaque);
	return PROP_GOT;
}
