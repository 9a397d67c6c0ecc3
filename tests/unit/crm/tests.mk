# Unit tests of src/crm: each program is made of the .c file of its name.
check_PROGRAMS += tests/unit/crm/test_hours
check_PROGRAMS += tests/unit/crm/test_appear
EXTRA_DIST += tests/unit/crm/crm.h
check_PROGRAMS += tests/unit/crm/test_lead
check_PROGRAMS += tests/unit/crm/test_card tests/unit/crm/test_ical_body tests/unit/crm/test_merge
EXTRA_DIST += tests/unit/crm/bodies.h
check_PROGRAMS += tests/unit/crm/test_find
check_PROGRAMS += tests/unit/crm/test_twin
check_PROGRAMS += tests/unit/crm/test_deal
check_PROGRAMS += tests/unit/crm/test_case
check_PROGRAMS += tests/unit/crm/test_bin
check_PROGRAMS += tests/unit/crm/test_activity
