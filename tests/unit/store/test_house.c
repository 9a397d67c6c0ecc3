#include "fixture.h"

#include "db/migrate.h"

/* A kind whose rows are of use to nobody: one property per letter of the body. */
DB_STATEMENT(LETTER, "INSERT INTO prop (holder, id, ns, name, value)"
                     " VALUES (99, ?1, ?2, ?3, 'x') ON CONFLICT DO NOTHING");
DB_STATEMENT(LETTERS_FORGET, "DELETE FROM prop WHERE holder = 99 AND id = ?1");
DB_STATEMENT(LETTERS, "SELECT count(*), min(ns) FROM prop WHERE holder = 99 AND id = ?1");
static const struct db_stmt *const forget[] = { &LETTERS_FORGET, NULL };

static bool parse(struct work *work, struct text media, struct subject *subject)
{
	(void)media;
	subject->tag = COMPONENT_VTODO;
	return !text_eq(subject->body, TEXT("bad")) ||
	       err_set(&work->err, ERR_VALID_CALENDAR_DATA, "bad");
}

static bool project(
        struct work *work, const struct collection *at, struct subject *subject, struct rows *rows)
{
	for (size_t i = 0; i < subject->body.len; i++)
		rows_add(rows, &LETTER,
		        DB_ARGS(ROWS_RECORD, DB_TEXT(at->name),
		                DB_TEXT(text_sub(subject->body, i, 1))));
	(void)work;
	return true;
}

static const struct kind letters = {
	.id = KIND_EVENT, .name = "letters", .parse = parse, .project = project, .forget = forget
};
static const struct kind *const kinds[] = { &letters, NULL };

static int64_t letters_of(struct fixture *f, int64_t record)
{
	struct db_rows *rows =
	        db_query(work_reader(&f->work), &f->work.err, &LETTERS, DB_ARGS(DB_INT(record)));
	int64_t count = 0;

	if (rows && db_next(rows)) {
		count = db_int(rows, 0);
		assert_true(!count || text_eq(db_text(rows, 1), TEXT("calendar")));
	}
	must(f, db_done(rows));
	return count;
}

static void reindex(struct fixture *f)
{
	struct db *db = pool_private(f->house.pool, &f->work.err);

	must(f, db);
	work_step_end(&f->work);
	must(f, reindex_run(&f->house, db, NULL, NULL, &f->work.err));
	db_close(&db);
}

static void derived_rows_are_rebuilt(void **state)
{
	struct fixture *f = *state;
	struct record *a = put_body(f, f->calendar, PUT("a", "1", "abcab"));
	struct record *bad = put_body(f, f->calendar, PUT("b", "2", "bad"));

	fixture_compose(f, kinds, NULL);
	assert_int_equal(letters_of(f, a->id), 0);
	reindex(f);
	assert_int_equal(letters_of(f, a->id), 3);
	assert_int_equal(letters_of(f, bad->id), 0);
	assert_int_equal(item_at(f, f->calendar, "a")->member.tag, COMPONENT_VTODO);
	reindex(f);
	assert_int_equal(letters_of(f, a->id), 3);
}

static void rows_follow_their_record(void **state)
{
	struct fixture *f = *state;
	struct record_put put = { .record = arena_make(f->work.arena, struct record),
		.name = TEXT("a"),
		.uid = TEXT("1"),
		.kind = &letters };
	struct collection at = { .name = TEXT("calendar") };
	struct subject subject = { .body = TEXT("abc") };
	struct plan *plan;

	fixture_compose(f, kinds, NULL);
	for (int i = 0; i < 2; i++) {
		put.record->home = f->calendar;
		put.record->kind = KIND_EVENT;
		put.record->body = subject.body;
		put.guard = put.record->revision;
		put.rows = rows_new(f->work.arena);
		assert_true(project(&f->work, &at, &subject, put.rows));
		plan = new_plan(f);
		plan_put(plan, &put);
		must(f, apply(f, plan));
		assert_int_equal(letters_of(f, put.record->id), 3 - i);
		subject.body = TEXT("xy");
	}
	remove_member(f, f->calendar, "a");
	assert_int_equal(letters_of(f, put.record->id), 0);
}

