/* db_state(): whoever remembers what was read must never miss a commit. */
#include "fixture.h"

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

static void postgres_has_none(void **state)
{
	struct fixture *f = *state;
	struct db *db = pool_reader(f->pool, &f->err);

	must(f, db);
	must(f, db_read_begin(db, &f->err));
	assert_int_equal(look(f, db), 0);
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
	*db_memory(db) = (struct db_memory){ &forgotten, count_forgotten };
	db_close(&db);
	assert_int_equal(forgotten, 1);
}

int main(void)
{
	const struct CMUnitTest sqlite[] = {
		ON_SQLITE(a_commit_makes_another_state),
		ON_SQLITE(a_snapshot_keeps_its_state),
		ON_SQLITE(a_checkpoint_hides_no_commit),
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
