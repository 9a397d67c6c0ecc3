#include "base/base.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/settings.h"
#include "base/thread.h"
#include "capture/mail_in.h"
#include "capture/lmtp.h"
#include "store/house.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	TALKS_MAX = 8,
	RECIPIENTS_MAX = 100,
	LINE_BYTES = 4096,
	READ_BYTES = 65536,
	SILENCE_MS = 300000,
	STOP_POLL_MS = 250,
	STOP_GRACE_MS = 5000,
	LOCK_RANK = 10
};

struct lmtp {
	struct house *house;
	int fd;
	pthread_t thread;
	struct lock lock;
	pthread_cond_t ended;
	int talks;
	bool stopping;
};

/* One connection. */
struct talk {
	struct lmtp *lmtp;
	int fd;
	struct arena *arena; /* of the mail under way */
	bool greeted, has_sender, over;
	bool from_nobody; /* the sender is <> */
	VEC(struct text) recipients;
	char buffer[READ_BYTES];
	size_t from, to; /* what of the buffer is not read yet */
};

static bool is_stopping(struct lmtp *lmtp)
{
	bool stopping;

	lock_take(&lmtp->lock);
	stopping = lmtp->stopping;
	lock_give(&lmtp->lock);
	return stopping;
}

/* ---- the socket ---- */

static bool wait_for(struct talk *talk, short what, bool may_stop)
{
	int64_t until = clock_mono_ms() + SILENCE_MS;

	while (clock_mono_ms() < until) {
		struct pollfd ready = { .fd = talk->fd, .events = what };
		int n = poll(&ready, 1, STOP_POLL_MS);

		if (n > 0)
			return true;
		if (n < 0 && errno != EINTR)
			return false;
		if (may_stop && is_stopping(talk->lmtp))
			return false;
	}
	return false;
}

static void say(struct talk *talk, const char *words)
{
	size_t len = strlen(words), sent = 0;

	while (sent < len && !talk->over) {
		ssize_t n = send(talk->fd, words + sent, len - sent, MSG_NOSIGNAL);

		if (n > 0)
			sent += (size_t)n;
		else if (n < 0 && errno == EAGAIN && wait_for(talk, POLLOUT, false))
			continue;
		else if (n < 0 && errno != EINTR)
			talk->over = true;
	}
}

/* More into the buffer; false when the other side is gone, or silent for too long. */
static bool more(struct talk *talk, bool may_stop)
{
	ssize_t n;

	if (talk->from == talk->to)
		talk->from = talk->to = 0;
	if (talk->from && talk->to == sizeof(talk->buffer)) {
		memmove(talk->buffer, talk->buffer + talk->from, talk->to - talk->from);
		talk->to -= talk->from;
		talk->from = 0;
	}
	if (talk->to == sizeof(talk->buffer) || !wait_for(talk, POLLIN, may_stop))
		return false;
	do
		n = recv(talk->fd, talk->buffer + talk->to, sizeof(talk->buffer) - talk->to, 0);
	while (n < 0 && errno == EINTR);
	if (n > 0)
		talk->to += (size_t)n;
	return n > 0;
}

static bool next_byte(struct talk *talk, bool may_stop, char *c)
{
	if (talk->from == talk->to && !more(talk, may_stop))
		return false;
	*c = talk->buffer[talk->from++];
	return true;
}

/* A line without its end; too long a one is cut at LINE_BYTES and the rest is thrown away. */
static bool read_line(struct talk *talk, char line[LINE_BYTES], bool may_stop)
{
	size_t len = 0;
	char c;

	while (next_byte(talk, may_stop, &c)) {
		if (c == '\n') {
			len -= len && line[len - 1] == '\r';
			line[len] = '\0';
			return true;
		}
		if (len < LINE_BYTES - 1)
			line[len++] = c;
	}
	return false;
}

/* ---- the mail under way ---- */

static void forget(struct talk *talk)
{
	arena_free(&talk->arena);
	talk->arena = arena_new();
	talk->recipients.at = NULL;
	talk->recipients.len = talk->recipients.cap = 0;
	talk->has_sender = false;
}

static struct work work_of(struct talk *talk, struct arena *arena)
{
	return (struct work){ .arena = arena, .house = talk->lmtp->house, .now = clock_now() };
}

/* "FROM:<ann@example.com> SIZE=9": the address, and what follows it. */
static bool path_in(struct text words, const char *keyword, struct text *path, struct text *rest)
{
	ptrdiff_t close;

	if (!text_starts_nocase(words, text_of(keyword)))
		return false;
	words = text_trim(text_from(words, strlen(keyword)));
	close = text_find_char(words, '>');
	if (!text_starts(words, TEXT("<")) || close < 0)
		return false;
	*path = text_sub(words, 1, (size_t)close - 1);
	*rest = text_trim(text_from(words, (size_t)close + 1));
	return true;
}

