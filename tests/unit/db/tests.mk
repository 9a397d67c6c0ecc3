# Unit tests of src/db: each program is made of the .c file of its name.
check_PROGRAMS += tests/unit/db/test_db
EXTRA_DIST += tests/unit/db/fixture.h
