/* How PostgreSQL is asked to plan: what SQLite runs is the same with it. */
#include "fixture.h"

DB_STATEMENT(FROM_ID_ANEW, "SELECT id FROM thing WHERE id > ?1 ORDER BY id LIMIT ?2 " DB_PLAN_ANEW);
DB_STATEMENT(FROM_ID_ONCE, "SELECT id FROM thing WHERE id > ?1 ORDER BY id LIMIT ?2");
DB_STATEMENT(ADD, "INSERT INTO thing (id, name, body) VALUES (?1, ?2, NULL)");
DB_STATEMENT(RUNS_OF_PREPARED,
        "/* postgres only */ SELECT SUM(generic_plans + custom_plans) FROM pg_prepared_statements"
        " WHERE statement LIKE 'SELECT id FROM thing%' AND statement LIKE ?1");
DB_STATEMENT(SETTING, "/* postgres only */ SELECT current_setting(?1)");

static struct db *reader(struct fixture *f)
{
	struct db *db = pool_reader(f->pool, &f->err);

	must(f, db);
	return db;
}

static int64_t first_number(struct fixture *f, const struct db_stmt *stmt, struct db_args args)
{
	struct db_rows *rows = db_query(reader(f), &f->err, stmt, args);
	int64_t number = -1;

	must(f, rows);
	if (db_next(rows))
		number = db_int(rows, 0);
	must(f, db_done(rows));
	return number;
}

static void the_values_are_the_same(void **state)
{
	struct fixture *f = *state;
	struct db *db = pool_writer(f->pool, &f->err);

	must(f, db);
	for (int64_t i = 1; i < 10; i++)
		must(f, db_run(db, &f->err, &ADD,
		                DB_ARGS(DB_INT(i),
		                        DB_TEXT(text_sub(TEXT("abcdefghi"), 0, (size_t)i))),
		                NULL));
	for (int64_t i = 0; i < 9; i++)
		assert_int_equal(
		        first_number(f, &FROM_ID_ANEW, DB_ARGS(DB_INT(i), DB_INT(1))), i + 1);
	assert_int_equal(first_number(f, &FROM_ID_ANEW, DB_ARGS(DB_INT(9), DB_INT(1))), -1);
}

static void a_statement_is_planned_once_or_anew(void **state)
{
	struct fixture *f = *state;
	struct db_args args = DB_ARGS(DB_INT(0), DB_INT(1));

	for (int i = 0; i < 8; i++) {
		(void)first_number(f, &FROM_ID_ANEW, args);
		(void)first_number(f, &FROM_ID_ONCE, args);
	}
	assert_int_equal(first_number(f, &RUNS_OF_PREPARED, DB_ARGS(DB_TEXT(TEXT("%$2")))), 8);
	assert_int_equal(first_number(f, &RUNS_OF_PREPARED, DB_ARGS(DB_TEXT(TEXT("%anew%")))), 0);
}

static void setting_is(struct fixture *f, const char *name, const char *value)
{
	struct db_rows *rows =
	        db_query(reader(f), &f->err, &SETTING, DB_ARGS(DB_TEXT(text_of(name))));

	must(f, rows);
	assert_true(db_next(rows));
	assert_true(text_eq(db_text(rows, 0), text_of(value)));
	must(f, db_done(rows));
}

static void presets_are_for_small_questions(void **state)
{
	setting_is(*state, "random_page_cost", "1.1");
	setting_is(*state, "max_parallel_workers_per_gather", "0");
	setting_is(*state, "jit", "off");
}

/* As somebody may have set it for the server, the database or, as here, the connection. */
static void what_somebody_set_stays(void **state)
{
	struct fixture *f = *state;
	size_t len = strlen(f->dsn) - 1;

	pool_close(&f->pool);
	snprintf(f->dsn + len, sizeof(f->dsn) - len, " -c random_page_cost=2.5'");
	f->pool = pool_open(&f->settings, &f->err);
	must(f, f->pool);
	setting_is(f, "random_page_cost", "2.5");
	setting_is(f, "max_parallel_workers_per_gather", "0");
}

int main(void)
{
	const struct CMUnitTest sqlite[] = { ON_SQLITE(the_values_are_the_same) };
	const struct CMUnitTest postgres[] = { ON_POSTGRES(the_values_are_the_same),
		ON_POSTGRES(a_statement_is_planned_once_or_anew),
		ON_POSTGRES(presets_are_for_small_questions),
		ON_POSTGRES(what_somebody_set_stays) };
	int failed = cmocka_run_group_tests_name("sqlite", sqlite, NULL, NULL);

	if (getenv("KONTOR_TEST_PG"))
		failed += cmocka_run_group_tests_name("postgres", postgres, NULL, NULL);
	return failed;
}
