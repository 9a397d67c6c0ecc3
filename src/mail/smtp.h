/* smtp.h - one message to one recipient, by way of the mail server of the settings (RFC 5321, 3207,
 * 4954, 8314).
 *
 * An address beyond ASCII goes to a server that offers SMTPUTF8 (RFC 6531), and is refused for good
 * where none does. A connection is kept for the next one. Certificates are always checked; with
 * mail.starttls nothing is said in the clear but EHLO and STARTTLS. Memory: long-lived; answers in
 * the arena given. Threads: one; it waits for the network. */
#ifndef KONTOR_MAIL_SMTP_H
#define KONTOR_MAIL_SMTP_H

#include "base/settings.h"
#include "base/str.h"

enum smtp_said {
	SMTP_TAKEN,
	SMTP_LATER,    /* this mail, not now: 4xx, or the talk broke off */
	SMTP_NEVER,    /* this mail, for good: 5xx */
	SMTP_NO_SERVER /* no mail at all: unreachable, no TLS, a wrong certificate or password */
};

struct smtp;
/* Once, before there are threads. */
void smtp_setup(void);
/* `stop(arg)`, asked about once a second: true breaks off what is under way. */
struct smtp *smtp_new(bool (*stop)(void *arg), void *arg);
void smtp_free(struct smtp **smtp);
/* Ends the connection that was kept. */
void smtp_hang_up(struct smtp *smtp);

struct smtp_mail {
	struct text sender, recipient, message;
	struct text reason; /* written back: the server's words, or ours, of one line */
};
enum smtp_said smtp_send(struct smtp *smtp, struct arena *arena, const struct settings *settings,
        struct smtp_mail *mail);

#endif
