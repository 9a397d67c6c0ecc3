# Unit tests of src/wire: each program is made of the .c file of its name.
check_PROGRAMS += tests/unit/wire/test_call
check_PROGRAMS += tests/unit/wire/test_flowed
check_PROGRAMS += tests/unit/wire/test_header
check_PROGRAMS += tests/unit/wire/test_header_if
check_PROGRAMS += tests/unit/wire/test_href
check_PROGRAMS += tests/unit/wire/test_json_out
check_PROGRAMS += tests/unit/wire/test_mime
check_PROGRAMS += tests/unit/wire/test_names
check_PROGRAMS += tests/unit/wire/test_xml_in
check_PROGRAMS += tests/unit/wire/test_xml_kept
check_PROGRAMS += tests/unit/wire/test_xml_out
check_PROGRAMS += tests/unit/wire/test_letter
