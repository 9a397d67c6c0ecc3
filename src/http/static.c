#include "base/base.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/map.h"
#include "http/static.h"
#include "wire/header.h"
#include "wire/mime.h"

enum { FILES_MAX = 2000, FILE_BYTES_MAX = 16 << 20, DEPTH_MAX = 4, HASH_LETTERS = 8 };

enum coding { PLAIN, GZIP, BROTLI, CODINGS };

static const struct {
	struct text name, ending;
} CODING[CODINGS] = {
	[PLAIN] = { { NULL, 0 }, { NULL, 0 } },
	[GZIP] = { TEXT_INIT("gzip"), TEXT_INIT(".gz") },
	[BROTLI] = { TEXT_INIT("br"), TEXT_INIT(".br") },
};

static const char POLICY[] =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'";

struct file {
	struct text body[CODINGS]; /* absent: not there in that coding */
	struct text etag;
	const char *media;
	bool is_hashed;
};

struct files {
	struct files *before; /* of an earlier load: calls may still be sending them */
	struct arena *arena;
	struct map *map; /* "lang/de.0f3a9c21.js" to struct file */
	const struct file *index;
	size_t len;
};

static struct files *_Atomic files_now;

/* ---- reading ---- */

static struct text read_file(struct arena *arena, int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	struct text bytes = TEXT_NONE;
	struct stat st;
	char *to;

	if (fd >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size <= FILE_BYTES_MAX) {
		to = arena_raw(arena, (size_t)st.st_size + 1);
		bytes = (struct text){ to, (size_t)st.st_size };
		for (size_t at = 0; at < bytes.len;) {
			ssize_t n = read(fd, to + at, bytes.len - at);

			if (n <= 0) {
				bytes = TEXT_NONE;
				break;
			}
			at += (size_t)n;
		}
	}
	if (fd >= 0)
		close(fd);
	return bytes;
}

/* The last piece of the name before its ending, from eight letters on, all of them hexadecimal
 * digits, or capitals and digits: nobody's word. */
static bool is_hashed(struct text name)
{
	size_t end = name.len, start, digits = 0, capitals = 0, lower = 0;

	while (end && name.ptr[end - 1] != '.' && name.ptr[end - 1] != '/')
		end--;
	if (!end || name.ptr[end - 1] != '.')
		return false;
	end--;
	for (start = end; start; start--) {
		char c = name.ptr[start - 1];

		if (c >= '0' && c <= '9')
			digits++;
		else if (c >= 'A' && c <= 'Z')
			capitals++;
		else if (c >= 'a' && c <= 'f')
			lower++;
		else
			break;
	}
	if (!start || end - start < HASH_LETTERS || (capitals && lower))
		return false;
	return name.ptr[start - 1] == '.' || name.ptr[start - 1] == '-';
}

static const char *media_of(struct arena *arena, struct text name)
{
	struct text type = mime_of(name);
	bool is_text = text_starts(type, TEXT("text/")) || text_ends(type, TEXT("javascript")) ||
	               text_ends(type, TEXT("json"));

	if (text_ends(name, TEXT(".js")))
		return "text/javascript; charset=utf-8";
	return arena_printf(arena, "%.*s%s", TEXT_ARG(type), is_text ? "; charset=utf-8" : "").ptr;
}

static struct file *file_named(struct files *files, struct text name)
{
	struct file *file = map_get(files->map, name);

	if (file)
		return file;
	file = arena_make(files->arena, struct file);
	file->media = media_of(files->arena, name);
	file->is_hashed = is_hashed(name);
	map_put(files->map, name, file);
	return file;
}

static void take(struct files *files, struct text name, struct text bytes)
{
	enum coding coding = PLAIN;
	struct file *file;

	for (enum coding i = GZIP; i < CODINGS; i++)
		if (text_ends(name, CODING[i].ending))
			coding = i;
	name = arena_text(files->arena, text_sub(name, 0, name.len - CODING[coding].ending.len));
	file = file_named(files, name);
	file->body[coding] = bytes;
	if (coding == PLAIN)
		file->etag = etag_of(files->arena, bytes);
}

