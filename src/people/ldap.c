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

static LDAP *connect_to(const struct ldap_place *place)
{
	struct timeval timeout = { .tv_sec = TIMEOUT_S };
	int version = LDAP_VERSION3, demand = LDAP_OPT_X_TLS_DEMAND, of_client = 0;
	LDAP *ldap = NULL;

	if (ldap_initialize(&ldap, place->url) != LDAP_SUCCESS)
		return NULL;
	ldap_set_option(ldap, LDAP_OPT_PROTOCOL_VERSION, &version);
	ldap_set_option(ldap, LDAP_OPT_NETWORK_TIMEOUT, &timeout);
	ldap_set_option(ldap, LDAP_OPT_TIMEOUT, &timeout);
	ldap_set_option(ldap, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
	ldap_set_option(ldap, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand);
	if (place->ca && place->ca[0])
		ldap_set_option(ldap, LDAP_OPT_X_TLS_CACERTFILE, place->ca);
	/* Options of TLS hold from the next context on. */
	ldap_set_option(ldap, LDAP_OPT_X_TLS_NEWCTX, &of_client);
	return ldap;
}

static int secure(LDAP *ldap, const struct ldap_place *place)
{
	if (!place->starttls || strncasecmp(place->url, "ldap:", 5) != 0)
		return LDAP_SUCCESS;
	return ldap_start_tls_s(ldap, NULL, NULL);
}

static enum ldap_says out_of_order(LDAP *ldap, int code, const char *where)
{
	char *detail = NULL;

	ldap_get_option(ldap, LDAP_OPT_DIAGNOSTIC_MESSAGE, &detail);
	log_warn("ldap", "at=%s problem=%s detail=%s", where,
	        log_value(text_of(ldap_err2string(code))), log_value(text_of(detail)));
	ldap_memfree(detail);
	return LDAP_SAYS_NOTHING;
}

static enum ldap_says ask(
        LDAP *ldap, const struct ldap_place *place, const char *dn, struct berval *secret)
{
	int code = secure(ldap, place);

	if (code != LDAP_SUCCESS)
		return out_of_order(ldap, code, "starttls");
	code = ldap_sasl_bind_s(ldap, dn, LDAP_SASL_SIMPLE, secret, NULL, NULL, NULL);
	switch (code) {
	case LDAP_SUCCESS: return LDAP_SAYS_RIGHT;
	case LDAP_INVALID_CREDENTIALS:
	case LDAP_INVALID_DN_SYNTAX:
	case LDAP_NO_SUCH_OBJECT:
	case LDAP_INAPPROPRIATE_AUTH:
	case LDAP_UNWILLING_TO_PERFORM: return LDAP_SAYS_WRONG;
	default: return out_of_order(ldap, code, "bind");
	}
}

enum ldap_says ldap_verify(
        struct arena *arena, const struct ldap_place *place, struct text name, struct text password)
{
	struct berval secret = { .bv_len = password.len, .bv_val = arena_cstr(arena, password) };
	enum ldap_says says;
	LDAP *ldap;

	/* A bind without a password succeeds, and proves nothing (RFC 4513 5.1.2). */
	if (!password.len || !name.len)
		return LDAP_SAYS_WRONG;
	ldap = connect_to(place);
	if (!ldap) {
		log_error("ldap", "problem=\"%s is no address of a directory\"", place->url);
		return LDAP_SAYS_NOTHING;
	}
	says = ask(ldap, place, ldap_dn(arena, place->bind, name).ptr, &secret);
	ldap_unbind_ext_s(ldap, NULL, NULL);
	explicit_bzero(secret.bv_val, secret.bv_len);
	return says;
}

#else

enum ldap_says ldap_verify(
        struct arena *arena, const struct ldap_place *place, struct text name, struct text password)
{
	(void)arena, (void)name, (void)password;
	log_error("ldap", "problem=\"this program was built without LDAP\" url=%s",
	        log_value(text_of(place->url)));
	return LDAP_SAYS_NOTHING;
}

#endif
