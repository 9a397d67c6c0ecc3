/* answer.h - an answer to a case: a note of it, and where mail leaves (setting mail.smtp) the mail
 * to the customer, in one plan.
 *
 * The mail goes to whoever began the case by mail, else to its contact; or to whom the answer says,
 * among those that the case knows: who has written about it, its contact, its account and the
 * people there. Its Message-ID makes the note's UID, so that a copy that finds its way back through
 * capture is known. Memory: plans in work->arena. Threads: deciding on a reader thread. */
#ifndef KONTOR_EDIT_ANSWER_H
#define KONTOR_EDIT_ANSWER_H

#include "crm/draft.h"
#include "edit/edit.h"

enum { ANSWER_PEOPLE_MAX = 20 };

struct edit_answer {
	int64_t of; /* a case that work->who sees */
	struct text text;
	bool public;         /* else it is for colleagues */
	struct texts to, cc; /* of a public one; empty: as said above */
	enum crm_via via;
	struct text device;
};
/* NULL with work->err set: NOT_FOUND, ERR_CRM_VALUE (an address that the case does not know).
 * edit_crm_id() tells the note's id once the plan is done; its fields `mail` and `mail_reason` say
 * whether a mail goes. */
struct plan *edit_answer(struct work *work, const struct edit_answer *asked);

/* Does mail leave from here? */
bool edit_mail_leaves(const struct work *work);

#endif
