#include "base/base.h"
#include "api/api.h"
#include "app/sign_in.h"
#include "base/hash.h"
#include "http/auth.h"
#include "people/login.h"
#include "people/session.h"
#include "wire/header.h"

static struct login_ask ask_of(struct call *c, const struct credentials *given, bool may_block)
{
	return (struct login_ask){ .name = given->name,
		.password = given->password,
		.peer = c->peer,
		.client = c->user_agent,
		.may_block = may_block };
}

/* ---- browsers ---- */

static bool changes(const struct call *c)
{
	return c->method != METHOD_GET && c->method != METHOD_HEAD && c->method != METHOD_OPTIONS;
}

/* Browsers say which page a request comes from: by Sec-Fetch-Site, older ones by Origin, which
 * does not hold where a proxy calls us by another name. Programs say neither. */
static bool from_elsewhere(struct call *c)
{
	struct text site = call_header(c, "Sec-Fetch-Site"), origin = call_header(c, "Origin");
	ptrdiff_t colon = text_find(origin, TEXT("://"));

	if (site.ptr)
		return !text_eq(site, TEXT("same-origin"));
	if (!origin.ptr)
		return false;
	return colon < 0 || !text_eq_nocase(text_from(origin, (size_t)colon + 3), c->authority);
}

static bool shows_token(struct call *c)
{
	struct text token = call_header(c, "X-CSRF-Token");

	return token.ptr && secret_eq(token, c->work.who->csrf);
}

static enum login_result by_cookie(struct call *c)
{
	struct text cookie = header_cookie(c, TEXT(SESSION_COOKIE));
	bool found;

	if (!cookie.ptr)
		return LOGIN_NONE;
	if (!session_use(&c->work, cookie, &found))
		return LOGIN_BUSY;
	if (!found)
		return LOGIN_NONE;
	if (!changes(c) || shows_token(c))
		return LOGIN_OK;
	c->work.who = NULL;
	return LOGIN_FORGED;
}

/* ---- passwords ---- */

/* Of a page that signs in, or of the Authorization header. */
static enum auth_given given_by(struct call *c, struct credentials *given)
{
	if (!(c->route->flags & ROUTE_LOGIN) || c->method != METHOD_POST)
		return auth_basic(c, given);
	return api_credentials(c, &given->name, &given->password) ? AUTH_BASIC : AUTH_BAD;
}

enum login_result sign_in(struct call *c, bool may_block)
{
	static const enum login_result RESULTS[] = { [LOGIN_IS_RIGHT] = LOGIN_OK,
		[LOGIN_IS_WRONG] = LOGIN_BAD,
		[LOGIN_IS_SLOW] = LOGIN_SLOW,
		[LOGIN_IS_BUSY] = LOGIN_BUSY };
	bool browsers = c->route->flags & ROUTE_COOKIE;
	struct credentials given;
	struct login_ask ask;

	/* A browser that knows a password sends it by itself, whoever's page asks. */
	if (browsers && changes(c) && from_elsewhere(c))
		return LOGIN_FORGED;
	switch (given_by(c, &given)) {
	case AUTH_BASIC: break;
	case AUTH_NONE: return browsers ? by_cookie(c) : LOGIN_NONE;
	default: return LOGIN_BAD;
	}
	ask = ask_of(c, &given, may_block);
	return RESULTS[login_check(&c->work, &ask)];
}

int64_t sign_in_wait(struct call *c)
{
	struct credentials given;
	struct login_ask ask;

	if (given_by(c, &given) != AUTH_BASIC)
		return 0;
	ask = ask_of(c, &given, false);
	return login_wait(&c->work, &ask);
}
