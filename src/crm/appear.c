#include "base/base.h"
#include "crm/appear.h"
#include "crm/noun.h"
#include "store/reach.h"
#include "store/shelf.h"

enum { DAY = 86400, CASE_STAYS = 14 * DAY, NOTE_STAYS = 180 * DAY };

DB_STATEMENT(ITEM, "SELECT noun, owner, team, state, account, entered, start, closed FROM crm_item"
                   " WHERE record = ?1");
/* Owner of an account, and who has an open case of it. */
DB_STATEMENT(ACCOUNT_OWNERS,
        "SELECT owner FROM crm_item WHERE record = ?1 AND noun = 1 AND owner <> 0 UNION"
        " SELECT owner FROM crm_item WHERE account = ?1 AND account <> 0 AND noun = 5"
        " AND state = 0 AND owner <> 0");
DB_STATEMENT(FOLLOWERS, "SELECT principal FROM crm_follow WHERE record = ?1");
DB_STATEMENT(ACCOUNTS_OF, "SELECT account, since, until FROM crm_person WHERE record = ?1");
DB_STATEMENT(PEOPLE_OF, "SELECT record FROM crm_person WHERE account = ?1 UNION"
                        " SELECT record FROM crm_item WHERE account = ?1 AND account <> 0"
                        " AND noun = 8");
DB_STATEMENT(SHELF, "SELECT id FROM collection WHERE owner = ?1 AND crm = ?2 AND crm <> 0"
                    " AND parent > 0");

#define HOLDER_OF_ACCOUNT \
	"UPDATE crm_item SET holder = (SELECT a.holder FROM crm_item a" \
	" WHERE a.record = crm_item.account) WHERE noun = 2 AND owner = 0 AND team = 0" \
	" AND EXISTS (SELECT 1 FROM crm_item a WHERE a.record = crm_item.account" \
	" AND a.holder <> crm_item.holder)"
DB_STATEMENT(OWN_HOLDER, HOLDER_OF_ACCOUNT " AND record = ?1");
DB_STATEMENT(PEOPLES_HOLDER, HOLDER_OF_ACCOUNT " AND account = ?1 AND account <> 0");
#define ACCOUNT_OF_PARENT "(CASE WHEN p.noun = 1 THEN p.record ELSE p.account END)"
DB_STATEMENT(NOTES_ACCOUNT,
        "UPDATE crm_item SET account = (SELECT " ACCOUNT_OF_PARENT " FROM crm_item p"
        " WHERE p.record = ?1) WHERE parent = ?1 AND parent <> 0 AND noun = 8"
        " AND EXISTS (SELECT 1 FROM crm_item p WHERE p.record = ?1"
        " AND " ACCOUNT_OF_PARENT " <> crm_item.account) RETURNING record");

struct facts {
	int64_t noun, owner, team, state, account, entered, start, closed;
};

/* One record's answer in the making. */
struct asking {
	struct writing *w;
	int64_t record;
	struct facts facts;
	struct ids holders; /* in whose collections it is wanted */
	int64_t until;
};

static bool read_facts(struct writing *w, int64_t record, struct facts *facts)
{
	struct db_rows *rows = db_query(w->db, w->err, &ITEM, DB_ARGS(DB_INT(record)));

	*facts = (struct facts){ 0 };
	if (rows && db_next(rows))
		*facts = (struct facts){ db_int(rows, 0), db_int(rows, 1), db_int(rows, 2),
			db_int(rows, 3), db_int(rows, 4), db_int(rows, 5), db_int(rows, 6),
			db_int(rows, 7) };
	return db_done(rows);
}

static void add(struct writing *w, struct ids *ids, int64_t id)
{
	for (size_t i = 0; i < ids->len; i++)
		if (ids->at[i] == id)
			return;
	if (id)
		*vec_push(w->arena, ids) = id;
}

static bool add_rows(struct writing *w, struct ids *ids, const struct db_stmt *stmt, int64_t record)
{
	struct db_rows *rows = db_query(w->db, w->err, stmt, DB_ARGS(DB_INT(record)));

	while (rows && db_next(rows))
		add(w, ids, db_int(rows, 0));
	return db_done(rows);
}

/* Those who stand in today; nobody stands in for who stands in. */
static bool add_covers(struct writing *w, struct ids *holders)
{
	size_t len = holders->len;
	struct covers covers;

	if (!len || !reach_covers(w, &covers))
		return !len;
	for (size_t i = 0; i < covers.len; i++)
		for (size_t k = 0; k < len; k++)
			if (holders->at[k] == covers.at[i].absent)
				add(w, holders, covers.at[i].cover);
	return true;
}

/* The earliest time to look again. */
static void again_at(struct asking *a, int64_t time)
{
	if (time > a->w->now && (!a->until || time < a->until))
		a->until = time;
}

/* ---- by noun ---- */

