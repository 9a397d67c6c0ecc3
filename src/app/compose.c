/* compose.c - the one file that names everybody. The order of an array is the order in which things
 * happen. */
#include "base/base.h"
#include "api/api.h"
#include "app/compose.h"
#include "app/sign_in.h"
#include "base/log.h"
#include "caldav/caldav.h"
#include "calendar/calendar.h"
#include "capture/form.h"
#include "capture/mail.h"
#include "carddav/carddav.h"
#include "contacts/contacts.h"
#include "crmdav/crmdav.h"
#include "crm/kinds.h"
#include "crm/seed.h"
#include "dav/methods.h"
#include "edit/crm.h"
#include "edit/file.h"
#include "http/static.h"
#include "mail/mailer.h"
#include "object/ical.h"
#include "people/login.h"
#include "wire/xml_in.h"

#include <unistd.h>

static const struct kind *const KINDS[] = { &file_kind, &crm_event_kind, &contacts_kind,
	&crm_account_kind, &crm_contact_kind, &crm_lead_kind, &crm_deal_kind, &crm_case_kind,
	&crm_note_kind, NULL };

/* What else a write brings about. */
static const struct step *const STEPS[] = { &crm_step, NULL };

static const struct feature *const FEATURES[] = { &dav_core, &caldav_feature, &carddav_feature,
	&crmdav_feature, NULL };

static const struct route ROUTES[] = {
	{ "/", static_redirect, http_plain_fail, ROUTE_OPEN, static_wanted },
	{ "/", dav_handle, dav_fail, 0 },
	{ "/.well-known", dav_handle, dav_fail, ROUTE_OPEN },
	{ "/files", dav_handle, dav_fail, ROUTE_SPOOL },
	{ "/app", static_handle, http_plain_fail, ROUTE_OPEN },
	{ "/f", form_handle, form_fail, ROUTE_OPEN },
	{ "/api", api_handle, api_fail, ROUTE_COOKIE },
	{ API_SESSION, api_handle, api_fail, ROUTE_OPEN | ROUTE_COOKIE | ROUTE_LOGIN },
};

void compose_house(struct house *house)
{
	xml_in_setup();
	mail_setup();
	if (!ical_setup())
		log_warn("no_time_zones", "hint=%s", "\"install tzdata\"");
	dav_setup(FEATURES);
	house->kinds = KINDS;
	house->steps = STEPS;
	house->seed = crm_seed;
}

/* Run from the build tree, the pages are where they were built. */
static const char *webui_dir(const struct settings *settings)
{
	if (settings->server_webui_dir[0])
		return settings->server_webui_dir;
	return access(KONTOR_DATADIR "/webui/index.html", R_OK) ? KONTOR_SRCDIR "/webui/dist"
	                                                        : KONTOR_DATADIR "/webui";
}

void compose_reload(struct house *house, const struct settings *settings)
{
	__atomic_store_n(&house->settings, settings, __ATOMIC_RELEASE);
	static_load(webui_dir(settings));
}

static struct text who_name(const struct who *who)
{
	return who->name;
}

struct http_setup compose_http(struct house *house)
{
	static_load(webui_dir(house_settings(house)));
	return (struct http_setup){
		.routes = ROUTES,
		.routes_len = COUNT_OF(ROUTES),
		.login = sign_in,
		.login_wait = sign_in_wait,
		.who_name = who_name,
		.settings = house_settings(house),
		.house = house,
		.step_end = work_step_end,
		.metrics = mailer_metrics,
		.ready = house_is_ready,
	};
}
