#include "base/base.h"
#include "base/hash.h"
#include "base/settings.h"
#include "crm/draft_impl.h"
#include "crm/key.h"
#include "crm/sender.h"
#include "edit/answer.h"
#include "edit/capture.h"
#include "edit/crm.h"
#include "edit/gate.h"
#include "people/who.h"
#include "store/house.h"
#include "store/outbox.h"
#include "store/principal.h"
#include "wire/letter.h"

enum { REFERENCES_MAX = 20 };

DB_STATEMENT(PEOPLE_KNOW, "SELECT 1 FROM crm_person p JOIN crm_key k ON k.record = p.record"
                          " WHERE p.account = ?1 AND k.key = ?2 AND k.role = 0 LIMIT 1");
/* The thread so far, the newest first. */
DB_STATEMENT(NOTES_OF, "SELECT fields FROM crm_item WHERE parent = ?1 AND parent <> 0 AND noun = 8"
                       " ORDER BY record DESC LIMIT 200 /* enum crm_noun */");

struct answering {
	struct work *work;
	const struct edit_answer *asked;
	const struct crm_known *of;
	json_t *values; /* of the case */
	struct crm_draft *note;
	struct letter letter;
	struct text bounce; /* where the mail's fate is told: the envelope's sender */
};

bool edit_mail_leaves(const struct work *work)
{
	return house_settings(work->house)->mail_smtp[0] != '\0';
}

/* ---- to whom ---- */

static bool is_listed(const struct letter_words *list, struct text address)
{
	for (size_t i = 0; i < list->len; i++)
		if (text_eq_nocase(list->at[i], address))
			return true;
	return false;
}

static bool people_know(struct answering *a, struct text address, bool *knows)
{
	struct work *work = a->work;
	struct text key = crm_key_mail(work->arena, address);
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, &PEOPLE_KNOW,
	                                    DB_ARGS(DB_INT(a->of->account), DB_TEXT(key)))
	                          : NULL;

	*knows = rows && db_next(rows);
	return db_done(rows);
}

/* Nobody writes to strangers from here, and mail to our own addresses would come back as mail. */
static bool check_address(
        struct answering *a, const char *field, struct text address, struct text *travels)
{
	bool knows;

	if (!letter_address_any(a->work->arena, address, travels))
		return err_field(
		        &a->work->err, field, "this is no address that mail can be sent to");
	if (edit_captures(a->work, address))
		return err_field(&a->work->err, field, "this is an address of ours");
	if (!crm_case_knows(a->work, a->of, address, &knows) ||
	        (!knows && a->of->account && !people_know(a, address, &knows)))
		return false;
	return knows || err_field(&a->work->err, field, "nobody with this address belongs to it");
}

static bool take_addresses(struct answering *a, const char *field, const struct texts *asked,
        struct letter_words *list)
{
	if (asked->len > ANSWER_PEOPLE_MAX)
		return err_field(&a->work->err, field, "at most %d at once", ANSWER_PEOPLE_MAX);
	for (size_t i = 0; i < asked->len; i++) {
		struct text travels;

		if (!check_address(a, field, text_trim(asked->at[i]), &travels))
			return false;
		if (!is_listed(&a->letter.to, travels) && !is_listed(&a->letter.cc, travels))
			*vec_push(a->work->arena, list) = travels;
	}
	return true;
}

/* The first address on the contact's card; absent: there is none. */
static bool contact_address(struct answering *a, struct text *address)
{
	json_t *values;

	*address = TEXT_NONE;
	if (!a->of->contact)
		return true;
	if (!crm_values(a->work, a->of->contact, &values))
		return false;
	if (values)
		*address =
		        crm_get_text(json_array_get(json_object_get(values, "emails"), 0), "value");
	return true;
}

