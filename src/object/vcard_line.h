/* vcard_line.h - the lines of a vCard, before anything is understood (RFC 6350 3.2, 3.3).
 *
 * Shared by the parser and by those who walk over bodies without parsing them.
 * Memory: slices of the text given, or of the arena where a line had to be unfolded.
 * Threads: pure. */
#ifndef KONTOR_OBJECT_VCARD_LINE_H
#define KONTOR_OBJECT_VCARD_LINE_H

#include "base/str.h"

struct vcard_line {
	struct text all;  /* every physical line of it, with line ends */
	struct text text; /* without the last line end; folds still inside */
	bool folded;
};

/* Takes one logical line off the front of *rest; false when nothing is left. */
bool vcard_line_next(struct text *rest, struct vcard_line *line);
/* The line in one piece; not copied if it is not folded. */
struct text vcard_line_unfold(struct arena *arena, const struct vcard_line *line);
/* The same into a buf that is used again and again. */
struct text vcard_line_unfold_into(struct buf *buf, const struct vcard_line *line);

struct vcard_parts {
	struct text group; /* absent: none */
	struct text name;
	struct text params; /* without the semicolon before them; may be empty */
	struct text value;
};

/* Takes an unfolded line apart; false if it is no property. */
bool vcard_line_parts(struct text line, struct vcard_parts *parts);
/* The name, without group, of a line not unfolded yet; empty if the name itself is folded. */
struct text vcard_line_name(const struct vcard_line *line);
/* Is it a line like BEGIN:VCARD? `name` in upper case. */
bool vcard_line_is(const struct vcard_line *line, const char *name);
/* Position of the first `stop` that is not inside a quoted parameter value; the length if there is
 * none, or if a quote is never closed. A quote opens only where a value begins. */
size_t vcard_skip_quoted(struct text text, char stop);

/* Adds a line, folded at 75 octets without the line end (RFC 6350 3.2), never inside a character.
 */
void vcard_line_fold(struct buf *out, struct text line, struct text eol);

#endif
