#include "base/base.h"

#include <curl/curl.h>
#include <errno.h>

#include "mail/smtp.h"

enum { REASON_MAX = 300, PASSWORD_MAX = 1024 };

struct smtp {
	CURL *curl;       /* NULL: hung up */
	bool offers_utf8; /* so the server said when it was greeted last (RFC 6531 3.1) */
	bool (*stop)(void *arg);
	void *arg;
};

/* One transfer. */
struct talk {
	struct smtp *smtp;
	struct text message;
	size_t sent;
	char verb[5]; /* of the last command; empty: none yet */
	char answer[REASON_MAX];
	bool over; /* libcurl takes its leave: that is no part of it */
	bool needs_utf8, lacks_utf8;
	char error[CURL_ERROR_SIZE];
};

void smtp_setup(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

struct smtp *smtp_new(bool (*stop)(void *arg), void *arg)
{
	struct smtp *smtp = calloc(1, sizeof(*smtp));

	assert(smtp);
	smtp->stop = stop;
	smtp->arg = arg;
	return smtp;
}

void smtp_hang_up(struct smtp *smtp)
{
	curl_easy_cleanup(smtp->curl);
	smtp->curl = NULL;
}

void smtp_free(struct smtp **smtp)
{
	if (!*smtp)
		return;
	smtp_hang_up(*smtp);
	free(*smtp);
	*smtp = NULL;
}

/* ---- what libcurl asks and tells ---- */

static size_t give_message(char *to, size_t size, size_t count, void *data)
{
	struct talk *talk = data;
	struct text piece = text_sub(talk->message, talk->sent, size * count);

	memcpy(to, piece.ptr, piece.len);
	talk->sent += piece.len;
	return piece.len;
}

/* What is offered after a greeting counts for all mails of the connection. libcurl would name an
 * address beyond ASCII to a server that has not said that it knows such: it stops before that. */
static bool learn_utf8(struct talk *talk, struct text line)
{
	if (!strcmp(talk->verb, "EHLO") && text_eq_nocase(text_from(line, 4), TEXT("SMTPUTF8")))
		talk->smtp->offers_utf8 = true;
	talk->lacks_utf8 = talk->needs_utf8 && !talk->smtp->offers_utf8 &&
	                   !strcmp(talk->verb, "MAIL") && text_starts(line, TEXT("2"));
	return !talk->lacks_utf8;
}

/* The first line of the last answer: the code, and why. */
static size_t take_answer(char *from, size_t size, size_t count, void *data)
{
	struct talk *talk = data;
	struct text line = text_trim((struct text){ from, size * count });
	bool goes_on = line.len > 4 && line.ptr[3] == '-';

	if (!talk->over && !(goes_on && !strncmp(talk->answer, line.ptr, 3)))
		snprintf(talk->answer, sizeof(talk->answer), "%.*s", TEXT_ARG(line));
	return talk->over || learn_utf8(talk, line) ? size * count : 0;
}

/* How far it has come: which command was said last, not with what. */
static int note_verb(CURL *curl, curl_infotype type, char *words, size_t len, void *data)
{
	struct talk *talk = data;

	(void)curl;
	if (type != CURLINFO_HEADER_OUT || len < 4)
		return 0;
	if (!strncmp(words, "QUIT", 4))
		talk->over = true;
	else if (!talk->over && words[0] >= 'A' && words[0] <= 'Z')
		memcpy(talk->verb, words, 4);
	if (!strcmp(talk->verb, "EHLO"))
		talk->smtp->offers_utf8 = false;
	return 0;
}

static int may_go_on(
        void *data, curl_off_t down, curl_off_t downed, curl_off_t up, curl_off_t upped)
{
	struct talk *talk = data;

	(void)down, (void)downed, (void)up, (void)upped;
	return talk->smtp->stop(talk->smtp->arg);
}

/* ---- how it is done ---- */

static void set_talk(CURL *curl, struct talk *talk)
{
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_message);
	curl_easy_setopt(curl, CURLOPT_READDATA, talk);
	curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)talk->message.len);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_answer);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, talk);
	curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, note_verb);
	curl_easy_setopt(curl, CURLOPT_DEBUGDATA, talk);
	curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, may_go_on);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, talk);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, talk->error);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
}

