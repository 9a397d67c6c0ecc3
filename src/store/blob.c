#include "store/blob.h"

#include "base/log.h"
#include "store/writer.h"

#include <errno.h>
#include <unistd.h>

enum { CHUNKS_PER_PLAN = 4, UNCLAIMED_SECONDS = 86400, GIVEN_UP_SECONDS = 600 };

DB_STATEMENT(HEAD_INSERT, "INSERT INTO blob_head (id, size, state, since) VALUES (?1, ?2, 0, ?3)");
DB_STATEMENT(HEAD_WHOLE, "UPDATE blob_head SET state = 1, since = ?2 WHERE id = ?1 AND state = 0");
DB_STATEMENT(HEAD_SIZE, "SELECT size FROM blob_head WHERE id = ?1");
DB_STATEMENT(HEAD_DELETE, "DELETE FROM blob_head WHERE id = ?1");
DB_STATEMENT(HEADS_LOOSE, "SELECT id FROM blob_head WHERE state <> 2 AND since < ?1"
                          " AND (state = 3 OR since < ?2) ORDER BY since LIMIT 100");
DB_STATEMENT(CHUNK_INSERT, "INSERT INTO blob_chunk (blob, position, bytes) VALUES (?1, ?2, ?3)");
DB_STATEMENT(CHUNK_COPY, "INSERT INTO blob_chunk (blob, position, bytes)"
                         " SELECT ?2, position, bytes FROM blob_chunk"
                         " WHERE blob = ?1 AND position = ?3");
DB_STATEMENT(CHUNK_SLICE, "SELECT substr(bytes, ?3, ?4) FROM blob_chunk"
                          " WHERE blob = ?1 AND position = ?2");
DB_STATEMENT(CHUNKS_LEFT, "SELECT position FROM blob_chunk WHERE blob = ?1"
                          " ORDER BY position LIMIT ?2");
DB_STATEMENT(CHUNK_DELETE, "DELETE FROM blob_chunk WHERE blob = ?1 AND position = ?2");

/* ---- writing: each step is a plan of its own, so that nobody waits for a whole file ---- */

struct head {
	int64_t id, size;
};

static bool head_run(struct writing *w, void *data)
{
	struct head *head = data;

	return writing_id(w, &head->id) &&
	       db_run(w->db, w->err, &HEAD_INSERT,
	               DB_ARGS(DB_INT(head->id), DB_INT(head->size), DB_INT(w->now)), NULL);
}

static bool whole_run(struct writing *w, void *data)
{
	const struct head *head = data;
	int64_t changed;

	if (!db_run(w->db, w->err, &HEAD_WHOLE, DB_ARGS(DB_INT(head->id), DB_INT(w->now)),
	            &changed))
		return false;
	return changed ? true : plan_stale(w);
}

/* A plan of one operation, in an arena of its own. */
static bool apply(struct work *work, plan_op_fn *run, void *data)
{
	struct arena *arena = arena_new();
	struct plan *plan = plan_new(arena, work->now);
	bool ok;

	plan_add(plan, run, data);
	ok = writer_apply(work->house->writer, plan, &work->err);
	arena_free(&arena);
	return ok;
}

struct chunk {
	int64_t blob, from; /* from: the blob copied */
	int64_t position;   /* of the first */
	struct text bytes;  /* up to CHUNKS_PER_PLAN of them */
};

static bool chunk_run(struct writing *w, void *data)
{
	const struct chunk *c = data;
	int64_t position = c->position;

	for (size_t at = 0; at < c->bytes.len; at += BLOB_CHUNK)
		if (!db_run(w->db, w->err, &CHUNK_INSERT,
		            DB_ARGS(DB_INT(c->blob), DB_INT(position++),
		                    DB_BLOB(text_sub(c->bytes, at, BLOB_CHUNK))),
		            NULL))
			return false;
	return true;
}

static bool copy_run(struct writing *w, void *data)
{
	const struct chunk *c = data;

	for (int64_t i = 0; i < CHUNKS_PER_PLAN; i++)
		if (!db_run(w->db, w->err, &CHUNK_COPY,
		            DB_ARGS(DB_INT(c->from), DB_INT(c->blob), DB_INT(c->position + i)),
		            NULL))
			return false;
	return true;
}

static bool read_file(struct work *work, int fd, int64_t offset, size_t len, char *to)
{
	for (size_t got = 0; got < len;) {
		ssize_t n = pread(fd, to + got, len - got, (off_t)(offset + (int64_t)got));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			log_error("spool", "problem=%s errno=%d",
			        log_value(TEXT("a spooled body cannot be read back")),
			        n < 0 ? errno : 0);
			return err_set(&work->err, ERR_UNAVAILABLE,
			        "the body could not be read back from the spool");
		}
		got += (size_t)n;
	}
	return true;
}

static bool store_chunks(struct work *work, int fd, const struct head *head)
{
	enum { STEP = BLOB_CHUNK * CHUNKS_PER_PLAN };
	struct arena *arena = arena_new();
	char *bytes = arena_raw(arena, STEP);
	bool ok = true;

	for (int64_t at = 0; ok && at < head->size; at += STEP) {
		size_t len = (size_t)(head->size - at < STEP ? head->size - at : STEP);
		struct chunk chunk = {
			.blob = head->id, .position = at / BLOB_CHUNK, .bytes = { bytes, len }
		};

		ok = read_file(work, fd, at, len, bytes) && apply(work, chunk_run, &chunk);
	}
	arena_free(&arena);
	return ok;
}

