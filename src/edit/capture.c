#include "base/base.h"
#include "base/settings.h"
#include "crm/assign.h"
#include "crm/sender.h"
#include "edit/capture.h"
#include "edit/crm.h"
#include "edit/gate.h"
#include "store/principal.h"

enum { REOPEN_DAYS = 14, A_DAY = 86400, DESCRIPTION_MAX = 50000 };

static const char *const DID[] = { [CAPTURE_NOTHING] = "nothing",
	[CAPTURE_KNOWN] = "known",
	[CAPTURE_NOTE] = "note",
	[CAPTURE_CASE] = "case",
	[CAPTURE_LEAD] = "lead" };

const char *capture_did_name(enum capture_did did)
{
	return DID[did];
}

/* ---- addresses ---- */

/* "support+c1042.ab@example.com" is support@example.com with the token c1042.ab; addresses compare
 * without case, as everybody's do in practice. */
static struct text without_token(struct arena *arena, struct text address, struct text *token)
{
	ptrdiff_t at = text_find_char(address, '@'), plus = text_find_char(address, '+');

	*token = TEXT_NONE;
	if (plus < 0 || at < plus)
		return address;
	*token = text_sub(address, (size_t)plus + 1, (size_t)(at - plus) - 1);
	return arena_printf(arena, "%.*s%.*s", TEXT_ARG(text_sub(address, 0, (size_t)plus)),
	        TEXT_ARG(text_from(address, (size_t)at)));
}

static bool is_listed(const char *setting, struct text address)
{
	struct text rest = text_of(setting), one;

	while (text_split(&rest, ' ', &one))
		if (one.len && text_eq_nocase(one, address))
			return true;
	return false;
}

struct addressed {
	bool support, lead;
	struct text token;
};

static struct addressed look_at(struct work *work, const struct text *to, size_t len)
{
	const struct settings *settings = house_settings(work->house);
	struct addressed seen = { 0 };

	for (size_t i = 0; i < len; i++) {
		struct text token, address = without_token(work->arena, to[i], &token);
		bool support = is_listed(settings->capture_support, address);

		seen.support |= support;
		seen.lead |= is_listed(settings->capture_leads, address);
		if (support && token.len && !seen.token.len)
			seen.token = token;
	}
	return seen;
}

bool edit_captures(struct work *work, struct text address)
{
	struct addressed seen = look_at(work, &address, 1);

	return seen.support || seen.lead;
}

/* ---- drafts ---- */

static bool set(struct work *work, struct crm_draft *draft, const char *key, json_t *value)
{
	const struct crm_field *field = crm_field(draft->noun, text_of(key));

	assert(field);
	return crm_draft_set(work, draft, field, crm_json_own(work->arena, value));
}

static bool set_text(struct work *work, struct crm_draft *draft, const char *key, struct text value)
{
	return !value.len || set(work, draft, key, json_stringn(value.ptr, value.len));
}

static bool set_id(struct work *work, struct crm_draft *draft, const char *key, int64_t id)
{
	return !id || set(work, draft, key, json_integer(id));
}

static bool set_mail(struct work *work, struct crm_draft *draft, struct text address)
{
	return set(work, draft, "emails",
	        json_pack("[{s:s%, s:s}]", "value", address.ptr, address.len, "type", "work"));
}

static bool begin(struct work *work, enum crm_noun noun, const struct captured *mail,
        struct crm_draft **draft)
{
	if (!crm_draft_begin(work, noun, crm_mail_uid(work->arena, mail->message_id), draft))
		return false;
	(*draft)->via = VIA_MAIL;
	(*draft)->device = TEXT("mail");
	return true;
}

/* Whom a rule gives it to; what no rule wants waits in a queue. */
static bool assign(struct work *work, struct crm_draft *draft)
{
	struct assigner *assigner;
	struct assigned to;

	return assigner_new(work, draft->noun, &assigner) &&
	       assigner_pick(work, assigner, draft->now, &to) &&
	       set_id(work, draft, "team", to.team) && set_id(work, draft, "owner", to.owner);
}

static bool add(struct work *work, struct plan *plan, struct crm_draft *draft)
{
	return crm_draft_settle(work, draft) && edit_crm_add(work, plan, draft);
}

/* ---- notes ---- */

