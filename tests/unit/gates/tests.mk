# Unit tests of src/view and src/edit, and of rights: each program is made of the .c file of its name.
EXTRA_DIST += tests/unit/gates/gates.h
check_PROGRAMS += tests/unit/gates/test_access
check_PROGRAMS += tests/unit/gates/test_target
check_PROGRAMS += tests/unit/gates/test_shelf
check_PROGRAMS += tests/unit/gates/test_list
check_PROGRAMS += tests/unit/gates/test_put
check_PROGRAMS += tests/unit/gates/test_move
check_PROGRAMS += tests/unit/gates/test_locks
check_PROGRAMS += tests/unit/gates/test_locks_race
