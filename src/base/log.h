/* log.h - one line per event on standard error: key=value, with <N> priorities under journald
 * (JOURNAL_STREAM), or one JSON object a line with log.format=json. Values are escaped: no control
 * characters, no line breaks reach the log. Never bodies, passwords, tokens, cookies.
 * Threads: any; lines do not mix: a write(2) holds whole lines. */
#ifndef KONTOR_BASE_LOG_H
#define KONTOR_BASE_LOG_H

#include "base/base.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

void log_setup(enum log_level level, bool json);
bool log_wants(enum log_level level);
/* `event` is a short fixed word (grep for it); the rest is "key=%s other=%d": the formatted values
 * must hold no space unless quoted with log_value(). */
void log_line(enum log_level level, const char *event, const char *format, ...) printf_like(3, 4);
/* The same with a message that is finished: its values are quoted by log_value(). */
void log_text(enum log_level level, const char *event, struct text message);
/* The value, quoted and escaped for a log line, in one of eight per-thread buffers of 512 bytes
 * (longer values are cut). */
const char *log_value(struct text value);

/* A server's lines of level info and debug may come by the thousand a second, and a write(2) of
 * each costs more than much of what they tell of. From log_gather_start() on such a line is written
 * at once only if none was within the last 20 ms; otherwise it waits for the end of those, with
 * what comes in between, for the next warning or error, or for 64 KiB. What kills the process
 * without log_gather_stop() takes these lines along. Both from one thread. */
void log_gather_start(void);
void log_gather_stop(void);

#define log_error(...) log_line(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warn(...)  log_line(LOG_LEVEL_WARN, __VA_ARGS__)
#define log_info(...)  log_line(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...) \
	do { \
		if (log_wants(LOG_LEVEL_DEBUG)) \
			log_line(LOG_LEVEL_DEBUG, __VA_ARGS__); \
	} while (0)

#endif
