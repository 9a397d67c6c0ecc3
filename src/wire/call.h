/* call.h - one request and its reply, as doors see it. No socket, no server: tests make fake calls.
 *
 * A handler is a call_fn. It returns true when it has replied (call_reply...), started a stream,
 * or parked; false when work.err is set: the route then writes the error in its own dialect.
 * Memory:  everything of a call lives in work.arena until the reply was sent.
 * Threads: one thread at a time. Parking ends the step: nothing of the call may be touched after
 * the wake-up was given to somebody. Each step starts with no reader open. */
#ifndef KONTOR_WIRE_CALL_H
#define KONTOR_WIRE_CALL_H

#include "base/str.h"
#include "base/vec.h"
#include "base/work.h"
#include "wire/href.h"

struct call;
struct settings;
typedef bool call_fn(struct call *c);

enum method {
	METHOD_GET,
	METHOD_HEAD,
	METHOD_POST,
	METHOD_PUT,
	METHOD_DELETE,
	METHOD_OPTIONS,
	METHOD_PATCH,
	METHOD_PROPFIND,
	METHOD_PROPPATCH,
	METHOD_MKCOL,
	METHOD_MKCALENDAR,
	METHOD_COPY,
	METHOD_MOVE,
	METHOD_LOCK,
	METHOD_UNLOCK,
	METHOD_REPORT,
	METHOD_ACL,
	METHOD_COUNT
};
/* "PROPFIND"; and back: METHOD_COUNT for what we do not know. Methods are case-sensitive. */
const char *method_name(enum method method);
enum method method_of(struct text name);

struct header {
	struct text name;
	struct text value;
};
VEC_OF(headers, struct header);

/* Makes the next piece of a streamed body: appends to `out` (aim at 64 KiB), sets *more. Runs as a
 * step of its own: a reader may be opened and is closed behind it. False: the connection is cut. */
typedef bool call_fill_fn(struct call *c, struct buf *out, bool *more);

struct reply {
	int status; /* 0: none yet */
	struct headers headers;
	struct text content_type; /* absent: no body */
	struct text body;         /* whole body, in the arena or static */
	call_fill_fn *fill;       /* or a stream */
	int64_t length;           /* of a stream, or -1 when unknown (chunked) */
	bool may_compress;        /* XML, JSON, text without secrets */
	bool is_live;             /* a stream that says something when there is something to say */
};

struct call {
	struct work work;
	const struct settings *settings;
	const struct route *route;
	enum method method;
	struct text target;     /* as sent, for logs */
	struct path path;       /* decoded, checked */
	struct text query;      /* behind '?', raw; absent if none */
	struct headers headers; /* of the request; names as sent */
	struct text peer;       /* address of the client, already seen through trusted proxies */
	bool tls;               /* the client's side is encrypted */
	struct text authority;  /* Host: what the client calls us */
	struct text user_agent;

	struct text body; /* whole body; absent if none was sent. Absent too when spooled: */
	int body_fd;      /* an unlinked temporary file at offset 0, or -1 */
	int64_t body_size;

	struct reply reply;
	struct plan *plan; /* what a parked write handler waits for */
	void *state;       /* the handler's own, between steps */

	call_fn *next; /* where to go on after a park */
	bool parked;
	void *transport; /* http/'s own */
};

/* ---- reading the request ---- */
/* The value of a header (case-insensitive name); several with one name are joined by ", ". Absent
 * if there is none. */
struct text call_header(struct call *c, const char *name);
/* A parameter of the query string, percent-decoded (+ is a space); absent if not there. */
struct text call_query(struct call *c, const char *name);
/* The same of a body of the type application/x-www-form-urlencoded, which the caller has looked at.
 */
struct text call_form(struct call *c, const char *name);
/* One that may come several times: `rest` begins as c->query. False behind the last. */
bool call_query_next(struct call *c, const char *name, struct text *rest, struct text *value);

/* ---- replying; all return true, so that a handler can end with one ---- */
bool call_reply(struct call *c, int status);
/* 304; `length`: of the body that 200 would have had (RFC 9110 8.6). */
bool call_not_modified(struct call *c, int64_t length);
bool call_reply_body(struct call *c, int status, const char *content_type, struct text body);
/* `length` -1 when not known. */
bool call_reply_stream(
        struct call *c, int status, const char *content_type, call_fill_fn *fill, int64_t length);
/* A stream without an end, sent piece by piece as it comes: it is neither packed nor cut for being
 * slow, and ends when the server does. `fill` may add nothing and call_pause() instead. */
bool call_reply_live(struct call *c, const char *content_type, call_fill_fn *fill);
/* Adds a header; the value is copied, CR, LF and controls are replaced by spaces. */
void call_set(struct call *c, const char *name, struct text value);
/* ETag: the strong, quoted form of the bare etag given. */
void call_etag(struct call *c, struct text etag);

/* ---- parking ---- */
/* Somebody who must be told. */
struct waker {
	void (*wake)(void *arg);
	void *arg;
};
/* This step ends when the handler returns; `next` runs as the next one, on a reader thread, after
 * the waker's wake(arg), which may come from any thread, even before the handler has returned,
 * once. */
struct waker call_park(struct call *c, call_fn *next);
/* In the `fill` of a live stream that has nothing to say: it is called again after the wake. Unlike
 * above it may be woken again and again, but not once its arena is freed. */
struct waker call_pause(struct call *c);
/* Goes on in the slow lane: `next` runs on a thread that may take its time. Returns true. */
bool call_slow(struct call *c, call_fn *next);
/* Runs `fn` anew as this call's handler: for plans that went stale. Clears err and reply. */
bool call_again(struct call *c, call_fn *fn);

/* Filled by http/ (or by a fake, in tests): how parking and lanes really work. */
struct transport_ops {
	void (*wake)(void *call);
	void (*slow)(struct call *c);
};
void call_set_transport(const struct transport_ops *ops);

/* ---- routes: one row in app/compose.c ---- */
struct route {
	const char *prefix; /* "/calendars": matches it and all below, by whole segments; "/" is the
	                       rest */
	call_fn *handle;
	/* Turns work.err into a reply. */
	void (*fail)(struct call *c);
	unsigned flags;
	/* NULL, or whether the row is there at all for this request: method, path and headers are
	 * known. The first of several with one prefix wins. */
	bool (*applies)(struct call *c);
};
enum {
	ROUTE_OPEN = 1,   /* works without login; work.who may be NULL */
	ROUTE_SPOOL = 2,  /* PUT bodies go to a temporary file and may be as large as limits.file */
	ROUTE_COOKIE = 4, /* a session cookie logs in too (never for DAV) */
	ROUTE_LOGIN = 8   /* the body of a POST holds name and password: it is read first */
};

#endif
