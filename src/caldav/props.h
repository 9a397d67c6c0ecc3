/* props.h - getters and checks of props.tbl.h; those of time zones are in zones.h.
 * Threads: as any prop_read_fn. */
#ifndef KONTOR_CALDAV_PROPS_H
#define KONTOR_CALDAV_PROPS_H

#include "caldav/zones.h"

struct busy;

/* props.c: people and calendars */
prop_read_fn get_calendar_home_set, get_calendar_user_address_set, get_calendar_user_type;
prop_read_fn get_email_address_set, get_no_proxies, get_schedule_calendar_transp;
prop_read_fn get_supported_calendar_component_set;
prop_check_fn check_schedule_calendar_transp, check_supported_calendar_component_set;

/* limits.c: what the server takes */
prop_read_fn get_supported_calendar_data, get_calendar_max_resource_size, get_min_date_time;
prop_read_fn get_max_date_time, get_max_instances, get_max_attendees_per_instance;
prop_read_fn get_calendar_collations, get_supported_rscale_set;

/* availability.c: RFC 7953 7.2.4 */
prop_check_fn check_calendar_availability;
/* Adds what the owner of the home that `at` is in says there. ERR_NUMBER_OF_MATCHES when that is
 * too much. */
bool add_availability(struct work *work, const struct collection *at, struct busy *busy) must_check;

#endif
