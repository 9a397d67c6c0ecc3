# Files of src/db.
libkontor_a_SOURCES += src/db/backup.c src/db/backup.h
libkontor_a_SOURCES += src/db/check.c src/db/check.h
libkontor_a_SOURCES += src/db/db.c src/db/db.h src/db/driver.h
libkontor_a_SOURCES += src/db/migrate.c src/db/migrate.h
libkontor_a_SOURCES += src/db/pool.c src/db/pool.h
libkontor_a_SOURCES += src/db/schema.c src/db/schema.h
libkontor_a_SOURCES += src/db/sqlite.c src/db/sqlite_file.c src/db/sqlite_mark.c src/db/sqlite.h
libkontor_a_SOURCES += src/db/stmt.c src/db/stmt.h
libkontor_a_SOURCES += src/db/pg_listen.c src/db/listen.h
libkontor_a_SOURCES += src/db/pg.c src/db/pg_value.c src/db/pg_value.h src/db/pg_tool.c src/db/pg_tool.h
libkontor_a_SOURCES += src/db/pg_pipe.c src/db/pg_pipe.h
