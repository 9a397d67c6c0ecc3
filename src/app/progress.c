#include "base/base.h"

#include <stdio.h>
#include <unistd.h>

#include "app/progress.h"
#include "base/clock.h"

enum { WIDTH = 40, EVERY_MS = 100 };

void progress_start(struct progress *progress, const char *what)
{
	*progress = (struct progress){ .what = what, .shown = isatty(STDERR_FILENO) };
}

void progress_at(struct progress *progress, int64_t done, int64_t all)
{
	static const char FULL[] = "########################################";
	int64_t now = clock_mono_ms();

	if (!progress->shown || (done != all && now - progress->last_ms < EVERY_MS))
		return;
	progress->last_ms = now;
	if (all <= 0) {
		fprintf(stderr, "\r%s %lld", progress->what, (long long)done);
	} else {
		int filled = (int)(done * WIDTH / all);

		fprintf(stderr, "\r%s [%.*s%*s] %3d%% %lld of %lld", progress->what, filled, FULL,
		        WIDTH - filled, "", (int)(done * 100 / all), (long long)done,
		        (long long)all);
	}
	fflush(stderr);
}

void progress_end(struct progress *progress)
{
	if (progress->shown && progress->last_ms)
		fputc('\n', stderr);
}
