# Unit tests of src/store: each program is made of the .c file of its name.
EXTRA_DIST += tests/unit/store/fixture.h
check_PROGRAMS += tests/unit/store/test_record
check_PROGRAMS += tests/unit/store/test_change
check_PROGRAMS += tests/unit/store/test_principal
check_PROGRAMS += tests/unit/store/test_furnish
check_PROGRAMS += tests/unit/store/test_reach
check_PROGRAMS += tests/unit/store/test_beside
check_PROGRAMS += tests/unit/store/test_writer
check_PROGRAMS += tests/unit/store/test_house
check_PROGRAMS += tests/unit/store/test_fsck
check_PROGRAMS += tests/unit/store/test_fsck_places
check_PROGRAMS += tests/unit/store/test_light
check_PROGRAMS += tests/unit/store/test_crash
check_PROGRAMS += tests/unit/store/test_outbox
