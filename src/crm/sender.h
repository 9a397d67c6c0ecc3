/* sender.h - who a stranger's mail address or telephone number belongs to.
 * Rights are not asked: this is for deciding what came in, not for showing.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_CRM_SENDER_H
#define KONTOR_CRM_SENDER_H

#include "crm/look.h"

struct sender { /* NULL where there is none; the newest where there are several */
	struct crm_known *contact, *lead, *account;
};
bool crm_sender(struct work *work, struct text address, struct sender *sender) must_check;

/* The case of that number; NULL without error: there is none. */
bool crm_case_numbered(struct work *work, int64_t number, struct crm_known **known) must_check;
/* Has this address written about it, or is it its contact's or account's? */
bool crm_case_knows(struct work *work, const struct crm_known *known, struct text address,
        bool *knows) must_check;
/* The UID of what a message becomes: the same message is the same record. Absent for no id. */
struct text crm_mail_uid(struct arena *arena, struct text message_id);
/* What a mail to a case's thread is addressed to, behind the plus: "c1042.9f86d081e8"; made of its
 * UID, which no stranger has seen. */
struct text crm_reply_token(struct arena *arena, int64_t number, struct text uid);
/* The first address of capture.support; absent: none takes cases. */
struct text crm_support_address(const struct work *work);
/* Where answers to a case are sent: that address with the token in it; absent where there is none.
 * In work->arena. */
struct text crm_reply_address(struct work *work, int64_t number, struct text uid);
/* The number in such a token; 0: it is none. Whether it is right is for crm_reply_token() to say.
 */
int64_t crm_reply_number(struct text token);

#endif
