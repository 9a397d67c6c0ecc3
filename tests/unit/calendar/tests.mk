# Unit tests of src/calendar: each program is made of the .c file of its name.
check_PROGRAMS += tests/unit/calendar/test_span
