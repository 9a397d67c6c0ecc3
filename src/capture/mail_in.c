#include "base/base.h"
#include "base/log.h"
#include "base/settings.h"
#include "capture/mail_in.h"
#include "capture/mail.h"
#include "store/house.h"

enum { TRIES = 3 };

static bool commit(struct work *work, struct plan *plan)
{
	struct edit_result result;

	return edit_commit_wait(work, plan) &&
	       (edit_stale(plan) || edit_result(work, plan, &result));
}

static struct captured captured_of(const struct mail *mail, const struct mail_envelope *envelope)
{
	return (struct captured){
		.name = mail->name,
		.address = mail->address,
		.to = envelope->len ? envelope->recipients : mail->to.at,
		.to_len = envelope->len ? envelope->len : mail->to.len,
		.subject = mail->subject,
		.text = mail->text,
		.message_id = mail->message_id,
		.references = mail->references.at,
		.references_len = mail->references.len,
		.date = mail->date,
		.reply = mail->reply || envelope->from_nobody,
		.automatic = mail->automatic || envelope->from_nobody,
	};
}

static bool decide_and_commit(
        struct work *work, const struct captured *captured, enum capture_did *did)
{
	for (int i = 0; i < TRIES; i++) {
		struct plan *plan = edit_capture_mail(work, captured, did);

		if (!plan) {
			work_step_end(work);
			return !err_is_set(&work->err);
		}
		if (!commit(work, plan))
			return false;
		if (!edit_stale(plan))
			return true;
	}
	return err_set(&work->err, ERR_CONFLICT, "Others keep changing the same thing");
}

bool mail_in(struct work *work, struct text bytes, const struct mail_envelope *envelope,
        enum capture_did *did)
{
	struct captured captured;
	struct mail mail;

	*did = CAPTURE_NOTHING;
	if ((int64_t)bytes.len > house_settings(work->house)->capture_max_mail)
		return err_set(&work->err, ERR_BAD_REQUEST, "The mail is too large");
	if (!mail_read(work->arena, &work->err, bytes, &mail))
		return false;
	captured = captured_of(&mail, envelope);
	if (!decide_and_commit(work, &captured, did)) {
		log_warn("mail_not_captured", "why=%s", log_value(text_of(work->err.detail)));
		return false;
	}
	log_info("mail_captured", "as=%s bytes=%zu", capture_did_name(*did), bytes.len);
	return true;
}
