/* progress.h - how far a long command has come: a bar on a terminal, nothing elsewhere.
 * Memory: the caller's. Threads: one. */
#ifndef KONTOR_APP_PROGRESS_H
#define KONTOR_APP_PROGRESS_H

#include "base/base.h"

struct progress {
	const char *what;
	bool shown;
	int64_t last_ms;
};

void progress_start(struct progress *progress, const char *what);
/* `all` 0: not known. Draws at most ten times a second. */
void progress_at(struct progress *progress, int64_t done, int64_t all);
void progress_end(struct progress *progress);

#endif
