/* gzip.h - packing replies: zlib level 1, with the quarter of a megabyte each stream needs kept for
 * the next. Memory: long-lived shelf; output into the buf given. Threads: a stream one at a time,
 * the shelf any. */
#ifndef KONTOR_HTTP_GZIP_H
#define KONTOR_HTTP_GZIP_H

#include "base/str.h"

struct gzip_shelf;
struct gzip;

struct gzip_shelf *gzip_shelf_new(void);
void gzip_shelf_free(struct gzip_shelf **shelf);
struct gzip *gzip_start(struct gzip_shelf *shelf);
/* Packs `bytes`, appends to `out`; `last` ends the stream. */
void gzip_add(struct gzip *gzip, struct text bytes, bool last, struct buf *out);
/* Puts it back. NULL is fine; clears *gzip. */
void gzip_end(struct gzip_shelf *shelf, struct gzip **gzip);

#endif
