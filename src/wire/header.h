/* header.h - the request headers that mean something to DAV, parsed.
 * Memory: in the arena given. Threads: pure. */
#ifndef KONTOR_WIRE_HEADER_H
#define KONTOR_WIRE_HEADER_H

#include "base/vec.h"
#include "wire/call.h"

enum depth { DEPTH_0, DEPTH_1, DEPTH_INFINITY };
/* Depth (RFC 4918 10.2); `preset` where there is none. */
bool header_depth(struct call *c, enum depth preset, enum depth *depth) must_check;
/* Overwrite: T is the preset. */
bool header_overwrite(struct call *c, bool *overwrite) must_check;
/* Destination, decoded; ERR_BAD_REQUEST if missing, ERR_BAD_GATEWAY if elsewhere. */
bool header_destination(struct call *c, struct path *path) must_check;
/* Timeout of LOCK in seconds (Infinite, Second-n), bounded. */
int64_t header_timeout(struct call *c, int64_t preset, int64_t max);

/* Prefer (RFC 7240, 8144), Brief: t. */
enum { PREFER_MINIMAL = 1, PREFER_REPRESENTATION = 2, PREFER_DEPTH_NOROOT = 4 };
unsigned header_prefer(struct call *c);

/* If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since (RFC 9110 13) against what is
 * there now. `etag` bare, absent if there is no resource, empty if there is one without ETag;
 * `modified` 0 if unknown. */
enum precondition { PRECONDITION_GO, PRECONDITION_FAILS, PRECONDITION_NOT_MODIFIED };
enum precondition header_conditions(struct call *c, struct text etag, int64_t modified);
/* The first strong entity tag of If-Match, bare; absent: there is none, or `*`. */
struct text header_match(struct call *c);

/* The If header of RFC 4918 10.4: lists, each perhaps tagged with a resource. */
struct if_condition {
	bool negate;
	struct text token; /* state token (lock token), or absent */
	struct text etag;  /* bare; or absent */
	bool weak;
};
struct if_list {
	struct text resource; /* raw href of the tag; absent: the request URI */
	struct if_condition *at;
	size_t len;
};
VEC_OF(if_lists, struct if_list);
/* No header: no lists. */
bool header_if(struct call *c, struct if_lists *lists) must_check;

/* Accept: the best of `offered` (media types without parameters), or -1 if none will do; no header
 * gives 0. *version: the `version` parameter of the winning range, absent if none. */
int header_accept(struct call *c, const char *const *offered, size_t len, struct text *version);
/* Accept-Language: which of `offered` (tags like "de", that stand for "de-AT" too) is liked best,
 * the first of those liked equally; 0 where none is. */
int header_accept_language(struct call *c, const char *const *offered, size_t len);
/* Media type in lower case without parameters ("text/calendar"), and one of its parameters. */
struct text header_media_type(struct arena *arena, struct text value);
struct text header_param(struct arena *arena, struct text value, const char *name);
/* Range: one byte range of a body of `size`; no header, or one to be ignored (several ranges, not
 * GET, an If-Range that is not the ETag set by call_etag() before), gives the whole with *partial
 * false. Sets Content-Range where there is something to say. ERR_RANGE_NOT_SATISFIABLE. */
bool header_range(
        struct call *c, int64_t size, int64_t *from, int64_t *len, bool *partial) must_check;
bool header_accepts_gzip(struct call *c);
/* Accept-Encoding allows the coding ("br"). */
bool header_accepts_coding(struct call *c, struct text coding);
/* The value of a cookie (RFC 6265 5.4); absent if it was not sent. The first of several. */
struct text header_cookie(struct call *c, struct text name);

#endif
