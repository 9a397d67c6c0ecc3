/* session.c - signing a browser in and out. */
#include "base/base.h"
#include "api/door.h"
#include "api/me.h"
#include "base/settings.h"
#include "people/session.h"

bool api_credentials(struct call *c, struct text *name, struct text *password)
{
	const json_t *body;
	bool there = api_body(c, &body) && api_text(c, body, "name", true, name) &&
	             api_text(c, body, "password", true, password) && name->len <= 1024 &&
	             password->len <= 1024;

	err_clear(&c->work.err); /* the handler says what is wrong */
	return there;
}

/* HttpOnly: no script reads it. Lax: no other site's form sends it. Only this door is shown it. */
static void set_cookie(struct call *c, struct text value, int64_t life)
{
	call_set(c, "Set-Cookie",
	        arena_printf(c->work.arena,
	                SESSION_COOKIE "=%.*s; Path=/api; Max-Age=%lld; HttpOnly; SameSite=Lax%s",
	                TEXT_ARG(value), (long long)life, c->tls ? "; Secure" : ""));
	call_set(c, "Cache-Control", TEXT("no-store"));
}

static bool tell(struct call *c, struct text csrf)
{
	json_t *me;

	if (!api_me_json(c, &me))
		return false;
	return api_secret(c, 200, json_pack("{s:o, s:o}", "csrf", api_word(csrf), "me", me));
}

bool api_session_get(struct call *c)
{
	if (!c->work.who || !c->work.who->session.ptr)
		return err_set(&c->work.err, ERR_UNAUTHORIZED, "%s", "");
	return tell(c, c->work.who->csrf);
}

/* ---- in ---- */

static bool started(struct call *c)
{
	const struct session_new *made = api_of(c)->own;

	set_cookie(c, made->cookie, c->settings->login_session);
	return tell(c, made->csrf);
}

bool api_session_begin(struct call *c, struct plan *plan, call_fn *again)
{
	struct session_new *made = arena_make(c->work.arena, struct session_new);

	*made = plan_session_start(plan, c->settings, c->work.who->id, c->user_agent);
	api_of(c)->own = made;
	return api_commit(c, plan, started, again);
}

/* Name and password were looked at before we were called (app/sign_in.c), as slowly as any. */
bool api_session_start(struct call *c)
{
	const json_t *body;
	struct text name, password;

	if (!api_body(c, &body) || !api_text(c, body, "name", true, &name) ||
	        !api_text(c, body, "password", true, &password))
		return false;
	if (!c->work.who)
		return err_set(&c->work.err, ERR_UNAUTHORIZED, "name or password is wrong");
	/* It would live on when the device's password is taken back. */
	if (c->work.who->app_password)
		return err_set(&c->work.err, ERR_FORBIDDEN,
		        "this is a device's password: sign in with your own");
	return api_session_begin(c, plan_new(c->work.arena, c->work.now), api_session_start);
}

/* ---- out ---- */

static bool ended(struct call *c)
{
	set_cookie(c, TEXT(""), 0);
	return api_none(c);
}

bool api_session_end(struct call *c)
{
	struct plan *plan = plan_new(c->work.arena, c->work.now);

	if (!c->work.who || !c->work.who->session.ptr)
		return err_set(&c->work.err, ERR_UNAUTHORIZED, "%s", "");
	plan_session_end(plan, c->work.who->session);
	return api_commit(c, plan, ended, api_session_end);
}
