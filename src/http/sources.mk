# Files of src/http.
libkontor_a_SOURCES += src/http/auth.c src/http/auth.h
libkontor_a_SOURCES += src/http/conn.c src/http/conn.h
libkontor_a_SOURCES += src/http/exchange.c src/http/exchange.h
libkontor_a_SOURCES += src/http/gzip.c src/http/gzip.h
libkontor_a_SOURCES += src/http/head.c src/http/head.h
libkontor_a_SOURCES += src/http/health.c src/http/health.h
libkontor_a_SOURCES += src/http/lane.c src/http/lane.h
libkontor_a_SOURCES += src/http/listen.c src/http/listen.h
libkontor_a_SOURCES += src/http/metrics.c src/http/metrics.h
libkontor_a_SOURCES += src/http/mhd.c src/http/http.h
libkontor_a_SOURCES += src/http/peer.c src/http/peer.h
libkontor_a_SOURCES += src/http/reply.c
libkontor_a_SOURCES += src/http/request_log.c src/http/request_log.h
libkontor_a_SOURCES += src/http/router.c src/http/router.h
libkontor_a_SOURCES += src/http/spool.c src/http/spool.h
libkontor_a_SOURCES += src/http/static.c src/http/static.h
libkontor_a_SOURCES += src/http/tls.c src/http/tls.h
