#include "base/base.h"
#include "base/clock.h"
#include "http/exchange.h"
#include "http/gzip.h"
#include "wire/header.h"

enum {
	PACK_FROM = 1024,
	LONG_FROM = 262144 /* more than the system takes at once */
};

static bool has_header(const struct reply *reply, const char *name)
{
	for (size_t i = 0; i < reply->headers.len; i++)
		if (text_eq_nocase(reply->headers.at[i].name, text_of(name)))
			return true;
	return false;
}

/* An ETag names bytes (RFC 9110 8.8.3): what carries one is sent as it is stored. */
static bool can_pack(struct exchange *x)
{
	struct reply *reply = &x->call.reply;

	if (!reply->may_compress || reply->status == 206 || has_header(reply, "ETag") ||
	        has_header(reply, "Content-Encoding"))
		return false;
	call_set(&x->call, "Vary", TEXT("Accept-Encoding"));
	if (!reply->fill && reply->body.len <= PACK_FROM)
		return false;
	return header_accepts_gzip(&x->call);
}

static void pack(struct exchange *x)
{
	struct reply *reply = &x->call.reply;

	x->gzip = gzip_start(x->server->shelf);
	call_set(&x->call, "Content-Encoding", TEXT("gzip"));
	buf_init(&x->packed, x->call.work.arena);
	if (reply->fill) {
		reply->length = -1;
		return;
	}
	gzip_add(x->gzip, reply->body, true, &x->packed);
	reply->body = buf_text(&x->packed);
	gzip_end(x->server->shelf, &x->gzip);
}

/* Piece by piece, so that one can see how fast it is taken. */
static void begin_stream(struct exchange *x)
{
	struct reply *reply = &x->call.reply;

	x->streams = true;
	buf_init(&x->chunk, x->call.work.arena);
	if (!reply->fill) {
		x->chunk.ptr = (char *)reply->body.ptr;
		x->chunk.len = reply->body.len;
		x->stream_ends = true;
		reply->length = (int64_t)reply->body.len;
	}
	if (reply->is_live)
		exchange_lives(x);
	/* Silence is no slowness there: the library's idle time ends a client that takes nothing.
	 */
	conn_phase(x->conn, reply->is_live ? CONN_BUSY : CONN_SEND, clock_mono_ms());
}

void exchange_dress(struct exchange *x)
{
	struct call *c = &x->call;
	struct reply *reply = &c->reply;
	bool has_body = reply->content_type.ptr && reply->status != 204 && reply->status != 304;

	if (has_body) {
		call_set(c, "Content-Type", reply->content_type);
		if (!x->measured && can_pack(x))
			pack(x);
	} else {
		reply->body = TEXT_NONE;
		reply->fill = NULL;
	}
	call_set(c, "X-Content-Type-Options", TEXT("nosniff"));
	if (atomic_load_explicit(&x->server->draining, memory_order_relaxed))
		call_set(c, "Connection", TEXT("close"));
	if (reply->fill || reply->body.len > LONG_FROM)
		begin_stream(x);
	else if (c->method != METHOD_HEAD)
		x->sent = (int64_t)reply->body.len;
}

/* A step of its own: the handler may open a reader, which is closed before anything is sent. */
static bool fill(struct exchange *x)
{
	struct call *c = &x->call;
	bool more = false, ok;

	x->chunk.len = x->chunk_at = 0;
	c->parked = false;
	if (x->server->setup.step_begin)
		x->server->setup.step_begin(&c->work);
	ok = c->reply.fill(c, &x->chunk, &more);
	if (x->server->setup.step_end)
		x->server->setup.step_end(&c->work);
	x->stream_ends = !more;
	if (!ok || !x->gzip)
		return ok;
	x->packed.len = 0;
	gzip_add(x->gzip, (struct text){ x->chunk.ptr, x->chunk.len }, !more, &x->packed);
	return true;
}

bool exchange_is_unmeasured(const struct exchange *x)
{
	const struct reply *reply = &x->call.reply;

	return x->call.method == METHOD_HEAD && !x->call.parked && reply->fill && !x->measured &&
	       !reply->is_live && (reply->length < 0 || reply->may_compress);
}

static void begin_measure(struct exchange *x)
{
	x->measured = true;
	buf_init(&x->chunk, x->call.work.arena);
	if (can_pack(x))
		pack(x);
	x->call.reply.length = 0;
}

/* Made as by exchange_read(), but for nobody. The filler is kept: it says that there would be a
 * body, and is not called again. */
bool exchange_measure(struct call *c)
{
	struct exchange *x = c->transport;

	if (!x->measured)
		begin_measure(x);
	if (!fill(x))
		return false;
	c->reply.length += (int64_t)(x->gzip ? x->packed.len : x->chunk.len);
	if (!x->stream_ends)
		return call_slow(c, exchange_measure);
	gzip_end(x->server->shelf, &x->gzip);
	return true;
}

ptrdiff_t exchange_read(struct exchange *x, char *out, size_t room)
{
	struct buf *from = x->gzip ? &x->packed : &x->chunk;
	size_t n;

	while (x->chunk_at == from->len) {
		/* In this order, so that no end of the server is missed. */
		exchange_rearm(x);
		if (x->stream_ends || exchange_is_over(x))
			return 0;
		if (!fill(x))
			return -1;
		if (x->chunk.len || x->stream_ends || !x->call.parked)
			continue;
		if (exchange_pause(x))
			return EXCHANGE_PAUSED;
	}
	n = from->len - x->chunk_at < room ? from->len - x->chunk_at : room;
	memcpy(out, from->ptr + x->chunk_at, n);
	x->chunk_at += n;
	x->sent += (int64_t)n;
	conn_moved(x->conn, n);
	return (ptrdiff_t)n;
}
