#include "base/base.h"
#include <poll.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/settings.h"
#include "base/thread.h"
#include "http/conn.h"

enum { SWEEP_MS = 1000, BODY_GRACE_MS = 20000 };

/* One address that holds connections: chained in a hash table. */
struct holder {
	struct holder *next;
	uint8_t bytes[16];
	size_t count;
};

struct conns {
	struct lock lock;
	pthread_cond_t wake;
	bool stop, watched;
	pthread_t sweeper;
	const struct settings *_Atomic *settings;
	struct conn *first;
	size_t buckets;
	uint64_t seed;
	struct holder **table;
};

struct conns *conns_new(size_t most)
{
	struct conns *conns = calloc(1, sizeof(*conns));

	assert(conns);
	lock_init(&conns->lock, "http-conns", 70);
	pthread_cond_init(&conns->wake, NULL);
	random_bytes(&conns->seed, sizeof(conns->seed));
	for (conns->buckets = 64; conns->buckets < most; conns->buckets *= 2)
		;
	conns->table = calloc(conns->buckets, sizeof(*conns->table));
	assert(conns->table);
	return conns;
}

void conns_free(struct conns **conns)
{
	struct conns *gone = *conns;

	if (!gone)
		return;
	*conns = NULL;
	if (gone->watched) {
		lock_take(&gone->lock);
		gone->stop = true;
		pthread_cond_signal(&gone->wake);
		lock_give(&gone->lock);
		pthread_join(gone->sweeper, NULL);
	}
	free(gone->table);
	free(gone);
}

/* ---- counting ---- */

/* One customer commonly holds a whole /64. */
static void key_of(uint8_t key[16], const struct peer *peer)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

	memcpy(key, peer->bytes, 16);
	if (memcmp(key, mapped, sizeof(mapped)))
		memset(key + 8, 0, 8);
}

static struct holder **holder_find(struct conns *conns, const uint8_t key[16])
{
	uint64_t words[2], hash;
	struct holder **at;

	memcpy(words, key, 16);
	hash = (words[0] ^ conns->seed) * 0x9e3779b97f4a7c15u;
	hash = (hash ^ (hash >> 29) ^ words[1] ^ conns->seed) * 0xbf58476d1ce4e5b9u;
	at = &conns->table[(hash >> 32) & (conns->buckets - 1)];
	while (*at && memcmp((*at)->bytes, key, 16))
		at = &(*at)->next;
	return at;
}

size_t conns_count(struct conns *conns, const struct peer *peer)
{
	uint8_t key[16];
	struct holder **at;
	size_t count;

	key_of(key, peer);
	lock_take(&conns->lock);
	at = holder_find(conns, key);
	count = *at ? (*at)->count : 0;
	lock_give(&conns->lock);
	return count;
}

static void count_up(struct conns *conns, const struct peer *peer)
{
	uint8_t key[16];
	struct holder **at;

	key_of(key, peer);
	at = holder_find(conns, key);
	if (!*at) {
		*at = calloc(1, sizeof(**at));
		assert(*at);
		memcpy((*at)->bytes, key, 16);
	}
	(*at)->count++;
}

static void count_down(struct conns *conns, const struct peer *peer)
{
	uint8_t key[16];
	struct holder **at, *gone;

	key_of(key, peer);
	at = holder_find(conns, key);
	gone = *at;
	if (gone && --gone->count == 0) {
		*at = gone->next;
		free(gone);
	}
}

/* ---- a connection ---- */

struct conn *conn_new(struct conns *conns, const struct peer *peer, int fd, bool tls, bool counted)
{
	struct conn *conn = calloc(1, sizeof(*conn));

	assert(conn);
	conn->peer = *peer;
	conn->fd = fd;
	conn->tls = tls;
	conn->counted = counted;
	conn_phase(conn, CONN_FRESH, clock_mono_ms());
	lock_take(&conns->lock);
	conn->next = conns->first;
	if (conn->next)
		conn->next->prev = conn;
	conns->first = conn;
	if (counted)
		count_up(conns, peer);
	lock_give(&conns->lock);
	return conn;
}

void conn_end(struct conns *conns, struct conn **conn)
{
	struct conn *gone = *conn;

	if (!gone)
		return;
	*conn = NULL;
	lock_take(&conns->lock);
	if (gone->prev)
		gone->prev->next = gone->next;
	else
		conns->first = gone->next;
	if (gone->next)
		gone->next->prev = gone->prev;
	if (gone->counted)
		count_down(conns, &gone->peer);
	lock_give(&conns->lock);
	free(gone);
}

