/* html_out.h - the few plain pages that the server writes itself: a heading, links, rows. No
 * script, no style but the browser's own with a readable width; works in light and dark. Memory: in
 * the arena given. Threads: as the arena. */
#ifndef KONTOR_WIRE_HTML_OUT_H
#define KONTOR_WIRE_HTML_OUT_H

#include "base/str.h"

struct html;
struct html *html_new(struct arena *arena, const char *title, struct text path);
/* All texts are escaped; hrefs are expected percent-encoded. */
void html_link(struct html *page, struct text href, struct text words);
/* A row of the listing; size -1 and time 0 are left out. */
void html_row(struct html *page, struct text href, struct text name, int64_t size, int64_t time);
void html_note(struct html *page, struct text words);
struct text html_end(struct html *page);

#endif
