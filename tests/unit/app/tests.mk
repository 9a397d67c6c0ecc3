# Unit tests of src/app: each program is made of the .c file of its name.
check_PROGRAMS += tests/unit/app/test_config
# conf/kontor.conf cannot drift from the table it is made from.
TESTS += tests/unit/app/template_is_current.sh
dist_noinst_DATA += tests/unit/app/template_is_current.sh
tests/unit/app/template_is_current.log: kontor
TESTS += tests/unit/app/schemas_are_installed.sh
dist_noinst_DATA += tests/unit/app/schemas_are_installed.sh
