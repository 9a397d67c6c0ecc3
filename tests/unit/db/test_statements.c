/* Every statement of the program, prepared on the databases there are, with the real schema. The
 * whole archive is linked into this one (tests.mk). A statement for one database begins with the
 * comment sqlite or postgres; one that may walk through a whole table says why: "scan: the reason".
 */
#include "fixture.h"

#include <sqlite3.h>

static void report(const struct db_stmt *stmt, const char *what, const char *why)
{
	print_error("%s: %s %s\n\t%s\n", stmt->where, what, why, stmt->sql);
}

static struct fixture *open_real(bool postgres)
{
	struct fixture *f = fixture_bare(postgres);

	f->settings.schema_dir = KONTOR_SRCDIR "/schemas";
	must(f, migrate_init(&f->settings, &f->err));
	f->pool = pool_open(&f->settings, &f->err);
	must(f, f->pool);
	return f;
}

static bool is_for(const struct db_stmt *stmt, bool postgres)
{
	if (text_starts(text_of(stmt->sql), TEXT("/* sqlite */")))
		return !postgres;
	return postgres || !text_starts(text_of(stmt->sql), TEXT("/* postgres */"));
}

static int prepare_all(bool postgres)
{
	struct fixture *f = open_real(postgres);
	struct db *db = pool_private(f->pool, &f->err);
	int failed = 0, seen = 0;

	must(f, db);
	for (const struct db_stmt *const *p = db_stmts_begin(); p < db_stmts_end(); p++) {
		struct stmt_entry entry = { .stmt = *p };
		struct db_rows rows = { .db = db, .entry = &entry };
		struct err err = { 0 };

		if (!is_for(*p, postgres))
			continue;
		seen++;
		if (!db->driver->prepare(&rows, &err)) {
			report(*p, "cannot be prepared:", "see KONTOR_TEST_LOG=1");
			failed++;
		}
		db->driver->forget(&rows);
		free(entry.prepared);
	}
	assert_true(seen > 10);
	db_close(&db);
	fixture_close(f);
	return failed;
}

static void each_statement_can_be_prepared_on_sqlite(void **state)
{
	(void)state;
	assert_int_equal(prepare_all(false), 0);
}

static void each_statement_can_be_prepared_on_postgres(void **state)
{
	(void)state;
	if (!getenv("KONTOR_TEST_PG"))
		skip();
	assert_int_equal(prepare_all(true), 0);
}

/* "SCAN name", "SCAN name USING INDEX ...": all of a table or of an index; but not a constant row,
 * nor what the statement itself made with WITH or a subquery, nor a virtual table that was given
 * terms. */
static bool is_scan(const char *step, const char *sql)
{
	char name[100], made[120];

	if (strncmp(step, "SCAN ", 5) != 0 || strstr(step, "CONSTANT ROW"))
		return false;
	if (strstr(step, "VIRTUAL TABLE INDEX"))
		return text_ends(text_of(step), TEXT("INDEX 0:"));
	if (step[5] == '(')
		return false;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(step + 5, " "), step + 5);
	snprintf(made, sizeof(made), "%s AS (", name);
	if (strstr(sql, made))
		return false;
	snprintf(made, sizeof(made), "%s(", name);
	return !strstr(sql, made);
}

static int scans(sqlite3 *handle, const struct db_stmt *stmt)
{
	char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", stmt->sql);
	sqlite3_stmt *plan = NULL;
	int found = 0;

	assert_int_equal(sqlite3_prepare_v2(handle, sql, -1, &plan, NULL), SQLITE_OK);
	while (sqlite3_step(plan) == SQLITE_ROW) {
		const char *step = (const char *)sqlite3_column_text(plan, 3);

		if (!is_scan(step, stmt->sql))
			continue;
		report(stmt, "walks through everything:", step);
		found++;
	}
	sqlite3_finalize(plan);
	sqlite3_free(sql);
	return found;
}

static void no_statement_walks_through_a_whole_table(void **state)
{
	struct fixture *f = open_real(false);
	struct db *db = pool_private(f->pool, &f->err);
	int found = 0;

	(void)state;
	must(f, db);
	for (const struct db_stmt *const *p = db_stmts_begin(); p < db_stmts_end(); p++)
		if (is_for(*p, false) && !strstr((*p)->sql, "/* scan: "))
			found += scans(db->handle, *p);
	db_close(&db);
	fixture_close(f);
	assert_int_equal(found, 0);
}

static void a_scan_is_recognised(void **state)
{
	(void)state;
	assert_true(is_scan("SCAN member", "SELECT 1 FROM member"));
	assert_true(is_scan("SCAN m USING COVERING INDEX x", "SELECT 1 FROM member m"));
	assert_false(is_scan("SEARCH member USING INDEX x (a=?)", "SELECT 1 FROM member"));
	assert_false(is_scan("SCAN CONSTANT ROW", "SELECT 1"));
	assert_false(is_scan("SCAN up", "WITH RECURSIVE up AS (SELECT 1) SELECT 1 FROM up"));
	assert_true(is_scan("SCAN words VIRTUAL TABLE INDEX 0:", "SELECT 1 FROM words"));
	assert_false(is_scan("SCAN words VIRTUAL TABLE INDEX 0:M3", "SELECT 1 FROM words"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_statement_can_be_prepared_on_sqlite),
		cmocka_unit_test(each_statement_can_be_prepared_on_postgres),
		cmocka_unit_test(no_statement_walks_through_a_whole_table),
		cmocka_unit_test(a_scan_is_recognised),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
