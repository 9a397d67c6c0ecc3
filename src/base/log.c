#include "base/log.h"

#include "base/clock.h"
#include "base/log_gather.h"
#include "base/str.h"

#include <errno.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

enum { VALUE_MAX = 512, VALUES = 8, MESSAGE_MAX = 3072, LINE_MAX_LEN = 8192 };

static const struct {
	const char *name;
	int priority; /* syslog(3) */
} LEVELS[] = {
	[LOG_LEVEL_ERROR] = { "error", 3 },
	[LOG_LEVEL_WARN] = { "warn", 4 },
	[LOG_LEVEL_INFO] = { "info", 6 },
	[LOG_LEVEL_DEBUG] = { "debug", 7 },
};

static _Atomic int threshold = LOG_LEVEL_INFO;
static _Atomic bool as_json;
static _Atomic bool journald;

/* A line under construction: what does not fit is dropped. */
struct line {
	char text[LINE_MAX_LEN];
	size_t len;
};

static void put(struct line *line, struct text text)
{
	size_t room = sizeof(line->text) - line->len;

	if (text.len > room)
		text.len = room;
	if (text.len)
		memcpy(line->text + line->len, text.ptr, text.len);
	line->len += text.len;
}

static void put_cstr(struct line *line, const char *text)
{
	put(line, text_of(text));
}

/* systemd.exec(5): JOURNAL_STREAM names the device and inode of the journal's socket; standard
 * error may have been pointed elsewhere since. */
static bool stderr_is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	unsigned long long device, inode;
	struct stat st;

	return stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 &&
	       !fstat(STDERR_FILENO, &st) && st.st_dev == device && st.st_ino == inode;
}

void log_setup(enum log_level level, bool json)
{
	threshold = (int)level;
	as_json = json;
	journald = stderr_is_journal();
}

bool log_wants(enum log_level level)
{
	return (int)level <= atomic_load_explicit(&threshold, memory_order_relaxed);
}

/* Many lines are of the same second. */
static void put_time(struct line *line)
{
	static _Thread_local char text[40];
	static _Thread_local time_t told = -1;
	time_t now = (time_t)clock_now();
	struct tm tm;

	if (now != told) {
		gmtime_r(&now, &tm);
		strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
		told = now;
	}
	put_cstr(line, text);
}

/* ---- fields of the formatted message ---- */

/* Takes one word or key="quoted value" off the front. */
static bool take_field(struct text *rest, struct text *field)
{
	bool quoted = false;
	size_t i = 0;

	while (rest->len && *rest->ptr == ' ')
		*rest = text_from(*rest, 1);
	for (; i < rest->len && (quoted || rest->ptr[i] != ' '); i++) {
		if (rest->ptr[i] == '"')
			quoted = !quoted;
		else if (quoted && rest->ptr[i] == '\\')
			i++;
	}
	*field = text_sub(*rest, 0, i);
	*rest = text_from(*rest, i);
	return field->len > 0;
}

/* RFC 8259 6, short of the exponent that nobody logs. */
static bool is_json_number(struct text text)
{
	size_t digits;
	struct text piece;

	if (text_starts(text, TEXT("-")))
		text = text_from(text, 1);
	if (text.len > 1 && text.ptr[0] == '0' && text.ptr[1] != '.')
		return false;
	for (int parts = 0; text_split(&text, '.', &piece); parts++) {
		for (digits = 0; digits < piece.len; digits++)
			if (piece.ptr[digits] < '0' || piece.ptr[digits] > '9')
				return false;
		if (!digits || parts > 1)
			return false;
	}
	return true;
}

static void put_json_value(struct line *line, struct text value)
{
	bool is_quoted = value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"';

	if (is_quoted || is_json_number(value))
		put(line, value); /* log_value() escapes as JSON does */
	else
		put_cstr(line, log_value(value));
}

static void put_json_fields(struct line *line, struct text rest)
{
	struct text field;

	while (take_field(&rest, &field)) {
		ptrdiff_t equals = text_find_char(field, '=');

		/* A field that would be cut is left out: half of it is no JSON. */
		if (sizeof(line->text) - line->len < 2 * VALUE_MAX + field.len)
			return;
		put_cstr(line, ",");
		if (equals < 0) {
			put_cstr(line, "\"note\":");
			put_json_value(line, field);
			continue;
		}
		put_cstr(line, log_value(text_sub(field, 0, (size_t)equals)));
		put_cstr(line, ":");
		put_json_value(line, text_from(field, (size_t)equals + 1));
	}
}

/* ---- lines ---- */

