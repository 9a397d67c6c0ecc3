/* listen.h - listening sockets.
 * Memory: in the arena given. Threads: at the start only. */
#ifndef KONTOR_HTTP_LISTEN_H
#define KONTOR_HTTP_LISTEN_H

#include "base/err.h"
#include "base/str.h"

struct listening {
	int fd;
	bool tls;
	bool local;          /* loopback or a UNIX socket */
	struct text address; /* as it came out: "https://[::1]:8443", "unix:/run/kontor.sock" */
};

/* HOST:PORT, [IPv6]:PORT, *:PORT, unix:/path; http:// or https:// before it chooses, otherwise TLS
 * is spoken where there is a certificate. Port 0 takes any. */
bool listen_open(struct arena *arena, struct text where, bool have_certificate,
        struct listening *out, struct err *err) must_check;
/* A socket that somebody else has opened (the service manager). */
bool listen_take(struct arena *arena, int fd, bool have_certificate, struct listening *out,
        struct err *err) must_check;

#endif
