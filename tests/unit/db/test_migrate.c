#include "fixture.h"

#include "db/check.h"

DB_STATEMENT(COUNT_THINGS, "SELECT count(*) FROM thing /* scan: a test */");
DB_STATEMENT(COUNT_WORDS, "SELECT count(*) FROM thing_word /* scan: a test */");
DB_STATEMENT(ADD, "INSERT INTO thing (id, name) VALUES (?1, ?2)");
DB_STATEMENT(ADD_WORD, "INSERT INTO thing_word (thing, word) VALUES (?1, ?2)");
DB_STATEMENT(COLOURS, "SELECT colour FROM thing /* scan: a test */");
DB_STATEMENT(COUNT_LETTERS, "SELECT count(*) FROM letter /* scan: a test */");
DB_STATEMENT(USER_VERSION, "/* sqlite only */ SELECT user_version FROM pragma_user_version");
DB_STATEMENT(ONLY_HERE, "SELECT name FROM only_here /* scan: a test */");

static int setup_bare_sqlite(void **state)
{
	*state = fixture_bare(false);
	return 0;
}

static int setup_bare_postgres(void **state)
{
	*state = fixture_bare(true);
	return 0;
}

static void reopen(struct fixture *f)
{
	pool_close(&f->pool);
	f->pool = pool_open(&f->settings, &f->err);
	must(f, f->pool);
}

static struct db *writer(struct fixture *f)
{
	struct db *db = pool_writer(f->pool, &f->err);

	must(f, db);
	return db;
}

static int64_t number(struct fixture *f, const struct db_stmt *stmt)
{
	struct db_rows *rows = db_query(writer(f), &f->err, stmt, DB_NO_ARGS);
	int64_t n;

	must(f, rows);
	n = db_next(rows) ? db_int(rows, 0) : -1;
	must(f, db_done(rows));
	return n;
}

static void make(struct fixture *f)
{
	must(f, migrate_init(&f->settings, &f->err));
	reopen(f);
}

static bool migrate(struct fixture *f)
{
	bool anew;

	must(f, migrate_run(f->pool, &f->err, &anew));
	return anew;
}

static void a_new_database_is_complete(void **state)
{
	struct fixture *f = *state;

	make(f);
	assert_int_equal(number(f, &COUNT_THINGS), 0);
	assert_int_equal(number(f, &COUNT_WORDS), 0);
	assert_false(migrate(f));
}

static void a_database_is_not_made_twice(void **state)
{
	struct fixture *f = *state;

	make(f);
	must(f, db_run(writer(f), &f->err, &ADD, DB_ARGS(DB_INT(1), DB_TEXT(TEXT("a"))), NULL));
	assert_false(migrate_init(&f->settings, &f->err));
	assert_int_equal(f->err.id, ERR_UNAVAILABLE);
	f->err = (struct err){ 0 };
	assert_int_equal(number(f, &COUNT_THINGS), 1);
}

static void nothing_is_created_by_opening(void **state)
{
	struct fixture *f = *state;

	assert_null(pool_open(&f->settings, &f->err));
	assert_int_equal(f->err.id, ERR_UNAVAILABLE);
	f->err = (struct err){ 0 };
	make(f);
}

static void steps_are_applied_once_and_keep_what_is_there(void **state)
{
	struct fixture *f = *state;

	make(f);
	must(f, db_run(writer(f), &f->err, &ADD, DB_ARGS(DB_INT(1), DB_TEXT(TEXT("a"))), NULL));
	fixture_file(f, "truth/002-colour.sql",
	        "ALTER TABLE thing ADD COLUMN colour INTEGER NOT NULL DEFAULT 7;\n");
	fixture_file(f, "truth/003-letter.sql", "CREATE TABLE letter (id INTEGER PRIMARY KEY);\n");
	reopen(f);
	assert_false(migrate(f));
	assert_false(migrate(f));
	assert_int_equal(number(f, &COLOURS), 7);
	assert_int_equal(number(f, &COUNT_LETTERS), 0);
	if (!db_is_postgres(writer(f)))
		assert_int_equal(number(f, &USER_VERSION), 3);
}

static void a_step_that_fails_leaves_nothing(void **state)
{
	struct fixture *f = *state;
	bool anew;

	make(f);
	fixture_file(f, "truth/002-bad.sql",
	        "CREATE TABLE letter (id INTEGER PRIMARY KEY);\nCREATE NONSENSE;\n");
	reopen(f);
	assert_false(migrate_run(f->pool, &f->err, &anew));
	f->err = (struct err){ 0 };
	fixture_file(f, "truth/002-bad.sql", "CREATE TABLE letter (id INTEGER PRIMARY KEY);\n");
	assert_false(migrate(f));
	assert_int_equal(number(f, &COUNT_LETTERS), 0);
}

static void a_gap_in_the_numbers_is_refused(void **state)
{
	struct fixture *f = *state;

	fixture_file(f, "truth/003-letter.sql", "CREATE TABLE letter (id INTEGER PRIMARY KEY);\n");
	assert_false(migrate_init(&f->settings, &f->err));
	assert_non_null(strstr(f->err.detail, "002"));
}

