/* Where records appear, as what is said of them changes. Their rows are written as a projection
 * would; bodies play no part. */
#include "../store/fixture.h"

#include "crm/appear.h"
#include "crm/noun.h"
#include "store/fsck.h"
#include "store/shelf.h"

enum { DAYS = 86400 };

DB_STATEMENT(ITEM_INSERT,
        "INSERT INTO crm_item (record, noun, uid, holder, owner, team, state, status, entered,"
        " account, contact, parent, pipeline, stage, campaign, source, title, title_key, created,"
        " modified, start, due, closed, amount, probability, priority, number, score, until,"
        " fields) VALUES (?1, ?2, '', ?3, ?4, ?5, ?6, '', 0, ?7, 0, ?10, 0, 0, 0, '', '', '', 0, 0,"
        " ?8, 0, ?9, 0, 0, 0, 0, 0, 0, '{}')");
DB_STATEMENT(PERSON_INSERT, "INSERT INTO crm_person (account, record, role, is_primary, since,"
                            " until) VALUES (?1, ?2, '', 0, 0, ?3)");
DB_STATEMENT(ITEM_DELETE, "DELETE FROM crm_item WHERE record = ?1");
DB_STATEMENT(PERSON_DELETE, "DELETE FROM crm_person WHERE record = ?1");
DB_STATEMENT(FOLLOW_INSERT, "INSERT INTO crm_follow (principal, record, since) VALUES (?1, ?2, 0)");
DB_STATEMENT(FOLLOW_DELETE, "DELETE FROM crm_follow WHERE principal = ?1 AND record = ?2");
DB_STATEMENT(COVER_INSERT,
        "INSERT INTO crm_row (id, noun, parent, position, revision, created, modified, data)"
        " VALUES (900, 33, 0, 0, 0, 0, 0, ?1)");
DB_STATEMENT(NAMES, "SELECT m.name FROM member m WHERE m.collection = ?1 ORDER BY m.name");

static const struct db_stmt *const forget[] = { &ITEM_DELETE, &PERSON_DELETE, NULL };
#define KIND(id, name) \
	static const struct kind name##_kind = { id, #name, .forget = forget, .rule = &crm_rule }
KIND(KIND_ACCOUNT, account);
KIND(KIND_CONTACT, contact);
KIND(KIND_LEAD, lead);
KIND(KIND_DEAL, deal);
KIND(KIND_CASE, case);
KIND(KIND_NOTE, note);
static const struct kind *const kinds[] = { &account_kind, &contact_kind, &lead_kind, &deal_kind,
	&case_kind, &note_kind, NULL };

struct saying { /* what is said of a record */
	enum crm_noun noun;
	const char *uid;
	int64_t owner, team, state, account, parent, start, closed, until;
	const char *as; /* a name in the owner's collection */
};
#define SAY(...) ((struct saying){ __VA_ARGS__ })

static const struct shelf *shelf_for(enum crm_noun noun)
{
	return shelf_row(crm_noun_row(noun)->shelf);
}

static int64_t shelf_of(struct fixture *f, const char *owner, enum crm_shelf shelf)
{
	return place_of(f, owner, shelf_row(shelf)->home, shelf_row(shelf)->name.ptr);
}

static struct rows *rows_for(struct fixture *f, const struct saying *s)
{
	struct rows *rows = rows_new(f->work.arena);
	int64_t holder = s->owner ? s->owner : s->team;

	rows_add(rows, &ITEM_INSERT,
	        DB_ARGS(ROWS_RECORD, DB_INT(s->noun), DB_INT(holder), DB_INT(s->owner),
	                DB_INT(s->team), DB_INT(s->state), DB_INT(s->account), DB_INT(s->start),
	                DB_INT(s->closed), DB_INT(s->parent)));
	if (s->noun == CRM_CONTACT && s->account)
		rows_add(rows, &PERSON_INSERT,
		        DB_ARGS(DB_INT(s->account), ROWS_RECORD, DB_INT(s->until)));
	return rows;
}

/* Writes a record as it shall be; `old` NULL: a new one. */
static struct record *say(struct fixture *f, const struct record *old, struct saying s)
{
	struct record_put *put = arena_make(f->work.arena, struct record_put);
	struct plan *plan = new_plan(f);
	struct appear_as as;

