/* conn.h - connections: how many an address holds, and how long a request may take to arrive.
 *
 * The library's timeout is idle time, which a client that sends a byte now and then never reaches.
 * So each connection says what it waits for and since when, and a sweeper cuts those that are late.
 *
 * Memory:  long-lived; a conn lives from conn_new to conn_end.
 * Threads: conn_phase and conn_moved from the connection's thread, without a lock; the rest any.
 */
#ifndef KONTOR_HTTP_CONN_H
#define KONTOR_HTTP_CONN_H

#include <stdatomic.h>

#include "http/peer.h"

struct settings;
struct route;

enum conn_phase {
	CONN_FRESH, /* connected, nothing asked yet: TLS handshake and first request line */
	CONN_IDLE,  /* between two requests */
	CONN_HEAD,  /* the request line has come, headers are on their way */
	CONN_BODY,  /* the body is on its way */
	CONN_BUSY,  /* we are at work, or sending something small */
	CONN_SEND   /* a long reply is on its way out */
};

struct conn {
	struct peer peer;
	int fd;
	bool tls;                   /* the connection itself, not what a proxy says */
	const struct route *routes; /* what its listener serves */
	size_t routes_len;
	bool counted; /* takes a place in the per-address count */
	bool served;  /* has had an answer */
	_Atomic int phase;
	_Atomic int64_t since;  /* clock_mono_ms() when the phase began */
	_Atomic int64_t moved;  /* bytes of the body, in or out, so far */
	void *_Atomic exchange; /* under way on this connection, or NULL */
	struct conn *prev, *next;
};

struct conns;

/* `most` connections altogether are expected. */
struct conns *conns_new(size_t most);
/* Starts the sweeper; `settings` is read through the pointer at every round. */
void conns_watch(struct conns *conns, const struct settings *_Atomic *settings);
void conns_free(struct conns **conns);

/* How many connections the address holds now (IPv6: its /64). */
size_t conns_count(struct conns *conns, const struct peer *peer);
struct conn *conn_new(struct conns *conns, const struct peer *peer, int fd, bool tls, bool counted);
/* Before the descriptor is closed. */
void conn_end(struct conns *conns, struct conn **conn);
void conn_phase(struct conn *conn, enum conn_phase phase, int64_t now_ms);
void conn_moved(struct conn *conn, size_t bytes);
/* Says which exchange is under way. `locked`: somebody may be walking conns_each(). */
void conn_serves(struct conns *conns, struct conn *conn, void *exchange, bool locked);
/* An exchange ended: the connection waits for the next request. */
void conn_rests(struct conn *conn, int64_t now_ms);
/* Calls `fn` with every exchange under way. */
void conns_each(struct conns *conns, void (*fn)(void *exchange));
/* The body comes, or is taken, more slowly than the settings allow. */
bool conn_too_slow(const struct conn *conn, const struct settings *settings, int64_t now_ms);

#endif
