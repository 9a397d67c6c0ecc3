#include "base/base.h"
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "http/listen.h"
#include "http/peer.h"

enum { BACKLOG = 1024 };

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	struct sockaddr_un un;
	struct sockaddr_storage storage;
};

/* What the socket is bound to, for people and for port 0. */
static bool describe(struct arena *arena, struct listening *out, struct err *err)
{
	const char *scheme = out->tls ? "https" : "http";
	union address address = { 0 };
	socklen_t len = sizeof(address);
	struct peer peer;

	if (getsockname(out->fd, &address.any, &len))
		return err_set(err, ERR_UNAVAILABLE, "a listening socket: %s", strerror(errno));
	if (address.any.sa_family == AF_UNIX) {
		out->tls = false;
		out->local = true;
		out->address = arena_printf(arena, "unix:%s", address.un.sun_path);
		return true;
	}
	peer_from_sockaddr(&peer, &address.any);
	out->local = peer.local;
	if (address.any.sa_family == AF_INET6)
		out->address = arena_printf(
		        arena, "%s://[%s]:%d", scheme, peer.text, ntohs(address.v6.sin6_port));
	else
		out->address = arena_printf(
		        arena, "%s://%s:%d", scheme, peer.text, ntohs(address.v4.sin_port));
	return true;
}

static bool listen_on(int fd, const struct sockaddr *address, socklen_t len)
{
	int on = 1;

	if (address->sa_family != AF_UNIX)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	return !bind(fd, address, len) && !listen(fd, BACKLOG);
}

/* A path left over from an earlier run is taken over; one that somebody listens on is not. */
static void remove_stale(const struct sockaddr_un *address)
{
	struct stat st;
	int fd;

	if (lstat(address->sun_path, &st) || !S_ISSOCK(st.st_mode))
		return;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	if (connect(fd, (const struct sockaddr *)address, sizeof(*address)) &&
	        errno == ECONNREFUSED)
		unlink(address->sun_path);
	close(fd);
}

static int open_unix(struct text path, struct err *err)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd;

	if (!path.len || path.len >= sizeof(address.sun_path)) {
		err_set(err, ERR_BAD_REQUEST, "the path of a UNIX socket is empty or too long");
		return -1;
	}
	memcpy(address.sun_path, path.ptr, path.len);
	remove_stale(&address);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 && listen_on(fd, (struct sockaddr *)&address, sizeof(address)))
		return fd;
	err_set(err, ERR_UNAVAILABLE, "unix:%s: %s", address.sun_path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

static int open_first(const struct addrinfo *list)
{
	int fd = -1;

	for (const struct addrinfo *one = list; one; one = one->ai_next) {
		fd = socket(one->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
		if (fd < 0)
			continue;
		if (listen_on(fd, one->ai_addr, one->ai_addrlen))
			return fd;
		close(fd);
	}
	return -1;
}

static int open_tcp(struct arena *arena, struct text where, struct err *err)
{
	struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_ADDRCONFIG,
		.ai_socktype = SOCK_STREAM };
	struct addrinfo *list = NULL;
	struct text host, port;
	size_t colon = where.len;
	int64_t number;
	int fd, rc;

	while (colon > 0 && where.ptr[colon - 1] != ':')
		colon--;
	port = text_from(where, colon);
	if (!colon || !text_to_int(port, &number) || number < 0 || number > 65535) {
		err_set(err, ERR_BAD_REQUEST, "\"%.*s\" is not HOST:PORT", TEXT_ARG(where));
		return -1;
	}
	host = text_sub(where, 0, colon - 1);
	if (host.len >= 2 && host.ptr[0] == '[' && host.ptr[host.len - 1] == ']')
		host = text_sub(host, 1, host.len - 2);
	if (text_eq(host, TEXT("*")) || !host.len)
		host = TEXT("::");
	rc = getaddrinfo(arena_cstr(arena, host), arena_cstr(arena, port), &hints, &list);
	if (rc) {
		err_set(err, ERR_UNAVAILABLE, "%.*s: %s", TEXT_ARG(where), gai_strerror(rc));
		return -1;
	}
	fd = open_first(list);
	if (fd < 0)
		err_set(err, ERR_UNAVAILABLE, "%.*s: %s", TEXT_ARG(where), strerror(errno));
	freeaddrinfo(list);
	return fd;
}

bool listen_open(struct arena *arena, struct text where, bool have_certificate,
        struct listening *out, struct err *err)
{
	*out = (struct listening){ .fd = -1, .tls = have_certificate };
	if (text_starts(where, TEXT("unix:"))) {
		out->fd = open_unix(text_from(where, 5), err);
		return out->fd >= 0 && describe(arena, out, err);
	}
	if (text_starts(where, TEXT("http://"))) {
		out->tls = false;
		where = text_from(where, 7);
	} else if (text_starts(where, TEXT("https://"))) {
		out->tls = true;
		where = text_from(where, 8);
	}
	if (out->tls && !have_certificate)
		return err_set(err, ERR_BAD_REQUEST,
		        "https://%.*s needs tls.certificate and tls.key", TEXT_ARG(where));
	out->fd = open_tcp(arena, where, err);
	return out->fd >= 0 && describe(arena, out, err);
}

bool listen_take(
        struct arena *arena, int fd, bool have_certificate, struct listening *out, struct err *err)
{
	int flags = fcntl(fd, F_GETFL);

	*out = (struct listening){ .fd = fd, .tls = have_certificate };
	if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK))
		return err_set(err, ERR_UNAVAILABLE, "a socket handed over: %s", strerror(errno));
	return describe(arena, out, err);
}