	put->record = arena_make(f->work.arena, struct record);
	if (old)
		*put->record = *old;
	put->kind = kind_of(&f->house, s.noun == CRM_NOTE ? KIND_NOTE : (enum kind_id)(s.noun + 2));
	put->record->kind = put->kind->id;
	put->record->home = shelf_of(f, "company", shelf_for(s.noun)->shelf);
	put->record->body = text_of(s.uid);
	put->guard = old ? old->revision : 0;
	put->uid = text_of(s.uid);
	put->name = appear_name(f->work.arena, shelf_for(s.noun)->type, put->uid);
	put->rows = rows_for(f, &s);
	if (s.as) {
		must(f, appear_shelf(&f->work, s.owner, shelf_for(s.noun)->shelf, &as.collection));
		as.name = text_of(s.as);
		put->as = &as;
	}
	plan_put(plan, put);
	must(f, apply(f, plan));
	return put->record;
}

static const char *on(struct fixture *f, const char *owner, enum crm_shelf shelf)
{
	struct db *db = work_reader(&f->work);
	struct db_rows *rows =
	        db_query(db, &f->work.err, &NAMES, DB_ARGS(DB_INT(shelf_of(f, owner, shelf))));
	struct buf buf;

	buf_init(&buf, f->work.arena);
	while (rows && db_next(rows))
		buf_printf(&buf, "%s%.*s", buf.len ? " " : "", TEXT_ARG(db_text(rows, 0)));
	must(f, db_done(rows));
	return buf.len ? buf_text(&buf).ptr : "";
}

#define assert_on(owner, shelf, want) assert_string_equal(on(f, (owner), SHELF_##shelf), (want))

static void set_roles(struct fixture *f, int64_t id)
{
	struct principal_put *put = arena_make(f->work.arena, struct principal_put);
	struct plan *plan = new_plan(f);
	struct principal *p;

	must(f, principal_get(&f->work, id, &p));
	put->principal = *p;
	put->set_roles = true;
	*vec_push(f->work.arena, &put->roles) = TEXT("sales");
	*vec_push(f->work.arena, &put->roles) = TEXT("support");
	plan_principal_put(plan, put);
	must(f, apply(f, plan));
}

static void prepare(struct fixture *f)
{
	fixture_compose(f, kinds, NULL);
	set_roles(f, f->alice);
	set_roles(f, f->bob);
}

/* Until the writer's chore has seen to what is due. */
static void settle(struct fixture *f, const char *owner, enum crm_shelf shelf, const char *want)
{
	struct err err = { 0 };

	work_step_end(&f->work);
	assert_true(house_tidy(&f->house, &err));
	for (int i = 0; i < 500 && strcmp(on(f, owner, shelf), want) != 0; i++) {
		work_step_end(&f->work);
		usleep(10000);
	}
	assert_string_equal(on(f, owner, shelf), want);
}

static void a_reassigned_lead_leaves_and_enters_in_one_commit(void **state)
{
	struct fixture *f = *state;
	struct record *lead;
	int64_t from, to, since;

	prepare(f);
	lead = say(f, NULL, SAY(CRM_LEAD, "l1", f->alice));
	from = shelf_of(f, "alice", SHELF_LEADS);
	to = shelf_of(f, "bob", SHELF_LEADS);
	assert_on("alice", LEADS, "l1.vcf");
	assert_on("bob", LEADS, "");
	since = latest(f);
	say(f, lead, SAY(CRM_LEAD, "l1", f->bob));
	assert_on("company", LEADS, "l1.vcf");
	assert_string_equal(changes_of(f, from, since, 10, false), "-l1.vcf");
	assert_string_equal(changes_of(f, to, since, 10, false), "+l1.vcf");
	assert_true(collection_at(f, from)->token > since);
	assert_true(collection_at(f, to)->token > since);
}

static void what_stays_is_one_change(void **state)
{
	struct fixture *f = *state;
	struct record *lead;
	int64_t mine, since;

	prepare(f);
	lead = say(f, NULL, SAY(CRM_LEAD, "l1", f->alice));
	mine = shelf_of(f, "alice", SHELF_LEADS);
	since = latest(f);
	lead = say(f, lead, SAY(CRM_LEAD, "l1", f->alice));
	assert_string_equal(changes_of(f, mine, since, 10, false), "+l1.vcf");
	assert_int_equal(collection_at(f, mine)->token, lead->revision);
	assert_int_equal(item_at(f, mine, "l1.vcf")->member.revision, lead->revision);
}

