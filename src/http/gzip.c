#include "base/base.h"
#include <zlib.h>

#include "base/thread.h"
#include "http/gzip.h"

enum { KEEP = 8, GZIP_WINDOW = 15 + 16, ROOM = 16384 };

struct gzip {
	struct gzip *next;
	z_stream z;
};

struct gzip_shelf {
	struct lock lock;
	struct gzip *first;
	int len;
};

struct gzip_shelf *gzip_shelf_new(void)
{
	struct gzip_shelf *shelf = calloc(1, sizeof(*shelf));

	assert(shelf);
	lock_init(&shelf->lock, "gzip-shelf", 72);
	return shelf;
}

static void gzip_free(struct gzip *gzip)
{
	deflateEnd(&gzip->z);
	free(gzip);
}

void gzip_shelf_free(struct gzip_shelf **shelf)
{
	struct gzip *gzip, *next;

	if (!*shelf)
		return;
	for (gzip = (*shelf)->first; gzip; gzip = next) {
		next = gzip->next;
		gzip_free(gzip);
	}
	free(*shelf);
	*shelf = NULL;
}

struct gzip *gzip_start(struct gzip_shelf *shelf)
{
	struct gzip *gzip;

	lock_take(&shelf->lock);
	gzip = shelf->first;
	if (gzip) {
		shelf->first = gzip->next;
		shelf->len--;
	}
	lock_give(&shelf->lock);
	if (gzip)
		return gzip;
	gzip = calloc(1, sizeof(*gzip));
	assert(gzip);
	if (deflateInit2(&gzip->z, 1, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	return gzip;
}

void gzip_add(struct gzip *gzip, struct text bytes, bool last, struct buf *out)
{
	static const char nothing[1];
	int rc;

	/* zlib counts in 32 bits */
	while (bytes.len > UINT32_MAX / 2) {
		gzip_add(gzip, text_sub(bytes, 0, UINT32_MAX / 2), false, out);
		bytes = text_from(bytes, UINT32_MAX / 2);
	}
	gzip->z.next_in = (Bytef *)(bytes.len ? bytes.ptr : nothing);
	gzip->z.avail_in = (uInt)bytes.len;
	do {
		size_t room = bytes.len / 4 > ROOM ? bytes.len / 4 : ROOM;

		if (room > UINT32_MAX / 2)
			room = UINT32_MAX / 2;
		gzip->z.next_out = (Bytef *)buf_reserve(out, room);
		gzip->z.avail_out = (uInt)room;
		rc = deflate(&gzip->z, last ? Z_FINISH : Z_NO_FLUSH);
		assert(rc != Z_STREAM_ERROR);
		out->len += room - gzip->z.avail_out;
	} while (!gzip->z.avail_out);
}

void gzip_end(struct gzip_shelf *shelf, struct gzip **gzip)
{
	struct gzip *gone = *gzip;

	if (!gone)
		return;
	*gzip = NULL;
	deflateReset(&gone->z);
	lock_take(&shelf->lock);
	if (shelf->len < KEEP) {
		gone->next = shelf->first;
		shelf->first = gone;
		shelf->len++;
		gone = NULL;
	}
	lock_give(&shelf->lock);
	if (gone)
		gzip_free(gone);
}
