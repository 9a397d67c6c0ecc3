/* What dashboards keep in memory never shows: after whatever happens, by whomever, each page is the
 * one that is read anew. */
#include "crm.h"

#include "crm/kpi_past.h"
#include "db/backup.h"
#include "edit/combine.h"
#include "edit/convert.h"
#include "view/figures.h"

DB_STATEMENT(LAST_AUDIT, "SELECT id FROM crm_audit WHERE record = ?1 ORDER BY id DESC LIMIT 1");
DB_STATEMENT(EVENTS_DROP, "DELETE FROM crm_event WHERE record = ?1");
DB_STATEMENT(AUDIT_ADD,
        "INSERT INTO crm_audit (id, record, noun, revision, at, who, via, device, action, changes)"
        " VALUES (?1, ?2, 4, 0, 0, 0, 1, '', 'erase', '{}')");

/* As of the snapshot that the work has, or begins. */
static const char *page_of(struct work *work, enum kpi_page which)
{
	struct figures_ask ask = { .page = which };
	struct figures *figures;
	json_t *page;

	if (!figures_open(work, &ask, &figures) || !figures_page(work, figures, &page))
		fail_msg("%d %s", (int)work->err.id, work->err.detail);
	return crm_json_write(work->arena, page).ptr;
}

static const char *page(struct fixture *f, enum kpi_page which)
{
	work_step_end(&f->work);
	err_clear(&f->work.err);
	return page_of(&f->work, which);
}

static void be_the_same(struct fixture *f)
{
	static const enum kpi_page PAGES[] = { KPI_HOME, KPI_SALES, KPI_SUPPORT, KPI_MANAGER,
		KPI_COMPANY, KPI_CAMPAIGNS };
	struct kpi_kept *kept = f->house.kpi_kept;

	for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
		const char *known = page(f, PAGES[i]), *anew;

		f->house.kpi_kept = NULL;
		anew = page(f, PAGES[i]);
		f->house.kpi_kept = kept;
		assert_string_equal(known, anew);
	}
	work_step_end(&f->work);
}

static int64_t won_on(const char *page)
{
	const char *at = strstr(page, "\"won_amount\":{");

	assert_non_null(at);
	at = strstr(at, "\"value\":");
	assert_non_null(at);
	return strtoll(at + 8, NULL, 10);
}

static int64_t won_amount(struct fixture *f)
{
	return won_on(page(f, KPI_HOME));
}

static int kept_setup(void **state)
{
	struct fixture *f;

	if (crm_setup(state))
		return 1;
	f = *state;
	f->settings.crm_figures_memory = 64 << 20;
	f->house.kpi_kept = kpi_kept_new();
	become(f, &root);
	return 0;
}

static int kept_teardown(void **state)
{
	struct fixture *f = *state;

	kpi_kept_free(&f->house.kpi_kept);
	return teardown(state);
}
#define KEPT(test) cmocka_unit_test_setup_teardown(test, kept_setup, kept_teardown)

static int64_t win(struct fixture *f, int64_t amount)
{
	int64_t deal = make(f, CRM_DEAL, with_id(f, "{'name': 'Engines', 'amount': %lld}", amount));

	wait_for(f, 60);
	change(f, CRM_DEAL, deal, with_id(f, "{'stage': %lld}", row_named(f, CRM_STAGE, "Won")));
	return deal;
}

static void erase(struct fixture *f, int64_t record, int64_t audit)
{
	struct db *db = pool_private(f->house.pool, &f->work.err);

	work_step_end(&f->work);
	must(f, db);
	must(f, db_write_begin(db, &f->work.err));
	must(f, db_run(db, &f->work.err, &EVENTS_DROP, DB_ARGS(DB_INT(record)), NULL));
	if (audit)
		must(f, db_run(db, &f->work.err, &AUDIT_ADD, DB_ARGS(DB_INT(audit), DB_INT(record)),
		                NULL));
	must(f, db_write_commit(db, &f->work.err));
	db_close(&db);
}

/* ---- */

static void what_is_known_is_not_read_again(void **state)
{
	struct fixture *f = *state;
	int64_t deal = win(f, 1000);

	assert_int_equal(won_amount(f), 1000);
	/* Behind everybody's back: a past that was read again would have noticed. */
	erase(f, deal, 0);
	assert_int_equal(won_amount(f), 1000);
	win(f, 500);
	assert_int_equal(won_amount(f), 1500);
}

