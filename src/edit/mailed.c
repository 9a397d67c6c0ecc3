#include "base/base.h"
#include "crm/draft_impl.h"
#include "crm/row.h"
#include "edit/crm.h"
#include "edit/gate.h"
#include "edit/mailed.h"

/* Kind of the request on the home page. */
#define MAIL "mail"

struct plan *edit_mail_claim(struct work *work, struct outbox_claim *claim)
{
	struct outcome *outcome;
	struct plan *plan = gate_plan(work, &outcome);

	plan_outbox_claim(plan, claim);
	return plan;
}

static struct text word_of(int64_t state)
{
	if (state == OUTBOX_QUEUED)
		return TEXT("queued");
	return state == OUTBOX_SENT ? TEXT("sent") : TEXT("failed");
}

static void tell_author(
        struct plan *plan, const struct outbox_mail *mail, const struct crm_draft *note)
{
	int64_t *about = arena_make(plan_arena(plan), int64_t);

	*about = draft_int(note, "parent") ? draft_int(note, "parent") : mail->record;
	if (mail->state == OUTBOX_QUEUED || mail->state == OUTBOX_SENT)
		plan_row_answer(plan, *about, TEXT(MAIL));
	else if (mail->author)
		plan_row_ask(plan, &(struct crm_row_ask){ .record = about,
		                           .who = mail->author,
		                           .kind = MAIL,
		                           .words = mail->reason });
}

static bool write_note(struct work *work, struct plan *plan, const struct outbox_mail *mail)
{
	struct crm_draft *note;
	struct record *record;

	if (!record_get(work, mail->record, &record))
		return false;
	if (!record || record->kind != crm_kind_of(CRM_NOTE))
		return true;
	if (!crm_draft_load(work, record, &note))
		return false;
	note->via = VIA_MAIL;
	note->device = TEXT("mail");
	draft_put_text(note, "mail", word_of(mail->state));
	draft_put_text(note, "mail_reason", mail->reason);
	if (!crm_draft_changed(note))
		return true;
	tell_author(plan, mail, note);
	return crm_draft_settle(work, note) && edit_crm_add(work, plan, note);
}

struct plan *edit_mailed_only(struct work *work, const struct outbox_change *change)
{
	struct outcome *outcome;
	struct plan *plan = gate_plan(work, &outcome);

	plan_outbox_change(plan, change);
	return plan;
}

struct plan *edit_mailed(struct work *work, const struct outbox_change *change)
{
	struct plan *plan = edit_mailed_only(work, change);

	return write_note(work, plan, &change->mail) ? plan : NULL;
}
