# Files of src/crm.
libkontor_a_SOURCES += src/crm/noun.c src/crm/noun.h src/crm/noun.tbl.h
libkontor_a_SOURCES += src/crm/field.h src/crm/fields.tbl.h
libkontor_a_SOURCES += src/crm/draft.h src/crm/event.tbl.h
libkontor_a_SOURCES += src/crm/body.h src/crm/look.h
libkontor_a_SOURCES += src/crm/hours.c src/crm/hours.h
