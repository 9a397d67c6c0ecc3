# Files of src/api.
libkontor_a_SOURCES += src/api/api.c src/api/api.h src/api/door.h src/api/routes.tbl.h
libkontor_a_SOURCES += src/api/json.c
libkontor_a_SOURCES += src/api/problem.c
libkontor_a_SOURCES += src/api/session.c
libkontor_a_SOURCES += src/api/me.c src/api/me.h src/api/my.c
libkontor_a_SOURCES += src/api/events.c
libkontor_a_SOURCES += src/api/dashboards.c
