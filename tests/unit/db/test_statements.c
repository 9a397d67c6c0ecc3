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
	return !strstr(stmt->sql, postgres ? "/* sqlite only */" : "/* postgres only */");
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

/* What is called `alias` in the statement: "FROM member m", "JOIN member m". */
static void real_name(const char *sql, const char *alias, char name[100])
{
	char word[100], second[100];

	snprintf(name, 100, "%s", alias);
	for (const char *at = sql; *at; at++)
		if ((!strncmp(at, "FROM ", 5) || !strncmp(at, "JOIN ", 5)) &&
		        sscanf(at + 5, "%99[a-z_] %99[a-z_]", word, second) == 2 &&
		        !strcmp(second, alias))
			snprintf(name, 100, "%s", word);
}

/* "SCAN name", "SCAN name USING INDEX ...": all of a table or of an index, and so is an index made
 * for the occasion; but not a constant row, nor what the statement itself made with WITH or a
 * subquery, nor a virtual table that was given terms. */
static bool is_scan(const char *step, const char *sql)
{
	char alias[100], name[100], made[120];
	bool automatic = strstr(step, " USING AUTOMATIC ") != NULL;

	if ((strncmp(step, "SCAN ", 5) != 0 && !automatic) || strstr(step, "CONSTANT ROW"))
		return false;
	if (strstr(step, "VIRTUAL TABLE INDEX"))
		return text_ends(text_of(step), TEXT("INDEX 0:"));
	if (sscanf(step, "%*s %99[a-z_]", alias) != 1)
		return false;
	real_name(sql, alias, name);
	/* WITH name AS (SELECT ...), WITH name (columns) AS (SELECT ...) */
	for (const char *at = sql; (at = strstr(at, name)); at++) {
		const char *rest = at + strlen(name);

		if (!strncmp(rest, " (", 2) || *rest == '(')
			rest += strcspn(rest, ")") + 1;
		if (!strncmp(rest, " AS (", 5))
			return false;
	}
	/* (SELECT ...) AS name */
	snprintf(made, sizeof(made), ") AS %s", name);
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
	assert_false(is_scan(
	        "SCAN u", "WITH RECURSIVE up (id) AS (SELECT 1) SELECT 1 FROM t JOIN up u"));
	assert_true(is_scan("SCAN u", "WITH RECURSIVE up (id) AS (SELECT 1) SELECT 1 FROM t u"));
	assert_true(is_scan("SCAN t", "INSERT INTO t (a) SELECT a + 1 FROM t"));
	assert_true(is_scan("SEARCH t USING AUTOMATIC COVERING INDEX (a=?)", "SELECT 1 FROM t"));
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
