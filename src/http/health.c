#include "base/base.h"
#include "http/exchange.h"
#include "http/health.h"

void http_plain_fail(struct call *c)
{
	const struct err *err = &c->work.err;
	const struct err_row *row = err_row(err->id);

	call_reply_body(c, row->status, "text/plain; charset=utf-8",
	        arena_printf(c->work.arena, "%s%s%s\n", row->words, err->detail[0] ? ": " : "",
	                err->detail));
}

static bool is_read(struct call *c)
{
	if (c->method == METHOD_GET || c->method == METHOD_HEAD)
		return true;
	call_set(c, "Allow", TEXT("GET, HEAD"));
	return err_set(&c->work.err, ERR_METHOD_NOT_ALLOWED, "%s", "");
}

static bool says(struct call *c, int status, struct text words)
{
	call_set(c, "Cache-Control", TEXT("no-store"));
	return call_reply_body(c, status, "text/plain; charset=utf-8", words);
}

/* The process lives and answers. */
static bool healthz(struct call *c)
{
	if (!is_read(c))
		return false;
	return says(c, 200, TEXT("ok\n"));
}

/* It may be sent work. */
static bool readyz(struct call *c)
{
	const struct exchange *x = c->transport;
	const struct http_setup *setup = &x->server->setup;

	if (!is_read(c))
		return false;
	if (atomic_load(&x->server->draining))
		return says(c, 503, TEXT("draining\n"));
	if (setup->ready && !setup->ready(setup->house))
		return says(c, 503, TEXT("not ready\n"));
	return says(c, 200, TEXT("ready\n"));
}

static bool metrics(struct call *c)
{
	const struct exchange *x = c->transport;
	const struct http_setup *setup = &x->server->setup;
	struct buf out;

	if (!is_read(c))
		return false;
	buf_init(&out, c->work.arena);
	metrics_write(x->server->metrics, atomic_load(&x->server->under_way), &out);
	if (setup->metrics)
		setup->metrics(setup->house, &out);
	return call_reply_body(c, 200, "text/plain; version=0.0.4; charset=utf-8", buf_text(&out));
}

const struct route HEALTH_ROUTES[2] = {
	{ "/healthz", healthz, http_plain_fail, ROUTE_OPEN | ROUTE_ALWAYS },
	{ "/readyz", readyz, http_plain_fail, ROUTE_OPEN | ROUTE_ALWAYS },
};

const struct route ADMIN_ROUTES[3] = {
	{ "/healthz", healthz, http_plain_fail, ROUTE_OPEN | ROUTE_ALWAYS },
	{ "/readyz", readyz, http_plain_fail, ROUTE_OPEN | ROUTE_ALWAYS },
	{ "/metrics", metrics, http_plain_fail, ROUTE_OPEN | ROUTE_ALWAYS },
};
