/* api.c - from method and path to a handler. */
#include "base/base.h"
#include "api/door.h"

struct row {
	enum method method;
	const char *pattern;
	call_fn *run;
};

static const struct row ROWS[] = {
#define API(method, pattern, run) { METHOD_##method, pattern, run },
#include "api/routes.tbl.h"
#undef API
};

struct api *api_of(struct call *c)
{
	return c->state;
}

/* A positive number, as we write it ourselves: no sign, no zero in front. */
static bool is_id(struct text segment, int64_t *id)
{
	return segment.len && segment.len < 19 && segment.ptr[0] >= '1' && segment.ptr[0] <= '9' &&
	       text_to_int(segment, id);
}

static bool noun_fits(struct text segment, struct text behind, struct api *api)
{
	if (!text_ends(segment, behind))
		return false;
	api->noun = crm_noun_find(text_sub(segment, 0, segment.len - behind.len));
	return api->noun;
}

static bool segment_fits(struct text pattern, struct text segment, struct api *api)
{
	if (!pattern.len || pattern.ptr[0] != '{')
		return text_eq(pattern, segment);
	if (text_eq(pattern, TEXT("{id}")))
		return is_id(segment, &api->id);
	if (text_starts(pattern, TEXT("{noun}")))
		return noun_fits(segment, text_from(pattern, 6), api);
	api->name = segment;
	return segment.len > 0;
}

static bool row_fits(const struct row *row, const struct path *path, struct api *api)
{
	struct text rest = text_of(row->pattern), pattern;
	size_t at = 2;

	*api = (struct api){ 0 };
	while (text_split(&rest, '/', &pattern)) {
		if (at == path->len || !segment_fits(pattern, path->at[at], api))
			return false;
		at++;
	}
	return at == path->len && !path->slash;
}

/* HEAD is GET whose body is not sent. */
static enum method asked(const struct call *c)
{
	return c->method == METHOD_HEAD ? METHOD_GET : c->method;
}

static const struct row *find(struct call *c, struct api *api, struct buf *allow)
{
	for (size_t i = 0; i < COUNT_OF(ROWS); i++) {
		if (!row_fits(&ROWS[i], &c->path, api))
			continue;
		if (ROWS[i].method == asked(c))
			return &ROWS[i];
		buf_printf(allow, "%s%s", allow->len ? ", " : "", method_name(ROWS[i].method));
	}
	return NULL;
}

/* Answers are somebody's own: nobody in between keeps them. */
static void dress(struct call *c)
{
	call_set(c, "Cache-Control", TEXT("private, no-cache"));
	call_set(c, "Content-Security-Policy", TEXT("default-src 'none'; frame-ancestors 'none'"));
}

bool api_handle(struct call *c)
{
	struct api *api = arena_make(c->work.arena, struct api);
	const struct row *row;
	struct buf allow;

	buf_init(&allow, c->work.arena);
	dress(c);
	if (c->path.len < 3 || !text_eq(c->path.at[1], TEXT("v1")))
		return err_set(&c->work.err, ERR_NOT_FOUND, "%s", "");
	row = find(c, api, &allow);
	if (row) {
		c->state = api;
		return row->run(c);
	}
	if (!allow.len)
		return err_set(&c->work.err, ERR_NOT_FOUND, "%s", "");
	call_set(c, "Allow", buf_text(&allow));
	return err_set(&c->work.err, ERR_METHOD_NOT_ALLOWED, "%s", "");
}
