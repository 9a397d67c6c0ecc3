/* card.h - cards for unit tests: from tests/fixtures/vcard, or from lines. */
#ifndef KONTOR_TESTS_CARD_H
#define KONTOR_TESTS_CARD_H

#include "../test.h"

#include "object/vcard.h"

enum { CARD_FILE_MAX = 64 * 1024 };

UNUSED static struct text card_file(struct arena *arena, const char *name)
{
	struct text path = arena_printf(arena, KONTOR_SRCDIR "/tests/fixtures/vcard/%s", name);
	FILE *file = fopen(path.ptr, "rb");
	char *room = arena_alloc(arena, CARD_FILE_MAX);
	size_t len;

	assert_non_null(file);
	len = fread(room, 1, CARD_FILE_MAX, file);
	fclose(file);
	return (struct text){ room, len };
}

/* A card of these lines ("FN:A\nTEL:1\n"), with CRLF and everything around it. */
UNUSED static struct text card_lines(struct arena *arena, const char *version, const char *lines)
{
	struct buf out;

	buf_init(&out, arena);
	buf_printf(&out, "BEGIN:VCARD\r\nVERSION:%s\r\n", version);
	for (; *lines; lines++) {
		if (*lines == '\n')
			buf_char(&out, '\r');
		buf_char(&out, *lines);
	}
	buf_add(&out, TEXT("END:VCARD\r\n"));
	return buf_text(&out);
}

UNUSED static struct vcard *card_of(struct arena *arena, struct text body)
{
	struct err err = { 0 };
	struct vcard *card = NULL;

	if (!vcard_parse(arena, &err, body, &card))
		fail_msg("%s", err.detail);
	return card;
}

UNUSED static bool has(struct text text, const char *wanted)
{
	return text_find(text, text_of(wanted)) >= 0;
}

#endif
