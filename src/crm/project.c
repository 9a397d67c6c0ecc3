#include "base/base.h"
#include "base/str.h"
#include "calendar/span.h"
#include "crm/day.h"
#include "crm/draft_impl.h"
#include "crm/find.h"
#include "crm/key.h"
#include "crm/mention.h"
#include "crm/project.h"
#include "crm/settle.h"
#include "object/vcard_facts.h"
#include "store/house.h"

enum { CASE_STAYS = 14 * 86400, NOTE_STAYS = 180 * 86400, TITLE_KEY_MAX = 400 };

DB_STATEMENT(ITEM_ADD,
        "INSERT INTO crm_item (record, noun, uid, holder, owner, team, state, status, entered,"
        " account, contact, parent, pipeline, stage, campaign, source, title, title_key, created,"
        " modified, start, due, closed, amount, probability, priority, number, score, until,"
        " fields) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,"
        " ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30)");
DB_STATEMENT(ITEM_FORGET, "DELETE FROM crm_item WHERE record = ?1");
DB_STATEMENT(KEY_ADD, "INSERT INTO crm_key (key, role, record) VALUES (?1, ?2, ?3)");
DB_STATEMENT(KEY_FORGET, "DELETE FROM crm_key WHERE record = ?1");
DB_STATEMENT(PERSON_ADD, "INSERT INTO crm_person (account, record, role, is_primary, since, until)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
DB_STATEMENT(PERSON_FORGET, "DELETE FROM crm_person WHERE record = ?1");
DB_STATEMENT(CARD_KEY_ADD, "INSERT INTO card_key (collection, name, record, position, cut, key) "
                           "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
DB_STATEMENT(CARD_KEY_FORGET, "DELETE FROM card_key WHERE record = ?1");
DB_STATEMENT(TEXT_FORGET, "DELETE FROM crm_text WHERE rowid = ?1");
DB_STATEMENT(SPAN_FORGET, "DELETE FROM event_span WHERE record = ?1");
DB_STATEMENT(COMPANY_ID, "SELECT id FROM principal WHERE name_key = 'company'");

/* A record may become another noun (a lead a contact): what any of them had must go. */
const struct db_stmt *const crm_forget[] = { &ITEM_FORGET, &KEY_FORGET, &PERSON_FORGET,
	&CARD_KEY_FORGET, &SPAN_FORGET, &TEXT_FORGET, NULL };
const struct db_stmt *const crm_event_forget[] = { &SPAN_FORGET, &ITEM_FORGET, NULL };
const struct db_stmt *const crm_event_forget_more[] = { &KEY_FORGET, &PERSON_FORGET, &TEXT_FORGET,
	NULL };

DB_STATEMENT(ITEM_COUNT, "SELECT count(*) FROM crm_item WHERE record = ?1");
DB_STATEMENT(KEY_COUNT, "SELECT count(*) FROM crm_key WHERE record = ?1");
DB_STATEMENT(PERSON_COUNT, "SELECT count(*) FROM crm_person WHERE record = ?1");
DB_STATEMENT(CARD_KEY_COUNT, "SELECT count(*) FROM card_key WHERE record = ?1");
DB_STATEMENT(SPAN_COUNT, "SELECT count(*) FROM event_span WHERE record = ?1");
DB_STATEMENT(TEXT_COUNT, "SELECT count(*) FROM crm_text WHERE rowid = ?1");
const struct db_stmt *const crm_count[] = { &ITEM_COUNT, &KEY_COUNT, &PERSON_COUNT, &CARD_KEY_COUNT,
	&SPAN_COUNT, &TEXT_COUNT, NULL };

struct projecting {
	struct work *work;
	const struct crm_draft *draft;
	const struct collection *at;
	struct rows *rows;
};

/* ---- what each column is, by noun ---- */

static const char *title_key(enum crm_noun noun)
{
	switch (noun) {
	case CRM_CASE:
	case CRM_TASK:
	case CRM_MEETING:
	case CRM_NOTE: return "subject";
	default: return "name";
	}
}

static struct text title_of(const struct crm_draft *draft)
{
	struct text title = draft_text(draft, title_key(draft->noun)), line;

	if (title.len || draft->noun != CRM_NOTE)
		return title.ptr ? title : TEXT("");
	line = draft_text(draft, "text");
	if (!line.len || !text_split(&line, '\n', &title))
		return TEXT("");
	return text_sub(title, 0, 200);
}

static int64_t priority_of(const struct crm_draft *draft)
{
	static const struct {
		const char *name;
		int64_t number;
	} known[] = { { "Urgent", 1 }, { "High", 3 }, { "Normal", 5 }, { "Low", 9 } };
	struct text priority = draft_text(draft, "priority");

	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (text_eq(priority, text_of(known[i].name)))
			return known[i].number;
	return 0;
}

static int64_t start_of(const struct crm_draft *draft)
{
	return draft_int(draft, draft->noun == CRM_NOTE ? "at" : "start");
}

static int64_t due_of(const struct crm_draft *draft)
{
	if (draft->noun == CRM_DEAL)
		return crm_midnight(draft_text(draft, "expected_close"));
	return draft_int(draft, "due");
}

static int64_t closed_of(const struct crm_draft *draft, const struct standing *s)
{
	static const char *const keys[] = { "closed_at", "won_at", "lost_at", "converted_at" };

	for (size_t i = 0; i < COUNT_OF(keys) && s->state; i++)
		if (draft_int(draft, keys[i]))
			return draft_int(draft, keys[i]);
	return s->state ? draft_int(draft, "_entered") : 0;
}

/* When it leaves somebody's collection by time alone (docs/crm.md 4). */
static int64_t until_of(const struct crm_draft *draft, int64_t closed)
{
	if (draft->noun == CRM_CASE && closed)
		return closed + CASE_STAYS;
	if (draft->noun == CRM_NOTE)
		return start_of(draft) + NOTE_STAYS;
	return 0;
}

static int64_t parent_of(const struct crm_draft *draft)
{
	return draft_int(draft, "parent");
}

/* Tasks, meetings and notes belong to an account through what they belong to. */
static bool account_of(struct projecting *p, int64_t *account, int64_t *contact)
{
	struct crm_known *parent;

	*account = draft_int(p->draft, "account");
	*contact = draft_int(p->draft, "contact");
	if (p->draft->noun == CRM_CONTACT)
		*account = main_account(p->draft->now);
	if (p->draft->noun == CRM_ACCOUNT || !parent_of(p->draft) || *account)
		return true;
	if (!crm_known(p->work, parent_of(p->draft), &parent) || !parent)
		return !err_is_set(&p->work->err);
	*account = parent->noun == CRM_ACCOUNT ? parent->id : parent->account;
	*contact = parent->noun == CRM_CONTACT ? parent->id : parent->contact;
	return true;
}

static bool company_id(struct work *work, int64_t *id)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, &COMPANY_ID, DB_NO_ARGS) : NULL;

	*id = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows);
}

