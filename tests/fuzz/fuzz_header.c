/* One request head a run: the first byte is the method, then a header a line. Claims: nothing is
 * read outside, and each answer is within its bounds. */
#include "fuzz.h"
#include "wire/header.h"
#include "wire/mime.h"

static struct call *call_from(struct arena *arena, struct text data)
{
	struct call *c = arena_make(arena, struct call);
	struct text rest = text_from(data, 1), line;

	c->work.arena = arena;
	c->method = data.len ? (unsigned char)*data.ptr % METHOD_COUNT : METHOD_GET;
	c->authority = TEXT("kontor.example");
	while (text_split(&rest, '\n', &line)) {
		ptrdiff_t colon = text_find_char(line, ':');

		if (colon > 0)
			*vec_push(arena, &c->headers) =
			        (struct header){ text_sub(line, 0, (size_t)colon),
				        text_trim(text_from(line, (size_t)colon + 1)) };
	}
	c->query = call_header(c, "Query");
	return c;
}

static void read_dav(struct call *c)
{
	enum depth depth;
	bool overwrite;
	struct path path;
	struct if_lists lists;
	int64_t timeout = header_timeout(c, 60, 3600);

	FUZZ_CLAIM(timeout > 0 && timeout <= 3600);
	if (header_depth(c, DEPTH_1, &depth))
		FUZZ_CLAIM(depth <= DEPTH_INFINITY);
	else
		FUZZ_CLAIM(err_is_set(&c->work.err));
	err_clear(&c->work.err);
	FUZZ_CLAIM(header_overwrite(c, &overwrite) || err_is_set(&c->work.err));
	err_clear(&c->work.err);
	FUZZ_CLAIM(header_destination(c, &path) || err_is_set(&c->work.err));
	err_clear(&c->work.err);
	if (header_if(c, &lists))
		for (size_t i = 0; i < lists.len; i++) {
			FUZZ_CLAIM(lists.at[i].len);
			for (size_t j = 0; j < lists.at[i].len; j++)
				FUZZ_CLAIM(!lists.at[i].at[j].token.ptr !=
				           !lists.at[i].at[j].etag.ptr);
		}
	else
		FUZZ_CLAIM(err_is_set(&c->work.err));
	err_clear(&c->work.err);
}

static void read_http(struct call *c)
{
	static const char *const OFFERED[] = { "text/calendar", "application/calendar+json" };
	struct text type = call_header(c, "Content-Type");
	int64_t from, len;
	bool partial;
	struct text version;

	FUZZ_CLAIM(header_conditions(c, TEXT("abc"), 784111777) <= PRECONDITION_NOT_MODIFIED);
	FUZZ_CLAIM(header_conditions(c, TEXT_NONE, 0) <= PRECONDITION_NOT_MODIFIED);
	FUZZ_CLAIM(header_accept(c, OFFERED, COUNT_OF(OFFERED), &version) < 2);
	header_accepts_gzip(c);
	header_prefer(c);
	header_media_type(c->work.arena, type);
	header_param(c->work.arena, type, "charset");
	mime_disposition(c->work.arena, type, call_header(c, "Slug"));
	call_query(c, "export");
	for (struct text rest = c->query, value; call_query_next(c, "f", &rest, &value);)
		FUZZ_CLAIM(text_is_utf8(value));
	FUZZ_CLAIM(header_cookie(c, TEXT("a")).len <= call_header(c, "Cookie").len);
	header_accepts_coding(c, TEXT("br"));
	if (header_range(c, 1000, &from, &len, &partial))
		FUZZ_CLAIM(from >= 0 && len > 0 && from + len <= 1000);
	for (size_t i = 0; i < c->headers.len; i++)
		call_set(c, "X", c->headers.at[i].value);
	for (size_t i = 0; i < c->reply.headers.len; i++)
		FUZZ_CLAIM(text_find_char(c->reply.headers.at[i].value, '\r') < 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct call *c = call_from(arena, (struct text){ (const char *)data, size });

	read_dav(c);
	read_http(c);
	arena_free(&arena);
	return 0;
}
