/* clean.h - texts as the CRM keeps them, whoever sent them: what neither a card, a calendar object
 * nor a table of CSV can hold is gone.
 * Memory: in the arena. Threads: pure functions. */
#ifndef KONTOR_CRM_CLEAN_H
#define KONTOR_CRM_CLEAN_H

#include "base/arena.h"

/* One line: control characters (line ends too) become spaces; trimmed. */
struct text crm_clean_line(struct arena *arena, struct text text);
/* Several lines: CR and CR LF become LF, other control characters but the tab spaces; trimmed. */
struct text crm_clean_lines(struct arena *arena, struct text text);

#endif