static bool of_account(struct asking *a, int64_t account)
{
	struct ids owners = VEC_EMPTY;

	if (!add_rows(a->w, &owners, &ACCOUNT_OWNERS, account) || !add_covers(a->w, &owners) ||
	        !add_rows(a->w, &owners, &FOLLOWERS, account))
		return false;
	for (size_t i = 0; i < owners.len; i++)
		add(a->w, &a->holders, owners.at[i]);
	return true;
}

static bool of_owner(struct asking *a)
{
	struct ids owners = VEC_EMPTY;

	add(a->w, &owners, a->facts.owner);
	if (!add_covers(a->w, &owners))
		return false;
	for (size_t i = 0; i < owners.len; i++)
		add(a->w, &a->holders, owners.at[i]);
	return true;
}

/* Accounts the contact belongs to today. */
static bool current_accounts(struct asking *a, struct ids *accounts)
{
	struct db_rows *rows =
	        db_query(a->w->db, a->w->err, &ACCOUNTS_OF, DB_ARGS(DB_INT(a->record)));

	while (rows && db_next(rows)) {
		int64_t since = db_int(rows, 1), until = db_int(rows, 2);

		again_at(a, since);
		again_at(a, until);
		if (since <= a->w->now && (!until || until > a->w->now))
			add(a->w, accounts, db_int(rows, 0));
	}
	return db_done(rows);
}

static bool of_contact(struct asking *a)
{
	struct ids accounts = VEC_EMPTY;

	if (!of_owner(a) || !add_rows(a->w, &a->holders, &FOLLOWERS, a->record) ||
	        !current_accounts(a, &accounts))
		return false;
	for (size_t i = 0; i < accounts.len; i++)
		if (!of_account(a, accounts.at[i]))
			return false;
	return true;
}

/* What nobody has taken waits with its team. */
static bool of_lead(struct asking *a)
{
	if (a->facts.state != 0)
		return true;
	if (!a->facts.owner)
		add(a->w, &a->holders, a->facts.team);
	return of_owner(a);
}

static bool of_case(struct asking *a)
{
	int64_t end = (a->facts.closed ? a->facts.closed : a->facts.entered) + CASE_STAYS;

	if (a->facts.state == 0)
		return of_lead(a);
	again_at(a, end);
	return end <= a->w->now || of_owner(a);
}

static bool of_note(struct asking *a)
{
	int64_t end = a->facts.start + NOTE_STAYS;

	again_at(a, end);
	if (end <= a->w->now)
		return true;
	return of_owner(a) && (!a->facts.account || of_account(a, a->facts.account));
}

static bool holders_of(struct asking *a)
{
	switch ((enum crm_noun)a->facts.noun) {
	case CRM_ACCOUNT: return of_account(a, a->record);
	case CRM_CONTACT: return of_contact(a);
	case CRM_LEAD: return of_lead(a);
	case CRM_DEAL: return of_owner(a);
	case CRM_CASE: return of_case(a);
	case CRM_NOTE: return of_note(a);
	default: return true;
	}
}

/* ---- the rule ---- */

static bool wanted(struct writing *w, int64_t record, struct ids *collections, int64_t *until)
{
	struct asking a = { .w = w, .record = record };
	const struct crm_noun_row *noun;

	if (!read_facts(w, record, &a.facts) || !holders_of(&a))
		return false;
	*until = a.until;
	noun = crm_noun_row((enum crm_noun)a.facts.noun);
	for (size_t i = 0; noun && i < a.holders.len; i++) {
		struct db_rows *rows = db_query(w->db, w->err, &SHELF,
		        DB_ARGS(DB_INT(a.holders.at[i]), DB_INT(noun->shelf)));

		while (rows && db_next(rows))
			add(w, collections, db_int(rows, 0));
		if (!db_done(rows))
			return false;
	}
	return true;
}

static bool others(struct writing *w, int64_t record, bool moved, struct ids *records)
{
	struct facts facts;

	if (!read_facts(w, record, &facts))
		return false;
	if (facts.noun == CRM_CASE)
		add(w, records, facts.account);
	return facts.noun != CRM_ACCOUNT || !moved || add_rows(w, records, &PEOPLE_OF, record);
}

/* A contact that is nobody's is held by whoever holds its account; a note belongs to the account of
 * what it is about. */
static bool carry(struct writing *w, int64_t record, struct ids *changed)
{
	return db_run(w->db, w->err, &OWN_HOLDER, DB_ARGS(DB_INT(record)), NULL) &&
	       db_run(w->db, w->err, &PEOPLES_HOLDER, DB_ARGS(DB_INT(record)), NULL) &&
	       add_rows(w, changed, &NOTES_ACCOUNT, record);
}

const struct rule crm_rule = { carry, wanted, others };

void plan_appear(struct plan *plan, int64_t record)
{
	plan_appear_by(plan, &crm_rule, record);
}

bool appear_shelf(struct work *work, int64_t owner, enum crm_shelf shelf, int64_t *id)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*id = 0;
	if (!db)
		return false;
	rows = db_query(db, &work->err, &SHELF, DB_ARGS(DB_INT(owner), DB_INT(shelf)));
	if (rows && db_next(rows))
		*id = db_int(rows, 0);
	return db_done(rows);
}
