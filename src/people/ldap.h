/* ldap.h - asking a directory whether a password is right (RFC 4511 bind). Blocks, with timeouts.
 *
 * Memory: in the arena. Threads: any. */
#ifndef KONTOR_PEOPLE_LDAP_H
#define KONTOR_PEOPLE_LDAP_H

#include "base/str.h"

enum ldap_says {
	LDAP_SAYS_RIGHT,
	LDAP_SAYS_WRONG,
	LDAP_SAYS_NOTHING /* it cannot be reached, or is out of order (logged) */
};

struct ldap_place {
	const char *url;
	const char *bind; /* the DN, with %s where the name goes (escaped: RFC 4514 2.4) */
	const char *ca;   /* PEM file: who may have signed its certificate; "": as in ldap.conf */
	bool starttls;    /* no password over ldap:// before StartTLS (RFC 4511 4.14) */
};
enum ldap_says ldap_verify(struct arena *arena, const struct ldap_place *place, struct text name,
        struct text password);
/* The DN that will be used. */
struct text ldap_dn(struct arena *arena, const char *bind, struct text name);

#endif
