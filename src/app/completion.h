/* completion.h - what a shell offers at the tab key, made from cmd.tbl.h. Threads: pure. */
#ifndef KONTOR_APP_COMPLETION_H
#define KONTOR_APP_COMPLETION_H

#include "base/str.h"

/* A completion script for bash. */
void completion_bash(struct buf *out);

#endif