static void set_server(CURL *curl, const struct settings *settings)
{
	curl_easy_setopt(curl, CURLOPT_URL, settings->mail_smtp);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_USE_SSL,
	        (long)(settings->mail_starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_CAINFO, settings->mail_ca);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)settings->mail_timeout * 1000);
}

/* Read for each mail: it may have been changed. False: talk->error says why. */
static bool set_password(CURL *curl, const struct settings *settings, struct talk *talk)
{
	char password[PASSWORD_MAX];
	FILE *file;
	bool read;

	if (!settings->mail_user[0])
		return true;
	file = fopen(settings->mail_password_file, "re");
	read = file && fgets(password, sizeof(password), file);
	if (read) {
		password[strcspn(password, "\r\n")] = '\0';
		curl_easy_setopt(curl, CURLOPT_USERNAME, settings->mail_user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
		explicit_bzero(password, sizeof(password));
	} else {
		snprintf(talk->error, sizeof(talk->error), "mail.password_file cannot be read: %s",
		        file ? "empty" : strerror(errno));
	}
	if (file)
		fclose(file);
	return read;
}

/* ---- what came of it ---- */

static bool is_of_this_mail(const char *verb)
{
	return !strcmp(verb, "MAIL") || !strcmp(verb, "RCPT") || !strcmp(verb, "DATA");
}

/* 530, 534, 535, 538 (RFC 4954 6): we should have signed in, or otherwise. */
static bool wants_login(long code)
{
	return code == 530 || code == 534 || code == 535 || code == 538;
}

static enum smtp_said judge(const struct talk *talk, CURLcode result)
{
	long code = strtol(talk->answer, NULL, 10);

	if (result == CURLE_OK)
		return SMTP_TAKEN;
	if (talk->lacks_utf8)
		return SMTP_NEVER;
	if (!is_of_this_mail(talk->verb) || wants_login(code))
		return SMTP_NO_SERVER;
	return code >= 500 && code < 600 ? SMTP_NEVER : SMTP_LATER;
}

static struct text words_of(struct arena *arena, const struct talk *talk, CURLcode result)
{
	long code = strtol(talk->answer, NULL, 10);
	const char *words = talk->error[0] ? talk->error : curl_easy_strerror(result);
	struct text reason;
	char *clean;

	if (talk->lacks_utf8)
		words = "The mail server knows no addresses beyond ASCII (SMTPUTF8)";
	else if (is_of_this_mail(talk->verb) && code >= 400)
		words = talk->answer;
	else if (code >= 400)
		words = arena_printf(arena, "%s (%s)", words, talk->answer).ptr;
	reason = text_sub(text_of(words), 0, REASON_MAX);
	clean = arena_cstr(arena, reason);
	for (size_t i = 0; i < reason.len; i++)
		if (clean[i] < ' ' || clean[i] > '~')
			clean[i] = '?';
	return (struct text){ clean, reason.len };
}

static CURLcode run(CURL *curl, struct arena *arena, const struct smtp_mail *mail)
{
	struct curl_slist *to = curl_slist_append(
	        NULL, arena_printf(arena, "<%.*s>", TEXT_ARG(mail->recipient)).ptr);
	CURLcode result;

	curl_easy_setopt(
	        curl, CURLOPT_MAIL_FROM, arena_printf(arena, "<%.*s>", TEXT_ARG(mail->sender)).ptr);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	result = curl_easy_perform(curl);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(to);
	return result;
}

enum smtp_said smtp_send(struct smtp *smtp, struct arena *arena, const struct settings *settings,
        struct smtp_mail *mail)
{
	struct talk talk = { .smtp = smtp, .message = mail->message };
	CURLcode result = CURLE_LOGIN_DENIED;
	enum smtp_said said;

	talk.needs_utf8 = !text_is_ascii(mail->recipient) || !text_is_ascii(mail->sender);
	if (!smtp->curl)
		smtp->curl = curl_easy_init();
	assert(smtp->curl);
	curl_easy_reset(smtp->curl);
	set_talk(smtp->curl, &talk);
	set_server(smtp->curl, settings);
	if (set_password(smtp->curl, settings, &talk))
		result = run(smtp->curl, arena, mail);
	said = judge(&talk, result);
	mail->reason = said == SMTP_TAKEN ? TEXT_NONE : words_of(arena, &talk, result);
	/* What it points to ends here; the connection stays. */
	curl_easy_reset(smtp->curl);
	if (said != SMTP_TAKEN)
		smtp_hang_up(smtp);
	return said;
}