static void on_mail(struct talk *talk, struct text words)
{
	struct text path, rest, parameter;
	int64_t size;

	if (!talk->greeted) {
		say(talk, "503 5.5.1 LHLO first\r\n");
		return;
	}
	if (!path_in(words, "FROM:", &path, &rest)) {
		say(talk, "501 5.5.4 MAIL FROM and an address in angle brackets\r\n");
		return;
	}
	while (text_split(&rest, ' ', &parameter))
		if (text_starts_nocase(parameter, TEXT("SIZE=")) &&
		        text_to_int(text_from(parameter, 5), &size) &&
		        size > house_settings(talk->lmtp->house)->capture_max_mail) {
			say(talk, "552 5.3.4 This mail is too large\r\n");
			return;
		}
	forget(talk);
	talk->has_sender = true;
	talk->from_nobody = !path.len;
	say(talk, "250 2.1.0 Ok\r\n");
}

static void on_rcpt(struct talk *talk, struct text words)
{
	struct work work = work_of(talk, talk->arena);
	struct text path, rest;

	if (!talk->has_sender) {
		say(talk, "503 5.5.1 MAIL first\r\n");
	} else if (!path_in(words, "TO:", &path, &rest) || !text_is_utf8(path)) {
		say(talk, "501 5.5.4 RCPT TO and an address in angle brackets\r\n");
	} else if (talk->recipients.len == RECIPIENTS_MAX) {
		say(talk, "452 4.5.3 Too many recipients\r\n");
	} else if (!edit_captures(&work, path)) {
		say(talk, "550 5.1.1 Nobody here takes mail for this address\r\n");
	} else {
		*vec_push(talk->arena, &talk->recipients) = arena_text(talk->arena, path);
		say(talk, "250 2.1.5 Ok\r\n");
	}
}

/* Up to the line with a dot, dots at the beginning of lines taken off (RFC 5321 4.5.2). A mail that
 * is too large is read to its end all the same. */
static bool read_mail(struct talk *talk, struct buf *mail, bool *too_large)
{
	int64_t max = house_settings(talk->lmtp->house)->capture_max_mail;
	char line[LINE_BYTES];

	*too_large = false;
	while (read_line(talk, line, false)) {
		struct text text = text_of(line);

		if (text_eq(text, TEXT(".")))
			return true;
		if (text_starts(text, TEXT(".")))
			text = text_from(text, 1);
		*too_large |= (int64_t)(mail->len + text.len) > max;
		if (*too_large)
			continue;
		buf_add(mail, text);
		buf_char(mail, '\n');
	}
	return false;
}

/* RFC 2033 4.2: an answer for each recipient. */
static void answer_all(struct talk *talk, const char *words)
{
	for (size_t i = 0; i < talk->recipients.len; i++)
		say(talk, words);
}

static void deliver(struct talk *talk, struct text mail)
{
	struct mail_envelope envelope = { talk->recipients.at, talk->recipients.len,
		talk->from_nobody };
	struct work work = work_of(talk, talk->arena);
	enum capture_did did;

	if (mail_in(&work, mail, &envelope, &did))
		answer_all(talk, "250 2.0.0 Ok\r\n");
	else if (work.err.id == ERR_BAD_REQUEST || work.err.id == ERR_CRM_VALUE)
		answer_all(talk, "554 5.6.0 This mail cannot be taken\r\n");
	else
		answer_all(talk, "451 4.3.0 Please try again later\r\n");
	work_step_end(&work);
}

static void on_data(struct talk *talk)
{
	struct buf mail;
	bool too_large;

	if (!talk->recipients.len) {
		say(talk, "503 5.5.1 RCPT first\r\n");
		return;
	}
	say(talk, "354 End with a dot\r\n");
	buf_init(&mail, talk->arena);
	if (!read_mail(talk, &mail, &too_large))
		talk->over = true;
	else if (too_large)
		answer_all(talk, "552 5.3.4 This mail is too large\r\n");
	else
		deliver(talk, buf_text(&mail));
	forget(talk);
}

static void on_lhlo(struct talk *talk)
{
	char words[200];

	forget(talk);
	talk->greeted = true;
	snprintf(words, sizeof(words),
	        "250-kontor\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
	        "250-ENHANCEDSTATUSCODES\r\n250 SIZE %lld\r\n",
	        (long long)house_settings(talk->lmtp->house)->capture_max_mail);
	say(talk, words);
}

