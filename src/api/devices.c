/* devices.c - phones and programs of somebody's: a password for each, and how to set one up. */
#include "base/base.h"
#include "api/setup.h"
#include "base/log.h"
#include "base/settings.h"
#include "base/sign.h"
#include "crm/pause.h"
#include "people/app_password.h"
#include "people/who.h"

enum { NAME_MOST = 100, DEVICES_MOST = 100 };

/* A device's password may not make others, nor end them: it may be in the wrong hands. */
static bool is_person(struct call *c)
{
	return !c->work.who->app_password ||
	       err_set(&c->work.err, ERR_FORBIDDEN, "a device cannot do this: sign in yourself");
}

static bool is_in(const struct ids *ids, int64_t id)
{
	for (size_t i = 0; i < ids->len; i++)
		if (ids->at[i] == id)
			return true;
	return false;
}

static json_t *device_json(const struct app_password *device, bool paused)
{
	return json_pack("{s:I, s:o, s:I, s:o, s:o, s:b}", "id", device->id, "name",
	        api_word(device->name), "created", device->created, "seen",
	        device->seen ? json_integer(device->seen) : json_null(), "client",
	        device->client.len ? api_word(device->client) : json_null(), "paused", paused);
}

bool api_devices(struct call *c)
{
	struct app_passwords devices;
	struct ids paused = VEC_EMPTY;
	json_t *items = api_own(c, json_array());

	if (!app_password_list(&c->work, c->work.who->id, &devices) ||
	        !pause_list(&c->work, c->work.who->id, &paused))
		return false;
	for (size_t i = 0; i < devices.len; i++)
		json_array_append_new(
		        items, device_json(&devices.at[i], is_in(&paused, devices.at[i].id)));
	return api_json(
	        c, 200, json_pack("{s:O, s:b}", "items", items, "own_paused", is_in(&paused, 0)));
}

/* ---- going on after a pause ---- */

static bool unpause(struct call *c, int64_t device, call_fn *again)
{
	struct plan *plan = plan_new(c->work.arena, c->work.now);

	if (!is_person(c))
		return false;
	plan_pause_end(plan, c->work.who->id, device);
	return api_commit(c, plan, api_none, again);
}

bool api_device_unpause(struct call *c)
{
	return unpause(c, api_of(c)->id, api_device_unpause);
}

/* Those that sign in with the password itself. */
bool api_own_unpause(struct call *c)
{
	return unpause(c, 0, api_own_unpause);
}

/* ---- making and ending ---- */

static bool added(struct call *c)
{
	const struct text *password = api_of(c)->own;
	struct app_password *device;

	if (!app_password_find(&c->work, c->work.who->id, *password, &device))
		return false;
	if (!device)
		return err_set(&c->work.err, ERR_CONFLICT, "it was revoked already");
	return api_secret(
	        c, 201, json_pack("{s:I, s:o}", "id", device->id, "password", api_word(*password)));
}

bool api_device_add(struct call *c)
{
	struct plan *plan = plan_new(c->work.arena, c->work.now);
	struct text *password = arena_make(c->work.arena, struct text);
	struct app_passwords devices;
	const json_t *body;
	struct text name;

	if (!is_person(c) || !api_body(c, &body) || !api_text(c, body, "name", true, &name) ||
	        !app_password_list(&c->work, c->work.who->id, &devices))
		return false;
	name = text_trim(name);
	if (!name.len || name.len > NAME_MOST || !text_is_clean(name))
		return api_refuse(c, "name", "1 to 100 bytes of plain text are expected");
	if (devices.len >= DEVICES_MOST)
		return err_set(&c->work.err, ERR_UNPROCESSABLE, "at most %d devices", DEVICES_MOST);
	*password = plan_app_password_add(plan, c->work.who->id, name);
	api_of(c)->own = password;
	return api_commit(c, plan, added, api_device_add);
}

bool api_device_drop(struct call *c)
{
	struct plan *plan = plan_new(c->work.arena, c->work.now);
	struct app_password *device;

	if (!is_person(c) || !app_password_get(&c->work, api_of(c)->id, &device))
		return false;
	if (!device || device->principal != c->work.who->id)
		return err_set(&c->work.err, ERR_NOT_FOUND, "%s", "");
	plan_app_password_revoke(plan, c->work.who->id, device->id);
	return api_commit(c, plan, api_none, api_device_drop);
}

/* ---- setting one up ---- */

struct text setup_base(struct call *c)
{
	return arena_printf(
	        c->work.arena, "%s://%.*s/", c->tls ? "https" : "http", TEXT_ARG(c->authority));
}

static json_t *home(struct call *c, struct text base, const char *area)
{
	struct text name = percent_encode(c->work.arena, c->work.who->name);

	return api_word(
	        arena_printf(c->work.arena, "%.*s%s/%.*s/", TEXT_ARG(base), area, TEXT_ARG(name)));
}

bool api_setup(struct call *c)
{
	struct text base = setup_base(c), picture = setup_qr(c->work.arena, base);
	json_t *urls = json_pack("{s:o, s:o, s:o, s:o, s:o}", "server", api_word(base), "principal",
	        home(c, base, "principals/users"), "calendars", home(c, base, "calendars"),
	        "addressbooks", home(c, base, "addressbooks"), "files", home(c, base, "files"));

	return api_json(c, 200,
	        json_pack("{s:o, s:o, s:o, s:o}", "server", api_word(base), "user",
	                api_word(c->work.who->name), "urls", urls, "qr_svg", api_word(picture)));
}

/* Signed with what proves the server itself, so that the phone says whose it is. A key that cannot
 * sign is no reason to give nothing. */
static struct text sign_profile(struct call *c, struct text profile)
{
	const struct settings *settings = c->settings;
	struct text signed_profile;
	struct err err = { 0 };

	if (!settings->tls_certificate[0])
		return profile;
	if (sign_cms(c->work.arena, &err, settings->tls_certificate, settings->tls_key, profile,
	            &signed_profile))
		return signed_profile;
	log_warn("profile_unsigned", "why=%s", log_value(text_of(err.detail)));
	return profile;
}

bool api_profile(struct call *c)
{
	call_set(c, "Content-Disposition", TEXT("attachment; filename=\"kontor.mobileconfig\""));
	call_set(c, "Cache-Control", TEXT("no-store"));
	return call_reply_body(
	        c, 200, "application/x-apple-aspen-config", sign_profile(c, setup_profile(c)));
}
