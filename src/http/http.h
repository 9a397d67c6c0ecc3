/* http.h - the server: listeners, threads, and the way from a socket to a route's handler and back.
 *
 *     struct http *http = http_start(&setup, &err);
 *     ... until a signal ...
 *     http_drain(http, 30000);
 *     (stop the writer)
 *     http_stop(&http);
 *
 * Memory:  long-lived; the setup is copied, what it points to must outlive the server. Each request
 *          has an arena of its own.
 * Threads: http_start to http_stop from one thread; handlers run on the server's threads. */
#ifndef KONTOR_HTTP_HTTP_H
#define KONTOR_HTTP_HTTP_H

#include "base/settings.h"
#include "wire/call.h"

enum login_result {
	LOGIN_OK,     /* work.who is set */
	LOGIN_NONE,   /* no credentials were sent */
	LOGIN_BAD,    /* credentials that are not right */
	LOGIN_FORGED, /* a session's cookie, sent by somebody else's page */
	LOGIN_SLOW, /* a password must be hashed: ask again with may_block on a thread that may take
	               its time */
	LOGIN_BUSY  /* too many attempts: try again later (429) */
};

struct http_setup {
	const struct route *routes; /* the longest prefix wins, whatever the order */
	size_t routes_len;
	const struct settings *settings;
	struct house *house; /* handed to every call's work */
	/* Who is calling? Sets work.who. Called before the body is read, for every request anew,
	 * with the head and the route known; auth.h reads the credentials. NULL: nobody can log in.
	 */
	enum login_result (*login)(struct call *c, bool may_block);
	/* After LOGIN_SLOW: milliseconds to wait before it is asked again, which costs no thread;
	 * -1: LOGIN_BUSY. May be NULL. */
	int64_t (*login_wait)(struct call *c);
	/* The name for logs. */
	struct text (*who_name)(const struct who *who);
	/* Around every step of a handler, every piece of a stream, and the login. May be NULL. */
	void (*step_begin)(struct work *work);
	void (*step_end)(struct work *work);
	/* Appends further metrics in Prometheus text form. May be NULL. */
	void (*metrics)(struct house *house, struct buf *out);
	/* False: not ready to serve (readyz says 503). May be NULL. */
	bool (*ready)(struct house *house);
	const int *
	        fds; /* listening sockets from the service manager, used instead of server.listen */
	size_t fds_len;
};

struct http;

/* Opens the listeners and serves. NULL with err set: an address in use, a bad certificate. */
struct http *http_start(const struct http_setup *setup, struct err *err);
/* The address of the i-th listener as it came out ("http://127.0.0.1:8008"); absent behind the
 * last. */
struct text http_address(const struct http *http, size_t i);
/* From now on `settings` hold (they must live as long as the server), and the certificate files are
 * read again; with a bad one the old stays and err is set. Listeners, threads and connection limits
 * stay. */
bool http_reload(struct http *http, const struct settings *settings, struct err *err) must_check;
/* Takes no new connection, answers new requests 503, waits until those under way are answered.
 * False: some were not within `ms`. */
bool http_drain(struct http *http, int64_t ms);
/* A route's fail() for those without a dialect: the words of work.err as plain text. */
void http_plain_fail(struct call *c);
/* Ends everything. Calls still parked are cut off; whoever wakes them later does no harm. */
void http_stop(struct http **http);

#endif