static bool holder_of(struct projecting *p, int64_t *owner, int64_t *holder)
{
	*owner = draft_int(p->draft, "owner");
	if (noun_is_plain(p->draft->noun))
		*owner = p->at->owner;
	*holder = *owner ? *owner : draft_int(p->draft, "team");
	return *holder || company_id(p->work, holder);
}

/* Images stay out: lists would carry them along. */
static struct text fields_of(struct projecting *p)
{
	json_t *fields = crm_json_own(p->work->arena, json_object()), *value;
	const char *key;

	json_object_foreach(p->draft->now, key, value)
	{
		const struct crm_field *field = crm_field(p->draft->noun, text_of(key));

		if (field && field->type != CRM_TYPE_PHOTO)
			json_object_set(fields, key, value);
	}
	return crm_json_write(p->work->arena, fields);
}

static struct text present(struct text text)
{
	return text.ptr ? text : TEXT("");
}

static int64_t created_of(const struct crm_draft *draft)
{
	if (draft->created)
		return draft->created;
	return draft->old ? draft->old->created : draft->at;
}

static bool add_item(struct projecting *p)
{
	const struct crm_draft *d = p->draft;
	struct arena *arena = p->work->arena;
	int64_t account, contact, owner, holder, closed, chance = draft_int(d, "probability");
	struct text title = title_of(d);
	struct standing s;

	if (!standing_of(p->work, d->noun, d->now, &s) || !account_of(p, &account, &contact) ||
	        !holder_of(p, &owner, &holder))
		return false;
	closed = closed_of(d, &s);
	if (!json_object_get(d->now, "probability"))
		chance = s.chance;
	rows_add(p->rows, &ITEM_ADD,
	        DB_ARGS(ROWS_RECORD, DB_INT(d->noun), DB_TEXT(d->uid), DB_INT(holder),
	                DB_INT(owner), DB_INT(draft_int(d, "team")), DB_INT(s.state),
	                DB_TEXT(present(s.name)), DB_INT(draft_int(d, "_entered")), DB_INT(account),
	                DB_INT(contact), DB_INT(parent_of(d)), DB_INT(s.pipeline), DB_INT(s.row),
	                DB_INT(draft_int(d, "campaign")), DB_TEXT(present(draft_text(d, "source"))),
	                DB_TEXT(title),
	                DB_TEXT(text_sub(text_fold(arena, title), 0, TITLE_KEY_MAX)),
	                DB_INT(created_of(d)), DB_INT(d->at), DB_INT(start_of(d)),
	                DB_INT(due_of(d)), DB_INT(closed), DB_INT(draft_int(d, "_amount")),
	                DB_INT(chance), DB_INT(priority_of(d)), DB_INT(draft_int(d, "number")),
	                DB_INT(draft_int(d, "score")), DB_INT(until_of(d, closed)),
	                DB_TEXT(fields_of(p))));
	return true;
}

