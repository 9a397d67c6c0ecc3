/* str.h - reading slices and building strings.
 *
 * Memory:  reading functions point into their argument; a buf grows in the arena it was given.
 * Threads: pure. */
#ifndef KONTOR_BASE_STR_H
#define KONTOR_BASE_STR_H

#include "base/arena.h"

/* ---- reading ---- */
struct text text_of(const char *cstr); /* NULL gives TEXT_NONE */
bool text_eq(struct text a, struct text b);
/* ASCII letters compared without case, everything else exactly. */
bool text_eq_nocase(struct text a, struct text b);
/* Order by bytes: <0, 0, >0. */
int text_cmp(struct text a, struct text b);
bool text_starts(struct text text, struct text prefix);
bool text_starts_nocase(struct text text, struct text prefix);
bool text_ends(struct text text, struct text suffix);
/* Position of the first `c` or `needle`, or -1. */
ptrdiff_t text_find_char(struct text text, char c);
ptrdiff_t text_find(struct text text, struct text needle);
/* From `start` (clamped) to the end; `len` bytes from `start` (clamped). */
struct text text_from(struct text text, size_t start);
struct text text_sub(struct text text, size_t start, size_t len);
/* Without spaces, tabs, CR and LF at both ends. */
struct text text_trim(struct text text);
/* Takes the piece before the next `separator` off the front of *rest and returns true; false when
 * *rest is used up (absent). "a,,b" gives "a", "", "b"; "" gives one empty piece. */
bool text_split(struct text *rest, char separator, struct text *piece);
/* Whole decimal number, optional sign, nothing around it; false on anything else or overflow. */
bool text_to_int(struct text text, int64_t *value) must_check;
/* Valid UTF-8 (RFC 3629): no surrogates, no overlong forms, at most U+10FFFF. */
bool text_is_utf8(struct text text);
/* No control below U+0020 but TAB, LF, CR; no DEL; no U+FFFE, U+FFFF: what XML 1.0 and iCalendar
 * can both carry. */
bool text_is_clean(struct text text);
bool text_is_ascii(struct text text);
/* How many code points, if it is UTF-8. */
size_t text_chars(struct text text);
/* ASCII, and clean: says both with one look, of most text. */
bool text_is_plain(struct text text);

/* ---- folding (utf8proc) ---- */
/* i;ascii-casemap (RFC 4790 9.2): ASCII letters to upper case. */
struct text text_ascii_casemap(struct arena *arena, struct text text);
/* i;unicode-casemap (RFC 5051): titlecase + full decomposition. Invalid input comes back as is. */
struct text text_unicode_casemap(struct arena *arena, struct text text);
/* Search key: case, accents and compatibility forms folded away, plus the letters that do not
 * decompose (l-stroke, o-slash, d-stroke, ae, oe, eszett ...). Used for search boxes and _key
 * columns, the same on every database. */
struct text text_fold(struct arena *arena, struct text text);
/* Raised whenever text_fold() may answer otherwise than before; stored, so that indexes rebuild. */
#define TEXT_FOLD_VERSION 1

/* ---- building ---- */
struct buf {
	struct arena *arena;
	char *ptr;
	size_t len;
	size_t cap;
};

void buf_init(struct buf *buf, struct arena *arena);
void buf_add(struct buf *buf, struct text text);
void buf_char(struct buf *buf, char c);
/* A number, decimal or in lower-case hexadecimal: where printf would be most of the work. */
void buf_int(struct buf *buf, int64_t number);
void buf_hex(struct buf *buf, uint64_t number);
struct text text_of_hex(struct arena *arena, uint64_t number);
void buf_printf(struct buf *buf, const char *format, ...) printf_like(2, 3);
/* Room for `len` more bytes; the caller writes there and adds to buf->len. */
char *buf_reserve(struct buf *buf, size_t len);
/* What was built, NUL behind it; valid until the next addition. Never absent. */
struct text buf_text(struct buf *buf);

#endif