/* `ours`: somebody of the company wrote it, with a copy to the thread. */
static bool add_note(struct work *work, struct plan *plan, const struct captured *mail,
        int64_t parent, bool ours)
{
	struct crm_draft *note;

	return begin(work, CRM_NOTE, mail, &note) &&
	       set_text(work, note, "subject", mail->subject) &&
	       set_text(work, note, "text", mail->text) &&
	       set(work, note, "at", json_integer(mail->date ? mail->date : work->now)) &&
	       set_text(work, note, "category", TEXT("Mail")) &&
	       set_text(work, note, "direction", ours ? TEXT("out") : TEXT("in")) &&
	       set(work, note, "automatic", json_boolean(mail->automatic)) &&
	       set_text(work, note, "message_id", mail->message_id) &&
	       set_text(work, note, "sender", mail->address) &&
	       set_id(work, note, "parent", parent) && add(work, plan, note);
}

/* An answer sets a waiting case going, and opens one that was closed lately. */
static bool wake_case(struct work *work, struct plan *plan, const struct captured *mail, int64_t id)
{
	struct crm_draft *draft;
	struct record *record;
	struct text status;
	int64_t closed;

	if (mail->automatic)
		return true;
	if (!record_get(work, id, &record) || (record && !crm_draft_load(work, record, &draft)))
		return false;
	if (!record)
		return true;
	status = crm_get_text(draft->now, "status");
	closed = crm_get_int(draft->now, "closed_at");
	if (!text_eq(status, TEXT("Pending")) &&
	        (!closed || work->now - closed > REOPEN_DAYS * A_DAY))
		return true;
	draft->via = VIA_MAIL;
	draft->device = TEXT("mail");
	return set_text(work, draft, "status", TEXT("Working")) && add(work, plan, draft);
}

/* ---- threads ---- */

/* "Re: [#1042] Printer down": 1042; 0 where there is none. */
static int64_t number_in(struct text subject)
{
	ptrdiff_t open = text_find(subject, TEXT("[#"));
	struct text rest = open < 0 ? TEXT_NONE : text_from(subject, (size_t)open + 2);
	ptrdiff_t close = text_find_char(rest, ']');
	int64_t number;

	return close > 0 && text_to_int(text_sub(rest, 0, (size_t)close), &number) ? number : 0;
}

static bool by_token(struct work *work, struct text token, struct crm_known **known)
{
	int64_t number = crm_reply_number(token);

	*known = NULL;
	if (!number)
		return true;
	if (!crm_case_numbered(work, number, known))
		return false;
	if (*known && !text_eq_nocase(token, crm_reply_token(work->arena, number, (*known)->uid)))
		*known = NULL;
	return true;
}

static bool by_subject(struct work *work, const struct captured *mail, struct crm_known **known)
{
	int64_t number = number_in(mail->subject);
	bool knows = false;

	*known = NULL;
	if (!number)
		return true;
	if (!crm_case_numbered(work, number, known) ||
	        (*known && !crm_case_knows(work, *known, mail->address, &knows)))
		return false;
	if (!knows)
		*known = NULL;
	return true;
}

static bool of_mail(struct work *work, struct text message_id, struct crm_known **known)
{
	struct text uid = crm_mail_uid(work->arena, message_id);

	*known = NULL;
	if (uid.ptr && !crm_known_uid(work, uid, known))
		return false;
	if (*known && (*known)->noun == CRM_NOTE && !crm_known(work, (*known)->parent, known))
		return false;
	if (*known && (*known)->noun != CRM_CASE)
		*known = NULL;
	return true;
}

/* Another help desk thanks for each of our answers, from an address of its own and to the one it
 * saw in From: without this each would be a new case. People who quote a mail may mean another
 * matter. */
static bool by_reference(struct work *work, const struct captured *mail, struct crm_known **known)
{
	*known = NULL;
	for (size_t i = 0; mail->automatic && i < mail->references_len && !*known; i++)
		if (!of_mail(work, mail->references[i], known))
			return false;
	return true;
}

static bool find_thread(struct work *work, const struct captured *mail,
        const struct addressed *seen, struct crm_known **known)
{
	return by_token(work, seen->token, known) && (*known || by_subject(work, mail, known)) &&
	       (*known || by_reference(work, mail, known));
}

/* ---- what begins something ---- */

static bool add_case(struct work *work, struct plan *plan, const struct captured *mail,
        const struct sender *sender)
{
	struct text subject = mail->subject.len ? mail->subject : TEXT("(no subject)");
	struct crm_draft *draft;

	return begin(work, CRM_CASE, mail, &draft) && set_text(work, draft, "subject", subject) &&
	       set_text(work, draft, "description", mail->text) &&
	       set_text(work, draft, "channel", TEXT("Mail")) &&
	       set_text(work, draft, "sender", mail->address) &&
	       set_text(work, draft, "message_id", mail->message_id) &&
	       set_id(work, draft, "contact", sender->contact ? sender->contact->id : 0) &&
	       set_id(work, draft, "account", sender->account ? sender->account->id : 0) &&
	       assign(work, draft) && add(work, plan, draft);
}

