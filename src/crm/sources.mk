# Files of src/crm.
libkontor_a_SOURCES += src/crm/noun.c src/crm/noun.h src/crm/noun.tbl.h
libkontor_a_SOURCES += src/crm/field.h src/crm/fields.tbl.h
libkontor_a_SOURCES += src/crm/appear.c src/crm/appear.h
libkontor_a_SOURCES += src/crm/draft.h src/crm/event.tbl.h
libkontor_a_SOURCES += src/crm/body.h src/crm/look.h
libkontor_a_SOURCES += src/crm/hours.c src/crm/hours.h
libkontor_a_SOURCES += src/crm/body_text.c src/crm/body_impl.h
libkontor_a_SOURCES += src/crm/card.c src/crm/card_list.c src/crm/card_write.c src/crm/card_impl.h
libkontor_a_SOURCES += src/crm/ical_read.c src/crm/ical_write.c src/crm/ical_impl.h
libkontor_a_SOURCES += src/crm/field.c src/crm/value.c src/crm/value_list.c src/crm/value_text.c src/crm/value_impl.h
libkontor_a_SOURCES += src/crm/look.c src/crm/refs.c src/crm/refs.h src/crm/sight.c src/crm/sight.h src/crm/key.c src/crm/key.h
libkontor_a_SOURCES += src/crm/draft.c src/crm/draft_impl.h src/crm/standing.c src/crm/happen.c src/crm/money.c src/crm/money.h
libkontor_a_SOURCES += src/crm/settle.c src/crm/settle.h src/crm/settle_lead.c src/crm/settle_deal.c src/crm/settle_case.c src/crm/settle_party.c src/crm/settle_activity.c
libkontor_a_SOURCES += src/crm/project.c src/crm/project.h
libkontor_a_SOURCES += src/crm/trace.c src/crm/trace.h
libkontor_a_SOURCES += src/crm/seed.c src/crm/seed.h
libkontor_a_SOURCES += src/crm/merge.c src/crm/merge_field.c src/crm/merge_card.c src/crm/merge_ical.c src/crm/merge_new.c \
	src/crm/merge.h src/crm/merge_impl.h
libkontor_a_SOURCES += src/crm/find.c src/crm/find.h
libkontor_a_SOURCES += src/crm/twin.c src/crm/twin.h
libkontor_a_SOURCES += src/crm/assign.c src/crm/assign.h
libkontor_a_SOURCES += src/crm/sender.c src/crm/sender.h
libkontor_a_SOURCES += src/crm/convert.c src/crm/convert.h
libkontor_a_SOURCES += src/crm/kinds.c src/crm/kinds.h src/crm/mention.c src/crm/mention.h
libkontor_a_SOURCES += src/crm/follow.c src/crm/follow.h
libkontor_a_SOURCES += src/crm/row.c src/crm/row.h src/crm/settle_row.c
