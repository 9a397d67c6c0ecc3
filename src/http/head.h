/* head.h - the head of a request, judged before anything else is read.
 *
 * What the library lets pass and HTTP does not: contradictory or repeated framing, header names
 * that are no tokens, more or less than one Host, unknown methods, unknown expectations. Memory: in
 * the call's arena. Threads: pure. */
#ifndef KONTOR_HTTP_HEAD_H
#define KONTOR_HTTP_HEAD_H

#include "wire/call.h"

struct framing {
	bool has_body;
	int64_t length; /* Content-Length, or -1: chunked, or no body */
};

/* Checks all headers; sets c->authority and c->user_agent. ERR_BAD_REQUEST, ERR_NOT_IMPLEMENTED (a
 * transfer coding), ERR_EXPECTATION_FAILED, ERR_UNSUPPORTED_MEDIA_TYPE (a content coding). */
bool head_check(struct call *c, bool http_1_0, struct framing *framing) must_check;
/* Method and target into c->method, c->path, c->query. */
bool head_target(struct call *c, struct text method) must_check;

#endif
