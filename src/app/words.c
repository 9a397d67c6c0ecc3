#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "app/words.h"

enum { PASSWORD_MAX = 1024 };

static bool password_check(struct text password, struct err *err)
{
	if (!password.len)
		return err_set(err, ERR_BAD_REQUEST, "the password is empty");
	if (password.len > PASSWORD_MAX || text_find_char(password, '\0') >= 0 ||
	        !text_is_utf8(password))
		return err_set(err, ERR_BAD_REQUEST,
		        "a password is UTF-8, at most 1024 bytes, without NUL");
	return true;
}

static struct text read_line(struct arena *arena, FILE *from)
{
	struct buf line;
	int c;

	buf_init(&line, arena);
	while ((c = getc(from)) != EOF && c != '\n' && line.len <= PASSWORD_MAX + 1)
		buf_char(&line, (char)c);
	if (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	return buf_text(&line);
}

bool words_password_stdin(struct arena *arena, struct text *password, struct err *err)
{
	*password = read_line(arena, stdin);
	return password_check(*password, err);
}

static struct text ask_once(struct arena *arena, FILE *tty, const char *prompt)
{
	struct text line;

	fputs(prompt, tty);
	fflush(tty);
	line = read_line(arena, tty);
	fputc('\n', tty);
	return line;
}

bool words_password_ask(struct arena *arena, struct text *password, struct err *err)
{
	FILE *tty = fopen("/dev/tty", "r+");
	struct termios before, quiet;
	struct text again;

	if (!tty || tcgetattr(fileno(tty), &before)) {
		if (tty)
			fclose(tty);
		return err_set(err, ERR_BAD_REQUEST,
		        "there is no terminal to ask for the password: use --password-stdin");
	}
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(fileno(tty), TCSAFLUSH, &quiet);
	*password = ask_once(arena, tty, "Password: ");
	again = ask_once(arena, tty, "Once more: ");
	tcsetattr(fileno(tty), TCSAFLUSH, &before);
	fclose(tty);
	if (!text_eq(*password, again))
		return err_set(err, ERR_BAD_REQUEST, "the two are not the same");
	return password_check(*password, err);
}

bool words_file(struct arena *arena, const char *path, struct text *bytes, struct err *err)
{
	int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
	struct buf all;
	ssize_t got = -1;

	buf_init(&all, arena);
	while (fd >= 0 && all.len <= FILE_MAX) {
		char *to = buf_reserve(&all, 65536);

		got = read(fd, to, 65536);
		if (got <= 0)
			break;
		all.len += (size_t)got;
	}
	if (fd < 0 || got < 0)
		err_set(err, ERR_BAD_REQUEST, "%s cannot be read: %s", path, strerror(errno));
	else if (got > 0)
		err_set(err, ERR_TOO_LARGE, "%s is larger than 1 GiB", path);
	if (fd > STDIN_FILENO)
		close(fd);
	*bytes = buf_text(&all);
	return !err_is_set(err);
}

bool words_size(struct text word, int64_t *bytes)
{
	static const char UNITS[] = "KMGT";
	const char *unit = word.len ? strchr(UNITS, word.ptr[word.len - 1]) : NULL;
	int shift = unit && *unit ? 10 * (int)(unit - UNITS + 1) : 0;

	if (shift)
		word.len--;
	if (!text_to_int(word, bytes) || *bytes < 0 || *bytes > INT64_MAX >> shift)
		return false;
	*bytes <<= shift;
	return true;
}

bool words_directory(struct arena *arena, const char *path, struct err *err)
{
	char *copy = arena_cstr(arena, text_of(path));

	for (char *slash = copy; *slash; slash++) {
		if (*slash != '/' || slash == copy)
			continue;
		*slash = '\0';
		if (mkdir(copy, 0755) && errno != EEXIST)
			break;
		*slash = '/';
	}
	if (!mkdir(path, 0700) || errno == EEXIST)
		return true;
	return err_set(err, ERR_UNAVAILABLE, "%s cannot be made: %s", path, strerror(errno));
}
