# Unit tests of src/object: each program is made of the .c file of its name.
check_PROGRAMS += tests/unit/object/test_vcard tests/unit/object/test_vcard_check tests/unit/object/test_vcard_facts
check_PROGRAMS += tests/unit/object/test_vcard_filter tests/unit/object/test_vcard_convert tests/unit/object/test_jcard
dist_noinst_DATA += tests/unit/object/card.h
check_PROGRAMS += tests/unit/object/test_zone tests/unit/object/test_ical_rule
check_PROGRAMS += tests/unit/object/test_jcal
check_PROGRAMS += tests/unit/object/test_ical tests/unit/object/test_ical_check tests/unit/object/test_ical_recur
check_PROGRAMS += tests/unit/object/test_ical_filter tests/unit/object/test_ical_trim tests/unit/object/test_ical_merge
check_PROGRAMS += tests/unit/object/test_busy tests/unit/object/test_ical_edit tests/unit/object/test_ical_series
dist_noinst_DATA += tests/unit/object/cal.h
