/* Where records appear when they are changed as everybody changes them: through the gates. */
#include "crm.h"

#include "crm/appear.h"
#include "edit/convert.h"

DB_STATEMENT(UIDS, "SELECT i.title FROM member m JOIN crm_item i ON i.record = m.record"
                   " WHERE m.collection = ?1 ORDER BY i.title");

static int64_t shelf_of(struct fixture *f, const char *owner, enum crm_shelf shelf)
{
	return place_of(f, owner, shelf_row(shelf)->home, shelf_row(shelf)->name.ptr);
}

/* Titles of what is in a collection. */
static const char *on(struct fixture *f, const char *owner, enum crm_shelf shelf)
{
	int64_t at = shelf_of(f, owner, shelf);
	struct db_rows *rows =
	        db_query(work_reader(&f->work), &f->work.err, &UIDS, DB_ARGS(DB_INT(at)));
	struct buf buf;

	buf_init(&buf, f->work.arena);
	while (rows && db_next(rows))
		buf_printf(&buf, "%s%.*s", buf.len ? ", " : "", TEXT_ARG(db_text(rows, 0)));
	must(f, db_done(rows));
	return buf.len ? buf_text(&buf).ptr : "";
}

#define assert_on(owner, shelf, want) \
	do { \
		work_step_end(&f->work); \
		assert_string_equal(on(f, (owner), SHELF_##shelf), (want)); \
	} while (0)

static void assigning_moves_it_from_one_to_the_other(void **state)
{
	struct fixture *f = *state;
	int64_t lead = make(f, CRM_LEAD, "{'name': 'Karl Kunde'}"), mine, since;

	mine = shelf_of(f, "ann", SHELF_LEADS);
	assert_on("ann", LEADS, "Karl Kunde");
	since = latest(f);
	become(f, &carla);
	change(f, CRM_LEAD, lead, with_id(f, "{'owner': null, 'team': %lld}", north));
	assert_on("ann", LEADS, "");
	assert_string_equal(
	        changes_of(f, mine, since, 10, false)[0] == '-' ? "gone" : "there", "gone");
	change(f, CRM_LEAD, lead, with_id(f, "{'owner': %lld}", ann.id));
	assert_on("ann", LEADS, "Karl Kunde");
	assert_string_equal(
	        changes_of(f, mine, since, 10, false)[0] == '+' ? "there" : "gone", "there");
}

static void what_waits_is_in_the_queue_until_somebody_takes_it(void **state)
{
	struct fixture *f = *state;
	struct plan *plan = new_plan(f);
	int64_t id;

	plan_queue_make(plan, north, SHELF_CASES);
	must(f, apply(f, plan));
	become(f, &carla);
	id = make(f, CRM_CASE,
	        with_id(f, "{'subject': 'Druckt nicht', 'owner': null, 'team': %lld}", north));
	assert_on("north", CASES, "Druckt nicht");
	change(f, CRM_CASE, id, with_id(f, "{'owner': %lld}", ben.id));
	assert_on("north", CASES, "");
	assert_on("ben", CASES, "Druckt nicht");
}

static void a_converted_lead_goes_over_to_the_accounts(void **state)
{
	struct fixture *f = *state;
	int64_t lead = make(f, CRM_LEAD, "{'name': 'Karl Kunde', 'company': 'Acme'}");
	struct edit_convert asked = { .lead = lead, .base = -1, .account_name = TEXT("Acme") };
	struct edit_converted converted;
	struct plan *plan;
	int64_t leads = shelf_of(f, "ann", SHELF_LEADS), since = latest(f);

	must(f, outcome(f, edit_reserve(&f->work, asked.ids, 2)) == ERR_NONE);
	work_step_end(&f->work);
	plan = edit_convert(&f->work, &asked, &converted);
	assert_int_equal(outcome(f, plan), ERR_NONE);
	assert_on("ann", LEADS, "");
	assert_on("company", LEADS, "");
	assert_on("ann", ACCOUNTS, "Acme, Karl Kunde");
	assert_on("company", ACCOUNTS, "Acme, Karl Kunde");
	assert_int_equal(changes_of(f, leads, since, 10, false)[0], '-');
}

static void a_case_lends_its_account_to_whoever_serves_it(void **state)
{
	struct fixture *f = *state;
	int64_t account = make(f, CRM_ACCOUNT, "{'name': 'Acme'}"), id;

	make(f, CRM_CONTACT,
	        with_id(f, "{'name': 'Karl', 'accounts': [{'account': %lld}]}", account));
	assert_on("ann", ACCOUNTS, "Acme, Karl");
	become(f, &ben);
	id = make(f, CRM_CASE, with_id(f, "{'subject': 'Druckt nicht', 'account': %lld}", account));
	assert_on("ben", CASES, ""); /* it waits until somebody takes it */
	change(f, CRM_CASE, id, with_id(f, "{'owner': %lld}", ben.id));
	assert_on("ben", CASES, "Druckt nicht");
	assert_on("ben", ACCOUNTS, "Acme, Karl");
	change(f, CRM_CASE, id, "{'status': 'Closed'}");
	assert_on("ben", ACCOUNTS, "");
	assert_on("ben", CASES, "Druckt nicht");
}

static void following_and_leaving_off(void **state)
{
	struct fixture *f = *state;
	int64_t account = make(f, CRM_ACCOUNT, "{'name': 'Acme'}");

	become(f, &ben);
	assert_int_equal(outcome(f, edit_crm_follow(&f->work, account, true)), ERR_NONE);
	assert_on("ben", ACCOUNTS, "Acme");
	assert_int_equal(outcome(f, edit_crm_follow(&f->work, account, false)), ERR_NONE);
	assert_on("ben", ACCOUNTS, "");
}

static void the_bin_takes_it_from_everywhere_and_gives_it_back(void **state)
{
	struct fixture *f = *state;
	int64_t lead = make(f, CRM_LEAD, "{'name': 'Karl Kunde'}");
	struct edit_crm asked = { .noun = CRM_LEAD, .id = lead, .base = -1 };

	become(f, &carla);
	assert_int_equal(outcome(f, edit_crm_delete(&f->work, &asked)), ERR_NONE);
	assert_on("ann", LEADS, "");
	assert_on("company", LEADS, "");
	assert_int_equal(
	        outcome(f, edit_crm_restore(&f->work, lead, VIA_WEB, TEXT_NONE)), ERR_NONE);
	assert_on("ann", LEADS, "Karl Kunde");
}

static void settle(struct fixture *f)
{
	struct err err = { 0 };

	work_step_end(&f->work);
	assert_true(house_settle(&f->house, &err));
}

static void a_cover_has_and_sees_what_the_absent_own(void **state)
{
	struct fixture *f = *state;
	int64_t dora = make_user(f, "dora", "sales"), lead, row;
	struct who who;

	lead = make(f, CRM_LEAD, "{'name': 'Karl Kunde'}");
	become(f, &root);
	row = make(f, CRM_COVER,
	        arena_cstr(f->work.arena,
	                arena_printf(f->work.arena,
	                        "{'absent': %lld, 'cover': %lld, 'from': '2000-01-01', 'to': "
	                        "'2100-01-01'}",
	                        (long long)ann.id, (long long)dora)));
	settle(f);
	assert_on("dora", LEADS, "Karl Kunde");
	assert_on("ann", LEADS, "Karl Kunde");
	who_is(f, &who, dora, "dora");
	become(f, &who);
	assert_non_null(entry_of(f, CRM_LEAD, lead));
	become(f, &root);
	work_step_end(&f->work);
	assert_int_equal(
	        outcome(f, edit_crm_delete(&f->work,
	                           &(struct edit_crm){ .noun = CRM_COVER, .id = row, .base = -1 })),
	        ERR_NONE);
	settle(f);
	assert_on("dora", LEADS, "");
	become(f, &who);
	assert_null(entry_of(f, CRM_LEAD, lead));
}

static void visibility_is_what_the_admin_sets(void **state)
{
	struct fixture *f = *state;
	int64_t dora = make_user(f, "dora", "sales"), lead;
	struct who who;

	lead = make(f, CRM_LEAD, "{'name': 'Karl Kunde'}");
	who_is(f, &who, dora, "dora");
	become(f, &who);
	assert_null(entry_of(f, CRM_LEAD, lead));
	become(f, &root);
	make(f, CRM_VISIBILITY, "{'role': 'sales', 'noun': 'leads', 'reach': 'all'}");
	who_is(f, &who, dora, "dora");
	become(f, &who);
	assert_non_null(entry_of(f, CRM_LEAD, lead));
	assert_on("dora", LEADS, "");
}

static void people_who_left_leave_their_records_to_those_who_see_all(void **state)
{
	struct fixture *f = *state;
	int64_t lead = make(f, CRM_LEAD, "{'name': 'Karl Kunde'}");
	struct plan *plan = new_plan(f);

	plan_principal_remove(plan, ann.id);
	must(f, apply(f, plan));
	become(f, &root);
	assert_non_null(entry_of(f, CRM_LEAD, lead));
	change(f, CRM_LEAD, lead, with_id(f, "{'owner': %lld}", ben.id));
	become(f, &carla);
	assert_non_null(entry_of(f, CRM_LEAD, lead));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(assigning_moves_it_from_one_to_the_other),
		CRM(what_waits_is_in_the_queue_until_somebody_takes_it),
		CRM(a_converted_lead_goes_over_to_the_accounts),
		CRM(a_case_lends_its_account_to_whoever_serves_it),
		CRM(following_and_leaving_off),
		CRM(the_bin_takes_it_from_everywhere_and_gives_it_back),
		CRM(a_cover_has_and_sees_what_the_absent_own),
		CRM(visibility_is_what_the_admin_sets),
		CRM(people_who_left_leave_their_records_to_those_who_see_all),
	};

	return RUN_GATES(tests);
}
