/* mime.h - media types of files, and what a browser may do with them.
 * Memory: constant, or in the arena given. Threads: pure. */
#ifndef KONTOR_WIRE_MIME_H
#define KONTOR_WIRE_MIME_H

#include "base/arena.h"

/* By the ending of a file name; "application/octet-stream" for what we do not know. */
struct text mime_of(struct text name);
/* A browser may show it in our origin: pictures, sound, film, PDF, plain text. Nothing that can run
 * a script (HTML, SVG, XML), whatever its sender called it. `type` may have parameters. */
bool mime_is_inline(struct text type);
/* Text, XML, JSON: worth compressing. */
bool mime_compresses(struct text type);
/* Content-Disposition (RFC 6266) for a file of that name and type: inline or attachment, with an
 * ASCII name for old readers and the UTF-8 one for all others. */
struct text mime_disposition(struct arena *arena, struct text type, struct text name);

#endif