static bool preset_address(struct answering *a)
{
	struct text address = crm_get_text(a->values, "sender"), travels;

	if (!address.len && !contact_address(a, &address))
		return false;
	if (letter_address_any(a->work->arena, address, &travels) &&
	        !edit_captures(a->work, address))
		*vec_push(a->work->arena, &a->letter.to) = travels;
	return true;
}

static bool address_letter(struct answering *a)
{
	const struct edit_answer *asked = a->asked;

	if (!asked->public && (asked->to.len || asked->cc.len))
		return err_field(&a->work->err, "to", "only public answers are mailed");
	if (!take_addresses(a, "to", &asked->to, &a->letter.to))
		return false;
	if (asked->public && !a->letter.to.len && !preset_address(a))
		return false;
	return take_addresses(a, "cc", &asked->cc, &a->letter.cc);
}

/* ---- from whom ---- */

static bool sign_letter(struct answering *a)
{
	struct work *work = a->work;
	struct text own = text_of(house_settings(work->house)->mail_from);
	struct text support = crm_support_address(work);
	struct principal *author = NULL;
	ptrdiff_t at;

	if (work->who && !principal_get(work, work->who->id, &author))
		return false;
	a->letter.name = author ? author->display_name : TEXT_NONE;
	a->letter.from = own.len ? own : support;
	a->letter.reply_to = crm_reply_address(work, crm_get_int(a->values, "number"), a->of->uid);
	a->bounce = own.len || !a->letter.reply_to.len ? a->letter.from : a->letter.reply_to;
	at = text_find_char(a->letter.from, '@');
	a->letter.message_id =
	        arena_printf(work->arena, "%.*s%.*s", TEXT_ARG(random_uuid(work->arena)),
	                TEXT_ARG(text_from(a->letter.from, (size_t)at)));
	return true;
}

/* ---- the thread ---- */

static struct text without_re(struct text subject)
{
	while (text_starts_nocase(subject, TEXT("re:")) || text_starts_nocase(subject, TEXT("aw:")))
		subject = text_trim(text_from(subject, 3));
	return subject;
}

static void refer(struct answering *a, struct text id, bool came_in)
{
	if (!letter_id(id))
		return;
	if (came_in && !a->letter.in_reply_to.len)
		a->letter.in_reply_to = id;
	if (a->letter.references.len < REFERENCES_MAX)
		*vec_push(a->work->arena, &a->letter.references) = id;
}

static void oldest_first(struct letter_words *list)
{
	for (size_t i = 0; i < list->len / 2; i++) {
		struct text swapped = list->at[i];

		list->at[i] = list->at[list->len - 1 - i];
		list->at[list->len - 1 - i] = swapped;
	}
}

static bool read_notes(struct answering *a, struct texts *notes)
{
	struct work *work = a->work;
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &NOTES_OF, DB_ARGS(DB_INT(a->of->id))) : NULL;

	while (rows && db_next(rows))
		*vec_push(work->arena, notes) = arena_text(work->arena, db_text(rows, 0));
	return db_done(rows);
}

/* RFC 5322 3.6.4: In-Reply-To is the customer's last mail, References all there are. */
static bool thread_letter(struct answering *a)
{
	struct arena *arena = a->work->arena;
	struct texts notes = VEC_EMPTY;

	a->letter.subject =
	        arena_printf(arena, "Re: [#%lld] %.*s", (long long)crm_get_int(a->values, "number"),
	                TEXT_ARG(without_re(crm_get_text(a->values, "subject"))));
	if (!read_notes(a, &notes))
		return false;
	for (size_t i = 0; i < notes.len; i++) {
		json_t *note;

		if (!crm_json_read(a->work, notes.at[i], &note))
			return false;
		refer(a, crm_get_text(note, "message_id"),
		        text_eq(crm_get_text(note, "direction"), TEXT("in")));
	}
	refer(a, crm_get_text(a->values, "message_id"), true);
	oldest_first(&a->letter.references);
	return true;
}

/* ---- the note ---- */

