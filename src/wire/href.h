/* href.h - paths of URLs: the one place where they are decoded, checked and written.
 *
 * Request targets, Destination, hrefs in bodies and If tags all pass here. Split at '/', decode
 * each segment; refuse %00, %2F, ".", "..", empty segments in between, bad hex, invalid UTF-8,
 * controls.
 * `@` and %40 are the same resource, because segments are compared decoded.
 * Memory: in the arena given. Threads: pure. */
#ifndef KONTOR_WIRE_HREF_H
#define KONTOR_WIRE_HREF_H

#include "base/str.h"
#include "base/err.h"

enum { PATH_MAX_SEGMENTS = 32, PATH_MAX_SEGMENT = 255 };

struct path {
	struct text *at; /* decoded segments */
	size_t len;
	bool slash; /* ended in '/' */
};

/* From a path ("/calendars/ann/"), or an absolute http(s) URI whose authority is `own` (compared
 * without case and default port; absent `own` accepts none). `query` gets what follows '?'; where
 * it is NULL, a query is malformed. Segments without %XX point into `raw`. ERR_BAD_REQUEST for
 * malformed ones, ERR_URI_TOO_LONG, ERR_BAD_GATEWAY for another server. */
bool href_parse(struct arena *arena, struct err *err, struct text raw, struct text own,
        struct path *path, struct text *query) must_check;
/* Percent-encoded absolute path. */
struct text href_of(struct arena *arena, const struct path *path);
/* "/a/b/" + name, encoded; `parent` is an encoded href ending in '/'. */
struct text href_child(struct arena *arena, struct text parent, struct text name, bool collection);
bool path_eq(const struct path *a, const struct path *b);
/* `inner` lies below `outer` (not equal). */
bool path_below(const struct path *inner, const struct path *outer);

#endif
