#include "fixture.h"

DB_STATEMENT(ADD, "INSERT INTO thing (id, name, body) VALUES (?1, ?2, ?3)");
DB_STATEMENT(ADD_QUIETLY,
        "INSERT INTO thing (id, name, body) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING");
DB_STATEMENT(RENAME, "UPDATE thing SET name = name || ?1 /* scan: a test */");
DB_STATEMENT(DELETE, "DELETE FROM thing WHERE id = ?1 RETURNING name");
DB_STATEMENT(GET, "SELECT id, name, body FROM thing WHERE id = ?1");
DB_STATEMENT(GET_OR, "SELECT id FROM thing WHERE id = ?1 OR (?1 IS NULL AND id = ?2)");
DB_STATEMENT(ALL, "SELECT id, name FROM thing ORDER BY id /* scan: a test */");
DB_STATEMENT(
        COUNT, "SELECT count(*), sum(id), max(name), count(*) > 1 FROM thing /* scan: a test */");
DB_STATEMENT(FROM_ID, "SELECT id FROM thing WHERE id > ?1 ORDER BY id LIMIT ?2");
DB_STATEMENT(QUOTED, "SELECT id, '?9 -- it''s' FROM thing WHERE id = ?1 -- and ?8");
DB_STATEMENT(BY_NAME, "SELECT name FROM thing ORDER BY name /* scan: a test */");
DB_STATEMENT(ADD_PART, "INSERT INTO part (thing, position) VALUES (?1, ?2)");
DB_STATEMENT(PARTS, "SELECT count(*) FROM part WHERE thing = ?1");
DB_STATEMENT(BROKEN, "SELECT nothing FROM nowhere");

#define THING_COLUMNS(COL, _) \
	COL(int, id) _ COL(text, name) \
	_ COL(blob, body)
DB_STRUCT(thing, THING_COLUMNS)

static struct db *writer(struct fixture *f)
{
	struct db *db = pool_writer(f->pool, &f->err);

	must(f, db);
	return db;
}

static struct db *reader(struct fixture *f)
{
	struct db *db = pool_reader(f->pool, &f->err);

	must(f, db);
	return db;
}

static bool add(struct fixture *f, int64_t id, const char *name)
{
	return db_run(writer(f), &f->err, &ADD,
	        DB_ARGS(DB_INT(id), DB_TEXT(text_of(name)), DB_NULL), NULL);
}

static int64_t count(struct fixture *f, struct db *db)
{
	struct db_rows *rows = db_query(db, &f->err, &COUNT, DB_NO_ARGS);
	int64_t n = -1;

	must(f, rows);
	assert_true(db_next(rows));
	n = db_int(rows, 0);
	must(f, db_done(rows));
	return n;
}

static void values_come_back_as_they_went_in(void **state)
{
	struct fixture *f = *state;
	struct arena *arena = arena_new();
	static const char BYTES[] = { 0, 1, (char)0xff, 'x', 0 };
	struct text body = { BYTES, sizeof(BYTES) };
	struct db_rows *rows;
	struct thing thing;

	must(f, db_run(writer(f), &f->err, &ADD,
	                DB_ARGS(DB_INT(INT64_MIN), DB_TEXT(TEXT("a")), DB_BLOB(body)), NULL));
	must(f, db_run(writer(f), &f->err, &ADD,
	                DB_ARGS(DB_INT(INT64_MAX), DB_TEXT(TEXT("")), DB_BLOB(TEXT(""))), NULL));
	must(f, db_run(writer(f), &f->err, &ADD,
	                DB_ARGS(DB_INT(0), DB_TEXT(TEXT("\xc3\xa9\xe2\x82\xac")),
	                        DB_BLOB(TEXT_NONE)),
	                NULL));

	rows = db_query(reader(f), &f->err, &GET, DB_ARGS(DB_INT(INT64_MIN)));
	assert_true(db_next(rows));
	thing_read(rows, arena, &thing);
	assert_false(db_next(rows));
	must(f, db_done(rows));
	assert_true(thing.id == INT64_MIN);
	assert_true(text_eq(thing.name, TEXT("a")));
	assert_true(text_eq(thing.body, body));

	rows = db_query(reader(f), &f->err, &GET, DB_ARGS(DB_INT(INT64_MAX)));
	assert_true(db_next(rows));
	assert_true(db_int(rows, 0) == INT64_MAX);
	assert_non_null(db_text(rows, 1).ptr);
	assert_int_equal(db_text(rows, 1).len, 0);
	assert_non_null(db_text(rows, 2).ptr);
	assert_false(db_is_null(rows, 2));
	must(f, db_done(rows));

	rows = db_query(reader(f), &f->err, &GET, DB_ARGS(DB_INT(0)));
	assert_true(db_next(rows));
	assert_true(text_eq(db_text(rows, 1), TEXT("\xc3\xa9\xe2\x82\xac")));
	assert_null(db_text(rows, 2).ptr);
	assert_true(db_is_null(rows, 2));
	assert_int_equal(db_int(rows, 2), 0);
	must(f, db_done(rows));
	arena_free(&arena);
}

