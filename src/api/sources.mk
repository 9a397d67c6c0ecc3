# Files of src/api.
libkontor_a_SOURCES += src/api/api.c src/api/api.h src/api/door.h src/api/routes.tbl.h
libkontor_a_SOURCES += src/api/json.c
libkontor_a_SOURCES += src/api/problem.c
libkontor_a_SOURCES += src/api/session.c
libkontor_a_SOURCES += src/api/me.c src/api/me.h src/api/my.c
libkontor_a_SOURCES += src/api/events.c
libkontor_a_SOURCES += src/api/dashboards.c
libkontor_a_SOURCES += src/api/record.c src/api/ask.c src/api/record.h
libkontor_a_SOURCES += src/api/nouns.c src/api/history.c src/api/bulk.c src/api/csv.c src/api/fields.c
libkontor_a_SOURCES += src/api/people.c src/api/staff.c src/api/people.h
libkontor_a_SOURCES += src/api/devices.c src/api/qr.c src/api/profile.c src/api/setup.h
libkontor_a_SOURCES += src/api/timeline.c src/api/overview.c src/api/case.c src/api/bin.c src/api/calendar.c src/api/event.c
libkontor_a_SOURCES += src/api/search.c src/api/convert.c src/api/assign.c src/api/twins.c src/api/imports.c
