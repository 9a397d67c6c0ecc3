# Files of src/people.
libkontor_a_SOURCES += src/people/who.h
libkontor_a_SOURCES += src/people/privilege.c src/people/privilege.tbl.h
libkontor_a_SOURCES += src/people/access.c src/people/access_list.c src/people/access_shelf.c
libkontor_a_SOURCES += src/people/access_priv.h src/people/access.h
libkontor_a_SOURCES += src/people/app_password.c src/people/app_password.h
libkontor_a_SOURCES += src/people/csv.c src/people/csv.h
libkontor_a_SOURCES += src/people/group.c src/people/group.h
libkontor_a_SOURCES += src/people/import.c src/people/import.h
libkontor_a_SOURCES += src/people/ldap.c src/people/ldap.h
libkontor_a_SOURCES += src/people/reach.c src/people/reach.h
libkontor_a_SOURCES += src/people/login.c src/people/login.h
libkontor_a_SOURCES += src/people/login_cache.c src/people/login_cache.h
libkontor_a_SOURCES += src/people/preference.c src/people/preference.h
libkontor_a_SOURCES += src/people/roster.c src/people/roster.h
libkontor_a_SOURCES += src/people/session.c src/people/session.h
libkontor_a_SOURCES += src/people/throttle.c src/people/throttle.h