static bool set(struct answering *a, const char *key, json_t *value)
{
	const struct crm_field *field = crm_field(CRM_NOTE, text_of(key));

	return crm_draft_set(a->work, a->note, field, crm_json_own(a->work->arena, value));
}

static bool set_text(struct answering *a, const char *key, struct text value)
{
	return set(a, key, json_stringn(value.ptr, value.len));
}

/* All of them, `between` in between. */
static struct text everybody(struct answering *a, const char *between)
{
	const struct letter_words *lists[] = { &a->letter.to, &a->letter.cc };
	struct buf all;

	buf_init(&all, a->work->arena);
	for (size_t k = 0; k < COUNT_OF(lists); k++)
		for (size_t i = 0; i < lists[k]->len; i++)
			buf_printf(
			        &all, "%s%.*s", all.len ? between : "", TEXT_ARG(lists[k]->at[i]));
	return buf_text(&all);
}

static void say_mailed(struct answering *a)
{
	if (!a->letter.to.len) {
		draft_put_text(a->note, "mail", TEXT("failed"));
		draft_put_text(a->note, "mail_reason",
		        TEXT("No mail address is known to which it could be sent"));
		return;
	}
	draft_put_text(a->note, "mail", TEXT("queued"));
	draft_put_text(a->note, "message_id", a->letter.message_id);
	draft_put_text(a->note, "recipients", everybody(a, ", "));
}

static bool write_note(struct answering *a, bool mailed)
{
	const struct edit_answer *asked = a->asked;
	struct text uid = mailed ? crm_mail_uid(a->work->arena, a->letter.message_id) : TEXT_NONE;

	if (!crm_draft_begin(a->work, CRM_NOTE, uid, &a->note) ||
	        !set_text(a, "subject", a->of->title) || !set_text(a, "text", asked->text) ||
	        !set_text(a, "category", asked->public ? TEXT("Mail") : TEXT("Note")) ||
	        !set_text(a, "direction", asked->public ? TEXT("out") : TEXT("internal")) ||
	        !set(a, "parent", json_integer(a->of->id)))
		return false;
	a->note->via = asked->via;
	a->note->device = asked->device;
	if (asked->public && edit_mail_leaves(a->work))
		say_mailed(a);
	return crm_draft_settle(a->work, a->note);
}

static void queue_letter(struct answering *a, struct plan *plan)
{
	a->letter.text = a->asked->text;
	a->letter.date = a->work->now;
	plan_outbox_put(plan, &(struct outbox_put){ .record = &a->note->stored->id,
	                              .author = a->work->who ? a->work->who->id : 0,
	                              .epoch = a->work->house->epoch,
	                              .sender = a->bounce,
	                              .recipients = everybody(a, " "),
	                              .message = letter_write(a->work->arena, &a->letter) });
}

static struct plan *plan_answer(struct answering *a, bool mailed)
{
	struct outcome *outcome;
	struct plan *plan = gate_plan(a->work, &outcome);

	if (!edit_crm_add(a->work, plan, a->note))
		return NULL;
	outcome->created = true;
	outcome->record = a->note->stored;
	if (mailed)
		queue_letter(a, plan);
	return plan;
}

struct plan *edit_answer(struct work *work, const struct edit_answer *asked)
{
	struct answering a = { .work = work, .asked = asked };
	struct crm_known *of;
	bool mailed;

	if (!crm_known(work, asked->of, &of) || !crm_values(work, asked->of, &a.values))
		return NULL;
	if (!of || !a.values) {
		err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
		return NULL;
	}
	a.of = of;
	if (!address_letter(&a))
		return NULL;
	mailed = asked->public && edit_mail_leaves(work) && a.letter.to.len;
	if (mailed && (!sign_letter(&a) || !thread_letter(&a)))
		return NULL;
	return write_note(&a, mailed) ? plan_answer(&a, mailed) : NULL;
}
