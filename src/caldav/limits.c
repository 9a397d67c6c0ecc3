/* limits.c - properties that say what the server takes (RFC 4791 5.2, RFC 7529 5). */
#include "base/base.h"
#include "base/settings.h"
#include "caldav/props.h"
#include "calendar/calendar.h"
#include "object/ical_rule.h"

static void write_type(struct xml_out *out, const char *type)
{
	xml_open(out, CAL_calendar_data);
	xml_attr(out, "content-type", text_of(type));
	xml_attr(out, "version", TEXT("2.0"));
	xml_close(out, CAL_calendar_data);
}

enum prop_got get_supported_calendar_data(struct prop_ask *ask)
{
	write_type(ask->out, "text/calendar");
	write_type(ask->out, "application/calendar+json");
	return PROP_GOT;
}

static enum prop_got give_number(struct prop_ask *ask, int64_t n)
{
	xml_chars(ask->out, arena_printf(ask->work->arena, "%lld", (long long)n));
	return PROP_GOT;
}

static struct ical_limits limits_of(const struct prop_ask *ask)
{
	return calendar_limits(ask->call->settings, 0);
}

enum prop_got get_calendar_max_resource_size(struct prop_ask *ask)
{
	return give_number(ask, limits_of(ask).max_size);
}

enum prop_got get_max_instances(struct prop_ask *ask)
{
	return give_number(ask, limits_of(ask).max_instances);
}

enum prop_got get_max_attendees_per_instance(struct prop_ask *ask)
{
	return give_number(ask, limits_of(ask).max_attendees);
}

enum prop_got get_min_date_time(struct prop_ask *ask)
{
	xml_chars(ask->out, utc_write(ask->work->arena, limits_of(ask).min_time));
	return PROP_GOT;
}

/* The last second that is allowed. */
enum prop_got get_max_date_time(struct prop_ask *ask)
{
	xml_chars(ask->out, utc_write(ask->work->arena, limits_of(ask).max_time - 1));
	return PROP_GOT;
}

enum prop_got get_calendar_collations(struct prop_ask *ask)
{
	xml_text(ask->out, CAL_supported_collation, TEXT("i;ascii-casemap"));
	xml_text(ask->out, CAL_supported_collation, TEXT("i;octet"));
	xml_text(ask->out, CAL_supported_collation, TEXT("i;unicode-casemap"));
	return PROP_GOT;
}

enum prop_got get_supported_rscale_set(struct prop_ask *ask)
{
	for (const char *const *name = rule_rscales(); *name; name++)
		xml_text(ask->out, CAL_supported_rscale, text_of(*name));
	return PROP_GOT;
}
