/* db_state(): whoever remembers what was read must never miss a commit. */
#include "fixture.h"

#include <sys/wait.h>

DB_STATEMENT(ADD, "INSERT INTO thing (id, name, body) VALUES (?1, ?2, ?3)");
DB_STATEMENT(COUNT, "SELECT count(*) FROM thing /* scan: a test */");

static void store(struct fixture *f, int64_t id)
{
	struct db *db = pool_writer(f->pool, &f->err);
	char name[30];

	must(f, db);
	snprintf(name, sizeof(name), "thing %lld", (long long)id);
	must(f, db_write_begin(db, &f->err));
	must(f, db_run(db, &f->err, &ADD,
	                DB_ARGS(DB_INT(id), DB_TEXT(text_of(name)), DB_BLOB(TEXT("x"))), NULL));
	must(f, db_write_commit(db, &f->err));
}

static int64_t look(struct fixture *f, struct db *db)
{
	struct db_rows *rows = db_query(db, &f->err, &COUNT, DB_NO_ARGS);

	must(f, db_next(rows));
	must(f, db_done(rows));
	return db_state(db);
}

/* Of a snapshot of its own. */
static int64_t state_now(struct fixture *f)
{
	struct db *db = pool_reader(f->pool, &f->err);
	int64_t state;

	must(f, db);
	must(f, db_read_begin(db, &f->err));
	assert_int_equal(db_state(db), 0);
	state = look(f, db);
	assert_int_equal(look(f, db), state);
	db_read_end(db);
	assert_int_equal(db_state(db), 0);
	return state;
}

static void a_commit_makes_another_state(void **state)
{
	struct fixture *f = *state;
	int64_t before, after;

	store(f, 1);
	before = state_now(f);
	assert_true(before);
	assert_int_equal(state_now(f), before);
	for (int64_t id = 2; id < 20; id++) {
		store(f, id);
		after = state_now(f);
		assert_int_not_equal(after, before);
		before = after;
	}
}

static void a_snapshot_keeps_its_state(void **state)
{
	struct fixture *f = *state;
	struct db *db = pool_reader(f->pool, &f->err);
	int64_t before;

	must(f, db);
	must(f, db_read_begin(db, &f->err));
	before = look(f, db);
	store(f, 1);
	assert_int_equal(look(f, db), before);
	db_read_end(db);
	assert_int_not_equal(state_now(f), before);
}

static void a_checkpoint_hides_no_commit(void **state)
{
	struct fixture *f = *state;
	int64_t before;

	store(f, 1);
	before = state_now(f);
	store(f, 2);
	db_tidy(pool_writer(f->pool, &f->err), true);
	assert_int_not_equal(state_now(f), before);
}

/* Two snapshots of one state: the second knows its mark before it is taken. */
static int64_t seen(struct fixture *f)
{
	state_now(f);
	return state_now(f);
}

static void the_present_state_is_known_without_a_snapshot_until_a_commit(void **state)
{
	struct fixture *f = *state;
	struct db *db = pool_reader(f->pool, &f->err);

	must(f, db);
	for (int64_t id = 1; id < 20; id++) {
		int64_t before = seen(f);

		assert_true(before);
		assert_int_equal(db_state_now(db), before);
		assert_int_equal(db_state_now(db), before);
		store(f, id);
		assert_int_equal(db_state_now(db), 0);
		db_tidy(pool_writer(f->pool, &f->err), true);
		assert_int_equal(db_state_now(db), 0);
	}
}

static void a_checkpoint_between_commits_hides_none_from_the_present(void **state)
{
	struct fixture *f = *state;
	struct db *db = pool_reader(f->pool, &f->err);

	must(f, db);
	for (int64_t id = 1; id < 20; id++) {
		int64_t before = seen(f);

		assert_int_equal(db_state_now(db), before);
		db_tidy(pool_writer(f->pool, &f->err), true);
		store(f, id);
		assert_int_equal(db_state_now(db), 0);
		assert_int_not_equal(state_now(f), before);
	}
}

static _Noreturn void store_when_told(struct fixture *f, int64_t id, int told)
{
	char byte;

	if (read(told, &byte, 1) != 1)
		_exit(1);
	f->pool = pool_open(&f->settings, &f->err);
	store(f, id);
	_exit(0);
}