static void everything_is_there_after_a_restart(void **state)
{
	struct fixture *f = *state;
	char *epoch = arena_cstr(f->work.arena, f->house.epoch);
	int64_t before = latest(f);

	put_body(f, f->calendar, PUT("a", "1", "abc"));
	work_step_end(&f->work);
	house_close(&f->house);
	must(f, house_open(&f->house, &f->settings, &f->work.err));
	house_start_writer(&f->house);
	assert_non_null(item_at(f, f->calendar, "a"));
	assert_true(text_eq(f->house.epoch, text_of(epoch)));
	assert_string_equal(changes_of(f, f->calendar, before, 9, false), "+a");
}

DB_STATEMENT(OLDER_PROGRAM, "UPDATE meta SET value = '0.0' WHERE name = 'projection'");
DB_STATEMENT(OLDER_KEYS, "UPDATE principal SET name_key = 'ALICE' WHERE name_key = 'alice'");

static bool older_run(struct writing *w, void *data)
{
	(void)data;
	return db_run(w->db, w->err, &OLDER_PROGRAM, DB_NO_ARGS, NULL) &&
	       db_run(w->db, w->err, &OLDER_KEYS, DB_NO_ARGS, NULL);
}

static void what_an_older_program_derived_is_derived_anew(void **state)
{
	struct fixture *f = *state;
	struct record *a = put_body(f, f->calendar, PUT("a", "1", "abc"));
	struct plan *plan = new_plan(f);
	struct principal *p;

	plan_add(plan, older_run, NULL);
	must(f, apply(f, plan));
	must(f, principal_by_name(&f->work, TEXT("alice"), &p));
	assert_null(p);
	for (int i = 0; i < 2; i++) {
		work_step_end(&f->work);
		house_close(&f->house);
		f->house.kinds = i ? NULL : kinds;
		must(f, house_open(&f->house, &f->settings, &f->work.err));
		assert_int_equal(letters_of(f, a->id), 3);
		must(f, principal_by_name(&f->work, TEXT("alice"), &p));
		assert_non_null(p);
	}
}

static void after_a_restore_no_number_is_given_again(void **state)
{
	struct fixture *f = *state;
	char *epoch = arena_cstr(f->work.arena, f->house.epoch);
	int64_t before = latest(f);
	struct db *db = pool_private(f->house.pool, &f->work.err);

	must(f, db);
	work_step_end(&f->work);
	must(f, house_restored(db, &f->work.err));
	db_close(&db);
	house_close(&f->house);
	must(f, house_open(&f->house, &f->settings, &f->work.err));
	house_start_writer(&f->house);
	assert_false(text_eq(f->house.epoch, text_of(epoch)));
	assert_true(latest(f) - before > 1000000);
}

static void a_house_is_made_only_where_there_is_none(void **state)
{
	struct fixture *f = *state;
	struct err err = { 0 };

	assert_false(house_make(&f->settings, &err));
	assert_true(err_is_set(&err));
}

static void tidying_sweeps_expired_locks(void **state)
{
	struct fixture *f = *state;
	struct dav_lock lock = { .token = TEXT("t"),
		.collection = f->files,
		.name = TEXT(""),
		.until = NOW - 900000000 };
	struct plan *plan = new_plan(f);
	bool any;

	plan_lock_make(plan, &lock);
	must(f, apply(f, plan));
	f->work.now = lock.until - 1;
	must(f, dav_lock_any(&f->work, &any));
	assert_true(any);
	work_step_end(&f->work);
	must(f, house_tidy(&f->house, &f->work.err));
	must(f, dav_lock_any(&f->work, &any));
	assert_false(any);
}

#define TESTS(ON) \
	ON(derived_rows_are_rebuilt), ON(rows_follow_their_record), \
	        ON(everything_is_there_after_a_restart), \
	        ON(what_an_older_program_derived_is_derived_anew), \
	        ON(after_a_restore_no_number_is_given_again), \
	        ON(a_house_is_made_only_where_there_is_none), ON(tidying_sweeps_expired_locks)
RUN_TESTS(TESTS)
