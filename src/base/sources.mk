# Files of src/base.
libkontor_a_SOURCES += src/base/base.h src/base/banned.h src/base/work.h src/base/settings.h \
	src/base/config.tbl.h
libkontor_a_SOURCES += src/base/block.h
libkontor_a_SOURCES += src/base/arena.c src/base/arena.h
libkontor_a_SOURCES += src/base/lent.c src/base/lent.h
libkontor_a_SOURCES += src/base/err.c src/base/err.h src/base/err.tbl.h
libkontor_a_SOURCES += src/base/reason.c src/base/reason.h src/base/reason.tbl.h
libkontor_a_SOURCES += src/base/map.c src/base/map.h
libkontor_a_SOURCES += src/base/str.c src/base/utf8.c src/base/str.h
libkontor_a_SOURCES += src/base/vec.c src/base/vec.h
libkontor_a_SOURCES += src/base/clock.c src/base/clock.h
libkontor_a_SOURCES += src/base/codec.c src/base/codec.h
libkontor_a_SOURCES += src/base/hash.c src/base/password.c src/base/hash.h
libkontor_a_SOURCES += src/base/log.c src/base/log.h src/base/log_gather.c src/base/log_gather.h
libkontor_a_SOURCES += src/base/queue.c src/base/queue.h
libkontor_a_SOURCES += src/base/sign.c src/base/sign.h
libkontor_a_SOURCES += src/base/thread.c src/base/thread.h
