/* clean.c - texts without control characters. */
#include "base/base.h"
#include "base/str.h"
#include "crm/clean.h"

static bool is_control(char byte)
{
	return (unsigned char)byte < ' ' || byte == 0x7F;
}

struct text crm_clean_line(struct arena *arena, struct text text)
{
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < text.len; i++)
		buf_char(&out, is_control(text.ptr[i]) ? ' ' : text.ptr[i]);
	return text_trim(buf_text(&out));
}

struct text crm_clean_lines(struct arena *arena, struct text text)
{
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < text.len; i++) {
		char byte = text.ptr[i];

		if (byte == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n')
			continue;
		if (byte == '\r')
			byte = '\n';
		buf_char(&out, is_control(byte) && byte != '\n' && byte != '\t' ? ' ' : byte);
	}
	return text_trim(buf_text(&out));
}
