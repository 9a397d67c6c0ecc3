# Files of src/app.
libkontor_a_SOURCES += src/app/cmd.h src/app/cmd.tbl.h
libkontor_a_SOURCES += src/app/cmd_config.c
libkontor_a_SOURCES += src/app/cmd_serve.c
libkontor_a_SOURCES += src/app/compose.c src/app/compose.h
libkontor_a_SOURCES += src/app/config.c src/app/config.h
libkontor_a_SOURCES += src/app/service.c src/app/service.h
