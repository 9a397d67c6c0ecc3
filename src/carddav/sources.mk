# Files of src/carddav.
libkontor_a_SOURCES += src/carddav/feature.c src/carddav/carddav.h
libkontor_a_SOURCES += src/carddav/address_data.c
libkontor_a_SOURCES += src/carddav/query.c
libkontor_a_SOURCES += src/carddav/get.c
libkontor_a_SOURCES += src/carddav/principal_address.c
