# Files of src/dav.
libkontor_a_SOURCES += src/dav/feature.c src/dav/feature.h
libkontor_a_SOURCES += src/dav/errors.c src/dav/dav.h
libkontor_a_SOURCES += src/dav/propset.c src/dav/propset.h
libkontor_a_SOURCES += src/dav/multistatus.c src/dav/multistatus.h
libkontor_a_SOURCES += src/dav/dav.c src/dav/methods.h
libkontor_a_SOURCES += src/dav/propfind.c
libkontor_a_SOURCES += src/dav/put.c
libkontor_a_SOURCES += src/dav/delete.c