static bool add_lead(struct work *work, struct plan *plan, const struct captured *mail)
{
	struct text name = mail->name.len ? mail->name : mail->address, note = mail->text;
	struct crm_draft *draft;

	if (mail->subject.len)
		note = arena_printf(
		        work->arena, "%.*s\n\n%.*s", TEXT_ARG(mail->subject), TEXT_ARG(mail->text));
	return begin(work, CRM_LEAD, mail, &draft) && set_text(work, draft, "name", name) &&
	       set_mail(work, draft, mail->address) && set_text(work, draft, "note", note) &&
	       assign(work, draft) && add(work, plan, draft);
}

/* ---- mail ---- */

static bool decide(struct work *work, struct plan *plan, const struct captured *mail,
        const struct addressed *seen, enum capture_did *did)
{
	struct crm_known *thread = NULL, *known;
	struct principal *ours;
	struct sender sender;

	if ((seen->support && !find_thread(work, mail, seen, &thread)) ||
	        !principal_by_email(work, mail->address, &ours))
		return false;
	if (thread) {
		*did = CAPTURE_NOTE;
		return add_note(work, plan, mail, thread->id, ours) &&
		       (ours || wake_case(work, plan, mail, thread->id));
	}
	*did = CAPTURE_NOTHING;
	if (mail->reply)
		return true;
	if (!crm_sender(work, mail->address, &sender))
		return false;
	if (seen->support) {
		*did = CAPTURE_CASE;
		return add_case(work, plan, mail, &sender);
	}
	known = sender.lead ? sender.lead : sender.contact ? sender.contact : sender.account;
	*did = known ? CAPTURE_NOTE : CAPTURE_LEAD;
	return known ? add_note(work, plan, mail, known->id, ours) : add_lead(work, plan, mail);
}

struct plan *edit_capture_mail(
        struct work *work, const struct captured *mail, enum capture_did *did)
{
	struct addressed seen = look_at(work, mail->to, mail->to_len);
	struct text uid = crm_mail_uid(work->arena, mail->message_id);
	struct crm_known *known = NULL;
	struct outcome *outcome;
	struct plan *plan;

	*did = CAPTURE_NOTHING;
	if (!seen.support && !seen.lead)
		return NULL;
	if (uid.ptr && !crm_known_uid(work, uid, &known))
		return NULL;
	if (known) {
		*did = CAPTURE_KNOWN;
		return NULL;
	}
	plan = gate_plan(work, &outcome);
	if (!decide(work, plan, mail, &seen, did))
		return NULL;
	return *did == CAPTURE_NOTHING ? NULL : plan;
}

/* ---- forms ---- */

static bool fill(struct work *work, struct crm_draft *draft, const struct crm_row *form,
        const json_t *values)
{
	const json_t *value;
	const char *key;

	json_object_foreach((json_t *)values, key, value)
	{
		const struct crm_field *field = crm_field(CRM_LEAD, text_of(key));

		if (!field || !crm_draft_set(work, draft, field, value))
			return err_field(
			        &work->err, "fields", "the form asks for what is no field");
	}
	return set_id(work, draft, "campaign", crm_get_int(form->values, "campaign")) &&
	       set_text(work, draft, "source", crm_get_text(form->values, "source"));
}

struct plan *edit_capture_form(
        struct work *work, int64_t form, const json_t *values, enum capture_did *did)
{
	struct crm_draft *draft;
	struct outcome *outcome;
	struct crm_row *row;
	struct plan *plan;

	*did = CAPTURE_LEAD;
	if (!crm_row_get(work, form, &row))
		return NULL;
	if (!row || row->noun != CRM_FORM || !crm_get_bool(row->values, "enabled")) {
		err_set(&work->err, ERR_NOT_FOUND, "This form is not in use");
		return NULL;
	}
	plan = gate_plan(work, &outcome);
	if (!crm_draft_begin(work, CRM_LEAD, TEXT_NONE, &draft))
		return NULL;
	draft->via = VIA_FORM;
	draft->device = TEXT("form");
	if (!fill(work, draft, row, values) || !assign(work, draft))
		return NULL;
	if (!crm_get_int(draft->now, "owner") && !crm_get_int(draft->now, "team") &&
	        !set_id(work, draft, "team", crm_get_int(row->values, "team")))
		return NULL;
	return add(work, plan, draft) ? plan : NULL;
}