static void closed_leads_leave(void **state)
{
	struct fixture *f = *state;
	struct record *lead;

	prepare(f);
	lead = say(f, NULL, SAY(CRM_LEAD, "l1", f->alice));
	lead = say(f, lead, SAY(CRM_LEAD, "l1", f->alice, .state = 2));
	assert_on("alice", LEADS, "");
	say(f, lead, SAY(CRM_LEAD, "l1", f->alice));
	assert_on("alice", LEADS, "l1.vcf");
}

static void the_name_a_client_chose_stays(void **state)
{
	struct fixture *f = *state;
	struct record *lead;

	prepare(f);
	lead = say(f, NULL, SAY(CRM_LEAD, "l1", f->alice, .as = "PHONE-1.vcf"));
	assert_on("alice", LEADS, "PHONE-1.vcf");
	assert_on("company", LEADS, "l1.vcf");
	lead = say(f, lead, SAY(CRM_LEAD, "l1", f->alice));
	assert_on("alice", LEADS, "PHONE-1.vcf");
	say(f, lead, SAY(CRM_LEAD, "l1", f->bob));
	assert_on("alice", LEADS, "");
	assert_on("bob", LEADS, "l1.vcf");
}

static void a_name_in_use_is_not_taken(void **state)
{
	struct fixture *f = *state;
	struct record *other;
	char want[64];

	prepare(f);
	say(f, NULL, SAY(CRM_LEAD, "l2", f->alice, .as = "l1.vcf"));
	other = say(f, NULL, SAY(CRM_LEAD, "l1", f->alice));
	snprintf(want, sizeof(want), "%lld-l1.vcf l1.vcf", (long long)other->id);
	assert_on("alice", LEADS, want);
}

static void names_are_safe_whatever_the_uid(void **state)
{
	struct fixture *f = *state;
	struct arena *arena = f->work.arena;
	struct text name;

	assert_true(text_eq(
	        appear_name(arena, COLLECTION_ADDRESSBOOK, TEXT("a-b@c.d")), TEXT("a-b@c.d.vcf")));
	name = appear_name(arena, COLLECTION_CALENDAR, TEXT("../a/b"));
	assert_int_equal(name.len, 36);
	assert_true(text_ends(name, TEXT(".ics")));
	assert_int_equal(text_find_char(name, '/'), -1);
	assert_false(text_eq(name, appear_name(arena, COLLECTION_CALENDAR, TEXT("../a/c"))));
	assert_int_equal(appear_name(arena, COLLECTION_CALENDAR, TEXT(".hidden")).len, 36);
}

static void an_accounts_people_and_notes_go_with_it(void **state)
{
	struct fixture *f = *state;
	struct record *account, *contact;

	prepare(f);
	account = say(f, NULL, SAY(CRM_ACCOUNT, "acme", f->alice));
	contact = say(f, NULL, SAY(CRM_CONTACT, "carl", .account = account->id));
	say(f, NULL, SAY(CRM_NOTE, "call", f->alice, .account = account->id, .start = NOW));
	assert_on("alice", ACCOUNTS, "acme.vcf carl.vcf");
	assert_on("alice", JOURNAL, "call.ics");
	assert_on("bob", ACCOUNTS, "");
	account = say(f, account, SAY(CRM_ACCOUNT, "acme", f->bob));
	assert_on("alice", ACCOUNTS, "");
	assert_on("bob", ACCOUNTS, "acme.vcf carl.vcf");
	assert_on("bob", JOURNAL, "call.ics");
	assert_on("alice", JOURNAL, "call.ics"); /* she wrote it */
	say(f, contact, SAY(CRM_CONTACT, "carl"));
	assert_on("bob", ACCOUNTS, "acme.vcf");
}

