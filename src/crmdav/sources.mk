# Files of src/crmdav.
libkontor_a_SOURCES += src/crmdav/feature.c src/crmdav/crmdav.h
libkontor_a_SOURCES += src/crmdav/fields.c
libkontor_a_SOURCES += src/crmdav/query.c
