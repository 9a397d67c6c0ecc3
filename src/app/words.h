/* words.h - what commands take from outside: passwords, whole files, option values.
 *
 * Memory: in the arena. Threads: the main thread. */
#ifndef KONTOR_APP_WORDS_H
#define KONTOR_APP_WORDS_H

#include "base/err.h"
#include "base/str.h"

enum { FILE_MAX = 1 << 30 };

/* The first line of standard input, without its line end. */
bool words_password_stdin(struct arena *arena, struct text *password, struct err *err) must_check;
/* Asked for twice on the terminal, not shown. */
bool words_password_ask(struct arena *arena, struct text *password, struct err *err) must_check;
/* All of a file; "-" is standard input. */
bool words_file(
        struct arena *arena, const char *path, struct text *bytes, struct err *err) must_check;
/* Makes a directory with all above it, as mkdir -p does; only the owner may look into it. */
bool words_directory(struct arena *arena, const char *path, struct err *err) must_check;
/* "100M", "2G", "1000": bytes. */
bool words_size(struct text word, int64_t *bytes) must_check;

#endif
