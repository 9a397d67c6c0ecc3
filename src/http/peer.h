/* peer.h - who is at the other end: addresses, networks, and what trusted proxies say of them.
 *
 * Memory:  small values, copied. A struct nets belongs to the arena it was made in.
 * Threads: pure. */
#ifndef KONTOR_HTTP_PEER_H
#define KONTOR_HTTP_PEER_H

#include "base/err.h"
#include "base/str.h"

struct sockaddr;
struct call;

/* IPv6, or IPv4 as ::ffff:a.b.c.d; a UNIX socket counts as the machine itself. */
struct peer {
	uint8_t bytes[16];
	bool local;    /* loopback or a UNIX socket */
	char text[48]; /* for people and logs */
	size_t text_len;
};

void peer_from_sockaddr(struct peer *peer, const struct sockaddr *address);
/* "192.0.2.1", "2001:db8::1", with or without brackets and port. */
bool peer_parse(struct peer *peer, struct text text) must_check;

/* Addresses and networks: "10.0.0.0/8 192.0.2.7 2001:db8::/32", separated by spaces or commas. */
struct nets;
struct nets *nets_parse(struct arena *arena, struct text text, struct err *err);
bool nets_have(const struct nets *nets, const struct peer *peer);

/* Sets c->peer, c->tls and c->authority as the client's own proxy saw them. Only when `from`, the
 * address the connection comes from, is one of `trusted`; what such headers say otherwise is
 * ignored. */
void peer_through_proxies(struct call *c, const struct peer *from, const struct nets *trusted);

#endif