static void an_open_case_brings_its_account(void **state)
{
	struct fixture *f = *state;
	struct record *account, *other, *kase;

	prepare(f);
	account = say(f, NULL, SAY(CRM_ACCOUNT, "acme", f->alice));
	other = say(f, NULL, SAY(CRM_ACCOUNT, "bolt", f->alice));
	say(f, NULL, SAY(CRM_CONTACT, "carl", .account = account->id));
	kase = say(f, NULL, SAY(CRM_CASE, "c1", f->bob, .account = account->id));
	assert_on("bob", CASES, "c1.ics");
	assert_on("bob", ACCOUNTS, "acme.vcf carl.vcf");
	kase = say(f, kase, SAY(CRM_CASE, "c1", f->bob, .account = other->id));
	assert_on("bob", ACCOUNTS, "bolt.vcf");
	kase = say(f, kase,
	        SAY(CRM_CASE, "c1", f->bob, .account = other->id, .state = 1, .closed = NOW));
	assert_on("bob", ACCOUNTS, "");
	assert_on("bob", CASES, "c1.ics");
	assert_on("alice", ACCOUNTS, "acme.vcf bolt.vcf carl.vcf");
}

DB_STATEMENT(HOLDER, "SELECT holder, account FROM crm_item WHERE record = ?1");

static int64_t told(struct fixture *f, const struct record *record, int column)
{
	struct db *db = work_reader(&f->work);
	struct db_rows *rows = db_query(db, &f->work.err, &HOLDER, DB_ARGS(DB_INT(record->id)));
	int64_t value = rows && db_next(rows) ? db_int(rows, column) : -1;

	must(f, db_done(rows));
	return value;
}

static void contacts_are_held_by_who_holds_their_account(void **state)
{
	struct fixture *f = *state;
	struct record *account, *contact, *own;

	prepare(f);
	account = say(f, NULL, SAY(CRM_ACCOUNT, "acme", f->alice));
	contact = say(f, NULL, SAY(CRM_CONTACT, "carl", .account = account->id));
	own = say(f, NULL, SAY(CRM_CONTACT, "cora", f->alice, .account = account->id));
	assert_int_equal(told(f, contact, 0), f->alice);
	say(f, account, SAY(CRM_ACCOUNT, "acme", f->bob));
	assert_int_equal(told(f, contact, 0), f->bob);
	assert_int_equal(told(f, own, 0), f->alice);
}

static void notes_go_where_their_case_goes(void **state)
{
	struct fixture *f = *state;
	struct record *account, *other, *kase, *note;

	prepare(f);
	account = say(f, NULL, SAY(CRM_ACCOUNT, "acme", f->alice));
	other = say(f, NULL, SAY(CRM_ACCOUNT, "bolt", f->bob));
	kase = say(f, NULL, SAY(CRM_CASE, "c1", .account = account->id));
	note = say(f, NULL,
	        SAY(CRM_NOTE, "n1", .parent = kase->id, .account = account->id, .start = NOW));
	assert_on("alice", JOURNAL, "n1.ics");
	say(f, kase, SAY(CRM_CASE, "c1", .account = other->id));
	assert_int_equal(told(f, note, 1), other->id);
	assert_on("alice", JOURNAL, "");
	assert_on("bob", JOURNAL, "n1.ics");
}

DB_STATEMENT(MEMBERS_FORGET, "DELETE FROM member WHERE collection = ?1");

static void told_fault(void *arg, const struct fsck_fault *fault)
{
	int *count = arg;

	assert_string_equal(fault->word, "misplaced");
	(*count)++;
}

static int fsck(struct fixture *f, bool repair)
{
	int count = 0;
	struct fsck fsck = { .repair = repair, .report = told_fault, .arg = &count };
	struct db *db;

	work_step_end(&f->work);
	db = pool_private(f->house.pool, &f->work.err);
	assert_non_null(db);
	must(f, fsck_run(&f->house, db, &fsck, &f->work.err));
	db_close(&db);
	return count;
}

static bool forget_run(struct writing *w, void *data)
{
	return db_run(w->db, w->err, &MEMBERS_FORGET, DB_ARGS(DB_INT(*(int64_t *)data)), NULL);
}

