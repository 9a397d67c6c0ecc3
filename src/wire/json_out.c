#include "wire/json_out.h"

enum { DEPTH_MAX = 32 };

struct json_out {
	struct buf *buf;
	int depth;
	bool key; /* a key was written, its value was not */
	struct level {
		char end; /* '}' or ']' */
		bool full;
	} levels[DEPTH_MAX];
};

struct json_out *json_out_new(struct arena *arena, struct buf *buf)
{
	struct json_out *out = arena_make(arena, struct json_out);

	out->buf = buf;
	return out;
}

void json_out_on(struct json_out *out, struct buf *buf)
{
	out->buf = buf;
}

/* What stands before a value. */
static void before(struct json_out *out)
{
	struct level *level;

	if (!out->depth)
		return;
	level = &out->levels[out->depth - 1];
	assert(out->key == (level->end == '}'));
	if (level->end == ']' && level->full)
		buf_char(out->buf, ',');
	level->full = true;
	out->key = false;
}

static void begin(struct json_out *out, char start, char end)
{
	before(out);
	assert(out->depth < DEPTH_MAX);
	buf_char(out->buf, start);
	out->levels[out->depth++] = (struct level){ end, false };
}

void json_begin_object(struct json_out *out)
{
	begin(out, '{', '}');
}

void json_begin_array(struct json_out *out)
{
	begin(out, '[', ']');
}

void json_end(struct json_out *out)
{
	assert(out->depth && !out->key);
	buf_char(out->buf, out->levels[--out->depth].end);
}

static void quote(struct buf *buf, struct text text)
{
	size_t from = 0;

	buf_char(buf, '"');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		/* '<' too: an answer that is taken for HTML still holds no tag. */
		if (c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != 0x7f)
			continue;
		buf_add(buf, text_sub(text, from, i - from));
		from = i + 1;
		if (c == '"' || c == '\\')
			buf_printf(buf, "\\%c", c);
		else
			buf_printf(buf, "\\u%04x", c);
	}
	buf_add(buf, text_from(text, from));
	buf_char(buf, '"');
}

/* Byte by byte where it is broken; the common text never comes here. */
static void quote_broken(struct buf *buf, struct text text)
{
	struct buf whole;

	buf_init(&whole, buf->arena);
	while (text.len) {
		size_t len = 1;

		while (len <= 4 && len <= text.len && !text_is_utf8(text_sub(text, 0, len)))
			len++;
		if (len > 4 || len > text.len) {
			buf_add(&whole, TEXT("\xef\xbf\xbd"));
			len = 1;
		} else {
			buf_add(&whole, text_sub(text, 0, len));
		}
		text = text_from(text, len);
	}
	quote(buf, buf_text(&whole));
}

static void string(struct buf *buf, struct text text)
{
	if (text_is_utf8(text))
		quote(buf, text);
	else
		quote_broken(buf, text);
}

void json_key(struct json_out *out, const char *key)
{
	struct level *level;

	assert(out->depth && !out->key);
	level = &out->levels[out->depth - 1];
	assert(level->end == '}');
	if (level->full)
		buf_char(out->buf, ',');
	string(out->buf, text_of(key));
	buf_char(out->buf, ':');
	out->key = true;
}

void json_text(struct json_out *out, struct text text)
{
	if (!text.ptr) {
		json_nothing(out);
		return;
	}
	before(out);
	string(out->buf, text);
}

void json_int(struct json_out *out, int64_t value)
{
	before(out);
	buf_printf(out->buf, "%lld", (long long)value);
}

void json_bool(struct json_out *out, bool value)
{
	before(out);
	buf_add(out->buf, value ? TEXT("true") : TEXT("false"));
}

void json_nothing(struct json_out *out)
{
	before(out);
	buf_add(out->buf, TEXT("null"));
}
