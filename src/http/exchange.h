/* exchange.h - one request and its reply on their way through the server: head checked, login, body
 * gathered, steps run, parked and woken, reply made. Knows nothing of sockets: mhd.c moves the
 * bytes.
 *
 * Parking is a hand-over: exchange_go() ends by publishing PARKED, a wake-up by publishing WOKEN.
 * Whoever comes second sees the other's mark, so a wake-up that comes before the handler has
 * returned is not lost, and a connection is never resumed twice.
 *
 * Memory:  everything in its own arena, the exchange itself included; freed by exchange_end().
 * Threads: the connection's thread, or a lane's while it is there; exchange_wake() from any. */
#ifndef KONTOR_HTTP_EXCHANGE_H
#define KONTOR_HTTP_EXCHANGE_H

#include <stdatomic.h>

#include "base/queue.h"
#include "base/thread.h"
#include "http/conn.h"
#include "http/http.h"
#include "http/lane.h"
#include "http/metrics.h"

struct gzip_shelf;

/* What the exchanges of one server share. */
struct server {
	struct http_setup setup;
	const struct settings *_Atomic settings;
	const struct nets *_Atomic trusted;
	struct lane
	        *login_lane; /* passwords; apart, so that a flood of them stalls nobody's work */
	struct lane *slow_lane;
	struct gzip_shelf *shelf;
	struct metrics *metrics;
	struct conns *conns;
	_Atomic bool draining;
	_Atomic int64_t under_way;
	_Atomic uint64_t next_id;
	struct lock lives_lock;
	struct exchange *lives; /* live streams, in no order */
	/* Stops and goes on reading from the connection (mhd.c). */
	void (*suspend)(void *connection);
	void (*resume)(void *connection);
};

enum stage {
	STAGE_HEAD,  /* the head is being judged */
	STAGE_LOGIN, /* away in the login lane */
	STAGE_BODY,  /* let in (or refused, with the reply ready): the body is on its way */
	STAGE_RUN,   /* steps of the handler */
	STAGE_REPLY  /* the reply is made */
};

struct exchange {
	struct call call; /* call.transport points back here */
	struct server *server;
	struct conn *conn;
	void *connection;                 /* the library's */
	void (*resume)(void *connection); /* for a wake-up that comes after the end */
	const char *raw_target;           /* where the library keeps it, for a check; */
	const char *head_end;             /* and the end of what was read of the head */
	enum stage stage;
	enum login_result login;
	_Atomic int handover;
	bool slow; /* the step asked for the slow lane */
	bool in_step;
	bool login_asked;
	bool received; /* the whole request is here */
	bool turned;   /* the library has been told so (NEXT_AGAIN), */
	bool turning;  /* and is coming back for it to go into a lane */
	bool folded;   /* a header went on in a second line, or the head behind its end */
	bool begun;    /* the head has come: counted as under way */
	bool has_body;
	bool refused_body; /* a refusal now leaves a body unread: close */
	bool http_1_0;
	int64_t discarded;            /* of a body that was refused in its midst */
	int64_t body_limit, declared; /* declared: Content-Length, or -1 */
	struct buf body;
	int spool; /* descriptor of a body on its way into a file, or -1 */
	int64_t started_us;
	int64_t sent; /* bytes of the reply's body */
	struct lane_node in_lane;
	struct lane *lane; /* to go into, and how many may wait there */
	size_t lane_most;
	/* a streamed reply on its way out */
	struct buf chunk, packed;
	size_t chunk_at;
	bool stream_ends;
	bool streams; /* the reply goes out by exchange_read() */
	struct exchange *lives_prev, *lives_next;
	bool is_among_lives;
	bool measured; /* what HEAD asks about is made, and packed, to know its length */
	struct gzip *gzip;
};

enum exchange_next {
	NEXT_READ,    /* wait for more of the request */
	NEXT_AGAIN,   /* come back by exchange_go() at once, not suspended */
	NEXT_WAIT,    /* suspended: come back by exchange_go() when resumed */
	NEXT_SEND,    /* the reply is ready */
	NEXT_CUT,     /* drop the connection */
	NEXT_CUT_413, /* the same, after a last word */
	NEXT_CUT_408
};

/* The head as the library read it. */
struct head {
	struct text method;
	struct text version;
	bool target_cut; /* the target goes on behind a NUL */
	bool tls;
};

struct exchange *exchange_new(
        struct server *server, struct conn *conn, void *connection, const char *target);
/* A header, in the order they came. */
void exchange_header(struct exchange *x, struct text name, struct text value);
/* All headers are there: check, route, log in. The body has not been asked for. */
enum exchange_next exchange_head(struct exchange *x, const struct head *head);
enum exchange_next exchange_body(struct exchange *x, struct text piece);
/* The request is complete, or the connection was resumed. */
enum exchange_next exchange_go(struct exchange *x);
/* The next piece of a streamed reply into `out`: its length, 0 at the end, -1 to cut the
 * connection, EXCHANGE_PAUSED: the connection was suspended until there is something to say. */
enum { EXCHANGE_PAUSED = -2 };
ptrdiff_t exchange_read(struct exchange *x, char *out, size_t room);
/* For reply.c. A piece is about to be made: a wake-up from now on counts. */
void exchange_rearm(struct exchange *x);
/* Suspends a live stream; false: it was woken meanwhile. */
bool exchange_pause(struct exchange *x);
/* A live stream has to end: the server goes. */
bool exchange_is_over(const struct exchange *x);
/* It is a live stream from now on, until its end. */
void exchange_lives(struct exchange *x);
/* Wakes all live streams, so that they see that they are over. */
void exchange_hurry_all(struct server *server);
/* HEAD of what GET sends without knowing how long it will be: the library can say that and go on
 * with the connection only when it is told a length, which is the one GET would come to. What is
 * not made in one piece goes on in the slow lane. */
bool exchange_is_unmeasured(const struct exchange *x);
call_fn exchange_measure;
/* Adds what every reply carries, packs the body if that helps. Once, before sending. */
void exchange_dress(struct exchange *x);
/* The transport's wake(): see call.h. */
void exchange_wake(void *call);
void exchange_slow(struct call *c);
/* A lane runs what the exchange went there for, and sends it back. */
void exchange_in_lane(struct lane_node *node);
/* Breaks a parked exchange off when the server ends; false if it is not parked. It must not be
 * freed: somebody may still wake it. */
bool exchange_abandon(struct exchange *x);
bool exchange_is_abandoned(const struct exchange *x);
/* Logs, counts, frees. `whole`: the reply went out. */
void exchange_end(struct exchange **x, bool whole);

#endif