static void read_folder(struct files *files, int fd, struct text prefix, int depth)
{
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *entry;

	while (dir && (entry = readdir(dir)) && files->len < FILES_MAX) {
		struct text name =
		        arena_printf(files->arena, "%.*s%s", TEXT_ARG(prefix), entry->d_name);
		struct text bytes;

		if (entry->d_name[0] == '.')
			continue;
		bytes = read_file(files->arena, dirfd(dir), entry->d_name);
		if (bytes.ptr) {
			files->len++;
			take(files, name, bytes);
		} else if (depth < DEPTH_MAX) {
			read_folder(files,
			        openat(dirfd(dir), entry->d_name,
			                O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
			        arena_printf(files->arena, "%.*s/", TEXT_ARG(name)), depth + 1);
		}
	}
	if (dir)
		closedir(dir);
	else if (fd >= 0)
		close(fd);
}

bool static_load(const char *dir)
{
	struct files *files = calloc(1, sizeof(*files));
	const struct file *index;

	assert(files);
	files->arena = arena_new();
	files->map = map_new(files->arena);
	read_folder(files, open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), TEXT(""), 0);
	index = map_get(files->map, TEXT("index.html"));
	files->index = index && index->body[PLAIN].ptr ? index : NULL;
	files->before = atomic_load(&files_now);
	atomic_store(&files_now, files);
	log_info("webui", "dir=%s files=%zu%s", log_value(text_of(dir)), files->len,
	        files->index ? "" : " note=\"no index.html: there are no pages\"");
	return files->index;
}

void static_unload(void)
{
	struct files *files = atomic_exchange(&files_now, NULL);

	while (files) {
		struct files *before = files->before;

		arena_free(&files->arena);
		free(files);
		files = before;
	}
}

/* ---- serving ---- */

static struct text name_of(struct call *c)
{
	struct buf name;

	buf_init(&name, c->work.arena);
	for (size_t i = 1; i < c->path.len; i++) {
		if (i > 1)
			buf_char(&name, '/');
		buf_add(&name, c->path.at[i]);
	}
	return buf_text(&name);
}

/* A name without an ending is a page of the program's own. */
static const struct file *file_of(struct call *c, const struct files *files)
{
	struct text name = name_of(c);
	const struct file *file = map_get(files->map, name);

	if (file && file->body[PLAIN].ptr)
		return file;
	return c->path.len < 2 || text_find_char(c->path.at[c->path.len - 1], '.') < 0
	               ? files->index
	               : NULL;
}

static enum coding coding_for(struct call *c, const struct file *file)
{
	for (enum coding i = CODINGS - 1; i > PLAIN; i--)
		if (file->body[i].ptr && header_accepts_coding(c, CODING[i].name))
			return i;
	return PLAIN;
}

static bool send_file(struct call *c, const struct file *file)
{
	enum coding coding = coding_for(c, file);
	struct text etag = file->etag;

	call_set(c, "Content-Security-Policy", text_of(POLICY));
	call_set(c, "Referrer-Policy", TEXT("same-origin"));
	call_set(c, "Cross-Origin-Opener-Policy", TEXT("same-origin"));
	call_set(c, "Vary", TEXT("Accept-Encoding"));
	call_set(c, "Cache-Control",
	        file->is_hashed ? TEXT("public, max-age=31536000, immutable") : TEXT("no-cache"));
	if (coding != PLAIN) {
		etag = arena_printf(
		        c->work.arena, "%.*s-%.*s", TEXT_ARG(etag), TEXT_ARG(CODING[coding].name));
		call_set(c, "Content-Encoding", CODING[coding].name);
	}
	call_etag(c, etag);
	if (header_conditions(c, etag, 0) == PRECONDITION_NOT_MODIFIED)
		return call_not_modified(c, (int64_t)file->body[coding].len);
	return call_reply_body(c, 200, file->media, file->body[coding]);
}

bool static_redirect(struct call *c)
{
	call_set(c, "Location", TEXT("/app/"));
	call_set(c, "Cache-Control", TEXT("no-store"));
	return call_reply(c, 302);
}

bool static_handle(struct call *c)
{
	const struct files *files = atomic_load(&files_now);
	const struct file *file;

	if (c->method != METHOD_GET && c->method != METHOD_HEAD) {
		call_set(c, "Allow", TEXT("GET, HEAD"));
		return err_set(&c->work.err, ERR_METHOD_NOT_ALLOWED, "%s", "");
	}
	if (!files || !files->index)
		return err_set(&c->work.err, ERR_NOT_FOUND, "the pages are not installed");
	if (c->path.len == 1 && !c->path.slash)
		return static_redirect(c);
	file = file_of(c, files);
	return file ? send_file(c, file) : err_set(&c->work.err, ERR_NOT_FOUND, "%s", "");
}

bool static_wanted(struct call *c)
{
	const struct files *files = atomic_load(&files_now);

	return files && files->index && !c->path.len &&
	       (c->method == METHOD_GET || c->method == METHOD_HEAD) &&
	       !call_header(c, "Authorization").ptr &&
	       text_find(call_header(c, "Accept"), TEXT("text/html")) >= 0;
}