static void obey(struct talk *talk, struct text line)
{
	ptrdiff_t space = text_find_char(line, ' ');
	struct text verb = space < 0 ? line : text_sub(line, 0, (size_t)space);
	struct text words = space < 0 ? TEXT("") : text_trim(text_from(line, (size_t)space));

	if (text_eq_nocase(verb, TEXT("LHLO"))) {
		on_lhlo(talk);
	} else if (text_eq_nocase(verb, TEXT("MAIL"))) {
		on_mail(talk, words);
	} else if (text_eq_nocase(verb, TEXT("RCPT"))) {
		on_rcpt(talk, words);
	} else if (text_eq_nocase(verb, TEXT("DATA"))) {
		on_data(talk);
	} else if (text_eq_nocase(verb, TEXT("RSET"))) {
		forget(talk);
		say(talk, "250 2.0.0 Ok\r\n");
	} else if (text_eq_nocase(verb, TEXT("NOOP"))) {
		say(talk, "250 2.0.0 Ok\r\n");
	} else if (text_eq_nocase(verb, TEXT("VRFY"))) {
		say(talk, "252 2.1.5 Send it and see\r\n");
	} else if (text_eq_nocase(verb, TEXT("QUIT"))) {
		say(talk, "221 2.0.0 Bye\r\n");
		talk->over = true;
	} else {
		say(talk, "500 5.5.2 Not understood\r\n");
	}
}

static void *hold_talk(void *data)
{
	struct talk *talk = data;
	struct lmtp *lmtp = talk->lmtp;
	char line[LINE_BYTES];

	talk->arena = arena_new();
	say(talk, "220 kontor LMTP\r\n");
	while (!talk->over && read_line(talk, line, true))
		obey(talk, text_of(line));
	if (!talk->over && is_stopping(lmtp))
		say(talk, "421 4.3.2 Going down\r\n");
	arena_free(&talk->arena);
	close(talk->fd);
	free(talk);
	lock_take(&lmtp->lock);
	lmtp->talks--;
	pthread_cond_signal(&lmtp->ended);
	lock_give(&lmtp->lock);
	return NULL;
}

/* ---- listening ---- */

static bool has_room(struct lmtp *lmtp)
{
	bool room;

	lock_take(&lmtp->lock);
	room = lmtp->talks < TALKS_MAX;
	lmtp->talks += room;
	lock_give(&lmtp->lock);
	return room;
}

static void begin_talk(struct lmtp *lmtp, int fd)
{
	static const char BUSY[] = "421 4.3.2 Too many connections\r\n";
	struct talk *talk;

	if (!has_room(lmtp)) {
		if (send(fd, BUSY, sizeof(BUSY) - 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
			log_debug("lmtp_busy", "errno=%d", errno);
		close(fd);
		return;
	}
	talk = calloc(1, sizeof(*talk));
	assert(talk);
	*talk = (struct talk){ .lmtp = lmtp, .fd = fd };
	pthread_detach(thread_start("lmtp-talk", hold_talk, talk));
}

static void *listen_on(void *data)
{
	struct lmtp *lmtp = data;

	while (!is_stopping(lmtp)) {
		struct pollfd ready = { .fd = lmtp->fd, .events = POLLIN };
		int fd;

		if (poll(&ready, 1, STOP_POLL_MS) <= 0)
			continue;
		fd = accept4(lmtp->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (fd >= 0)
			begin_talk(lmtp, fd);
	}
	return NULL;
}

struct lmtp *lmtp_start(struct house *house, int fd)
{
	struct lmtp *lmtp = calloc(1, sizeof(*lmtp));

	assert(lmtp);
	lmtp->house = house;
	lmtp->fd = fd;
	lock_init(&lmtp->lock, "lmtp", LOCK_RANK);
	pthread_cond_init(&lmtp->ended, NULL);
	lmtp->thread = thread_start("lmtp", listen_on, lmtp);
	return lmtp;
}

/* False: some did not end in time. */
static bool talks_end(struct lmtp *lmtp)
{
	int64_t until = clock_mono_ms() + STOP_GRACE_MS;
	bool ended;

	lock_take(&lmtp->lock);
	while (lmtp->talks && clock_mono_ms() < until)
		lock_wait(&lmtp->lock, &lmtp->ended, until - clock_mono_ms());
	ended = !lmtp->talks;
	lock_give(&lmtp->lock);
	return ended;
}

void lmtp_stop(struct lmtp **lmtp)
{
	struct lmtp *l = *lmtp;

	if (!l)
		return;
	*lmtp = NULL;
	lock_take(&l->lock);
	l->stopping = true;
	lock_give(&l->lock);
	pthread_join(l->thread, NULL);
	close(l->fd);
	/* One that hangs keeps its memory: the process is about to end. */
	if (talks_end(l))
		free(l);
}
