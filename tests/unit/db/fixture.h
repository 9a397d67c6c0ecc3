/* fixture.h - a throwaway database, on SQLite, and on PostgreSQL when KONTOR_TEST_PG says where
 * (../postgres.h). Includes cmocka. */
#ifndef KONTOR_TEST_DB_FIXTURE_H
#define KONTOR_TEST_DB_FIXTURE_H

#include "base/base.h"

#include <setjmp.h>

#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "db/driver.h"
#include "db/migrate.h"
#include "../postgres.h"

struct fixture {
	char dir[64];
	char schemas[80];
	char dsn[400];
	struct pool_settings settings;
	struct pool *pool;
	struct err err;
};

#define must(fixture, what) \
	do { \
		if (!(what)) \
			fail_msg("%s: %d %s", #what, (int)(fixture)->err.id, \
			        (fixture)->err.detail); \
	} while (0)

UNUSED static void fixture_file(const struct fixture *f, const char *name, const char *text)
{
	char path[200];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", f->schemas, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

/* A directory with schema files, no database yet. */
UNUSED static struct fixture *fixture_bare(bool postgres)
{
	struct fixture *f = db_alloc(sizeof(*f));
	char truth[100];

	log_setup(getenv("KONTOR_TEST_LOG") ? LOG_LEVEL_DEBUG : (enum log_level) - 1, false);
	snprintf(f->dir, sizeof(f->dir), "/tmp/kontor-db-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->schemas, sizeof(f->schemas), "%s/schemas", f->dir);
	assert_int_equal(mkdir(f->schemas, 0700), 0);
	snprintf(truth, sizeof(truth), "%s/truth", f->schemas);
	assert_int_equal(mkdir(truth, 0700), 0);
	fixture_file(f, "truth/001-first.sql",
	        "-- a comment; with a semicolon\n"
	        "CREATE TABLE thing (\n\tid INTEGER NOT NULL PRIMARY KEY,\n\tname TEXT NOT NULL "
	        "UNIQUE,\n"
	        "\tbody BLOB\n);\n"
	        "CREATE TABLE part (\n\tthing INTEGER NOT NULL REFERENCES thing (id) ON DELETE "
	        "CASCADE,\n"
	        "\tposition INTEGER NOT NULL,\n\tPRIMARY KEY (thing, position)\n) WITHOUT "
	        "ROWID;\n");
	fixture_file(f, "index.sql",
	        "CREATE TABLE thing_word (\n\tword TEXT NOT NULL,\n\tthing INTEGER NOT NULL\n);\n"
	        "CREATE INDEX thing_word_word ON thing_word (word);\n");
	f->settings.data_dir = f->dir;
	f->settings.schema_dir = f->schemas;
	f->settings.busy_ms = 300;
#ifdef HAVE_LIBPQ
	if (postgres) {
		postgres_open(f->dsn, sizeof(f->dsn));
		f->settings.postgres_dsn = f->dsn;
	}
#else
	assert_false(postgres);
#endif
	return f;
}

UNUSED static struct fixture *fixture_open(bool postgres)
{
	struct fixture *f = fixture_bare(postgres);

	must(f, migrate_init(&f->settings, &f->err));
	f->pool = pool_open(&f->settings, &f->err);
	must(f, f->pool);
	return f;
}

UNUSED static void fixture_close(struct fixture *f)
{
	char sql[100];

	pool_close(&f->pool);
#ifdef HAVE_LIBPQ
	if (f->dsn[0])
		postgres_close(f->dsn);
#endif
	snprintf(sql, sizeof(sql), "rm -rf %s", f->dir);
	assert_int_equal(system(sql), 0);
	free(f);
}

UNUSED static int setup_sqlite(void **state)
{
	*state = fixture_open(false);
	return 0;
}

UNUSED static int setup_postgres(void **state)
{
	*state = fixture_open(true);
	return 0;
}

UNUSED static int teardown(void **state)
{
	fixture_close(*state);
	return 0;
}

#define ON_SQLITE(test)   cmocka_unit_test_setup_teardown(test, setup_sqlite, teardown)
#define ON_POSTGRES(test) cmocka_unit_test_setup_teardown(test, setup_postgres, teardown)

#endif
