/* lmtp.h - mail from a mail server on this machine, by LMTP (RFC 2033): LHLO, MAIL, RCPT, DATA,
 * RSET, NOOP, VRFY, QUIT; 8BITMIME, SMTPUTF8, SIZE, PIPELINING, ENHANCEDSTATUSCODES.
 *
 * A recipient nobody here wants mail for is refused at RCPT (550), so that the mail server tells
 * the sender. A mail is answered 250 once it is committed, 451 where it may work later, 554 where
 * it cannot. Few connections at a time, each with a thread of its own; who says nothing for five
 * minutes is cut off (RFC 5321 4.5.3.2).
 * Memory: long-lived. Threads: start and stop from one thread. */
#ifndef KONTOR_CAPTURE_LMTP_H
#define KONTOR_CAPTURE_LMTP_H

#include "base/work.h"

struct lmtp;
/* `fd`: a listening socket, which it then owns. */
struct lmtp *lmtp_start(struct house *house, int fd);
/* Takes no new connection; those that are in the middle of a mail end it, within some seconds.
 * NULL is fine. */
void lmtp_stop(struct lmtp **lmtp);

#endif
