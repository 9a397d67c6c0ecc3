# Files of src/caldav.
libkontor_a_SOURCES += src/caldav/feature.c src/caldav/caldav.h
libkontor_a_SOURCES += src/caldav/props.c src/caldav/props.h src/caldav/props.tbl.h
libkontor_a_SOURCES += src/caldav/limits.c
libkontor_a_SOURCES += src/caldav/zones.c src/caldav/zones.h
libkontor_a_SOURCES += src/caldav/calendar_data.c
libkontor_a_SOURCES += src/caldav/filter.c src/caldav/filter.h
libkontor_a_SOURCES += src/caldav/query.c
libkontor_a_SOURCES += src/caldav/freebusy.c
libkontor_a_SOURCES += src/caldav/availability.c
libkontor_a_SOURCES += src/caldav/mkcalendar.c
libkontor_a_SOURCES += src/caldav/get.c