static void fsck_puts_back_what_is_misplaced(void **state)
{
	struct fixture *f = *state;
	struct plan *plan;
	int64_t mine;

	prepare(f);
	say(f, NULL, SAY(CRM_LEAD, "l1", f->alice));
	say(f, NULL, SAY(CRM_LEAD, "l2", f->alice));
	assert_int_equal(fsck(f, false), 0);
	mine = shelf_of(f, "alice", SHELF_LEADS);
	plan = new_plan(f);
	plan_add(plan, forget_run, &mine);
	must(f, apply(f, plan));
	assert_int_equal(fsck(f, false), 2);
	assert_on("alice", LEADS, "");
	assert_int_equal(fsck(f, true), 2);
	assert_on("alice", LEADS, "l1.vcf l2.vcf");
	assert_int_equal(fsck(f, false), 0);
}

static void a_removed_record_goes_from_everywhere(void **state)
{
	struct fixture *f = *state;
	struct plan *plan = new_plan(f);
	struct record *account, *kase;
	int64_t since;

	prepare(f);
	account = say(f, NULL, SAY(CRM_ACCOUNT, "acme", f->alice));
	kase = say(f, NULL, SAY(CRM_CASE, "c1", f->bob, .account = account->id));
	since = latest(f);
	plan_vanish(plan, kase->id, kase->revision, &f->house);
	must(f, apply(f, plan));
	assert_on("bob", CASES, "");
	assert_on("company", CASES, "");
	assert_on("bob", ACCOUNTS, "");
	assert_string_equal(
	        changes_of(f, shelf_of(f, "bob", SHELF_CASES), since, 10, false), "-c1.ics");
	must(f, record_get(&f->work, kase->id, &kase));
	assert_null(kase);
	assert_int_equal(collection_at(f, shelf_of(f, "company", SHELF_CASES))->bytes, 0);
}

static bool follow_run(struct writing *w, void *data)
{
	const int64_t *ids = data;

	return db_run(w->db, w->err, ids[2] ? &FOLLOW_INSERT : &FOLLOW_DELETE,
	        DB_ARGS(DB_INT(ids[0]), DB_INT(ids[1])), NULL);
}

static void follow(struct fixture *f, int64_t who, int64_t record, bool on)
{
	int64_t *ids = arena_array(f->work.arena, 3, sizeof(*ids));
	struct plan *plan = new_plan(f);

	ids[0] = who;
	ids[1] = record;
	ids[2] = on;
	plan_add(plan, follow_run, ids);
	plan_appear(plan, record);
	must(f, apply(f, plan));
}

static void followers_have_the_account_and_its_people(void **state)
{
	struct fixture *f = *state;
	struct record *account;

	prepare(f);
	account = say(f, NULL, SAY(CRM_ACCOUNT, "acme", f->alice));
	say(f, NULL, SAY(CRM_CONTACT, "carl", .account = account->id));
	follow(f, f->bob, account->id, true);
	assert_on("bob", ACCOUNTS, "acme.vcf carl.vcf");
	follow(f, f->bob, account->id, false);
	assert_on("bob", ACCOUNTS, "");
}

static void what_nobody_has_taken_waits_in_the_queue(void **state)
{
	struct fixture *f = *state;
	int64_t team = make_principal(f, PRINCIPAL_GROUP, "team", NULL);
	struct plan *plan = new_plan(f);
	struct record *lead, *kase;

	prepare(f);
	lead = say(f, NULL, SAY(CRM_LEAD, "l1", .team = team));
	plan_queue_make(plan, team, SHELF_LEADS);
	plan_queue_make(plan, team, SHELF_CASES);
	must(f, apply(f, plan));
	settle(f, "team", SHELF_LEADS, "l1.vcf"); /* it waited there before */
	kase = say(f, NULL, SAY(CRM_CASE, "c1", .team = team));
	assert_on("team", CASES, "c1.ics");
	say(f, lead, SAY(CRM_LEAD, "l1", f->alice, team));
	assert_on("team", LEADS, "");
	assert_on("alice", LEADS, "l1.vcf");
	say(f, kase, SAY(CRM_CASE, "c1", f->bob, team));
	assert_on("team", CASES, "");
}

