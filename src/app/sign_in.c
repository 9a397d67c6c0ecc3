#include "base/base.h"
#include "app/sign_in.h"
#include "http/auth.h"
#include "people/login.h"

static struct login_ask ask_of(struct call *c, const struct credentials *given, bool may_block)
{
	return (struct login_ask){ .name = given->name,
		.password = given->password,
		.peer = c->peer,
		.client = c->user_agent,
		.may_block = may_block };
}

enum login_result sign_in(struct call *c, bool may_block)
{
	static const enum login_result RESULTS[] = { [LOGIN_IS_RIGHT] = LOGIN_OK,
		[LOGIN_IS_WRONG] = LOGIN_BAD,
		[LOGIN_IS_SLOW] = LOGIN_SLOW,
		[LOGIN_IS_BUSY] = LOGIN_BUSY };
	struct credentials given;
	struct login_ask ask;

	switch (auth_basic(c, &given)) {
	case AUTH_BASIC: break;
	case AUTH_NONE: return LOGIN_NONE;
	default: return LOGIN_BAD;
	}
	ask = ask_of(c, &given, may_block);
	return RESULTS[login_check(&c->work, &ask)];
}

int64_t sign_in_wait(struct call *c)
{
	struct credentials given;
	struct login_ask ask;

	if (auth_basic(c, &given) != AUTH_BASIC)
		return 0;
	ask = ask_of(c, &given, false);
	return login_wait(&c->work, &ask);
}
