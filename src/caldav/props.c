/* props.c - the properties of calendars, of homes, and of people as calendar users. */
#include "base/base.h"
#include "caldav/caldav.h"
#include "calendar/calendar.h"
#include "dav/dav.h"
#include "people/who.h"

/* ---- principals ---- */

static enum prop_got get_home_set(struct prop_ask *ask)
{
	struct collection *home;

	if (!collection_home(ask->work, ask->at->principal->id, COLLECTION_CALENDAR_HOME, &home))
		return PROP_FAILED;
	if (!home)
		return PROP_ABSENT;
	xml_href(ask->out,
	        target_home_href(ask->work->arena, ask->at->principal, COLLECTION_CALENDAR_HOME));
	return PROP_GOT;
}

static enum prop_got get_addresses(struct prop_ask *ask)
{
	struct texts emails = { 0 };

	if (!principal_emails(ask->work, ask->at->principal->id, &emails))
		return PROP_FAILED;
	for (size_t i = 0; i < emails.len; i++)
		xml_href(ask->out,
		        arena_printf(ask->work->arena, "mailto:%.*s", TEXT_ARG(emails.at[i])));
	xml_href(ask->out, target_principal_href(ask->work->arena, ask->at->principal));
	xml_href(ask->out,
	        arena_printf(ask->work->arena, "urn:uuid:%.*s", TEXT_ARG(ask->at->principal->uid)));
	return PROP_GOT;
}

static enum prop_got get_email_set(struct prop_ask *ask)
{
	struct texts emails = { 0 };

	if (!principal_emails(ask->work, ask->at->principal->id, &emails))
		return PROP_FAILED;
	for (size_t i = 0; i < emails.len; i++)
		xml_text(ask->out, CS_email_address, emails.at[i]);
	return PROP_GOT;
}

static enum prop_got get_user_type(struct prop_ask *ask)
{
	static const struct text types[] = {
		[PRINCIPAL_USER] = TEXT_INIT("INDIVIDUAL"),
		[PRINCIPAL_GROUP] = TEXT_INIT("GROUP"),
		[PRINCIPAL_LOCATION] = TEXT_INIT("ROOM"),
		[PRINCIPAL_RESOURCE] = TEXT_INIT("RESOURCE"),
	};

	xml_chars(ask->out, types[ask->at->principal->kind]);
	return PROP_GOT;
}

/* Nobody is anybody's proxy. */
static enum prop_got get_nothing(struct prop_ask *ask)
{
	(void)ask;
	return PROP_GOT;
}

/* ---- what a calendar takes ---- */

static const struct {
	int64_t bit;
	struct text name;
} components[] = {
	{ COMPONENT_VEVENT, TEXT_INIT("VEVENT") },
	{ COMPONENT_VTODO, TEXT_INIT("VTODO") },
	{ COMPONENT_VJOURNAL, TEXT_INIT("VJOURNAL") },
	{ COMPONENT_VFREEBUSY, TEXT_INIT("VFREEBUSY") },
	{ COMPONENT_VAVAILABILITY, TEXT_INIT("VAVAILABILITY") },
};

static enum prop_got get_components(struct prop_ask *ask)
{
	bool home = collection_is_home(ask->at->collection);
	int64_t taken = home ? COMPONENT_ALL : ask->at->collection->components;

	for (size_t i = 0; i < COUNT_OF(components); i++) {
		if (!(taken & components[i].bit))
			continue;
		xml_open(ask->out, CAL_comp);
		xml_attr(ask->out, "name", components[i].name);
		xml_close(ask->out, CAL_comp);
	}
	return PROP_GOT;
}

/* Set when a calendar is made; read by dav/mkcol.c. */
static bool check_components(
        struct work *work, const struct target *at, const struct xml_node *value)
{
	(void)at;
	return value != NULL || err_set(&work->err, ERR_CANNOT_MODIFY_PROTECTED, "%s", "");
}

static void write_data_type(struct xml_out *out, const char *type)
{
	xml_open(out, CAL_calendar_data);
	xml_attr(out, "content-type", text_of(type));
	xml_attr(out, "version", TEXT("2.0"));
	xml_close(out, CAL_calendar_data);
}

static enum prop_got get_data_types(struct prop_ask *ask)
{
	write_data_type(ask->out, "text/calendar");
	write_data_type(ask->out, "application/calendar+json");
	return PROP_GOT;
}

static enum prop_got get_collations(struct prop_ask *ask)
{
	xml_text(ask->out, CAL_supported_collation, TEXT("i;ascii-casemap"));
	xml_text(ask->out, CAL_supported_collation, TEXT("i;octet"));
	xml_text(ask->out, CAL_supported_collation, TEXT("i;unicode-casemap"));
	return PROP_GOT;
}

/* ---- limits ---- */

