/* my.c - what people change of their own: preferences, password. */
#include "base/base.h"
#include "api/me.h"
#include "base/settings.h"
#include "people/login.h"
#include "people/preference.h"
#include "store/principal.h"

enum { PASSWORD_MIN = 8, PASSWORD_MAX = 1024 };

/* ---- preferences ---- */

static bool preferences_set(struct call *c)
{
	json_t *all;

	return api_preferences_json(c, &all) &&
	       api_json(c, 200, json_pack("{s:O}", "preferences", all));
}

static struct text value_text(struct call *c, json_t *value)
{
	size_t len = json_dumpb(value, NULL, 0, JSON_COMPACT | JSON_ENCODE_ANY);
	char *to = arena_raw(c->work.arena, len + 1);

	json_dumpb(value, to, len, JSON_COMPACT | JSON_ENCODE_ANY);
	return (struct text){ to, len };
}

bool api_preferences_set(struct call *c)
{
	struct plan *plan = plan_new(c->work.arena, c->work.now);
	const json_t *body;
	const char *key;
	json_t *value;

	if (!api_body(c, &body))
		return false;
	json_object_foreach((json_t *)body, key, value)
	{
		struct text name = text_of(key), bytes = TEXT_NONE;

		if (!json_is_null(value))
			bytes = value_text(c, value);
		if (!name.len || name.len > PREFERENCE_NAME_MAX || bytes.len > PREFERENCE_VALUE_MAX)
			return err_set(&c->work.err, ERR_UNPROCESSABLE,
			        "a name of up to %d bytes and a value of up to %d are expected",
			        PREFERENCE_NAME_MAX, PREFERENCE_VALUE_MAX);
		plan_preference_set(plan, c->work.who->id, name, bytes);
	}
	return api_commit(c, plan, preferences_set, api_preferences_set);
}

/* ---- password ---- */

static bool password_check(struct call *c, struct text password)
{
	if (password.len < PASSWORD_MIN)
		return api_refuse(c, "new", "at least 8 letters are expected");
	if (password.len > PASSWORD_MAX || text_find_char(password, '\0') >= 0)
		return api_refuse(c, "new", "at most 1024 bytes are expected, and no NUL");
	return true;
}

static bool changed(struct call *c)
{
	return api_none(c);
}

static bool password_set(struct call *c)
{
	struct login_ask ask = { .name = c->work.who->name,
		.peer = c->peer,
		.client = c->user_agent,
		.may_block = true };
	struct principal_put *put = arena_make(c->work.arena, struct principal_put);
	struct plan *plan = plan_new(c->work.arena, c->work.now);
	struct principal *p;
	struct text new;
	const json_t *body;

	if (!api_body(c, &body) || !api_text(c, body, "old", true, &ask.password) ||
	        !api_text(c, body, "new", true, &new) || !password_check(c, new))
		return false;
	if (!principal_get(&c->work, c->work.who->id, &p))
		return false;
	if (!p || !p->password.ptr)
		return err_set(&c->work.err, ERR_FORBIDDEN, "your password is kept elsewhere");
	if (!login_own_password(&c->work, &ask))
		return err_is_set(&c->work.err) ? false : api_refuse(c, "old", "it is wrong");
	put->principal = *p;
	put->set_password = true;
	if (!login_hash(&c->work, new, &put->principal.password))
		return false;
	plan_principal_put(plan, put);
	if (c->work.who->session.ptr)
		return api_session_begin(c, plan, api_password_set);
	return api_commit(c, plan, changed, api_password_set);
}

bool api_password_set(struct call *c)
{
	return call_slow(c, password_set);
}
