# Unit tests of src/people: each program is made of the .c file of its name.
check_PROGRAMS += tests/unit/people/test_csv
check_PROGRAMS += tests/unit/people/test_login
check_PROGRAMS += tests/unit/people/test_login_cache
check_PROGRAMS += tests/unit/people/test_throttle