static void aggregates_and_conditions_are_numbers(void **state)
{
	struct fixture *f = *state;
	struct db_rows *rows;

	assert_true(add(f, 1LL << 40, "a") && add(f, 1LL << 41, "b"));
	rows = db_query(reader(f), &f->err, &COUNT, DB_NO_ARGS);
	assert_true(db_next(rows));
	assert_int_equal(db_int(rows, 0), 2);
	assert_true(db_int(rows, 1) == (1LL << 40) + (1LL << 41));
	assert_true(text_eq(db_text(rows, 2), TEXT("b")));
	assert_int_equal(db_int(rows, 3), 1);
	must(f, db_done(rows));
}

static void absent_parameters_are_null(void **state)
{
	struct fixture *f = *state;
	struct db_rows *rows;

	assert_true(add(f, 1, "a") && add(f, 2, "b"));
	rows = db_query(reader(f), &f->err, &GET_OR, DB_ARGS(DB_NULL, DB_INT(2)));
	assert_true(db_next(rows));
	assert_int_equal(db_int(rows, 0), 2);
	assert_false(db_next(rows));
	must(f, db_done(rows));
	rows = db_query(reader(f), &f->err, &GET_OR, DB_ARGS(DB_INT(1), DB_INT(2)));
	assert_true(db_next(rows));
	assert_int_equal(db_int(rows, 0), 1);
	must(f, db_done(rows));
}

static void limit_takes_a_parameter(void **state)
{
	struct fixture *f = *state;
	struct db_rows *rows;
	int seen = 0;

	for (int i = 1; i <= 9; i++)
		assert_true(add(f, i, (char[]){ (char)('a' + i), 0 }));
	rows = db_query(reader(f), &f->err, &FROM_ID, DB_ARGS(DB_INT(3), DB_INT(4)));
	while (db_next(rows))
		assert_int_equal(db_int(rows, 0), 4 + seen++);
	must(f, db_done(rows));
	assert_int_equal(seen, 4);
}

static void question_marks_in_quotes_are_text(void **state)
{
	struct fixture *f = *state;
	struct db_rows *rows;

	assert_true(add(f, 7, "a"));
	rows = db_query(reader(f), &f->err, &QUOTED, DB_ARGS(DB_INT(7)));
	assert_true(db_next(rows));
	assert_true(text_eq(db_text(rows, 1), TEXT("?9 -- it's")));
	must(f, db_done(rows));
}

static void text_is_ordered_by_bytes(void **state)
{
	struct fixture *f = *state;
	static const char *const ORDER[] = { "", "B", "Z", "_", "a", "a b", "ab", "b", "\xc3\xa4" };
	struct db_rows *rows;
	size_t at = 0;

	for (size_t i = COUNT_OF(ORDER); i-- > 0;)
		assert_true(add(f, (int64_t)i, ORDER[i]));
	rows = db_query(reader(f), &f->err, &BY_NAME, DB_NO_ARGS);
	while (db_next(rows))
		assert_true(text_eq(db_text(rows, 0), text_of(ORDER[at++])));
	must(f, db_done(rows));
	assert_int_equal(at, COUNT_OF(ORDER));
}

static void changed_rows_are_counted(void **state)
{
	struct fixture *f = *state;
	struct db_args args = DB_ARGS(DB_INT(1), DB_TEXT(TEXT("a")), DB_NULL);
	int64_t changed = -1;

	must(f, db_run(writer(f), &f->err, &ADD_QUIETLY, args, &changed));
	assert_int_equal(changed, 1);
	must(f, db_run(writer(f), &f->err, &ADD_QUIETLY, args, &changed));
	assert_int_equal(changed, 0);
	assert_true(add(f, 2, "b"));
	must(f, db_run(writer(f), &f->err, &RENAME, DB_ARGS(DB_TEXT(TEXT("x"))), &changed));
	assert_int_equal(changed, 2);
	must(f, db_run(writer(f), &f->err, &GET, DB_ARGS(DB_INT(1)), &changed));
	assert_int_equal(changed, 0);
	must(f, db_run(writer(f), &f->err, &DELETE, DB_ARGS(DB_INT(1)), &changed));
	assert_int_equal(changed, 1);
}

