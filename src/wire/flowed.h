/* flowed.h - text/plain; format=flowed (RFC 3676): paragraphs broken into short lines that readers
 * may put together again, for a screen of any width, and quotations that know their depth.
 *
 * Text that people write has a paragraph on each line; lines that begin with ">" quote.
 * Memory: in the arena. Threads: pure. */
#ifndef KONTOR_WIRE_FLOWED_H
#define KONTOR_WIRE_FLOWED_H

#include "base/str.h"

/* Lines ending in CR LF, of at most 72 letters where there are spaces to break at. Blanks at the
 * ends of lines are left out, but for that of the line "-- ". */
struct text flowed_write(struct arena *arena, struct text text);
/* The paragraphs, ending in LF. `delsp`: the parameter DelSp=yes. */
struct text flowed_read(struct arena *arena, struct text flowed, bool delsp);

#endif