static enum prop_got give_number(struct prop_ask *ask, int64_t n)
{
	xml_chars(ask->out, arena_printf(ask->work->arena, "%lld", (long long)n));
	return PROP_GOT;
}

static enum prop_got get_max_size(struct prop_ask *ask)
{
	return give_number(ask, ask->call->settings->limits_resource);
}

static enum prop_got get_max_instances(struct prop_ask *ask)
{
	return give_number(ask, ask->call->settings->limits_instances);
}

static enum prop_got get_max_attendees(struct prop_ask *ask)
{
	return give_number(ask, ask->call->settings->limits_attendees);
}

static enum prop_got get_min_time(struct prop_ask *ask)
{
	xml_chars(ask->out,
	        utc_write(ask->work->arena, calendar_limits(ask->call->settings).min_time));
	return PROP_GOT;
}

static enum prop_got get_max_time(struct prop_ask *ask)
{
	xml_chars(ask->out,
	        utc_write(ask->work->arena, calendar_limits(ask->call->settings).max_time - 1));
	return PROP_GOT;
}

/* ---- time zones ---- */

static bool check_timezone(struct work *work, const struct target *at, const struct xml_node *value)
{
	const struct zone *zone;

	(void)at;
	return !value || zone_from_calendar(work->arena, &work->err, value->text, &zone);
}

static bool check_timezone_id(
        struct work *work, const struct target *at, const struct xml_node *value)
{
	(void)at;
	return !value || zone_find(text_trim(value->text)) ||
	       err_set(&work->err, ERR_VALID_TIMEZONE, "%.*s", TEXT_ARG(value->text));
}

/* The text of a property as it is stored: the element as XML. */
static bool stored_text(struct work *work, int64_t collection, enum name_id id, struct text *text)
{
	struct xml_name name = name_of(id);
	struct xml_limits limits = { 1u << 20, 1000, 32, 65536 };
	struct xml_node *root;
	struct text value;

	*text = TEXT_NONE;
	if (!prop_get(work, HOLDER_COLLECTION, collection, name.uri, name.local, &value))
		return false;
	if (!value.ptr)
		return true;
	if (!xml_parse(work->arena, &work->err, &limits, value, &root))
		return false;
	*text = root->text;
	return true;
}

bool caldav_floating(struct work *work, const struct target *at, const struct zone **zone)
{
	struct err ignored = { 0 };
	struct text text;

	*zone = NULL;
	if (!stored_text(work, at->collection->id, CAL_calendar_timezone_id, &text))
		return false;
	if (text.ptr)
		*zone = zone_find(text_trim(text));
	if (*zone)
		return true;
	if (!stored_text(work, at->collection->id, CAL_calendar_timezone, &text))
		return false;
	if (text.ptr && !zone_from_calendar(work->arena, &ignored, text, zone))
		*zone = NULL;
	return true;
}

/* ---- the rows ---- */

#define ON_CALENDARS (ON_CALENDAR | ON_CALENDAR_HOME)

const struct dav_prop caldav_props[CALDAV_PROPS] = {
	{ CAL_calendar_home_set, ON_PRINCIPAL, 0, get_home_set, NULL, NULL },
	{ CAL_calendar_user_address_set, ON_PRINCIPAL, 0, get_addresses, NULL, NULL },
	{ CAL_calendar_user_type, ON_PRINCIPAL, 0, get_user_type, NULL, NULL },
	{ CS_email_address_set, ON_PRINCIPAL, 0, get_email_set, NULL, NULL },
	{ CS_calendar_proxy_read_for, ON_PRINCIPAL, 0, get_nothing, NULL, NULL },
	{ CS_calendar_proxy_write_for, ON_PRINCIPAL, 0, get_nothing, NULL, NULL },
	{ CAL_supported_calendar_component_set, ON_CALENDARS, CREATE_ONLY, get_components,
	        check_components, NULL },
	{ CAL_supported_calendar_data, ON_CALENDARS, 0, get_data_types, NULL, NULL },
	{ CAL_supported_collation_set, ON_CALENDARS, 0, get_collations, NULL, NULL },
	{ CAL_max_resource_size, ON_CALENDARS, 0, get_max_size, NULL, NULL },
	{ CAL_max_instances, ON_CALENDARS, 0, get_max_instances, NULL, NULL },
	{ CAL_max_attendees_per_instance, ON_CALENDARS, 0, get_max_attendees, NULL, NULL },
	{ CAL_min_date_time, ON_CALENDARS, 0, get_min_time, NULL, NULL },
	{ CAL_max_date_time, ON_CALENDARS, 0, get_max_time, NULL, NULL },
	{ CAL_calendar_timezone, ON_CALENDARS, 0, NULL, check_timezone, NULL },
	{ CAL_calendar_timezone_id, ON_CALENDARS, 0, NULL, check_timezone_id, NULL },
	{ CAL_calendar_data, ON_EVENT, NEEDS_BODY, get_calendar_data, NULL, calendar_data_prepare },
};
