#include "base/base.h"

#include "wire/flowed.h"

enum { WIDTH = 72 };

static const struct text SIGNATURE = TEXT_INIT("-- ");

/* A line without its end, and how many ">" it begins with. */
struct line {
	size_t depth;
	struct text words;
};

static bool next_line(struct text *rest, struct line *line)
{
	if (!rest->len || !text_split(rest, '\n', &line->words))
		return false;
	if (text_ends(line->words, TEXT("\r")))
		line->words.len--;
	for (line->depth = 0; text_starts(line->words, TEXT(">")); line->depth++)
		line->words = text_from(line->words, 1);
	return true;
}

static void add_depth(struct buf *out, size_t depth)
{
	for (size_t i = 0; i < depth; i++)
		buf_char(out, '>');
}

static struct text without_end_blanks(struct text words)
{
	while (text_ends(words, TEXT(" ")) || text_ends(words, TEXT("\r")))
		words.len--;
	return words;
}

/* ---- on its way out ---- */

/* Bytes of the first line of `words`: all of them, or up to behind a space. A line "-- " of a
 * paragraph would be taken for the one above a signature. */
static size_t fitting(struct text words, size_t width)
{
	size_t letters = 0, fits = 0;

	for (size_t i = 0; i < words.len; i++) {
		letters += ((unsigned char)words.ptr[i] & 0xC0) != 0x80;
		if (letters > width && fits)
			return fits;
		if (words.ptr[i] == ' ' && i + 1 < words.len && i > 2)
			fits = i + 1;
	}
	return words.len;
}

/* 4.4: a space is put before what readers, or mailboxes, would take for something else. */
static bool needs_space(size_t depth, struct text piece)
{
	return depth || text_starts(piece, TEXT(" ")) || text_starts(piece, TEXT(">")) ||
	       text_starts(piece, TEXT("From "));
}

static void add_paragraph(struct buf *out, struct line line)
{
	size_t room = line.depth < WIDTH / 2 ? WIDTH - line.depth - 1 : WIDTH / 2;

	do {
		struct text piece = text_sub(line.words, 0, fitting(line.words, room));

		add_depth(out, line.depth);
		if (needs_space(line.depth, piece) && piece.len)
			buf_char(out, ' ');
		buf_add(out, piece);
		buf_add(out, TEXT("\r\n"));
		line.words = text_from(line.words, piece.len);
	} while (line.words.len);
}

struct text flowed_write(struct arena *arena, struct text text)
{
	struct line line;
	struct buf out;

	buf_init(&out, arena);
	while (next_line(&text, &line)) {
		/* What people put behind a ">" is that space. */
		if (line.depth && text_starts(line.words, TEXT(" ")))
			line.words = text_from(line.words, 1);
		if (!text_eq(line.words, SIGNATURE))
			line.words = without_end_blanks(line.words);
		add_paragraph(&out, line);
	}
	return buf_text(&out);
}

/* ---- as it came ---- */

struct reading {
	struct buf out;
	bool goes_on; /* the line before ended in a space: so far it is part of a paragraph */
	size_t depth; /* of that one */
};

static void begin_paragraph(struct reading *r, const struct line *line)
{
	add_depth(&r->out, line->depth);
	if (line->depth && line->words.len)
		buf_char(&r->out, ' ');
	r->depth = line->depth;
}

static void add_line(struct reading *r, struct line line, bool delsp)
{
	bool is_signature, ends_soft;

	if (text_starts(line.words, TEXT(" ")))
		line.words = text_from(line.words, 1);
	is_signature = text_eq(line.words, SIGNATURE);
	ends_soft = !is_signature && text_ends(line.words, TEXT(" "));
	/* 4.5: a paragraph has one depth, and ends above a signature. */
	if (r->goes_on && (line.depth != r->depth || is_signature)) {
		buf_char(&r->out, '\n');
		r->goes_on = false;
	}
	if (!r->goes_on)
		begin_paragraph(r, &line);
	if (ends_soft && delsp)
		line.words.len--;
	buf_add(&r->out, line.words);
	if (!ends_soft)
		buf_char(&r->out, '\n');
	r->goes_on = ends_soft;
}

struct text flowed_read(struct arena *arena, struct text flowed, bool delsp)
{
	struct reading r = { .goes_on = false };
	struct line line;

	buf_init(&r.out, arena);
	while (next_line(&flowed, &line))
		add_line(&r, line, delsp);
	if (r.goes_on)
		buf_char(&r.out, '\n');
	return buf_text(&r.out);
}
