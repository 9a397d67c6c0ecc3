#include "base/base.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/spool.h"

enum {
	BODY_FIRST = 65536 /* how much of a declared length is believed before it is there */
};

static bool disk_trouble(struct err *err, const char *what)
{
	bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;

	return err_set(
	        err, full ? ERR_STORAGE_FULL : ERR_UNAVAILABLE, "%s: %s", what, strerror(errno));
}

bool spool_prepare(const char *data_dir, struct err *err)
{
	struct arena *arena = arena_new();
	struct text dir = arena_printf(arena, "%s/tmp", data_dir);
	bool ok = !mkdir(dir.ptr, 0700) || errno == EEXIST;

	if (!ok)
		err_set(err, ERR_UNAVAILABLE, "%s: %s", dir.ptr, strerror(errno));
	arena_free(&arena);
	return ok;
}

/* A file without a name: it is gone with its descriptor, whatever happens. */
static int spool_open(struct exchange *x)
{
	struct call *c = &x->call;
	struct text name = arena_printf(c->work.arena, "%s/tmp", c->settings->server_data_dir);
	int fd = open(name.ptr, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
		return fd;
	name = arena_printf(c->work.arena, "%s/tmp/body-XXXXXX", c->settings->server_data_dir);
	fd = mkostemp((char *)name.ptr, O_CLOEXEC);
	if (fd >= 0)
		unlink(name.ptr);
	return fd;
}

bool body_begin(struct exchange *x)
{
	struct call *c = &x->call;
	bool spools = (c->route->flags & ROUTE_SPOOL) && c->method == METHOD_PUT;

	x->body_limit = spools ? c->settings->limits_file : c->settings->limits_body;
	if (!c->work.who && x->body_limit > ANONYMOUS_MAX)
		x->body_limit = ANONYMOUS_MAX;
	if (x->declared > x->body_limit)
		return err_set(&c->work.err, ERR_TOO_LARGE, "at most %lld bytes",
		        (long long)x->body_limit);
	if (spools) {
		x->spool = spool_open(x);
		return x->spool >= 0 || disk_trouble(&c->work.err, "a temporary file");
	}
	buf_init(&x->body, c->work.arena);
	if (x->declared > 0)
		buf_reserve(
		        &x->body, (size_t)(x->declared < BODY_FIRST ? x->declared : BODY_FIRST));
	return true;
}

static bool write_all(int fd, struct text bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes = text_from(bytes, (size_t)n);
	}
	return true;
}

bool body_add(struct exchange *x, struct text piece)
{
	struct call *c = &x->call;

	if (err_is_set(&c->work.err))
		return false;
	if ((int64_t)piece.len > x->body_limit - c->body_size)
		return err_set(&c->work.err, ERR_TOO_LARGE, "at most %lld bytes",
		        (long long)x->body_limit);
	c->body_size += (int64_t)piece.len;
	if (x->spool < 0) {
		buf_add(&x->body, piece);
		return true;
	}
	return write_all(x->spool, piece) || disk_trouble(&c->work.err, "a temporary file");
}

bool body_end(struct exchange *x)
{
	struct call *c = &x->call;

	if (err_is_set(&c->work.err))
		return false;
	if (x->spool >= 0) {
		if (lseek(x->spool, 0, SEEK_SET))
			return disk_trouble(&c->work.err, "a temporary file");
		c->body_fd = x->spool;
		x->spool = -1;
	} else if (x->has_body) {
		c->body = buf_text(&x->body);
	} else if (x->declared == 0) {
		c->body = TEXT("");
	}
	return true;
}

void body_close(struct exchange *x)
{
	if (x->spool >= 0)
		close(x->spool);
	if (x->call.body_fd >= 0)
		close(x->call.body_fd);
	x->spool = x->call.body_fd = -1;
}
