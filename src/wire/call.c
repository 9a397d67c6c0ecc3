#include "wire/call.h"

#include "base/codec.h"
#include "wire/mime.h"

static const struct text METHODS[METHOD_COUNT] = {
	[METHOD_GET] = TEXT_INIT("GET"),
	[METHOD_HEAD] = TEXT_INIT("HEAD"),
	[METHOD_POST] = TEXT_INIT("POST"),
	[METHOD_PUT] = TEXT_INIT("PUT"),
	[METHOD_DELETE] = TEXT_INIT("DELETE"),
	[METHOD_OPTIONS] = TEXT_INIT("OPTIONS"),
	[METHOD_PATCH] = TEXT_INIT("PATCH"),
	[METHOD_PROPFIND] = TEXT_INIT("PROPFIND"),
	[METHOD_PROPPATCH] = TEXT_INIT("PROPPATCH"),
	[METHOD_MKCOL] = TEXT_INIT("MKCOL"),
	[METHOD_MKCALENDAR] = TEXT_INIT("MKCALENDAR"),
	[METHOD_COPY] = TEXT_INIT("COPY"),
	[METHOD_MOVE] = TEXT_INIT("MOVE"),
	[METHOD_LOCK] = TEXT_INIT("LOCK"),
	[METHOD_UNLOCK] = TEXT_INIT("UNLOCK"),
	[METHOD_REPORT] = TEXT_INIT("REPORT"),
	[METHOD_ACL] = TEXT_INIT("ACL"),
};

static const struct transport_ops *transport;

const char *method_name(enum method method)
{
	assert(method < METHOD_COUNT);
	return METHODS[method].ptr;
}

enum method method_of(struct text name)
{
	enum method method = 0;

	while (method < METHOD_COUNT && !text_eq(METHODS[method], name))
		method++;
	return method;
}

/* ---- reading the request ---- */

struct text call_header(struct call *c, const char *name)
{
	struct text wanted = text_of(name);
	struct text found = TEXT_NONE;
	struct buf joined = { 0 };

	for (size_t i = 0; i < c->headers.len; i++) {
		const struct header *header = &c->headers.at[i];

		if (!text_eq_nocase(header->name, wanted))
			continue;
		if (!found.ptr) {
			found = header->value.ptr ? header->value : TEXT("");
			continue;
		}
		if (!joined.arena) {
			buf_init(&joined, c->work.arena);
			buf_add(&joined, found);
		}
		buf_add(&joined, TEXT(", "));
		buf_add(&joined, header->value);
	}
	return joined.arena ? buf_text(&joined) : found;
}

/* application/x-www-form-urlencoded: + is a space. */
static bool form_decode(struct arena *arena, struct text raw, struct text *value)
{
	char *copy = arena_cstr(arena, raw);

	for (size_t i = 0; i < raw.len; i++)
		if (copy[i] == '+')
			copy[i] = ' ';
	return percent_decode(arena, (struct text){ copy, raw.len }, value) &&
	       text_is_utf8(*value) && text_find_char(*value, '\0') < 0;
}

/* The next value of a parameter of application/x-www-form-urlencoded pairs. */
static bool pair_next(struct call *c, const char *name, struct text *rest, struct text *value)
{
	struct text wanted = text_of(name);
	struct text pair, key;

	while (text_split(rest, '&', &pair)) {
		ptrdiff_t equals = text_find_char(pair, '=');
		struct text raw = equals < 0 ? TEXT("") : text_from(pair, (size_t)equals + 1);

		key = equals < 0 ? pair : text_sub(pair, 0, (size_t)equals);
		if (!text_eq(key, wanted) &&
		        (!form_decode(c->work.arena, key, &key) || !text_eq(key, wanted)))
			continue;
		if (!form_decode(c->work.arena, raw, value))
			*value = TEXT_NONE;
		return true;
	}
	return false;
}

static struct text pair_value(struct call *c, struct text pairs, const char *name)
{
	struct text value;

	return pair_next(c, name, &pairs, &value) ? value : TEXT_NONE;
}

struct text call_query(struct call *c, const char *name)
{
	return pair_value(c, c->query, name);
}

bool call_query_next(struct call *c, const char *name, struct text *rest, struct text *value)
{
	return pair_next(c, name, rest, value);
}

struct text call_form(struct call *c, const char *name)
{
	return pair_value(c, c->body, name);
}

/* ---- replying ---- */

bool call_reply(struct call *c, int status)
{
	c->reply.status = status;
	return true;
}

bool call_not_modified(struct call *c, int64_t length)
{
	call_reply(c, 304);
	c->reply.length = length;
	return true;
}

bool call_reply_body(struct call *c, int status, const char *content_type, struct text body)
{
	c->reply.status = status;
	c->reply.content_type = text_of(content_type);
	c->reply.body = body;
	c->reply.may_compress = mime_compresses(c->reply.content_type);
	return true;
}

bool call_reply_stream(
        struct call *c, int status, const char *content_type, call_fill_fn *fill, int64_t length)
{
	c->reply.status = status;
	c->reply.content_type = text_of(content_type);
	c->reply.fill = fill;
	c->reply.length = length;
	c->reply.may_compress = mime_compresses(c->reply.content_type);
	return true;
}

bool call_reply_live(struct call *c, const char *content_type, call_fill_fn *fill)
{
	c->reply.is_live = true;
	call_reply_stream(c, 200, content_type, fill, -1);
	c->reply.may_compress = false;
	return true;
}

void call_set(struct call *c, const char *name, struct text value)
{
	char *copy = arena_cstr(c->work.arena, value);

	for (size_t i = 0; i < value.len; i++)
		if ((unsigned char)copy[i] < 0x20 || copy[i] == 0x7f)
			copy[i] = ' ';
	*vec_push(c->work.arena, &c->reply.headers) =
	        (struct header){ text_of(name), { copy, value.len } };
}

void call_etag(struct call *c, struct text etag)
{
	call_set(c, "ETag", arena_printf(c->work.arena, "\"%.*s\"", TEXT_ARG(etag)));
}

/* ---- parking ---- */

static void wake_call(void *call)
{
	transport->wake(call);
}

struct waker call_park(struct call *c, call_fn *next)
{
	assert(transport);
	c->next = next;
	c->parked = true;
	return (struct waker){ wake_call, c };
}

struct waker call_pause(struct call *c)
{
	assert(c->reply.is_live);
	c->parked = true;
	return (struct waker){ wake_call, c };
}

bool call_slow(struct call *c, call_fn *next)
{
	assert(transport);
	c->next = next;
	c->parked = true;
	transport->slow(c);
	return true;
}

bool call_again(struct call *c, call_fn *fn)
{
	err_clear(&c->work.err);
	c->reply = (struct reply){ 0 };
	c->plan = NULL;
	return fn(c);
}

void call_set_transport(const struct transport_ops *ops)
{
	transport = ops;
}
