# Unit tests of src/db: each program is made of the .c file of its name.
check_PROGRAMS += tests/unit/db/test_state
check_PROGRAMS += tests/unit/db/test_backup tests/unit/db/test_db tests/unit/db/test_migrate \
	tests/unit/db/test_pg_value tests/unit/db/test_plan tests/unit/db/test_pool
EXTRA_DIST += tests/unit/postgres.h tests/unit/db/fixture.h tests/pg.sh
# All of the program, so that every DB_STATEMENT is in its list; of the two main(), the test's.
check_PROGRAMS += tests/unit/db/test_statements
tests_unit_db_test_statements_SOURCES = tests/unit/db/test_statements.c src/app/main.c
tests_unit_db_test_statements_LDFLAGS = $(AM_LDFLAGS) \
	-Wl,-z,muldefs,--whole-archive,libkontor.a,--no-whole-archive
