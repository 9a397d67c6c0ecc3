# Files of src/wire.
libkontor_a_SOURCES += src/wire/call.c src/wire/call.h
libkontor_a_SOURCES += src/wire/flowed.c src/wire/flowed.h
libkontor_a_SOURCES += src/wire/header.c src/wire/header.h
libkontor_a_SOURCES += src/wire/header_if.c
libkontor_a_SOURCES += src/wire/href.c src/wire/href.h
libkontor_a_SOURCES += src/wire/json_out.c src/wire/json_out.h
libkontor_a_SOURCES += src/wire/mime.c src/wire/mime.h
libkontor_a_SOURCES += src/wire/letter.c src/wire/letter.h
libkontor_a_SOURCES += src/wire/names.c src/wire/names.h src/wire/names.tbl.h
libkontor_a_SOURCES += src/wire/xml_escape.c src/wire/xml_escape.h
libkontor_a_SOURCES += src/wire/xml_in.c src/wire/xml_in.h
libkontor_a_SOURCES += src/wire/xml_kept.c src/wire/xml_kept.h
libkontor_a_SOURCES += src/wire/xml_out.c src/wire/xml_out.h
libkontor_a_SOURCES += src/wire/html_out.c src/wire/html_out.h
