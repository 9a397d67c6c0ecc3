/* blob.h - bodies too large for a row, in chunks of 256 KiB: streamed in and out, never whole in
 * memory. They live in the database, so that a backup and a second node have them too. Threads:
 * blob_store() blocks (slow lane only); blob_read() with a reader. */
#ifndef KONTOR_STORE_BLOB_H
#define KONTOR_STORE_BLOB_H

#include "store/house.h"

/* Bodies up to this many bytes are kept in record.body. */
enum { BLOB_INLINE_MAX = 65536, BLOB_CHUNK = 262144 };

/* Writes the file (from offset 0) as a blob that belongs to nobody yet, in several commits; the id
 * goes into record.blob of a later plan_put, which claims it. Unclaimed ones are swept after a day.
 */
bool blob_store(struct work *work, int fd, int64_t size, int64_t *blob) must_check;
/* Up to `len` bytes from `offset`; less only at the end. A blob that is gone: NOT_FOUND. */
bool blob_read(
        struct work *work, int64_t blob, int64_t offset, size_t len, struct text *bytes) must_check;
/* The same into `to`, for those who stream: nothing is left in the arena. */
bool blob_fill(struct work *work, int64_t blob, int64_t offset, size_t len, char *to,
        size_t *filled) must_check;
/* Another blob with the same bytes, for COPY. */
bool blob_copy(struct work *work, int64_t blob, int64_t *copy) must_check;
/* Deletes what is left over: bodies never claimed for a day, and those given up by their record ten
 * minutes ago (somebody may still be reading). In many small commits: for house_tidy(). */
bool blob_sweep(struct work *work) must_check;

#endif
