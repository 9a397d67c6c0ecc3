# Unit tests of src/http: each program is made of the .c file of its name.
check_PROGRAMS += tests/unit/http/test_http
check_PROGRAMS += tests/unit/http/test_auth
check_PROGRAMS += tests/unit/http/test_conn
check_PROGRAMS += tests/unit/http/test_peer
check_PROGRAMS += tests/unit/http/test_router
check_PROGRAMS += tests/unit/http/test_gzip
check_PROGRAMS += tests/unit/http/test_http_door
EXTRA_DIST += tests/unit/http/client.h tests/unit/http/served.h
check_PROGRAMS += tests/unit/http/test_lane