/* ---- keys ---- */

void project_key(struct rows *rows, struct text key, int64_t role)
{
	if (key.ptr)
		rows_add_once(rows, &KEY_ADD, DB_ARGS(DB_TEXT(key), DB_INT(role), ROWS_RECORD));
}

static void add_key(struct projecting *p, struct text key, int64_t role)
{
	project_key(p->rows, key, role);
}

static void add_values(struct projecting *p, const char *list,
        struct text (*key)(struct arena *arena, struct text value))
{
	json_t *item;
	size_t i;

	json_array_foreach(json_object_get(p->draft->now, list), i, item)
	        add_key(p, key(p->work->arena, crm_get_text(item, "value")), 0);
}

static bool add_spoken_of(struct projecting *p, const char *field)
{
	int64_t id = draft_int(p->draft, field);
	struct crm_known *known;

	if (!id)
		return true;
	if (!crm_known(p->work, id, &known))
		return false;
	if (known)
		add_key(p, crm_key_uid(p->work->arena, known->uid), 1);
	return true;
}

static bool add_keys(struct projecting *p)
{
	struct arena *arena = p->work->arena;
	const struct crm_draft *d = p->draft;

	if (noun_is_card(d->noun)) {
		add_key(p, crm_key_name(arena, title_of(d)), 0);
		add_key(p, crm_key_name(arena, draft_text(d, "company")), 1);
		add_values(p, "phones", crm_key_tel);
		add_values(p, "emails", crm_key_mail);
		return true;
	}
	/* Who wrote it, by mail: an answer of theirs belongs to the same thread. */
	add_key(p, crm_key_mail(arena, draft_text(d, "sender")), 1);
	return add_spoken_of(p, "account") && add_spoken_of(p, "contact") &&
	       add_spoken_of(p, "parent");
}

static void add_people(struct projecting *p)
{
	json_t *item;
	size_t i;

	json_array_foreach(json_object_get(p->draft->now, "accounts"), i, item)
	        rows_add(p->rows, &PERSON_ADD,
	                DB_ARGS(DB_INT(crm_get_int(item, "account")), ROWS_RECORD,
	                        DB_TEXT(present(crm_get_text(item, "role"))),
	                        DB_INT(crm_get_bool(item, "primary")),
	                        DB_INT(crm_day_begins(p->work, crm_get_text(item, "since"))),
	                        DB_INT(crm_day_begins(p->work, crm_get_text(item, "until")))));
}

/* ---- what DAV's own searches want ---- */

static void add_card(struct projecting *p)
{
	struct vcard_facts facts;

	vcard_facts(p->work->arena, p->draft->tree, &facts);
	for (size_t i = 0; i < facts.indexed.len; i++) {
		const struct vcard_indexed *one = &facts.indexed.at[i];

		rows_add(p->rows, &CARD_KEY_ADD,
		        DB_ARGS(ROWS_COLLECTION, DB_TEXT(one->name), ROWS_RECORD,
		                DB_INT((int64_t)i), DB_INT(one->cut), DB_TEXT(one->key)));
	}
}

static void add_span(struct projecting *p)
{
	struct ical_facts facts;
	struct event_span span;

	ical_facts(p->work->arena, p->draft->tree, &facts);
	span = span_of_facts(&facts);
	span_project(p->rows, &span);
}

bool crm_draft_project(struct work *work, const struct crm_draft *draft,
        const struct collection *at, struct rows *rows)
{
	struct projecting p = { work, draft, at, rows };

	if (noun_is_card(draft->noun))
		add_card(&p);
	else
		add_span(&p);
	if (draft->noun == CRM_CONTACT)
		add_people(&p);
	if (noun_is_plain(draft->noun))
		mention_project(work, draft->tree, rows);
	find_project(work->arena, rows, draft->noun, draft->now);
	return add_item(&p) && add_keys(&p);
}

bool crm_project(struct work *work, const struct record *record, const struct collection *at,
        struct rows *rows)
{
	struct crm_draft *draft;

	if (!crm_draft_load(work, record, &draft))
		return false;
	draft->at = record->modified;
	return crm_draft_project(work, draft, at, rows);
}
