/* mail.h - a mail as it came in (RFC 5322, MIME), reduced to what the CRM keeps of it.
 *
 * Everything is text from strangers: UTF-8 is made of it, controls are taken out, lengths are
 * bounded. Memory: in the arena. Threads: pure, once mail_setup() was called. */
#ifndef KONTOR_CAPTURE_MAIL_H
#define KONTOR_CAPTURE_MAIL_H

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

enum { MAIL_TEXT_MAX = 50000, MAIL_LINE_MAX = 400, MAIL_PEOPLE_MAX = 100 };

VEC_OF(mail_texts, struct text);

struct mail {
	struct text name;     /* of From; absent: none was given */
	struct text address;  /* of From, bare; absent: none that reads as one */
	struct mail_texts to; /* bare addresses of To, Cc, Delivered-To, X-Original-To */
	struct text subject;
	struct text message_id;       /* without <>; absent: none */
	struct mail_texts references; /* of References and In-Reply-To, without <> */
	struct text text; /* the plain text, or what the HTML says; quotations at the end cut off */
	int64_t date;     /* 0: none that reads as one */
	bool reply;       /* an automatic answer (RFC 3834): out of office, delivery report */
	bool automatic;   /* sent by a machine at all: mailing lists, alerts, answers */
};

/* Once, before there are threads. */
void mail_setup(void);
/* False with ERR_BAD_REQUEST: no message can be made of it, or nobody sent it. */
bool mail_read(
        struct arena *arena, struct err *err, struct text bytes, struct mail *mail) must_check;
/* What a person reads of a piece of HTML; for tests. */
struct text mail_html_text(struct arena *arena, struct text html);

#endif
