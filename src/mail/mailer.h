/* mailer.h - the thread that sends what waits in the outbox (store/outbox.h): one mail after the
 * other, as fast as mail.per_minute allows.
 *
 * A mail whose time has come is claimed for three times mail.timeout, handed to the mail server for
 * one recipient at a time (libcurl does not tell which of several was refused), and marked after
 * each. What could not be sent is tried again after mail.retry, then after twice as long, up to
 * mail.retry_most; after mail.give_up it is given up. What the server refuses for good is given up
 * at once. Where there is no server to talk to, the whole queue waits for mail.retry.
 *
 * Several nodes on one database share the queue, each with its own rate. Settings are read anew for
 * each mail; without mail.smtp nothing is touched.
 * Memory: long-lived. Threads: start and stop from one; the rest from any. */
#ifndef KONTOR_MAIL_MAILER_H
#define KONTOR_MAIL_MAILER_H

#include "base/str.h"
#include "store/house.h"

/* Once, before there are threads. */
void mailer_setup(void);
struct mailer *mailer_start(struct house *house);
/* What is under way gets some seconds to end, then it is broken off and waits for another sender.
 * Before the writer stops: what became of a mail must still be written. */
void mailer_stop(struct mailer **mailer);
/* The queue as it is, and what house->mailer has done since its start, in Prometheus text form. */
void mailer_metrics(struct house *house, struct buf *out);

#endif
