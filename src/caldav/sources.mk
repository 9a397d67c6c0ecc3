# Files of src/caldav.
libkontor_a_SOURCES += src/caldav/feature.c src/caldav/caldav.h
libkontor_a_SOURCES += src/caldav/props.c
libkontor_a_SOURCES += src/caldav/calendar_data.c
libkontor_a_SOURCES += src/caldav/filter.c
libkontor_a_SOURCES += src/caldav/query.c
libkontor_a_SOURCES += src/caldav/mkcalendar.c
libkontor_a_SOURCES += src/caldav/get.c