static void time_takes_closed_cases_and_old_notes_away(void **state)
{
	struct fixture *f = *state;
	struct record *account;
	int64_t now = time(NULL); /* the writer's chore goes by the clock */

	f->work.now = now;
	prepare(f);
	account = say(f, NULL, SAY(CRM_ACCOUNT, "acme", f->alice));
	say(f, NULL, SAY(CRM_CASE, "old", f->alice, .state = 1, .closed = now - 15 * DAYS));
	say(f, NULL, SAY(CRM_CASE, "new", f->alice, .state = 1, .closed = now - 13 * DAYS));
	say(f, NULL, SAY(CRM_CASE, "soon", f->alice, .state = 1, .closed = now - 14 * DAYS + 2));
	say(f, NULL, SAY(CRM_NOTE, "n1", f->alice, .start = now - 181 * DAYS));
	say(f, NULL, SAY(CRM_NOTE, "n2", f->alice, .start = now - 179 * DAYS));
	say(f, NULL, SAY(CRM_CONTACT, "past", .account = account->id, .until = now - 1));
	say(f, NULL, SAY(CRM_CONTACT, "going", .account = account->id, .until = now + 2));
	assert_on("alice", CASES, "new.ics soon.ics");
	assert_on("alice", JOURNAL, "n2.ics");
	assert_on("alice", ACCOUNTS, "acme.vcf going.vcf");
	sleep(3);
	settle(f, "alice", SHELF_CASES, "new.ics");
	settle(f, "alice", SHELF_ACCOUNTS, "acme.vcf");
	assert_on("alice", JOURNAL, "n2.ics");
}

static void a_new_role_finds_its_records(void **state)
{
	struct fixture *f = *state;
	struct record *account;

	fixture_compose(f, kinds, NULL);
	account = say(f, NULL, SAY(CRM_ACCOUNT, "acme", f->alice));
	say(f, NULL, SAY(CRM_CONTACT, "carl", .account = account->id));
	say(f, NULL, SAY(CRM_LEAD, "l1", f->alice));
	set_roles(f, f->alice);
	settle(f, "alice", SHELF_LEADS, "l1.vcf");
	settle(f, "alice", SHELF_ACCOUNTS, "acme.vcf carl.vcf");
}

static bool cover_run(struct writing *w, void *data)
{
	return db_run(w->db, w->err, &COVER_INSERT, DB_ARGS(DB_TEXT(*(struct text *)data)), NULL) &&
	       writing_people(w);
}

static void who_stands_in_has_what_the_absent_own(void **state)
{
	struct fixture *f = *state;
	struct plan *plan = new_plan(f);
	struct text *row = arena_make(f->work.arena, struct text);
	struct record *account;

	prepare(f);
	account = say(f, NULL, SAY(CRM_ACCOUNT, "acme", f->alice));
	say(f, NULL, SAY(CRM_CONTACT, "carl", .account = account->id));
	say(f, NULL, SAY(CRM_LEAD, "l1", f->alice));
	*row = arena_printf(f->work.arena,
	        "{\"absent\":%lld,\"cover\":%lld,\"from\":\"2000-01-01\",\"to\":\"2100-01-01\"}",
	        (long long)f->alice, (long long)f->bob);
	plan_add(plan, cover_run, row);
	must(f, apply(f, plan));
	settle(f, "bob", SHELF_LEADS, "l1.vcf");
	settle(f, "bob", SHELF_ACCOUNTS, "acme.vcf carl.vcf");
	assert_on("alice", LEADS, "l1.vcf");
	say(f, NULL, SAY(CRM_LEAD, "l2", f->alice));
	assert_on("bob", LEADS, "l1.vcf l2.vcf");
}

#define TESTS(ON) \
	ON(a_reassigned_lead_leaves_and_enters_in_one_commit), ON(what_stays_is_one_change), \
	        ON(closed_leads_leave), ON(the_name_a_client_chose_stays), \
	        ON(a_name_in_use_is_not_taken), ON(names_are_safe_whatever_the_uid), \
	        ON(an_accounts_people_and_notes_go_with_it), ON(an_open_case_brings_its_account), \
	        ON(a_removed_record_goes_from_everywhere), ON(fsck_puts_back_what_is_misplaced), \
	        ON(contacts_are_held_by_who_holds_their_account), \
	        ON(notes_go_where_their_case_goes), ON(followers_have_the_account_and_its_people), \
	        ON(what_nobody_has_taken_waits_in_the_queue), \
	        ON(time_takes_closed_cases_and_old_notes_away), ON(a_new_role_finds_its_records), \
	        ON(who_stands_in_has_what_the_absent_own)
RUN_TESTS(TESTS)