static void a_newer_database_is_refused(void **state)
{
	struct fixture *f = *state;
	char path[200];

	fixture_file(f, "truth/002-letter.sql", "CREATE TABLE letter (id INTEGER PRIMARY KEY);\n");
	make(f);
	pool_close(&f->pool);
	snprintf(path, sizeof(path), "%s/truth/002-letter.sql", f->schemas);
	assert_int_equal(unlink(path), 0);
	assert_null(pool_open(&f->settings, &f->err));
	assert_non_null(strstr(f->err.detail, "newer"));
}

static void a_changed_index_is_made_anew_until_it_is_filled(void **state)
{
	struct fixture *f = *state;

	make(f);
	must(f, db_run(writer(f), &f->err, &ADD, DB_ARGS(DB_INT(1), DB_TEXT(TEXT("a"))), NULL));
	must(f, db_run(writer(f), &f->err, &ADD_WORD, DB_ARGS(DB_INT(1), DB_TEXT(TEXT("a"))),
	                NULL));
	fixture_file(f, "index.sql",
	        "CREATE TABLE thing_word (\n\tword TEXT NOT NULL,\n\tthing INTEGER NOT NULL\n);\n"
	        "CREATE INDEX thing_word_thing ON thing_word (thing);\n"
	        "CREATE INDEX thing_name ON thing (name, id);\n");
	assert_true(migrate(f));
	assert_true(migrate(f));
	assert_int_equal(number(f, &COUNT_WORDS), 0);
	assert_int_equal(number(f, &COUNT_THINGS), 1);
	must(f, migrate_index_filled(writer(f), &f->err));
	assert_false(migrate(f));
	/* The index on a table that stays is dropped, too, or this would fail. */
	must(f, migrate_index(writer(f), &f->err));
	assert_true(migrate(f));
}

static void a_statement_can_be_for_one_database_only(void **state)
{
	struct fixture *f = *state;
	struct db_rows *rows;
	const char *want;

	fixture_file(f, "truth/002-only.sql",
	        "-- sqlite:\nCREATE TABLE only_here (\n\tname TEXT\n);\n"
	        "-- postgres:\nCREATE TABLE only_here (\n\tname TEXT, x int4\n);\n\n"
	        "-- sqlite:\nINSERT INTO only_here VALUES ('sqlite');\n"
	        "-- postgres:\nINSERT INTO only_here VALUES ('postgres');\n");
	make(f);
	want = db_is_postgres(writer(f)) ? "postgres" : "sqlite";
	rows = db_query(writer(f), &f->err, &ONLY_HERE, DB_NO_ARGS);
	assert_true(db_next(rows));
	assert_true(text_eq(db_text(rows, 0), text_of(want)));
	assert_false(db_next(rows));
	must(f, db_done(rows));
}

static void a_file_that_ends_within_a_statement_is_refused(void **state)
{
	struct fixture *f = *state;

	fixture_file(f, "truth/002-half.sql", "CREATE TABLE letter (id INTEGER PRIMARY KEY)\n");
	assert_false(migrate_init(&f->settings, &f->err));
	assert_non_null(strstr(f->err.detail, "002-half.sql"));
}

static void nothing_is_left_of_a_database_that_could_not_be_made(void **state)
{
	struct fixture *f = *state;
	char path[200];

	fixture_file(f, "truth/002-bad.sql", "CREATE NONSENSE;\n");
	assert_false(migrate_init(&f->settings, &f->err));
	f->err = (struct err){ 0 };
	snprintf(path, sizeof(path), "%s/kontor.db.new", f->dir);
	assert_int_not_equal(access(path, F_OK), 0);
	fixture_file(f, "truth/002-bad.sql", "CREATE TABLE letter (id INTEGER PRIMARY KEY);\n");
	make(f);
}

#define TESTS(ON) \
	ON(a_new_database_is_complete), ON(a_database_is_not_made_twice), \
	        ON(nothing_is_created_by_opening), \
	        ON(steps_are_applied_once_and_keep_what_is_there), \
	        ON(a_step_that_fails_leaves_nothing), ON(a_gap_in_the_numbers_is_refused), \
	        ON(a_newer_database_is_refused), \
	        ON(a_changed_index_is_made_anew_until_it_is_filled), \
	        ON(a_statement_can_be_for_one_database_only), \
	        ON(a_file_that_ends_within_a_statement_is_refused), \
	        ON(nothing_is_left_of_a_database_that_could_not_be_made)
#define BARE_SQLITE(test)   cmocka_unit_test_setup_teardown(test, setup_bare_sqlite, teardown)
#define BARE_POSTGRES(test) cmocka_unit_test_setup_teardown(test, setup_bare_postgres, teardown)

int main(void)
{
	const struct CMUnitTest sqlite[] = { TESTS(BARE_SQLITE) };
	const struct CMUnitTest postgres[] = { TESTS(BARE_POSTGRES) };
	int failed = cmocka_run_group_tests_name("sqlite", sqlite, NULL, NULL);

	if (getenv("KONTOR_TEST_PG"))
		failed += cmocka_run_group_tests_name("postgres", postgres, NULL, NULL);
	return failed;
}
