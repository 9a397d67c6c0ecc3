# Unit tests of src/store: each program is made of the .c file of its name.
EXTRA_DIST += tests/unit/store/fixture.h
check_PROGRAMS += tests/unit/store/test_record
check_PROGRAMS += tests/unit/store/test_change
