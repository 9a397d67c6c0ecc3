# Files of src/calendar.
libkontor_a_SOURCES += src/calendar/kind.c src/calendar/calendar.h
libkontor_a_SOURCES += src/calendar/span.c src/calendar/span.h
libkontor_a_SOURCES += src/calendar/query.c
libkontor_a_SOURCES += src/calendar/freebusy.c
