/* capture.h - what strangers sent, decided: which record it becomes or belongs to.
 *
 * A mail to a support address is a case, or a note in the thread of one: by the reply address
 * (crm/sender.h), or by the number in the subject where the sender is known to the case; what a
 * machine sends joins the case of the mail that it refers to. Any other is a note of whoever is
 * known by that address, else a lead. The same Message-ID again changes nothing. Automatic answers
 * begin nothing. New leads and cases are assigned by rule.
 * Memory: plans in work->arena; work->who is NULL: the house acts. Threads: deciding on a reader
 * thread. */
#ifndef KONTOR_EDIT_CAPTURE_H
#define KONTOR_EDIT_CAPTURE_H

#include "crm/draft.h"
#include "edit/edit.h"

struct captured {
	struct text name, address; /* of the sender; the name may be absent */
	const struct text *to;     /* bare addresses it was sent to */
	size_t to_len;
	struct text subject, text;
	struct text message_id;        /* absent: none */
	const struct text *references; /* ids of the mails before it */
	size_t references_len;
	int64_t date;          /* when it was sent; 0: now */
	bool reply, automatic; /* as in capture/mail.h */
};

enum capture_did { CAPTURE_NOTHING, CAPTURE_KNOWN, CAPTURE_NOTE, CAPTURE_CASE, CAPTURE_LEAD };
/* For logs: "nothing" ... */
const char *capture_did_name(enum capture_did did);

/* The plan; NULL with work->err not set where there is nothing to do (*did says why). */
struct plan *edit_capture_mail(
        struct work *work, const struct captured *mail, enum capture_did *did);
/* Somebody filled in the form of that row. `values`: only fields that the form asks for. */
struct plan *edit_capture_form(
        struct work *work, int64_t form, const json_t *values, enum capture_did *did);
/* Does anything here want mail to this address? */
bool edit_captures(struct work *work, struct text address);

#endif