static void returning_gives_rows(void **state)
{
	struct fixture *f = *state;
	struct db_rows *rows;

	assert_true(add(f, 1, "a"));
	rows = db_query(writer(f), &f->err, &DELETE, DB_ARGS(DB_INT(1)));
	assert_true(db_next(rows));
	assert_true(text_eq(db_text(rows, 0), TEXT("a")));
	assert_false(db_next(rows));
	must(f, db_done(rows));
	assert_int_equal(count(f, reader(f)), 0);
}

static void one_statement_can_run_within_itself(void **state)
{
	struct fixture *f = *state;
	struct db_rows *outer, *inner;
	int seen = 0;

	assert_true(add(f, 1, "a") && add(f, 2, "b") && add(f, 3, "c"));
	outer = db_query(reader(f), &f->err, &ALL, DB_NO_ARGS);
	while (db_next(outer)) {
		inner = db_query(reader(f), &f->err, &ALL, DB_NO_ARGS);
		while (db_next(inner))
			seen++;
		must(f, db_done(inner));
	}
	must(f, db_done(outer));
	assert_int_equal(seen, 9);
}

static void a_snapshot_does_not_change(void **state)
{
	struct fixture *f = *state;

	must(f, db_read_begin(reader(f), &f->err));
	assert_int_equal(count(f, reader(f)), 0);
	assert_true(add(f, 1, "a"));
	assert_int_equal(count(f, reader(f)), 0);
	db_read_end(reader(f));
	assert_int_equal(count(f, reader(f)), 1);
}

static void a_reader_cannot_write(void **state)
{
	struct fixture *f = *state;
	struct db_args args = DB_ARGS(DB_INT(1), DB_TEXT(TEXT("a")), DB_NULL);

	assert_false(db_run(reader(f), &f->err, &ADD, args, NULL));
	assert_int_equal(f->err.id, ERR_INTERNAL);
	f->err = (struct err){ 0 };
	must(f, db_read_begin(reader(f), &f->err));
	assert_false(db_run(reader(f), &f->err, &ADD, args, NULL));
	db_read_end(reader(f));
	assert_int_equal(count(f, reader(f)), 0);
}

static void a_rollback_leaves_nothing(void **state)
{
	struct fixture *f = *state;

	must(f, db_write_begin(writer(f), &f->err));
	assert_true(add(f, 1, "a"));
	db_write_rollback(writer(f));
	assert_int_equal(count(f, reader(f)), 0);
	must(f, db_write_begin(writer(f), &f->err));
	assert_true(add(f, 1, "a"));
	must(f, db_write_commit(writer(f), &f->err));
	assert_int_equal(count(f, reader(f)), 1);
}

static void a_savepoint_undoes_its_own_work_only(void **state)
{
	struct fixture *f = *state;
	struct db *db = writer(f);

	must(f, db_write_begin(db, &f->err));
	must(f, db_savepoint(db, &f->err));
	assert_true(add(f, 1, "a"));
	must(f, db_savepoint_release(db, &f->err));
	must(f, db_savepoint(db, &f->err));
	assert_true(add(f, 2, "b"));
	/* The name is taken: our mistake, and on PostgreSQL the end of everything but a rollback.
	 */
	assert_false(add(f, 3, "a") && db_savepoint_release(db, &f->err));
	assert_int_equal(f->err.id, ERR_INTERNAL);
	f->err = (struct err){ 0 };
	db_savepoint_rollback(db);
	must(f, db_savepoint(db, &f->err));
	assert_true(add(f, 4, "d"));
	must(f, db_savepoint_release(db, &f->err));
	must(f, db_write_commit(db, &f->err));
	assert_int_equal(count(f, reader(f)), 2);
}

/* Some of them before anybody asks, more than are sent at once. */
static void many_statements_in_a_row_are_all_done(void **state)
{
	struct fixture *f = *state;
	struct db *db = writer(f);
	char name[30];

	must(f, db_write_begin(db, &f->err));
	for (int i = 1; i <= 1000; i++) {
		snprintf(name, sizeof(name), "thing %d", i);
		must(f, add(f, i, name));
		if (i % 300 == 0)
			assert_int_equal(count(f, db), i);
	}
	must(f, db_write_commit(db, &f->err));
	assert_int_equal(count(f, reader(f)), 1000);
}

