# Files of src/contacts.
libkontor_a_SOURCES += src/contacts/kind.c src/contacts/contacts.h
libkontor_a_SOURCES += src/contacts/query.c
libkontor_a_SOURCES += src/contacts/keys.c src/contacts/keys.h
