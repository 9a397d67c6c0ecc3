# Unit tests of src/capture: each program is made of the .c file of its name.
check_PROGRAMS += tests/unit/capture/test_mail
