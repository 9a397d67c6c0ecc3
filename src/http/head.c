#include "base/base.h"
#include "http/head.h"

/* RFC 9110 5.6.2 */
static bool is_token(struct text name)
{
	static const char extra[] = "!#$%&'*+-.^_`|~";

	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
			continue;
		if (!c || !strchr(extra, c))
			return false;
	}
	return name.len > 0;
}

/* A field value (RFC 9110 5.5): visible characters, spaces and tabs; bytes above ASCII are opaque.
 */
static bool is_value(struct text value)
{
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];

		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

/* host [":" port], without anything that would mean something in a URL (RFC 9110 7.2). */
static bool is_authority(struct text host)
{
	for (size_t i = 0; i < host.len; i++)
		if ((unsigned char)host.ptr[i] <= ' ' || strchr("/?#@\\\"<>,", host.ptr[i]))
			return false;
	return true;
}

/* Digits only: "+5", "5, 5" and "0x5" are read differently by different servers. */
static bool content_length(struct text value, int64_t *length)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.ptr[i] < '0' || value.ptr[i] > '9')
			return false;
	/* Longer than any number: as long as the longest, which no limit allows. */
	if (value.len && !text_to_int(value, length))
		*length = INT64_MAX;
	return value.len > 0;
}

struct seen {
	int hosts, lengths, codings;
};

static bool check_framing(
        struct call *c, const struct header *header, struct seen *seen, struct framing *framing)
{
	struct err *err = &c->work.err;

	if (text_eq_nocase(header->name, TEXT("Content-Length"))) {
		if (seen->lengths++ || !content_length(header->value, &framing->length))
			return err_set(err, ERR_BAD_REQUEST, "Content-Length is not one number");
		framing->has_body = framing->length > 0;
	} else if (text_eq_nocase(header->name, TEXT("Transfer-Encoding"))) {
		if (seen->codings++)
			return err_set(err, ERR_BAD_REQUEST, "Transfer-Encoding comes twice");
		if (!text_eq_nocase(header->value, TEXT("chunked")))
			return err_set(
			        err, ERR_NOT_IMPLEMENTED, "a transfer coding other than chunked");
		framing->has_body = true;
	}
	return true;
}

static bool check_header(struct call *c, const struct header *header, struct seen *seen)
{
	struct err *err = &c->work.err;

	if (!is_token(header->name))
		return err_set(err, ERR_BAD_REQUEST, "a header name is not a token");
	if (!is_value(header->value))
		return err_set(err, ERR_BAD_REQUEST, "a header value holds a control character");
	if (text_eq_nocase(header->name, TEXT("Host"))) {
		if (seen->hosts++ || !is_authority(header->value))
			return err_set(err, ERR_BAD_REQUEST, "Host is not one name");
		c->authority = header->value;
	} else if (text_eq_nocase(header->name, TEXT("User-Agent"))) {
		c->user_agent = header->value;
	} else if (text_eq_nocase(header->name, TEXT("Expect"))) {
		if (!text_eq_nocase(header->value, TEXT("100-continue")))
			return err_set(
			        err, ERR_EXPECTATION_FAILED, "only 100-continue can be expected");
	} else if (text_eq_nocase(header->name, TEXT("Content-Encoding"))) {
		if (!text_eq_nocase(header->value, TEXT("identity")))
			return err_set(
			        err, ERR_UNSUPPORTED_MEDIA_TYPE, "bodies are taken uncompressed");
	}
	return true;
}

bool head_check(struct call *c, bool http_1_0, struct framing *framing)
{
	struct err *err = &c->work.err;
	struct seen seen = { 0 };

	*framing = (struct framing){ false, -1 };
	for (size_t i = 0; i < c->headers.len; i++) {
		/* The first letter tells most of them apart. */
		char first =
		        c->headers.at[i].name.len ? (char)(c->headers.at[i].name.ptr[0] | 0x20) : 0;

		if (!check_header(c, &c->headers.at[i], &seen))
			return false;
		if ((first == 'c' || first == 't') &&
		        !check_framing(c, &c->headers.at[i], &seen, framing))
			return false;
	}
	/* RFC 9112 6.1: both together is how requests are smuggled past a proxy. */
	if (seen.codings && (seen.lengths || http_1_0))
		return err_set(err, ERR_BAD_REQUEST, "Content-Length beside Transfer-Encoding");
	if (!seen.hosts && !http_1_0)
		return err_set(err, ERR_BAD_REQUEST, "Host is missing");
	return true;
}

bool head_target(struct call *c, struct text method)
{
	struct err *err = &c->work.err;

	c->method = method_of(method);
	if (c->method == METHOD_COUNT)
		return err_set(err, ERR_NOT_IMPLEMENTED, "%.*s",
		        (int)(method.len < 40 ? method.len : 40), method.ptr ? method.ptr : "");
	/* OPTIONS * asks about the server (RFC 9110 9.3.7): the root speaks for it. */
	if (c->method == METHOD_OPTIONS && text_eq(c->target, TEXT("*")))
		return href_parse(c->work.arena, err, TEXT("/"), c->authority, &c->path, NULL);
	if (!href_parse(c->work.arena, err, c->target, c->authority, &c->path, &c->query)) {
		/* Another server's address in the request line: we are nobody's proxy. */
		if (err->id == ERR_BAD_GATEWAY)
			err->id = ERR_BAD_REQUEST;
		return false;
	}
	return true;
}
