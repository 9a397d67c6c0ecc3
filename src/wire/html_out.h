/* html_out.h - the few plain pages that the server writes itself: a heading, links, rows, forms. No
 * script, nothing from elsewhere; works in light and dark.
 * Memory: in the arena given. Threads: as the arena. */
#ifndef KONTOR_WIRE_HTML_OUT_H
#define KONTOR_WIRE_HTML_OUT_H

#include "base/str.h"

struct html;
/* For whoever looks at a place of the server. */
struct html *html_new(struct arena *arena, const char *title, struct text path);
/* For visitors, who know nothing of Kontor; `language` is a tag like "de". */
struct html *html_public(struct arena *arena, const char *language, struct text title);
/* All texts are escaped; hrefs are expected percent-encoded. */
void html_link(struct html *page, struct text href, struct text words);
/* A row of the listing; size -1 and time 0 are left out. */
void html_row(struct html *page, struct text href, struct text name, int64_t size, int64_t time);
void html_note(struct html *page, struct text words);
/* The same, said aloud by screen readers at once: what has to be done again. */
void html_alert(struct html *page, struct text words);
struct text html_end(struct html *page);

/* ---- a form that is sent by POST to where it came from ---- */
struct html_input {
	const char *name;  /* of the parameter */
	struct text label; /* for people */
	const char *type;  /* "text", "email", "tel"; "area": several lines; "select": one of
	                      `choices` */
	struct text value; /* what it holds now */
	const char *fill;  /* what browsers fill in by themselves (HTML's autocomplete); NULL: that
	                      is  left to them */
	bool needed;
	const struct text *choices;
	size_t choices_len;
};
void html_form(struct html *page);
void html_input(struct html *page, const struct html_input *input);
/* Not shown; as a field it says what nobody would fill in. */
void html_hidden(struct html *page, const char *name, struct text value);
void html_trap(struct html *page, const char *name);
/* A remark in small letters. */
void html_soft(struct html *page, struct text words);
/* The button, and the end of the form. */
void html_submit(struct html *page, struct text words);

#endif