void conn_serves(struct conns *conns, struct conn *conn, void *exchange, bool locked)
{
	if (locked)
		lock_take(&conns->lock);
	atomic_store(&conn->exchange, exchange);
	if (locked)
		lock_give(&conns->lock);
}

void conns_each(struct conns *conns, void (*fn)(void *exchange))
{
	lock_take(&conns->lock);
	for (struct conn *conn = conns->first; conn; conn = conn->next) {
		void *exchange = atomic_load(&conn->exchange);

		if (exchange)
			fn(exchange);
	}
	lock_give(&conns->lock);
}

void conn_phase(struct conn *conn, enum conn_phase phase, int64_t now_ms)
{
	if (phase == CONN_BODY || phase == CONN_SEND)
		atomic_store_explicit(&conn->moved, 0, memory_order_relaxed);
	atomic_store_explicit(&conn->since, now_ms, memory_order_relaxed);
	atomic_store_explicit(&conn->phase, (int)phase, memory_order_release);
}

void conn_moved(struct conn *conn, size_t bytes)
{
	atomic_fetch_add_explicit(&conn->moved, (int64_t)bytes, memory_order_relaxed);
}

bool conn_too_slow(const struct conn *conn, const struct settings *settings, int64_t now_ms)
{
	int64_t elapsed = now_ms - atomic_load_explicit(&conn->since, memory_order_relaxed);
	int64_t moved = atomic_load_explicit(&conn->moved, memory_order_relaxed);

	return elapsed > BODY_GRACE_MS && moved < settings->limits_body_rate * elapsed / 1000;
}

/* ---- clients that have said all they had to say ---- */

/* The library is told of input once (EPOLLET). An end of input that was there already when it read
 * the request is part of what it was told, and it never looks again: the connection would hang
 * until it times out. Closing our reading side makes the kernel tell it once more; what has come
 * but is not read yet stays readable. */
static void notice_end(struct conn *conn)
{
	struct pollfd end = { .fd = conn->fd, .events = POLLRDHUP };

	if (poll(&end, 1, 0) > 0 && (end.revents & POLLRDHUP))
		shutdown(conn->fd, SHUT_RD);
}

/* Who closes its side has mostly asked once: at once after the first answer, so that it need not
 * wait, later only by the sweeper, so that no request of a kept connection pays for it. */
void conn_rests(struct conn *conn, int64_t now_ms)
{
	conn_phase(conn, CONN_IDLE, now_ms);
	if (!conn->served)
		notice_end(conn);
	conn->served = true;
}

/* ---- the sweeper ---- */

static bool is_late(
        const struct conn *conn, int phase, const struct settings *settings, int64_t now_ms)
{
	int64_t elapsed = now_ms - atomic_load_explicit(&conn->since, memory_order_relaxed);

	switch ((enum conn_phase)phase) {
	case CONN_FRESH:
	case CONN_HEAD: return elapsed > settings->limits_header_time * 1000;
	case CONN_IDLE:
		/* Silence is ended by the library; who is still here sends a request line in drips.
		 */
		return elapsed > (settings->limits_idle + settings->limits_header_time) * 1000;
	case CONN_BODY:
	case CONN_SEND: return conn_too_slow(conn, settings, now_ms);
	case CONN_BUSY: break;
	}
	return false;
}

/* The connection's own thread closes it when it sees the end of its input. */
static void sweep(struct conns *conns)
{
	const struct settings *settings = atomic_load(conns->settings);
	int64_t now_ms = clock_mono_ms();

	for (struct conn *conn = conns->first; conn; conn = conn->next) {
		int phase = atomic_load_explicit(&conn->phase, memory_order_acquire);

		if (is_late(conn, phase, settings, now_ms))
			shutdown(conn->fd, SHUT_RDWR);
		else if (phase != CONN_BUSY && phase != CONN_SEND)
			notice_end(conn);
	}
}

static void *sweeper_run(void *arg)
{
	struct conns *conns = arg;

	lock_take(&conns->lock);
	while (!conns->stop) {
		lock_wait(&conns->lock, &conns->wake, SWEEP_MS);
		sweep(conns);
	}
	lock_give(&conns->lock);
	return NULL;
}

void conns_watch(struct conns *conns, const struct settings *_Atomic *settings)
{
	conns->settings = settings;
	conns->watched = true;
	conns->sweeper = thread_start("http-sweeper", sweeper_run, conns);
}