/* Whether it is told by the statement itself or by what comes after it. */
static void a_failure_is_told_before_the_end(void **state)
{
	struct fixture *f = *state;
	struct db *db = writer(f);
	int64_t changed = -1;

	must(f, db_write_begin(db, &f->err));
	must(f, add(f, 1, "a"));
	assert_false(add(f, 2, "a") && add(f, 3, "c") && db_write_commit(db, &f->err));
	assert_int_equal(f->err.id, ERR_INTERNAL);
	if (db->doing == DB_WRITING)
		db_write_rollback(db);
	f->err = (struct err){ 0 };
	must(f, db_write_begin(db, &f->err));
	must(f, db_savepoint(db, &f->err));
	assert_false(add(f, 1, "a") && add(f, 2, "a") &&
	             db_run(db, &f->err, &ADD, DB_ARGS(DB_INT(3), DB_TEXT(TEXT("c")), DB_NULL),
	                     &changed));
	assert_int_equal(f->err.id, ERR_INTERNAL);
	assert_true(changed <= 0);
	f->err = (struct err){ 0 };
	db_savepoint_rollback(db);
	must(f, add(f, 4, "d"));
	must(f, db_write_commit(db, &f->err));
	assert_int_equal(count(f, reader(f)), 1);
}

static void a_failed_statement_without_savepoint_stores_nothing_of_itself(void **state)
{
	struct fixture *f = *state;

	assert_true(add(f, 1, "a"));
	assert_false(add(f, 1, "b"));
	f->err = (struct err){ 0 };
	assert_true(add(f, 2, "b"));
	assert_int_equal(count(f, reader(f)), 2);
}

static void references_are_kept(void **state)
{
	struct fixture *f = *state;
	struct db_rows *rows;

	assert_false(db_run(writer(f), &f->err, &ADD_PART, DB_ARGS(DB_INT(1), DB_INT(1)), NULL));
	f->err = (struct err){ 0 };
	assert_true(add(f, 1, "a"));
	must(f, db_run(writer(f), &f->err, &ADD_PART, DB_ARGS(DB_INT(1), DB_INT(1)), NULL));
	must(f, db_run(writer(f), &f->err, &DELETE, DB_ARGS(DB_INT(1)), NULL));
	rows = db_query(reader(f), &f->err, &PARTS, DB_ARGS(DB_INT(1)));
	assert_true(db_next(rows));
	assert_int_equal(db_int(rows, 0), 0);
	must(f, db_done(rows));
}

static void wrong_statements_are_our_mistake(void **state)
{
	struct fixture *f = *state;

	assert_null(db_query(reader(f), &f->err, &BROKEN, DB_NO_ARGS));
	assert_int_equal(f->err.id, ERR_INTERNAL);
	assert_null(strstr(f->err.detail, "nowhere"));
	f->err = (struct err){ 0 };
	assert_null(db_query(reader(f), &f->err, &GET, DB_NO_ARGS));
	assert_int_equal(f->err.id, ERR_INTERNAL);
	f->err = (struct err){ 0 };
	assert_int_equal(count(f, reader(f)), 0);
	assert_false(db_done(NULL));
}

static void all_statements_are_listed(void **state)
{
	bool found = false;

	(void)state;
	for (const struct db_stmt *const *p = db_stmts_begin(); p < db_stmts_end(); p++)
		found = found || *p == &BROKEN;
	assert_true(found);
}

#define TESTS(ON) \
	ON(values_come_back_as_they_went_in), ON(aggregates_and_conditions_are_numbers), \
	        ON(absent_parameters_are_null), ON(limit_takes_a_parameter), \
	        ON(question_marks_in_quotes_are_text), ON(text_is_ordered_by_bytes), \
	        ON(changed_rows_are_counted), ON(returning_gives_rows), \
	        ON(one_statement_can_run_within_itself), ON(a_snapshot_does_not_change), \
	        ON(a_reader_cannot_write), ON(a_rollback_leaves_nothing), \
	        ON(a_savepoint_undoes_its_own_work_only), \
	        ON(many_statements_in_a_row_are_all_done), ON(a_failure_is_told_before_the_end), \
	        ON(a_failed_statement_without_savepoint_stores_nothing_of_itself), \
	        ON(references_are_kept), ON(wrong_statements_are_our_mistake), \
	        ON(all_statements_are_listed)

int main(void)
{
	const struct CMUnitTest sqlite[] = { TESTS(ON_SQLITE) };
	const struct CMUnitTest postgres[] = { TESTS(ON_POSTGRES) };
	int failed = cmocka_run_group_tests_name("sqlite", sqlite, NULL, NULL);

	if (getenv("KONTOR_TEST_PG"))
		failed += cmocka_run_group_tests_name("postgres", postgres, NULL, NULL);
	return failed;
}
