/* log_gather.h - where finished lines go: straight to standard error, or gathered for a moment
 * first. For log.c; what others call is in log.h (log_gather_start, log_gather_stop).
 * Memory:  one buffer, for ever.
 * Threads: any. */
#ifndef KONTOR_BASE_LOG_GATHER_H
#define KONTOR_BASE_LOG_GATHER_H

#include "base/base.h"

/* Whole lines, newline included. `at_once`: now, with all that was gathered before, in order. */
void log_out(struct text lines, bool at_once);

#endif
