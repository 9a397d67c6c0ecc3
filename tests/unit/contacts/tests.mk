# Unit tests of src/contacts: each program is made of the .c file of its name.
check_PROGRAMS += tests/unit/contacts/test_keys
