# Files of src/crm.
libkontor_a_SOURCES += src/crm/noun.c src/crm/noun.h src/crm/noun.tbl.h
libkontor_a_SOURCES += src/crm/field.h src/crm/fields.tbl.h
libkontor_a_SOURCES += src/crm/draft.h src/crm/event.tbl.h
libkontor_a_SOURCES += src/crm/body.h src/crm/look.h
libkontor_a_SOURCES += src/crm/hours.c src/crm/hours.h
libkontor_a_SOURCES += src/crm/body_text.c src/crm/body_impl.h
libkontor_a_SOURCES += src/crm/card.c src/crm/card_list.c src/crm/card_write.c src/crm/card_impl.h
libkontor_a_SOURCES += src/crm/ical_read.c src/crm/ical_write.c src/crm/ical_impl.h