static void another_process_is_seen_too(void **state)
{
	struct fixture *f = *state;
	int64_t before;
	int tell[2], status;
	pid_t child;

	/* SQLite must not be open across a fork. */
	pool_close(&f->pool);
	assert_int_equal(pipe(tell), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child)
		store_when_told(f, 2, tell[0]);
	f->pool = pool_open(&f->settings, &f->err);
	must(f, f->pool);
	store(f, 1);
	before = seen(f);
	assert_int_equal(db_state_now(pool_reader(f->pool, &f->err)), before);
	assert_int_equal(write(tell[1], "", 1), 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(db_state_now(pool_reader(f->pool, &f->err)), 0);
	assert_int_not_equal(state_now(f), before);
	close(tell[0]);
	close(tell[1]);
}

static void what_was_told_ahead_holds_or_the_first_query_fails(void **state)
{
	struct fixture *f = *state;
	struct db *db = pool_reader(f->pool, &f->err);
	struct err err = { 0 };
	struct db_rows *rows;
	int64_t before = seen(f);

	must(f, db);
	must(f, db_read_begin(db, &f->err));
	assert_int_equal(db_state_ahead(db), before);
	assert_int_equal(look(f, db), before);
	assert_false(db_moved_on(db));
	db_read_end(db);
	must(f, db_read_begin(db, &f->err));
	assert_int_equal(db_state_ahead(db), before);
	store(f, 1);
	assert_int_equal(db_state_ahead(db), before);
	rows = db_query(db, &err, &COUNT, DB_NO_ARGS);
	assert_non_null(rows);
	assert_false(db_next(rows));
	assert_false(db_done(rows));
	assert_int_equal(err.id, ERR_UNAVAILABLE);
	assert_null(db_query(db, &err, &COUNT, DB_NO_ARGS));
	assert_true(db_moved_on(db));
	db_read_end(db);
	assert_false(db_moved_on(db));
	assert_int_not_equal(state_now(f), before);
}

static void looking_takes_the_snapshot(void **state)
{
	struct fixture *f = *state;
	struct db *db = pool_reader(f->pool, &f->err);
	int64_t before;

	must(f, db);
	must(f, db_read_begin(db, &f->err));
	must(f, db_look(db, &f->err));
	before = db_state(db);
	assert_true(before);
	store(f, 1);
	assert_int_equal(look(f, db), before);
	db_read_end(db);
}

static void postgres_has_none(void **state)
{
	struct fixture *f = *state;
	struct db *db = pool_reader(f->pool, &f->err);

	must(f, db);
	must(f, db_read_begin(db, &f->err));
	must(f, db_look(db, &f->err));
	assert_int_equal(look(f, db), 0);
	assert_int_equal(db_state_now(db), 0);
	assert_int_equal(db_state_ahead(db), 0);
	db_read_end(db);
}

static void count_forgotten(void *what)
{
	++*(int *)what;
}

static void what_is_remembered_ends_with_the_connection(void **state)
{
	struct fixture *f = *state;
	struct db *db = pool_private(f->pool, &f->err);
	int forgotten = 0;

	must(f, db);
	for (int i = 0; i < DB_MEMORIES; i++)
		*db_memory(db, i) = (struct db_memory){ &forgotten, count_forgotten };
	db_close(&db);
	assert_int_equal(forgotten, DB_MEMORIES);
}

int main(void)
{
	const struct CMUnitTest sqlite[] = {
		ON_SQLITE(a_commit_makes_another_state),
		ON_SQLITE(a_snapshot_keeps_its_state),
		ON_SQLITE(a_checkpoint_hides_no_commit),
		ON_SQLITE(the_present_state_is_known_without_a_snapshot_until_a_commit),
		ON_SQLITE(a_checkpoint_between_commits_hides_none_from_the_present),
		ON_SQLITE(another_process_is_seen_too),
		ON_SQLITE(what_was_told_ahead_holds_or_the_first_query_fails),
		ON_SQLITE(looking_takes_the_snapshot),
		ON_SQLITE(what_is_remembered_ends_with_the_connection),
	};
	const struct CMUnitTest postgres[] = {
		ON_POSTGRES(postgres_has_none),
		ON_POSTGRES(what_is_remembered_ends_with_the_connection),
	};
	int failed = cmocka_run_group_tests_name("sqlite", sqlite, NULL, NULL);

	if (getenv("KONTOR_TEST_PG"))
		failed += cmocka_run_group_tests_name("postgres", postgres, NULL, NULL);
	return failed;
}
