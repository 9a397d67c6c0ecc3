#include "people/ldap.h"

#include "base/log.h"

#ifdef HAVE_LIBLDAP
#include <ldap.h>
#include <sys/time.h>
#endif

static void add_escaped(struct buf *out, struct text value)
{
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];
		bool edge = (i == 0 && (c == ' ' || c == '#')) || (i + 1 == value.len && c == ' ');

		if (!c)
			buf_add(out, TEXT("\\00"));
		else if (edge || strchr("\"+,;<>\\=", c))
			buf_printf(out, "\\%c", c);
		else
			buf_char(out, c);
	}
}

struct text ldap_dn(struct arena *arena, const char *bind, struct text name)
{
	struct buf out;

	buf_init(&out, arena);
	for (; *bind; bind++) {
		if (bind[0] == '%' && bind[1] == 's') {
			add_escaped(&out, name);
			bind++;
		} else {
			buf_char(&out, *bind);
		}
	}
	return buf_text(&out);
}

#ifdef HAVE_LIBLDAP

enum { TIMEOUT_S = 5 };

static LDAP *connect_to(const char *url)
{
	struct timeval timeout = { .tv_sec = TIMEOUT_S };
	int version = LDAP_VERSION3;
	LDAP *ldap = NULL;

	if (ldap_initialize(&ldap, url) != LDAP_SUCCESS)
		return NULL;
	ldap_set_option(ldap, LDAP_OPT_PROTOCOL_VERSION, &version);
	ldap_set_option(ldap, LDAP_OPT_NETWORK_TIMEOUT, &timeout);
	ldap_set_option(ldap, LDAP_OPT_TIMEOUT, &timeout);
	ldap_set_option(ldap, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
	return ldap;
}

enum ldap_says ldap_verify(struct arena *arena, const char *url, const char *bind, struct text name,
        struct text password)
{
	struct berval secret = { .bv_len = password.len, .bv_val = arena_cstr(arena, password) };
	LDAP *ldap;
	int code;

	/* A bind without a password succeeds, and proves nothing (RFC 4513 5.1.2). */
	if (!password.len || !name.len)
		return LDAP_SAYS_WRONG;
	ldap = connect_to(url);
	if (!ldap) {
		log_error("ldap", "problem=\"%s is no address of a directory\"", url);
		return LDAP_SAYS_NOTHING;
	}
	code = ldap_sasl_bind_s(
	        ldap, ldap_dn(arena, bind, name).ptr, LDAP_SASL_SIMPLE, &secret, NULL, NULL, NULL);
	ldap_unbind_ext_s(ldap, NULL, NULL);
	explicit_bzero(secret.bv_val, secret.bv_len);
	switch (code) {
	case LDAP_SUCCESS: return LDAP_SAYS_RIGHT;
	case LDAP_INVALID_CREDENTIALS:
	case LDAP_INVALID_DN_SYNTAX:
	case LDAP_NO_SUCH_OBJECT:
	case LDAP_INAPPROPRIATE_AUTH:
	case LDAP_UNWILLING_TO_PERFORM: return LDAP_SAYS_WRONG;
	default: log_warn("ldap", "problem=%s", log_value(text_of(ldap_err2string(code))));
	}
	return LDAP_SAYS_NOTHING;
}

#else

enum ldap_says ldap_verify(struct arena *arena, const char *url, const char *bind, struct text name,
        struct text password)
{
	(void)arena, (void)bind, (void)name, (void)password;
	log_error("ldap", "problem=\"this program was built without LDAP\" url=%s",
	        log_value(text_of(url)));
	return LDAP_SAYS_NOTHING;
}

#endif
