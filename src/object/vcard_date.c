#include "object/vcard_date.h"

#include "base/str.h"

/* The same thing in both styles; 0 stands for a digit, everything else for itself. */
struct shape {
	const char *of[2]; /* by enum vcard_style */
};

static const struct shape DATES[] = {
	{ { "00000000", "0000-00-00" } },
	{ { "0000-00", "0000-00" } },
	{ { "0000", "0000" } },
	{ { "--0000", "--00-00" } },
	{ { "--00", "--00" } },
	{ { "---00", "---00" } },
};

static const struct shape TIMES[] = {
	{ { "000000", "00:00:00" } },
	{ { "0000", "00:00" } },
	{ { "00", "00" } },
	{ { "-0000", "-00:00" } },
	{ { "-00", "-00" } },
	{ { "--00", "--00" } },
};

static const struct shape OFFSETS[] = {
	{ { "Z", "Z" } },
	{ { "+0000", "+00:00" } },
	{ { "-0000", "-00:00" } },
	{ { "+00", "+00" } },
	{ { "-00", "-00" } },
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool fits(struct text text, const char *shape)
{
	if (strlen(shape) != text.len)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (shape[i] == '0' ? !is_digit(text.ptr[i]) : shape[i] != text.ptr[i])
			return false;
	return true;
}

static bool reshape(struct buf *out, struct text text, const struct shape *shapes, size_t count,
        enum vcard_style style)
{
	for (size_t i = 0; i < count; i++) {
		const char *p = text.ptr;

		if (!fits(text, shapes[i].of[VCARD_BASIC]) &&
		        !fits(text, shapes[i].of[VCARD_EXTENDED]))
			continue;
		for (const char *to = shapes[i].of[style]; *to; to++) {
			while (*to == '0' && !is_digit(*p))
				p++;
			buf_char(out, *to == '0' ? *p++ : *to);
		}
		return true;
	}
	return false;
}

/* Where the offset begins: Z, or a sign behind the first digit. */
static size_t find_offset(struct text text)
{
	bool digit = false;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == 'Z' || (digit && (c == '+' || c == '-')))
			return i;
		digit |= is_digit(c);
	}
	return text.len;
}

static bool add_time(struct buf *out, struct text text, enum vcard_style style)
{
	size_t at = find_offset(text);
	struct text offset = text_from(text, at), time = text_sub(text, 0, at);
	ptrdiff_t dot = text_find_char(time, '.');

	if (dot < 0)
		dot = text_find_char(time, ',');
	if (dot >= 0)
		time.len = (size_t)dot;
	return reshape(out, time, TIMES, COUNT_OF(TIMES), style) &&
	       (!offset.len || reshape(out, offset, OFFSETS, COUNT_OF(OFFSETS), style));
}

bool vcard_date(struct arena *arena, struct text text, enum vcard_style style, struct text *to)
{
	ptrdiff_t t = text_find_char(text, 'T');
	struct text date = t < 0 ? text : text_sub(text, 0, (size_t)t);
	struct buf out;

	buf_init(&out, arena);
	if ((date.len || t < 0) && !reshape(&out, date, DATES, COUNT_OF(DATES), style))
		return false;
	if (t >= 0) {
		buf_char(&out, 'T');
		if (!add_time(&out, text_from(text, (size_t)t + 1), style))
			return false;
	}
	*to = buf_text(&out);
	return true;
}

bool vcard_time(struct arena *arena, struct text text, enum vcard_style style, struct text *to)
{
	struct buf out;

	buf_init(&out, arena);
	if (!add_time(&out, text, style))
		return false;
	*to = buf_text(&out);
	return true;
}

bool vcard_offset(struct arena *arena, struct text text, enum vcard_style style, struct text *to)
{
	struct buf out;

	buf_init(&out, arena);
	if (!reshape(&out, text, OFFSETS, COUNT_OF(OFFSETS), style))
		return false;
	*to = buf_text(&out);
	return true;
}