static void what_happens_next_is_seen(void **state)
{
	struct fixture *f = *state;
	int64_t lead, one;

	be_the_same(f);
	win(f, 1000);
	be_the_same(f);
	lead = make(f, CRM_LEAD, "{'name': 'Leo', 'source': 'Phone'}");
	one = make(f, CRM_CASE, "{'subject': 'Printer', 'kind': 'Complaint'}");
	be_the_same(f);
	wait_for(f, 3600);
	change(f, CRM_CASE, one, "{'status': 'Closed', 'cause': 'Other'}");
	change(f, CRM_LEAD, lead, "{'source': 'Referral'}");
	be_the_same(f);
	assert_int_equal(won_amount(f), 1000);
}

static void what_no_event_tells_is_seen(void **state)
{
	struct fixture *f = *state;
	int64_t one = make(f, CRM_CASE, "{'subject': 'Printer', 'kind': 'Question'}");

	be_the_same(f);
	change(f, CRM_CASE, one, "{'kind': 'Complaint', 'priority': 'Urgent'}");
	be_the_same(f);
}

static void what_is_taken_back_is_taken_back(void **state)
{
	struct fixture *f = *state;
	int64_t deal = win(f, 1000);
	struct edit_crm asked = { .noun = CRM_DEAL, .id = deal, .base = -1 };

	assert_int_equal(won_amount(f), 1000);
	change(f, CRM_DEAL, deal, "{'amount': 700}");
	assert_int_equal(won_amount(f), 700);
	must(f, outcome(f, edit_crm_undo(&f->work, ask_number(f, &LAST_AUDIT, deal), VIA_WEB,
	                           TEXT(""))) == ERR_NONE);
	assert_int_equal(won_amount(f), 1000);
	be_the_same(f);
	must(f, outcome(f, edit_crm_delete(&f->work, &asked)) == ERR_NONE);
	assert_int_equal(won_amount(f), 0);
	be_the_same(f);
	work_step_end(&f->work);
	must(f, outcome(f, edit_crm_restore(&f->work, deal, VIA_WEB, TEXT(""))) == ERR_NONE);
	assert_int_equal(won_amount(f), 1000);
	be_the_same(f);
}

static void what_is_merged_or_converted_is_seen(void **state)
{
	struct fixture *f = *state;
	int64_t keep = make(f, CRM_LEAD, "{'name': 'One', 'source': 'Event'}");
	int64_t lose = make(f, CRM_LEAD, "{'name': 'Uno', 'source': 'Phone'}");
	struct edit_combine both = { .noun = CRM_LEAD, .keep = keep, .lose = lose, .base = -1 };
	struct edit_convert asked = { .lead = keep, .base = -1, .via = VIA_WEB };
	struct edit_converted got;

	be_the_same(f);
	must(f, outcome(f, edit_combine(&f->work, &both)) == ERR_NONE);
	be_the_same(f);
	must(f, outcome(f, edit_convert(&f->work, &asked, &got)) == ERR_NONE);
	be_the_same(f);
}

static void what_is_erased_is_gone(void **state)
{
	struct fixture *f = *state;
	int64_t deal = win(f, 1000);

	win(f, 300);
	assert_int_equal(won_amount(f), 1300);
	erase(f, deal, ask_number(f, &LAST_AUDIT, deal) + 1000);
	assert_int_equal(won_amount(f), 300);
	be_the_same(f);
}

static void much_of_it_comes_in_many_pieces(void **state)
{
	struct fixture *f = *state;

	for (int i = 1; i <= 40; i++) {
		win(f, i);
		assert_int_equal(won_amount(f), i * (i + 1) / 2);
	}
	be_the_same(f);
}

static void beyond_its_memory_nothing_is_kept(void **state)
{
	struct fixture *f = *state;
	int64_t deal;

	f->settings.crm_figures_memory = 1;
	deal = win(f, 1000);
	assert_int_equal(won_amount(f), 1000);
	erase(f, deal, 0);
	assert_int_equal(won_amount(f), 0);
	be_the_same(f);
}

/* ---- somebody who has begun to read before ---- */

struct reader {
	struct work work;
	pthread_barrier_t *begun, *changed;
	int64_t won;
};

static void *read_slowly(void *arg)
{
	struct reader *reader = arg;
	struct kpi_mark mark;

	/* Here its snapshot begins. */
	if (!kpi_read_mark(&reader->work, &mark))
		return NULL;
	pthread_barrier_wait(reader->begun);
	pthread_barrier_wait(reader->changed);
	reader->won = won_on(page_of(&reader->work, KPI_HOME));
	work_step_end(&reader->work);
	return NULL;
}