bool blob_store(struct work *work, int fd, int64_t size, int64_t *blob)
{
	struct head head = { .size = size };

	if (!apply(work, head_run, &head) || !store_chunks(work, fd, &head) ||
	        !apply(work, whole_run, &head))
		return false;
	*blob = head.id;
	return true;
}

/* The size, or NOT_FOUND. */
static bool blob_size(struct work *work, int64_t blob, int64_t *size)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;
	bool found;

	if (!db)
		return false;
	rows = db_query(db, &work->err, &HEAD_SIZE, DB_ARGS(DB_INT(blob)));
	found = rows && db_next(rows);
	*size = found ? db_int(rows, 0) : 0;
	if (!db_done(rows))
		return false;
	return found || err_set(&work->err, ERR_NOT_FOUND, "the file was replaced meanwhile");
}

bool blob_copy(struct work *work, int64_t blob, int64_t *copy)
{
	struct head head = { 0 };

	if (!blob_size(work, blob, &head.size) || !apply(work, head_run, &head))
		return false;
	for (int64_t at = 0; at * BLOB_CHUNK < head.size; at += CHUNKS_PER_PLAN)
		if (!apply(work, copy_run,
		            &(struct chunk){ .blob = head.id, .from = blob, .position = at }))
			return false;
	if (!apply(work, whole_run, &head))
		return false;
	*copy = head.id;
	return true;
}

/* ---- reading ---- */

struct slice {
	int64_t blob, offset; /* within one chunk */
	size_t len;
	char *to;
};

/* A slice that is not there whole: the blob is going away. */
static bool fill_slice(struct work *work, struct db *db, const struct slice *slice)
{
	struct db_rows *rows = db_query(db, &work->err, &CHUNK_SLICE,
	        DB_ARGS(DB_INT(slice->blob), DB_INT(slice->offset / BLOB_CHUNK),
	                DB_INT(slice->offset % BLOB_CHUNK + 1), DB_INT((int64_t)slice->len)));
	struct text bytes = rows && db_next(rows) ? db_text(rows, 0) : TEXT_NONE;
	bool whole = bytes.len == slice->len;

	if (whole && bytes.len)
		memcpy(slice->to, bytes.ptr, bytes.len);
	if (!db_done(rows))
		return false;
	return whole || err_set(&work->err, ERR_NOT_FOUND, "the file was replaced meanwhile");
}

bool blob_fill(
        struct work *work, int64_t blob, int64_t offset, size_t len, char *to, size_t *filled)
{
	struct db *db = work_reader(work);
	int64_t size;

	*filled = 0;
	if (!db || !blob_size(work, blob, &size))
		return false;
	if (offset >= size)
		return true;
	if ((int64_t)len > size - offset)
		len = (size_t)(size - offset);
	while (*filled < len) {
		struct slice slice = {
			.blob = blob, .offset = offset + (int64_t)*filled, .to = to + *filled
		};

		slice.len = (size_t)(BLOB_CHUNK - slice.offset % BLOB_CHUNK);
		if (slice.len > len - *filled)
			slice.len = len - *filled;
		if (!fill_slice(work, db, &slice))
			return false;
		*filled += slice.len;
	}
	return true;
}

bool blob_read(struct work *work, int64_t blob, int64_t offset, size_t len, struct text *bytes)
{
	char *to = arena_raw(work->arena, len);
	size_t filled;

	if (!blob_fill(work, blob, offset, len, to, &filled))
		return false;
	*bytes = (struct text){ to, filled };
	return true;
}

/* ---- sweeping ---- */

struct sweeping {
	int64_t blob;
	bool is_empty;
};

static bool sweep_run(struct writing *w, void *data)
{
	struct sweeping *s = data;
	struct ids left = VEC_EMPTY;
	struct db_rows *rows = db_query(
	        w->db, w->err, &CHUNKS_LEFT, DB_ARGS(DB_INT(s->blob), DB_INT(CHUNKS_PER_PLAN)));

	while (rows && db_next(rows))
		*vec_push(w->arena, &left) = db_int(rows, 0);
	if (!db_done(rows))
		return false;
	for (size_t i = 0; i < left.len; i++)
		if (!db_run(w->db, w->err, &CHUNK_DELETE,
		            DB_ARGS(DB_INT(s->blob), DB_INT(left.at[i])), NULL))
			return false;
	s->is_empty = left.len < CHUNKS_PER_PLAN;
	return !s->is_empty || db_run(w->db, w->err, &HEAD_DELETE, DB_ARGS(DB_INT(s->blob)), NULL);
}

static bool list_loose(struct work *work, struct ids *loose)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	if (!db)
		return false;
	rows = db_query(db, &work->err, &HEADS_LOOSE,
	        DB_ARGS(DB_INT(work->now - GIVEN_UP_SECONDS),
	                DB_INT(work->now - UNCLAIMED_SECONDS)));
	while (rows && db_next(rows))
		*vec_push(work->arena, loose) = db_int(rows, 0);
	if (!db_done(rows))
		return false;
	work_step_end(work);
	return true;
}

bool blob_sweep(struct work *work)
{
	struct ids loose = VEC_EMPTY;

	if (!list_loose(work, &loose))
		return false;
	for (size_t i = 0; i < loose.len; i++) {
		struct sweeping sweeping = { .blob = loose.at[i] };

		while (!sweeping.is_empty)
			if (!apply(work, sweep_run, &sweeping))
				return false;
	}
	return true;
}
