#include "base/base.h"
#include "base/codec.h"
#include "base/settings.h"
#include "http/auth.h"

enum { CREDENTIALS_MAX = 1024 };

/* Scheme and the rest: "Basic dXNlcjpwYXNz". */
static bool scheme_is(struct text header, struct text scheme, struct text *rest)
{
	if (!text_starts_nocase(header, scheme))
		return false;
	*rest = text_from(header, scheme.len);
	if (rest->len && rest->ptr[0] != ' ')
		return false;
	*rest = text_trim(*rest);
	return true;
}

enum auth_given auth_basic(struct call *c, struct credentials *out)
{
	struct text header = call_header(c, "Authorization"), encoded, both;
	ptrdiff_t colon;

	if (!header.ptr)
		return AUTH_NONE;
	if (!scheme_is(text_trim(header), TEXT("Basic"), &encoded))
		return AUTH_OTHER;
	if (encoded.len > CREDENTIALS_MAX * 3)
		return AUTH_BAD;
	if (!base64_decode(c->work.arena, encoded, &both))
		return AUTH_BAD;
	/* A NUL would end the password early in crypt(3): "secret" and "secret\0x" must differ. */
	if (!text_is_utf8(both) || text_find_char(both, '\0') >= 0)
		return AUTH_BAD;
	colon = text_find_char(both, ':');
	if (colon < 1)
		return AUTH_BAD;
	out->name = text_sub(both, 0, (size_t)colon);
	out->password = text_from(both, (size_t)colon + 1);
	if (out->name.len > CREDENTIALS_MAX || out->password.len > CREDENTIALS_MAX)
		return AUTH_BAD;
	return AUTH_BASIC;
}

void auth_challenge(struct call *c)
{
	const char *realm = c->settings->login_realm;
	struct buf out;

	buf_init(&out, c->work.arena);
	buf_add(&out, TEXT("Basic realm=\""));
	for (; *realm; realm++) {
		if (*realm == '"' || *realm == '\\')
			buf_char(&out, '\\');
		buf_char(&out, *realm);
	}
	buf_add(&out, TEXT("\", charset=\"UTF-8\""));
	call_set(c, "WWW-Authenticate", buf_text(&out));
}