static void an_older_snapshot_is_told_what_was_then(void **state)
{
	struct fixture *f = *state;
	pthread_barrier_t begun, changed;
	struct reader reader = { .work = { .house = &f->house, .now = f->work.now + 600 },
		.begun = &begun,
		.changed = &changed };
	pthread_t thread;

	reader.work.arena = arena_new();
	reader.work.who = f->work.who;
	assert_int_equal(pthread_barrier_init(&begun, NULL, 2), 0);
	assert_int_equal(pthread_barrier_init(&changed, NULL, 2), 0);
	win(f, 1000);
	assert_int_equal(won_amount(f), 1000);
	assert_int_equal(pthread_create(&thread, NULL, read_slowly, &reader), 0);
	pthread_barrier_wait(&begun);
	win(f, 500);
	assert_int_equal(won_amount(f), 1500);
	win(f, 200);
	assert_int_equal(won_amount(f), 1700);
	work_step_end(&f->work);
	pthread_barrier_wait(&changed);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_int_equal(reader.won, 1000);
	/* Nor has it spoilt anything for those after it. */
	assert_int_equal(won_amount(f), 1700);
	be_the_same(f);
	pthread_barrier_destroy(&begun);
	pthread_barrier_destroy(&changed);
	arena_free(&reader.work.arena);
}

/* ---- many at once ---- */

static void *ask_often(void *arg)
{
	struct reader *reader = arg;

	pthread_barrier_wait(reader->begun);
	for (int i = 0; i < 5; i++) {
		int64_t won = won_on(page_of(&reader->work, KPI_HOME));

		/* Never less than before; -1 stays. */
		if (reader->won >= 0)
			reader->won = won < reader->won ? -1 : won;
		work_step_end(&reader->work);
	}
	return NULL;
}

/* From nothing: one reads all of it, the others wait; then it goes on while deals are won. */
static void many_who_ask_at_once_are_all_told(void **state)
{
	enum { MANY = 4 };
	struct fixture *f = *state;
	struct reader readers[MANY];
	pthread_barrier_t begun;
	pthread_t threads[MANY];

	win(f, 1000);
	work_step_end(&f->work);
	assert_int_equal(pthread_barrier_init(&begun, NULL, MANY), 0);
	for (int i = 0; i < MANY; i++) {
		readers[i] = (struct reader){ .work = { .arena = arena_new(),
			                              .house = &f->house,
			                              .who = f->work.who,
			                              .now = f->work.now + 600 },
			.begun = &begun };
	}
	for (int i = 0; i < MANY; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, ask_often, &readers[i]), 0);
	win(f, 500);
	win(f, 200);
	for (int i = 0; i < MANY; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		assert_in_range(readers[i].won, 1000, 1700);
		arena_free(&readers[i].work.arena);
	}
	pthread_barrier_destroy(&begun);
	assert_int_equal(won_amount(f), 1700);
	be_the_same(f);
}

/* ---- another history ---- */

static bool adjust(void *arg, struct db *db, struct err *err)
{
	(void)arg;
	return house_restored(db, err);
}

/* The memory outlives the house here, as it does where the database is put back behind a server. */
static void reopen(struct fixture *f, const char *backup)
{
	const struct backup_hooks hooks = { .adjust = adjust };
	struct pool_settings place = house_place(&f->settings);
	struct kpi_kept *kept = f->house.kpi_kept;

	work_step_end(&f->work);
	house_close(&f->house);
	must(f, backup_restore(&place, backup, true, &hooks, &f->work.err));
	f->house = (struct house){ .kinds = crm_kinds, .steps = crm_steps };
	must(f, house_open(&f->house, &f->settings, &f->work.err));
	house_start_writer(&f->house);
	f->house.kpi_kept = kept;
}

/* The same number of changes lies behind the backup in both histories: their numbers are the same.
 */
static void a_backup_that_is_put_back_is_another_history(void **state)
{
	struct fixture *f = *state;
	struct pool_settings place = house_place(&f->settings);
	const struct backup_hooks hooks = { 0 };
	const char *file = arena_printf(f->work.arena, "%s/backup", f->dir).ptr;

	if (on_postgres)
		skip(); /* pg_restore wants an empty database */
	win(f, 1000);
	work_step_end(&f->work);
	must(f, backup_make(&place, file, &hooks, &f->work.err));
	win(f, 500);
	assert_int_equal(won_amount(f), 1500);
	reopen(f, file);
	assert_int_equal(won_amount(f), 1000);
	win(f, 20);
	assert_int_equal(won_amount(f), 1020);
	be_the_same(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		KEPT(what_is_known_is_not_read_again),
		KEPT(what_happens_next_is_seen),
		KEPT(what_no_event_tells_is_seen),
		KEPT(what_is_taken_back_is_taken_back),
		KEPT(what_is_merged_or_converted_is_seen),
		KEPT(what_is_erased_is_gone),
		KEPT(much_of_it_comes_in_many_pieces),
		KEPT(beyond_its_memory_nothing_is_kept),
		KEPT(an_older_snapshot_is_told_what_was_then),
		KEPT(many_who_ask_at_once_are_all_told),
		KEPT(a_backup_that_is_put_back_is_another_history),
	};

	return RUN_GATES(tests);
}
