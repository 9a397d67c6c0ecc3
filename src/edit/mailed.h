/* mailed.h - what becomes of a mail, written where people look: on its note, and where it could not
 * be sent on its author's home page.
 * Memory: in work->arena. Threads: deciding on a reader thread. */
#ifndef KONTOR_EDIT_MAILED_H
#define KONTOR_EDIT_MAILED_H

#include "edit/edit.h"
#include "store/outbox.h"

/* Takes the next mail whose time has come; claim->found says whether there was one. */
struct plan *edit_mail_claim(struct work *work, struct outbox_claim *claim);
/* The mail as it is now, and what follows from that. A note that is not there any more is left out.
 * NULL with work->err set. The plan is stale when somebody else has the mail, or changed the note
 * meanwhile: then decide again. */
struct plan *edit_mailed(struct work *work, const struct outbox_change *change);
/* The change alone, for when its note makes difficulties. */
struct plan *edit_mailed_only(struct work *work, const struct outbox_change *change);

#endif