static void build(struct line *line, enum log_level level, const char *event, struct text message)
{
	char priority[8];

	if (as_json) {
		put_cstr(line, "{\"time\":\"");
		put_time(line);
		put_cstr(line, "\",\"level\":\"");
		put_cstr(line, LEVELS[level].name);
		put_cstr(line, "\",\"event\":");
		put_cstr(line, log_value(text_of(event)));
		put_json_fields(line, message);
		put_cstr(line, "}");
		return;
	}
	if (journald) {
		snprintf(priority, sizeof(priority), "<%d>", LEVELS[level].priority);
		put_cstr(line, priority);
	} else {
		put_time(line);
		put_cstr(line, " ");
		put_cstr(line, LEVELS[level].name);
		put_cstr(line, " ");
	}
	put_cstr(line, event);
	if (message.len)
		put_cstr(line, " ");
	put(line, message);
}

/* Whatever a caller forgot to quote must not break the line or drive a terminal. */
static void blank_controls(char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F)
			text[i] = ' ';
}

void log_line(enum log_level level, const char *event, const char *format, ...)
{
	char message[MESSAGE_MAX];
	int before = errno, len;
	va_list args;

	if (!log_wants(level))
		return;
	va_start(args, format);
	len = vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	if (len < 0)
		len = 0;
	if ((size_t)len >= sizeof(message))
		len = (int)sizeof(message) - 1;
	log_text(level, event, (struct text){ message, (size_t)len });
	errno = before;
}

void log_text(enum log_level level, const char *event, struct text message)
{
	struct line line;
	int before = errno;

	if (!log_wants(level))
		return;
	line.len = 0;
	build(&line, level, event, message);
	if (line.len == sizeof(line.text))
		line.len--;
	blank_controls(line.text, line.len);
	line.text[line.len++] = '\n';
	log_out((struct text){ line.text, line.len }, level <= LOG_LEVEL_WARN);
	errno = before;
}

/* ---- values ---- */

static bool is_plain_ascii(unsigned char c)
{
	return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

/* Length of the character at the front of `rest` if it may stand as it is; 0 if it must be escaped
 * (controls, C1 controls, line separators, broken UTF-8). */
static size_t plain_char(struct text rest)
{
	unsigned char c = (unsigned char)rest.ptr[0];
	struct text whole;

	if (c < 0x80)
		return is_plain_ascii(c);
	whole = text_sub(rest, 0, c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2);
	if (!text_is_utf8(whole) || (c == 0xC2 && (unsigned char)rest.ptr[1] < 0xA0))
		return 0;
	if (text_eq(whole, TEXT("\xE2\x80\xA8")) || text_eq(whole, TEXT("\xE2\x80\xA9")))
		return 0;
	return whole.len;
}

/* Writes the escape of what stands at the front of `rest`; the number of bytes that were read. */
static size_t escape(struct text rest, char out[8], size_t *len)
{
	unsigned char c = (unsigned char)rest.ptr[0];
	size_t read = 1;
	unsigned code = c;

	if (c == '"' || c == '\\') {
		out[0] = '\\';
		out[1] = (char)c;
		*len = 2;
		return 1;
	}
	if (c >= 0x80) {
		code = 0xFFFD;
		if (c == 0xC2 && text_is_utf8(text_sub(rest, 0, 2))) {
			code = (unsigned char)rest.ptr[1];
			read = 2;
		} else if (c == 0xE2 && text_is_utf8(text_sub(rest, 0, 3))) {
			code = 0x2000 + ((unsigned char)rest.ptr[2] & 0x3F);
			read = 3;
		}
	}
	*len = (size_t)snprintf(out, 8, "\\u%04x", code);
	return read;
}

const char *log_value(struct text value)
{
	static _Thread_local char buffers[VALUES][VALUE_MAX];
	static _Thread_local unsigned turn;
	char *start = buffers[turn++ % VALUES], *at = start;
	char *end = start + VALUE_MAX - 2; /* room for the quote and the NUL */

	*at++ = '"';
	while (value.len) {
		char piece[8];
		size_t len, read;

		if (is_plain_ascii((unsigned char)*value.ptr) && at < end) {
			*at++ = *value.ptr++;
			value.len--;
			continue;
		}
		len = read = plain_char(value);

		if (len)
			memcpy(piece, value.ptr, len);
		else
			read = escape(value, piece, &len);
		if (len > (size_t)(end - at))
			break;
		memcpy(at, piece, len);
		at += len;
		value = text_from(value, read);
	}
	*at++ = '"';
	*at = '\0';
	return start;
}
