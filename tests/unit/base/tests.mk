# Unit tests of src/base: each program is made of the .c file of its name.
check_PROGRAMS += tests/unit/base/test_arena
check_PROGRAMS += tests/unit/base/test_clock
check_PROGRAMS += tests/unit/base/test_codec
check_PROGRAMS += tests/unit/base/test_err
check_PROGRAMS += tests/unit/base/test_hash
check_PROGRAMS += tests/unit/base/test_log
check_PROGRAMS += tests/unit/base/test_log_gather
check_PROGRAMS += tests/unit/base/test_map
check_PROGRAMS += tests/unit/base/test_queue
check_PROGRAMS += tests/unit/base/test_str
dist_noinst_DATA += tests/unit/test.h tests/unit/cpu.h
